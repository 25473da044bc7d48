"""The peers' table for the docs, from a run's results. Nothing here measures; `make docs` writes it again."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results" / "peers.json"
PAGE = ROOT / "docs" / "reference" / "peers.md"
Found = dict[str, Any]

OURS = "Standfirst"
_METHOD = """
All systems ran at the same time on one machine, each with the same {stories} stories (14 paragraphs each,
every second with a picture) and one author, and were measured by turns. A CPU figure is the median of
{rounds} rounds: the user and system time of every process of a system (children, PHP's workers, nginx and
database included; from `/proc`), divided by the requests. Eight clients sent these over kept connections,
with gzip accepted, for about {seconds:g} s a page and round. Wall time would measure the machine's other
work; CPU time does so less. Memory is taken after that load: PSS shares out what processes have in common,
RSS counts it in each. At rest is {rest:g} s without a request.

A publish is one request of an editor who is signed in (Standfirst: the story editor's form; Ghost: the Admin
API; WordPress: the REST API). The clock runs from that request until both home and article answer with the
new headline; they are asked again after 10 ms each time; {publishes} publishes, by turns. A start is from
processes that do not run to a page, with the system's files in memory.

The weight is all that Chromium fetches at 390 px and two device pixels a pixel before anybody scrolls, over
plain HTTP from loopback.

Loading is measured once, when the stories go in ({loaded}): Standfirst `load`s and `bake`s a site archive,
every picture in all its widths and formats; Ghost takes each story by its Admin API and makes smaller
pictures when they are asked for; WordPress takes them by its own functions.
"""
_LIMITS = """
- Client and systems share the cores; the load average is that of other work as well, and wall times (publish,
  start) suffer from it.
- Default themes differ in what they show: the table says how many stories stand on home and in the feed.
- Files that pages take from a public host come from the npm package of the same name here, weighed as
  brotli 9; pictures that are only on such a host could not be weighed.
- Disk is what a loaded site takes: MariaDB's log of 100 MB whatever is in it, for WordPress its program too.
- Debian's WordPress is older than WordPress's own newest. Nothing was tuned beyond what is said above.
- Two variants of WordPress and three databases share their programs' pages in memory, which makes their PSS
  a little smaller than each alone would have.
"""


@dataclass(frozen=True)
class Row:
    """A line of the table. `value` is the number that counts, the smaller the better; None: not compared."""

    title: str
    cell: Callable[[Found], str]
    value: Callable[[Found], float] | None = None


def keep(results: Found) -> None:
    """Keep a run's results, and write the page of them."""
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(write(results), "utf-8")


def kept() -> Found:
    """Return the results of the last run that was kept."""
    found: Found = json.loads(RESULTS.read_text("utf-8"))
    return found


def write(results: Found) -> str:
    """Return the page for the docs."""
    peers: dict[str, Found] = results["peers"]
    names = [*peers, *results["missing"]]
    loads = [cost["load_average"] for found in peers.values() for rounds in found["costs"].values()
             for cost in rounds]  # fmt: skip
    busy = f"{min(loads):.1f} to {max(loads):.1f}" if loads else "not known"
    return "\n".join(
        [
            "<!-- Written by `make bench NAME=peers`; run it again rather than change figures. -->\n",
            "# Beside Ghost and WordPress\n",
            f"Measured on {results['measured'][:10]}; {results['machine']}; load average {busy}. "
            "The smaller the better, in every line but the last.\n",
            _line(["", *names]),
            _line(["---"] * (len(names) + 1)),
            *(_line([row.title, *(_cell(row, peers.get(name)) for name in names)]) for row in ROWS),
            "",
            *_missing(results["missing"]),
            *_worse(peers),
            "## What was measured\n",
            *(f"- **{name}** ({_versions(found)}): {found['setup']}." for name, found in peers.items()),
            _METHOD.format(
                stories=results["stories"], rounds=results["plan"]["rounds"],
                seconds=results["plan"]["seconds"], rest=results["plan"]["rest_seconds"],
                publishes=results["plan"]["publishes"],
                loaded=", ".join(f"{name} {found['loaded']['measured']}" for name, found in peers.items()),
            ),
            "## Limits\n" + _LIMITS,
            "All figures, round by round, are in [bench/results/peers.json](../../bench/results/peers.json).",
        ]
    )  + "\n"  # fmt: skip


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(row: Row, found: Found | None) -> str:
    return row.cell(found) if found else "—"


