"""A run over files: which item comes first, what became of each, what to show while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from standfirst.kit import instants
from standfirst.kit.sitefolder import SiteFolder
from standfirst.migration.errors import Refused
from standfirst.migration.ledger import Ledger, LedgerFile, Line, Place
from standfirst.migration.ninjs.files import BadFile, Found, file_text, items
from standfirst.migration.ninjs.importing import take
from standfirst.migration.ninjs.item import read
from standfirst.migration.ninjs.mapping import Shelves
from standfirst.migration.ninjs.normal import normal
from standfirst.migration.ninjs.settings import Becomes, Settings
from standfirst.migration.ninjs.stories import SOURCE
from standfirst.migration.pictures import Fetch, from_the_web
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.sitesettings import SiteSettings


@dataclass(frozen=True)
class Options:
    """What the command line may ask for.

    `becomes` says whether items are stories or items of the news feed. `sections` maps a subject's name, code
    or address to the slug of a section.
    """

    becomes: Becomes = "stories"
    draft: bool = False
    sections: Mapping[str, str] = field(default_factory=dict)
    default_section: str = ""
    leave_out_missing_pictures: bool = False


def run(
    files: Iterable[Path],
    *,
    actor: str,
    options: Options = Options(),
    site: SiteFolder | None = None,
    report: Callable[[Line], None] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    get: Fetch = from_the_web,
    now: Callable[[], datetime] = instants.now,
) -> Ledger:
    """Import ninjs files; return the ledger, whose `exit_code` is 0, or 2 when an item was refused.

    Of several versions of an item in `files` the latest is tried first, so that older ones are not published
    on the way. It can be stopped (KeyboardInterrupt) and started again: what was taken is skipped then.
    Raises LookupError, before anything happens, for a section in `options` that is not there.
    `report` gets each line as it happens, `progress` how many of how many items are done, and the last.
    """
    settings = Settings(
        actor=actor,
        shelves=shelves(options),
        becomes=options.becomes,
        draft=options.draft,
        leave_out_missing_pictures=options.leave_out_missing_pictures,
        get=get,
        now=now,
    )
    ledger = Ledger()
    with LedgerFile(site, SOURCE) as log:
        ledger.path = log.path
        try:
            for line, done, total in _lines(files, settings):
                ledger.lines.append(line)
                log.write(line)
                if report:
                    report(line)
                if progress:
                    progress(done, total, line.headline or line.uri or line.place.file)
        except KeyboardInterrupt:
            ledger.stopped = True
    file_text.cache_clear()
    return ledger


def shelves(options: Options) -> Shelves:
    """Return what the desk has to file under, looked up once a run. Raises LookupError for a section that
    is asked for and not there."""
    asked = {*options.sections.values(), *([options.default_section] if options.default_section else [])}
    if missing := asked - set(Section.objects.values_list("slug", flat=True)):
        raise LookupError(f"there is no section {', '.join(sorted(missing))}")
    sections = _by_name(Section.objects.values_list("name", "language", "slug"))
    topics = _by_name(Topic.objects.values_list("name", "language", "slug"))
    authors = {name.casefold(): slug for name, slug in Author.objects.values_list("name", "slug")}
    return Shelves(
        languages=SiteSettings.load().language_tags,
        section=lambda name, language: sections.get((name.casefold(), language), ""),
        topic=lambda name, language: topics.get((name.casefold(), language), ""),
        author=lambda name: authors.get(name.casefold(), ""),
        sections=dict(options.sections),
        default_section=options.default_section,
    )


def _by_name(rows: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    return {(name.casefold(), language): slug for name, language, slug in rows}


def _lines(files: Iterable[Path], settings: Settings) -> Iterator[tuple[Line, int, int]]:
    """Yield a line for every item of every file, with how many are done of how many."""
    todo = _in_order(files)
    for done, one in enumerate(todo, 1):
        yield (one if isinstance(one, Line) else take(one, settings)), done, len(todo)


def _in_order(files: Iterable[Path]) -> list[Found | Line]:
    """Return all items, those of one uri together where the first stood, the latest version first."""
    groups: dict[str, list[tuple[Any, Found | Line]]] = {}
    for file in files:
        for found in items(Path(file)):
            if isinstance(found, BadFile):
                line = Line("refused", Place(str(file), found.line), reason=f"the file {found.why}")
                groups[f"\x00{len(groups)}"] = [((), line)]
                continue
            uri, order = _order(found)
            groups.setdefault(uri or f"\x00{len(groups)}", []).append((order, found))
    # `sorted` is stable: of two that claim to be the same version, the later in the files is taken last.
    return [
        one for group in groups.values() for _, one in sorted(group, key=lambda pair: pair[0], reverse=True)
    ]


def _order(found: Found) -> tuple[str, Any]:
    """Return uri and order of an item; "" for one that will be refused."""
    try:
        raw = found.load()
        item = read(normal(raw), raw)
    except (Refused, BadFile):
        return "", ()
    return item.uri, item.order
