"""Bakers killed at random points while publishes go on: every path old or new, and the next start finishes.

The control writes segments before their blobs and must be caught.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys

from tests.faults._site import ready


def main() -> int:
    """Run the campaign; return 0 when nothing broke and the control was caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    ready()
    from django.conf import settings

    from tests.bake import newsroom
    from tests.bake.conftest import empty
    from tests.bake.kills import Campaign, nursery

    site = settings.STANDFIRST_SITE
    newsroom.make_tables()
    with nursery(site) as bakers:
        campaign = Campaign(site, bakers, random.Random(options.seed))
        campaign.begin()
        while campaign.kills < options.n:
            campaign.kill_one()
        campaign.finish()
    empty(site)
    newsroom.make_tables()
    with nursery(site, mutant="segment-first") as bakers:
        control = Campaign(site, bakers, random.Random(options.seed))
        control.begin()
        while control.kills < options.n and not control.broken:
            control.kill_one()
    shutil.rmtree(site.store, ignore_errors=True)
    caught = bool(control.broken)
    result = {
        "name": "bake_kills", "n": campaign.kills, "failures": len(campaign.broken),
        "control_caught": caught, "control_kills": control.kills, "stop_s": round(max(campaign.stops), 3),
        "first": campaign.broken[:3],
    }  # fmt: skip
    print(json.dumps(result))
    return int(bool(campaign.broken) or not caught)


if __name__ == "__main__":
    sys.exit(main())
