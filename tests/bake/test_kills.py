"""A baker killed at any moment leaves every page old or new, and the next start finishes."""

from __future__ import annotations

import random

from standfirst.kit.sitefolder import SiteFolder
from tests.bake.kills import Campaign, nursery


def test_killed_bakers_leave_old_pages_or_new_ones_and_the_next_start_finishes(
    site: SiteFolder,
) -> None:
    with nursery(site) as ready:
        campaign = Campaign(site, ready, random.Random(1))
        campaign.begin()
        for _ in range(8):
            campaign.kill_one()
        campaign.finish()
    assert campaign.broken == []
    assert campaign.kills >= 8
    assert max(campaign.stops) < 2  # seconds from SIGTERM


def test_the_kills_would_show_a_segment_written_before_its_blobs(site: SiteFolder) -> None:
    with nursery(site, mutant="segment-first") as ready:
        campaign = Campaign(site, ready, random.Random(1))
        campaign.begin()
        for _ in range(60):
            campaign.kill_one()
            if campaign.broken:
                break
    assert "blob" in campaign.broken[0]