def _missing(reasons: dict[str, str]) -> list[str]:
    return [f"{name} could not be installed: {reason}.\n" for name, reason in reasons.items()]


def _worse(peers: dict[str, Found]) -> list[str]:
    """Return the lines in which another is ahead of us, written out."""
    if OURS not in peers:
        return []
    lines = []
    for row in ROWS:
        if not row.value:
            continue
        ours = row.value(peers[OURS])
        ahead = [name for name, found in peers.items() if row.value(found) < ours]
        if ahead:
            others = ", ".join(f"{name} {row.cell(peers[name])}" for name in ahead)
            lines.append(f"- {row.title}: {OURS} {row.cell(peers[OURS])}; {others}.")
    return ["## Where Standfirst is behind\n", *(lines or ["Nowhere in this table."]), ""]


def _versions(found: Found) -> str:
    return ", ".join(f"{name} {version}" for name, version in found["versions"].items())


def _cpu(page: str) -> Row:
    def median(found: Found, part: str) -> float:
        return float(statistics.median(cost[part] for cost in found["costs"][page]))

    def cell(found: Found) -> str:
        database = median(found, "database")
        return duration(median(found, "application")) + (f" + {duration(database)}" if database else "")

    return Row(
        f"CPU per request, {page} (application + database)",
        cell,
        lambda found: median(found, "application") + median(found, "database"),
    )


def _memory(kind: str) -> Row:
    def both(found: Found) -> tuple[float, float]:
        return found["memory"]["application"][kind], found["memory"]["database"][kind]

    def cell(found: Found) -> str:
        application, database = both(found)
        return f"{application:.0f}" + (f" + {database:.0f}" if database else "") + " MB"

    return Row(
        f"memory after load, {kind.upper()} (application + database)", cell, lambda found: sum(both(found))
    )


def _weight(page: str) -> Row:
    def cell(found: Found) -> str:
        weight = found["weights"][page]
        outside = (
            f", of these {weight['outside'] / 1000:.0f} kB from another host" if weight["outside"] else ""
        )
        lost = f", and {len(weight['missing'])} not weighed" if weight["missing"] else ""
        return f"{weight['total'] / 1000:.0f} kB in {weight['requests']} requests{outside}{lost}"

    return Row(f"weight of {page} on a phone", cell, lambda found: float(found["weights"][page]["total"]))


def _html(page: str) -> Row:
    def cell(found: Found) -> str:
        weight = found["weights"][page]
        return f"{weight['page'] / 1000:.1f} kB ({weight['coding']})"

    return Row(f"the HTML of {page} alone", cell, lambda found: float(found["weights"][page]["page"]))


def _number(title: str, value: Callable[[Found], float], form: str) -> Row:
    return Row(title, lambda found: form.format(value(found)), value)


def _seconds(title: str, value: Callable[[Found], float]) -> Row:
    return Row(title, lambda found: duration(value(found) * 1000), value)


def duration(milliseconds: float) -> str:
    """Return a time in the unit that fits, with two or three digits that count."""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    if milliseconds >= 1:
        return f"{milliseconds:.3g} ms"
    return f"{milliseconds * 1000:.0f} µs"


ROWS = (
    _cpu("article"),
    _cpu("home"),
    _cpu("feed"),
    _number("CPU at rest", lambda found: float(found["at_rest_ms"]), "{:.1f} ms a second"),
    _seconds("publish to visible, median", lambda found: statistics.median(found["visible_s"])),
    _seconds("publish to visible, worst", lambda found: max(found["visible_s"])),
    _seconds("the first publish after a start", lambda found: float(found["visible_s"][0])),
    _memory("pss"),
    _memory("rss"),
    _number(
        "processes",
        lambda found: sum(float(part["processes"]) for part in found["memory"].values()),
        "{:.0f}",
    ),
    _weight("article"),
    _html("article"),
    _weight("home"),
    _html("home"),
    _seconds("start until a reader gets a page", lambda found: float(found["start_s"])),
    _seconds("start until an editor can publish", lambda found: float(found["sign_in_s"])),
    _number("CPU to load the stories", lambda found: float(found["loaded"]["cpu_seconds"]), "{:.0f} s"),
    _number("disk of the loaded site", lambda found: float(found["loaded"]["disk_mb"]), "{:.0f} MB"),
    Row("stories on home, in the feed", lambda found: f"{found['shown']['home']}, {found['shown']['feed']}"),
)
