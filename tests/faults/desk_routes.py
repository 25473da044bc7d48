"""Every route of the desk, every role, GET and POST, with and without its slash, opens as the table says.

The control gives contributors the rights of editors and must be seen to leak.
"""

from __future__ import annotations

import argparse
import json
import sys

from tests.faults._site import ready


def main() -> int:
    """Run the matrix; return 0 when it is as in the table and the control was caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=0, help="Routes to try; 0 is all.")
    options = parser.parse_args()
    ready("desk")
    from django.contrib.auth.models import Group
    from django.test.utils import setup_test_environment

    from tests.stories import matrix

    setup_test_environment()
    ids = matrix.furnish()
    table = dict(list(matrix.TABLE.items())[: options.n or None])
    wrong, tried = matrix.compare(table, ids)
    contributors, editors = Group.objects.get(name="Contributors"), Group.objects.get(name="Editors")
    contributors.permissions.set(editors.permissions.all())
    control, _ = matrix.compare(table, ids, roles=("contributor",))
    result = {
        "name": "desk_routes", "n": tried, "failures": len(wrong), "control_caught": bool(control),
        "first": wrong[:3],
    }  # fmt: skip
    print(json.dumps(result), flush=True)
    return int(bool(wrong) or not control)


if __name__ == "__main__":
    sys.exit(main())
