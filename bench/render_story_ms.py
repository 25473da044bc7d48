"""How much CPU it takes to draw a story of 60 blocks of every kind: read, build the view, fill the template.

Records are in memory: this is the theme's own share of `bake_story_cpu_ms`. The median of ROUNDS (40) rounds
of 25 pages, milliseconds; with it, the bytes a reader's first page needs before it is drawn.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import sys
import time

ROUNDS = int(os.environ.get("ROUNDS", "40"))
PAGES = 25


def main() -> int:
    """Measure and print."""
    from tests.theme.samples import ferry, long_story, site_documents
    from tests.theme.source import MemorySource, render

    from standfirst.theme.assets import assets

    source = MemorySource([*site_documents(), ferry(), long_story(60)])

    def page() -> bytes:
        return render(source, "story-page", "story:long", "/long/")[0].body

    size = len(page())
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(PAGES):
            page()
        rounds.append((time.process_time() - started) * 1000 / PAGES)
    files = assets().files
    style = files["theme/site.css"].body
    scripts = sum(len(asset.body) for name, asset in files.items() if name.endswith(".js"))
    fonts = {asset.path: len(asset.body) for asset in files.values()}
    for name, value, unit in (
        ("render_story_ms", round(statistics.median(rounds), 2), "ms"),
        ("render_story_bytes", size, "bytes"),
        ("style_gzip_bytes", len(gzip.compress(style)), "bytes"),
        ("scripts_bytes", scripts, "bytes"),
        ("first_fonts_bytes", sum(fonts[path] for path in assets().preloads("en")), "bytes"),
    ):
        print(json.dumps({"name": name, "value": value, "unit": unit}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
