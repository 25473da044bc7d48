"""Write the golden files of today's versions. Never rewrites an older version's.

PYTHONPATH=src python -m tests.editions.write_golden
"""

from __future__ import annotations

import json

from standfirst.editions.documents import DOCUMENTS
from tests.editions.examples import EXAMPLES
from tests.editions.test_schemas import GOLDEN, digest


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    file = GOLDEN / "versions.json"
    versions = json.loads(file.read_text()) if file.exists() else {}
    for kind, cls in DOCUMENTS.items():
        (GOLDEN / f"{kind}-{cls.schema_version}.json").write_bytes(EXAMPLES[kind].to_bytes() + b"\n")
        versions[f"{kind} {cls.schema_version}"] = digest(kind)
    file.write_text(json.dumps(versions, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
