"""Write the generated parts of the docs."""

from __future__ import annotations

from pathlib import Path

from standfirst.project import reference

if __name__ == "__main__":
    reference.write(Path("docs"))
