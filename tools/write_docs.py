"""Write the generated parts of the docs."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django
from bench.peers import table

from standfirst.project import reference


def main() -> None:
    """Write them all; the API describes itself only where Django is set up, for a site that is then gone."""
    with tempfile.TemporaryDirectory() as site:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "standfirst.project.settings", "STANDFIRST_SITE": site,
            "STANDFIRST_ROLE": "public",
        }  # fmt: skip
        django.setup()
        reference.write(Path("docs"))
        table.keep(table.kept())


if __name__ == "__main__":
    main()
