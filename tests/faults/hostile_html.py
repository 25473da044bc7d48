"""Promise 3: 2,000 payloads through the sanitiser in a real browser, each in a document of its own."""

from __future__ import annotations

import argparse
import json
import sys

from tests.kit.hostile_page import as_inline, as_pieces, ran
from tests.kit.payloads import payloads, shapes


def main() -> int:
    """Run `--n` payloads through both forms; the raw group must run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=2000)
    count = parser.parse_args().n
    control = len(ran(shapes()))
    hostile = list(payloads(count))
    failures = [form.__name__ for form in (as_inline, as_pieces) for _ in ran(map(form, hostile))]
    result = {"name": "hostile_html", "n": count, "failures": len(failures), "control": control}
    print(json.dumps(result))
    return int(bool(failures) or control < 20)


if __name__ == "__main__":
    sys.exit(main())
