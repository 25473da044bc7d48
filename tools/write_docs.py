"""Write the generated parts of the docs."""

from __future__ import annotations

from pathlib import Path

from bench.peers import table

from standfirst.project import reference

if __name__ == "__main__":
    reference.write(Path("docs"))
    table.keep(table.kept())
