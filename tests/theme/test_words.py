"""Every word of the site's own stands in a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, Doctype

from standfirst.editions.documents import Byline, Claim, Correction, Credit, Document, PictureUse
from standfirst.theme import environment, strings
from standfirst.theme.environment import FOLDER as TEMPLATES
from tests.theme.samples import PUBLISHED, SITE, every_block, media, site_documents, story
from tests.theme.source import MemorySource, soup_of

PAGES = (
    ("story-page", "story:one", "/one/"), ("front-page", "front:ka", "/"),
    ("section-page", "section:harbour", "/s/"), ("topic-page", "topic:dredging", "/t/"),
    ("author-page", "author:ines", "/a/"), ("month-page", "list:month/ka/2026-11", "/archive/2026/11/"),
    ("archive-page", "front:ka", "/archive/"), ("latest-fragment", "front:ka", "/_f/latest/"),
    ("picks-fragment", "front:ka", "/_f/picks/"), ("story-page", "story:three", "/three/"),
    ("page-page", "page:about", "/about/"),
    ("error-page", "site:main", "/_e/404/"), ("error-page", "site:main", "/_e/503/"),
    ("gone", "story:x", "/x/"), ("text-story", "story:one", "/text/one/"),
    ("text-front", "front:ka", "/text/"), ("text-section", "section:harbour", "/text/s/"),
)  # fmt: skip
ATTRIBUTES = ("alt", "title", "aria-label", "content", "placeholder", "value")
WORD = re.compile(r"[A-Za-z]{2,}")
# Content of `content` that is for machines, and what CLDR itself writes in Latin letters.
FOR_MACHINES = re.compile(
    r"^(width=.*|light dark|noindex|article|website|profile|summary(_large_image)?|[a-z]+_[A-Z]+|https?://\S+|[\d:T+-]+)$"
)
KEPT = {
    "id", "kind", "type", "language", "path", "base_url", "time_zone", "accent", "accent_dark", "media",
    "author", "section", "topics", "sections", "story", "lead", "second", "trail", "role", "status", "format",
    "url", "blob", "licence_ends_at", "at", "posted_at", "published_at", "updated_at", "width", "access",
    "languages", "links", "taken_on", "source_uri", "colour", "email",
    "translation_of", "ai_crawlers", "purpose", "changed_at",
}  # fmt: skip
"""Fields that are no text: names of records, addresses, instants, codes."""
ZONES = re.compile(r"GMT")


def georgian(text: str) -> str:
    """Return `text` with every Latin letter replaced, but for `{names}`: a language nobody speaks."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(p if p.startswith("{") else re.sub("[A-Za-z]", "ა", p) for p in parts)


class Pseudo:
    """Translations that change every letter; wraps the real ones, so a missing key is still an error."""

    def __init__(self, real: object) -> None:
        self.real = real

    def gettext(self, key: str) -> str:
        return georgian(self.real.gettext(key))  # type: ignore[attr-defined]

    def ngettext(self, one: str, many: str, n: int) -> str:
        return georgian(self.real.ngettext(one, many, n))  # type: ignore[attr-defined]


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    real = strings._translations
    caches = (strings.strings, environment.environment, environment.template)
    monkeypatch.setattr(strings, "_translations", lambda folder: Pseudo(real(folder)))
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def translated(value: object) -> object:
    """Return a record's JSON with all its texts in letters that are not Latin."""
    if isinstance(value, dict):
        said = (
            {"author"}
            if value.get("type") == "embed"
            else {"role"}
            if value.get("kind") == "author"
            else set()
        )
        said |= {"links"} if "title" in value else set()  # a group's, not an author's
        return {k: v if k in KEPT and k not in said else translated(v) for k, v in value.items()}
    if isinstance(value, list):
        return [translated(item) for item in value]
    if isinstance(value, str):
        return re.sub(r"[A-Za-z](?![^<]*>)", "ა", value)
    return value


def documents() -> list[Document]:
    roles = ("author", "photo", "editing", "translation", "graphics")
    doubts = ("unverified", "disputed", "retracted")
    correction = Correction(at=PUBLISHED, text="Fixed.")
    everything = story(
        "one",
        language="ka",
        path="/one/",
        body=every_block(),
        dateline="Kestrel",
        topics=("dredging",),
        trail=("two",),
        hero=PictureUse(media="old", caption="Old", alt="Old"),
        updated_at=PUBLISHED.replace(hour=11),
        format="explainer",
        bylines=tuple(Byline(name=f"N{role}", role=role) for role in roles),
        claims=tuple(Claim(id=doubt, text="x", status=doubt, source="y") for doubt in doubts),
        corrections=(correction, correction),
        retraction="Wrong.",
        access="members",
        gated_blocks=2,
    )
    related = story("ferry", language="ka", bylines=(Byline(author="ines"),), topics=("dredging",))
    base = [
        d.model_copy(update={"language": "ka"} | ({"id": "ka"} if d.kind in ("front", "navigation") else {}))
        if hasattr(type(d), "model_fields") and "language" in type(d).model_fields
        else d
        for d in site_documents()
    ]
    old = media("old", taken_on="2001", credit=Credit(photographer="P", agencies=("A", "B"), note="N"))
    site = SITE.model_copy(update={"languages": ("ka",), "time_zone": "Asia/Tbilisi"})
    two = story("two", language="ka", format="opinion", retraction="Wrong.")
    pictures = tuple(b for b in every_block() if b.type == "image")
    three = story("three", language="ka", format="gallery", body=pictures)
    found = [site, *base[1:], old, everything, related, two, three]
    return [type(d).model_validate(translated(d.to_json())) for d in found]


def words_in(page: BeautifulSoup) -> list[str]:
    """Return Latin words that a person would see or hear."""
    for element in page.select("script, style, .author__links"):
        element.decompose()
    texts = [text for text in page.find_all(string=True) if not isinstance(text, Comment | Doctype)]
    texts += [e[a] for e in page.find_all(True) for a in ATTRIBUTES if e.get(a)]
    shown = (ZONES.sub("", str(text)) for text in texts if not FOR_MACHINES.match(str(text)))
    return [word for text in shown for word in WORD.findall(re.sub(r"https?://\S+", "", text))]


@pytest.mark.parametrize(("renderer", "owner", "path"), PAGES)
def test_no_word_on_a_page_is_outside_the_catalogue(
    pseudo: None, renderer: str, owner: str, path: str
) -> None:
    assert words_in(soup_of(MemorySource(documents()), renderer, owner, path, language="ka")) == []


def test_an_untranslated_word_would_be_seen() -> None:
    # The control: with the real English words the same look finds many.
    assert "Retracted" in words_in(
        soup_of(MemorySource(documents()), "front-page", "front:ka", "/", language="ka")
    )


def test_every_message_is_used_and_every_use_has_a_message() -> None:
    catalogue = set(messages(read("en")))
    source = TEMPLATES.parent.parent
    rooms = (TEMPLATES.parent, source / "syndication", source / "wire" / "channels")
    code = "".join(p.read_text() for r in rooms for p in r.rglob("*") if p.suffix in (".py", ".html"))
    used = {key for key in catalogue if f'"{key}"' in code or f"'{key}'" in code}
    put_together = (
        r"(byline|format|claims|status|missing|gone|away)\.|item\.(unverified|disputed|retracted)|"
        r"contact\.((subject|message|name|answer_to)_\w+|full|often|large)$"
    )
    built = {key for key in catalogue if re.match(put_together, key)}
    assert catalogue == used | built
    for key in re.findall(r"""\bt(?:_plural|_forms|_html)?\(["']([a-z_.]+[a-z])["']""", code):
        assert key in catalogue


@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("en", {"one", "other"}),
        ("uk", {"one", "few", "many"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
    ],
)
def test_scripts_are_given_a_form_for_every_kind_of_number(language: str, kinds: set[str]) -> None:
    forms = strings.strings(language).forms("feed.heard")
    assert set(forms) == kinds
    assert "#" in forms["many" if language == "uk" else "other"]
    assert len(set(forms.values())) == len(kinds)


def test_a_missing_message_is_an_error() -> None:
    with pytest.raises(strings.UnknownMessageError, match=r"story\.nothing"):
        strings.strings("en").text("story.nothing")


def test_an_unknown_language_speaks_english_words_until_it_has_a_folder() -> None:
    assert strings.strings("eo").text("frame.skip") == "Skip to content"
    assert strings.strings("en-GB").text("frame.skip") == "Skip to content"


def test_a_value_is_escaped_in_a_message_of_markup() -> None:
    assert "<b>" not in strings.strings("en").html("byline.author", names="<b>Ann</b>")


def read(language: str) -> Catalog:
    with (strings.FOLDER / language / strings.FILE).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def messages(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the forms of each message by its key: one, or as many as there are plurals."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        if isinstance(message.string, tuple)
        else (message.string,)
        for message in catalogue
        if message.id
    }
