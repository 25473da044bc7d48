"""Items as agencies send them, written for these tests: each of another standard version and with habits of
its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from standfirst.editions import api as editions
from standfirst.editions.documents import Embed, Media, Quote, Story, Table
from standfirst.migration.ledger import Line
from standfirst.migration.ninjs import Options, run
from standfirst.stories import api as stories
from tests.migration.desk import ACTOR, EveryPicture, Web, jpeg, public, words

pytestmark = pytest.mark.django_db
WIRE = Path(__file__).parent / "wire"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in WIRE.glob("*.json"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "pictures").mkdir()
    for name, size in (
        ("dockers.jpg", (1600, 1000)),
        ("dockers small.jpg", (640, 400)),
        ("ferry.jpg", (800, 600)),
    ):
        (tmp_path / "pictures" / name).write_bytes(jpeg(size=size))
    return tmp_path


def _one(folder: Path, name: str, web: Web | None = None, **options: object) -> tuple[Line, Story]:
    (line,) = run([folder / name], actor=ACTOR, get=web or Web(), options=Options(**options)).lines  # type: ignore[arg-type]
    assert line.outcome == "created", line
    story = public(line.uri)
    assert story is not None
    return line, story


def _media(story: Story) -> Media:
    assert story.hero is not None
    document = editions.current(f"media:{story.hero.media}")
    assert isinstance(document, Media)
    return document


def test_a_northern_agency_with_three_bodies_and_four_files_of_a_picture(folder: Path) -> None:
    web = EveryPicture()
    _, story = _one(folder, "north_2.0.json", web)
    assert web.asked == ["http://media.example/a001_hires.jpg"]
    assert story.headline == "Kommunen köper den gamla bron"
    assert story.path.endswith("/bro-kop/")
    assert story.standfirst == "Efter tjugo år av bråk betalar kommunen en krona för bron."
    assert words(story) == [
        "Bygge NORD",
        'Efter tjugo år av bråk betalar kommunen en krona för <a href="https://kommun.example/bron">bron</a>.',
        "Den är vår nu, säger kommunalrådet Stina Åberg.",
        "Bron stängdes 2006 efter ett skred.",
        "Lars Ek/NORD",
    ]
    assert isinstance(story.body[2], Quote)
    assert story.hero is not None
    assert story.hero.caption == "Bron över Lillån, byggd 1871."  # the words of its place, not of the library
    assert story.hero.alt == "En bro av sten över en å."
    media = _media(story)
    assert (media.credit.photographer, media.credit.agencies) == ("Lars Ek", ("NORD",))


def test_an_item_without_a_body_stands_on_its_description(folder: Path) -> None:
    line, story = _one(folder, "fjord_2.1.json")
    assert words(story) == ["Havna i Vik stenges for ferger fra mandag, melder kystvakten."]
    assert any("no body" in note for note in line.notes)
    assert any("note to editors: Noe utvidet." in note for note in line.notes)
    assert [byline.name for byline in story.bylines] == ["FJORD"]


def test_shapes_of_the_first_ninjs_are_read(folder: Path) -> None:
    line, story = _one(folder, "press_old_shapes.json")
    assert (line.version, story.language) == ("7", "en")
    assert story.headline == "Ferry & harbour: strike ends"
    assert story.standfirst == "Dockers go back to work after nine days."
    assert [byline.name for byline in story.bylines] == ["Ann Lee", "Jo Wu", "PRESS"]
    assert story.dateline == "VIK, Norway (PRESS)"
    assert [block.type for block in story.body] == [
        "paragraph", "paragraph", "heading", "list", "table", "divider", "paragraph",
    ]  # fmt: skip
    assert words(story)[0] == "Dockers go back to work on Monday after nine days."
    assert words(story)[-1] == "Follow us at press.example."
    assert isinstance(story.body[4], Table)
    assert "left out: <script>" in line.notes
    assert story.hero is not None
    assert story.hero.caption == "Dockers wait at gate four."
    assert _media(story).width == 1600


def test_the_agencys_own_xml_survives_as_clean_blocks(folder: Path) -> None:
    _, story = _one(folder, "database_3.0.json")
    assert story.format == "opinion"
    assert story.dateline == "Vik, Norway"
    assert words(story) == [
        "By A. River",
        "Nine of ten samples were clean.",
        "The tenth came from Vik, said Mira Berg.",
    ]


def test_escaped_markup_a_post_and_a_picture_by_path(folder: Path) -> None:
    line, story = _one(folder, "eastern_3.1.json")
    assert story.headline == "Пором знову ходить"
    assert story.standfirst == "Перший рейс — о шостій."
    assert story.dateline == "ВІК, 5 листопада (Укрінформ)"
    assert words(story) == ["Пором знову ходить.", "embed", "Квиток коштує 40 гривень."]
    embed = story.body[1]
    assert isinstance(embed, Embed)
    assert (embed.url, embed.provider) == ("https://posts.example/1", "posts.example")
    assert embed.text.startswith("Їдемо!")
    assert any("a video that goes with it" in note for note in line.notes)
    assert story.hero is not None
    assert story.hero.alt == "Білий пором біля кам’яного причалу"
    media = _media(story)
    assert (media.credit.photographer, media.credit.agencies) == ("Олена Коваль", ("Східне бюро",))
    assert media.licence == "Лише разом із текстом"
    assert [byline.name for byline in story.bylines] == ["Східне бюро"]


def test_plain_text_wrapped_by_hand(folder: Path) -> None:
    _, story = _one(folder, "plain_3.1.json")
    assert story.dateline == "VIK (dpa)"
    assert words(story) == [
        "The mayor of Vik resigned on Thursday after nine years in office, his party said. He is to be"
        " followed by his deputy, Stina Berg, who is 41 &amp; from Vik.",
        '"I am tired," he said.',
        "divider",
        "Vik has 9,000 inhabitants.",
    ]


def test_stories_are_filed_where_the_newsroom_says_or_where_names_agree(folder: Path) -> None:
    stories.save_section(stories.SectionDraft(name="Environment"), actor=ACTOR)
    stories.save_section(stories.SectionDraft(name="Water"), actor=ACTOR)
    river = stories.save_topic(stories.SectionDraft(name="Rivers"), actor=ACTOR)
    writer = stories.save_author(stories.AuthorDraft(name="A. River"), actor=ACTOR)
    _, story = _one(folder, "database_3.0.json")
    assert story.topics == (river.public_id,)
    assert story.bylines[0].author == writer.public_id
    section = editions.current(f"section:{story.section}")
    assert section is not None
    assert section.path == "/section/environment/"  # type: ignore[attr-defined]
    code = "http://cv.iptc.org/newscodes/mediatopic/06000000"
    other = (folder / "database_3.0.json").read_text().replace("river-is-clean", "again")
    (folder / "again.json").write_text(other)
    _, again = _one(folder, "again.json", sections={code: "water"})
    assert editions.current(f"section:{again.section}").path == "/section/water/"  # type: ignore[union-attr]


def test_all_of_them_in_one_run(folder: Path) -> None:
    files = sorted(folder.glob("*.json"))
    ledger = run(files, actor=ACTOR, get=EveryPicture())
    assert ledger.exit_code == 0
    assert ledger.counts == {"created": 6}
