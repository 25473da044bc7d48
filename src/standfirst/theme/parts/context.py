"""What every view is built from: the records, the site, the page's language and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Author, Section, Site
from standfirst.editions.records import Records
from standfirst.theme.locales import Formats, formats, local, machine
from standfirst.theme.strings import Strings, strings


@dataclass(frozen=True, slots=True)
class Time:
    """An instant or day as shown: `machine` goes into `<time datetime>`, `shown` between its tags."""

    machine: str
    shown: str


@dataclass(frozen=True, slots=True)
class Context:
    """One rendering. Holds no view, so that a part can be built anywhere on a page."""

    page: Page
    records: Records
    site: Site
    language: str
    words: Strings
    formats: Formats
    sections: dict[str, Section | None] = field(default_factory=dict)
    authors: dict[str, Author | None] = field(default_factory=dict)

    @property
    def reader(self) -> RecordingReader:
        return self.records.reader

    @property
    def prefix(self) -> str:
        """Return what addresses of this page's language start with: `/` or `/uk/`."""
        return self.site.prefix(self.language)

    @property
    def has_feed(self) -> bool:
        """Return whether the newsroom writes a news feed in this page's language."""
        return self.records.any_in(f"feed/{self.language}")

    @property
    def name(self) -> str:
        """Return what the newsroom is called in this page's language."""
        return self.site.name_in(self.language)

    @property
    def tagline(self) -> str:
        return self.site.tagline_in(self.language)

    def section(self, section_id: str | None) -> Section | None:
        """Return a section; read once a page."""
        if section_id is None:
            return None
        if section_id not in self.sections:
            self.sections[section_id] = self.records.section(section_id)
        return self.sections[section_id]

    def author(self, author_id: str) -> Author | None:
        """Return an author's name and path; read once a page."""
        if author_id not in self.authors:
            self.authors[author_id] = self.records.author_card(author_id)
        return self.authors[author_id]

    def local_date(self, at: datetime) -> date:
        """Return the day of `at` in the site's zone."""
        return local(at, self.site.time_zone).date()

    def moment(self, at: datetime) -> Time:
        """Return date, time and zone of `at`."""
        return self._time(at, self.formats.moment(at, self.site.time_zone))

    def clock(self, at: datetime) -> Time:
        """Return the time of day of `at`, without its zone: only under a heading that names the day."""
        return self._time(at, self.formats.clock(at, self.site.time_zone))

    def clock_with_zone(self, at: datetime) -> Time:
        return self._time(at, self.formats.clock_with_zone(at, self.site.time_zone))

    def short_day(self, at: datetime) -> Time:
        return self._time(at, self.formats.short_day(at, self.site.time_zone))

    def day(self, at: datetime) -> Time:
        return self._time(at, self.formats.day(at, self.site.time_zone))

    def _time(self, at: datetime, shown: str) -> Time:
        return Time(machine(at, self.site.time_zone), shown)


def open_context(page: Page, reader: RecordingReader, language: str = "") -> Context:
    """Return the context of a page in `language`, or in the page's own, or in the site's first."""
    records = Records(reader)
    site = records.site()
    spoken = language or page.language or site.language
    return Context(page, records, site, spoken, strings(spoken), formats(spoken))
