"""Exporting: what was loaded comes out again, another site made of it says the same, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction

from standfirst.archive import api, exporting
from standfirst.archive.holding import Archive
from standfirst.archive.models import LoadedDocument
from standfirst.archive.reading import read
from standfirst.editions import api as editions
from standfirst.editions.documents import ImageBlock, Paragraph, PictureUse, RelatedStory
from standfirst.kit.html import inline
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, Picture, StoryPage
from standfirst.stories.pictures import api as pictures
from standfirst.stories.pictures import deriving
from standfirst.stories.pictures.making import Made, MadeFile
from standfirst.stories.pictures.words import Words
from tests.archive.small import Small, picture, story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)
ACTOR = "editor@example.org"
NEWSROOM = Path(__file__).resolve().parents[2] / "newsroom"
WIRE = ("feed/", "posts/")
TEXT = (Paragraph(id="p1", html="At dawn."),)


def load(folder: Path) -> api.LoadReport:
    return api.load(folder, actor=ACTOR, now=NOW)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def document(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


@contextmanager
def site_of_its_own() -> Iterator[None]:
    """Let what happens inside happen to an empty site, which is thrown away."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said(folder: Path) -> dict[str, Any]:
    """Return all an archive says: absent words filled in, order kept where it means something."""
    archive = read(folder, lambda _name: NOW)
    shelves = {"sections": archive.sections, "authors": archive.authors, "media": archive.pictures}
    whole: dict[str, Any] = {
        name: {key: words.model_dump() for key, words in shelf.items()} for name, shelf in shelves.items()
    }
    whole["topics"] = {key: words.model_dump() for key, words in sorted(archive.topics.items())}
    whole["site"] = archive.manifest.site.model_dump()
    whole["fronts"] = [
        front.model_dump(exclude={"title"}) for front in archive.manifest.fronts if front.lead or front.second
    ]
    whole |= {f"stories/{key}": _said(words, key, archive) for key, words in archive.stories.items()}
    whole |= {f"pages/{key}": _said(words, key, archive) for key, words in archive.pages.items()}
    for shelf in (archive.feed, archive.posts):  # in whichever file; what has no id gets one
        for key, placed in shelf.items():
            whole[f"{placed.file.split('/')[0]}/{key}"] = _said_briefly(placed.words, archive)
    for author in whole["authors"].values():
        author["language"] = author["language"] or archive.manifest.site.languages[0]
    for name in ("sections", "topics", "authors"):
        for key, words in whole[name].items():
            words["slug"] = words["slug"] or key
    return whole


def _said_briefly(words: Any, archive: Archive) -> dict[str, Any]:
    value = words.model_dump(exclude={"id", "number"})
    value["body"] = [inline(one) if isinstance(one, str) else one for one in value["body"]]
    return _with_own_words({**value, "topics": sorted(value.get("topics", ()))}, archive)


def _said(words: Any, key: str, archive: Archive) -> dict[str, Any]:
    value = words.model_dump()
    value["slug"] = value["slug"] or key
    if "topics" in value:
        value["topics"] = sorted(value["topics"])
    return _with_own_words(value, archive)


def _with_own_words(value: dict[str, Any], archive: Archive) -> dict[str, Any]:
    uses = [value.get("hero"), *(block.get("picture") for block in value["body"] if isinstance(block, dict))]
    for use in (use for use in uses if use):
        own = archive.pictures[use["media"]]
        use["caption"] = inline(own.caption if use["caption"] is None else use["caption"])
        use["alt"] = own.alt if use["alt"] is None else use["alt"]
    return value


def test_what_was_loaded_comes_out_the_same(rich: Small, tmp_path: Path) -> None:
    load(rich.root)
    report = api.export(tmp_path / "out")
    assert report.left_out == ()
    there, here = said(tmp_path / "out"), said(rich.root)
    assert set(there) == set(here)
    for name, words in here.items():
        assert there[name] == words, name
    before, after = files(rich.root), files(tmp_path / "out")
    assert {name for name in after if not name.startswith(WIRE)} == {
        name for name in before if not name.startswith(WIRE)
    }
    assert {name: body for name, body in after.items() if name.endswith(".jpg")} == {
        name: body for name, body in before.items() if name.endswith(".jpg")
    }


def test_another_site_made_of_an_export_exports_the_same_bytes(rich: Small, tmp_path: Path) -> None:
    with site_of_its_own():
        load(rich.root)
        api.export(tmp_path / "one")
    with site_of_its_own():
        stories.save_site(name="Another", languages=("en",), actor=ACTOR)
        load(tmp_path / "one")
        api.export(tmp_path / "two")
    assert files(tmp_path / "two") == files(tmp_path / "one")


def test_a_document_is_written_as_a_person_would(rich: Small, tmp_path: Path) -> None:
    load(rich.root)
    api.export(tmp_path / "out")
    text = (tmp_path / "out/stories/tide.json").read_text("utf-8")
    assert (
        text
        == """{
  "language": "en",
  "headline": "The tide is late",
  "section": "city",
  "bylines": [
    {
      "author": "mira"
    }
  ],
  "published": "2026-11-03T09:40:00+02:00",
  "body": [
    {
      "type": "paragraph",
      "id": "b1",
      "html": "It came at noon."
    },
    {
      "type": "related_story",
      "id": "b2",
      "story": "lamp"
    }
  ]
}
"""
    )
    assert "lit\u00a0at" in (tmp_path / "out/stories/lamp.json").read_text("utf-8")


def test_the_public_edition_is_what_is_written(small: Small, tmp_path: Path) -> None:
    load(small.root)
    page = StoryPage.objects.get(slug="lamp")
    page.title = "The lamp is lit again"
    page.save_revision().publish()
    page.title = "Not for readers yet"
    page.save_revision()
    api.export(tmp_path / "out")
    assert document(tmp_path / "out", "stories/lamp.json")["headline"] == "The lamp is lit again"


def test_what_readers_do_not_have_is_a_draft(small: Small, tmp_path: Path) -> None:
    load(small.root)
    page = StoryPage.objects.get(slug="lamp")
    stories.unpublish_story(page, actor=ACTOR)
    draft = StoryPage.objects.get(slug="lamp")
    draft.title = "The lamp, unfinished"
    draft.save_revision()
    api.export(tmp_path / "out")
    written = document(tmp_path / "out", "stories/lamp.json")
    assert written["headline"] == "The lamp, unfinished"
    assert "published" not in written


def test_what_was_withdrawn_for_good_is_not_written_nor_its_card(small: Small, tmp_path: Path) -> None:
    small.write("stories/other.json", story("Лампа", translation_of="lamp"))
    small.change("archive.json", site={"name": "The Small", "languages": ["en", "uk"]},
                 fronts=[{"language": "en", "lead": "lamp", "second": ["lamp", "tide"]}])  # fmt: skip
    small.change("stories/other.json", language="uk")
    load(small.root)
    stories.kill_story(StoryPage.objects.get(slug="lamp"), actor=ACTOR, why="by a court")
    api.export(tmp_path / "out")
    archive = read(tmp_path / "out", lambda _name: NOW)
    assert set(archive.stories) == {"tide", "other"}
    assert archive.stories["tide"].related == ()
    assert archive.stories["other"].translation_of is None
    assert (archive.manifest.fronts[0].lead, archive.manifest.fronts[0].second) == (None, ("tide",))


def test_records_of_no_archive_get_keys_that_stay(small: Small, tmp_path: Path) -> None:
    small.change("archive.json", site={"name": "The Small", "languages": ["en", "uk"]})
    load(small.root)
    for headline, language in (("Lamp", "en"), ("Лампа", "uk"), ("ламПА!", "uk"), ("灯", "en")):
        draft = stories.StoryDraft(headline=headline, language=language, body=TEXT, slug=headline.strip("!"))
        stories.save_story(draft, actor=ACTOR, publish=True)
    api.export(tmp_path / "one")
    found = read(tmp_path / "one", lambda _name: NOW).stories
    assert {words.headline: key for key, words in found.items()} == {
        "The lamp is lit": "lamp", "The tide is late": "tide", "Lamp": "lamp-2", "Лампа": "uk-lampa",
        "ламПА!": "uk-lampa-2", "灯": "deng",
    }  # fmt: skip
    page = StoryPage.objects.get(title="Лампа")
    page.slug = "маяк"
    page.save_revision().publish()
    api.export(tmp_path / "two")
    assert document(tmp_path / "two", "stories/uk-lampa.json")["slug"] == "маяк"


def test_loading_an_export_where_it_came_from_changes_nothing(
    newsroom_of_the_desk: None, tmp_path: Path
) -> None:
    api.export(tmp_path / "out")
    before, pages = editions.last_seq(), StoryPage.objects.count()
    report = load(tmp_path / "out")
    assert report.count("unchanged") == len(report.lines) == 9
    assert (editions.last_seq(), StoryPage.objects.count()) == (before, pages)


@pytest.fixture
def newsroom_of_the_desk() -> None:
    """A site that was made at the desk alone."""
    stories.save_site(name="Гавань", languages=("uk", "en"), time_zone="Europe/Kyiv", actor=ACTOR)
    shot = pictures.save_picture(picture(), title="A lamp", alt="A lamp on a quay.")
    stories.save_section(stories.SectionDraft(name="Місто"), actor=ACTOR)
    stories.save_author(stories.AuthorDraft(name="Міра", portrait=shot.public_id), actor=ACTOR)
    first = stories.save_story(
        stories.StoryDraft(
            headline="Лампа", section="місто", bylines=(stories.DraftByline(author="міра"),), body=TEXT,
            hero=PictureUse(media=shot.public_id, caption="The lamp.", alt=""),
        ),
        actor=ACTOR, publish=True,
    ).record.partition(":")[2]  # fmt: skip
    stories.save_story(
        stories.StoryDraft(
            headline="The lamp", language="en", translation_of=first,
            body=(RelatedStory(id="r1", story=first),
                  ImageBlock(id="i1", picture=PictureUse(media=shot.public_id, alt="A lamp."))),
        ),
        actor=ACTOR, publish=True,
    )  # fmt: skip
    stories.save_plain_page(stories.PlainPageDraft(title="Про нас", purpose="about", body=TEXT), actor=ACTOR)


def test_an_archive_of_a_site_made_at_the_desk_is_named_and_filed_for_it(
    newsroom_of_the_desk: None, tmp_path: Path
) -> None:
    api.export(tmp_path / "out")
    assert set(files(tmp_path / "out")) == {
        "archive.json", "sections.json", "authors/mira.json", "media/a-lamp.json", "media/a-lamp.jpg",
        "stories/lampa.json", "stories/en-the-lamp.json", "pages/pro-nas.json",
    }  # fmt: skip
    assert document(tmp_path / "out", "archive.json")["name"] == "gavan"
    assert document(tmp_path / "out", "stories/en-the-lamp.json")["translation_of"] == "lampa"
    assert document(tmp_path / "out", "stories/lampa.json")["hero"] == {
        "media": "a-lamp", "caption": "The lamp.", "alt": "",
    }  # fmt: skip


def test_a_draft_that_cannot_be_told_is_named_and_left_out(
    newsroom_of_the_desk: None, tmp_path: Path
) -> None:
    shot = pictures.save_picture(picture("#d4552f"), title="Undescribed")
    draft = StoryPage(title="Half-done", slug="half-done", language="uk", hero_picture=shot)
    HomePage.objects.get(language="uk").add_child(instance=draft)
    draft.save_revision(clean=False)
    report = api.export(tmp_path / "out")
    assert [(one.file, one.place) for one in report.left_out] == [("stories", "Half-done")]
    assert "no alt text" in report.left_out[0].message
    assert len(read(tmp_path / "out", lambda _name: NOW).stories) == 2


def test_a_picture_without_its_original_is_named_and_left_out(
    newsroom_of_the_desk: None, tmp_path: Path
) -> None:
    row = Picture.objects.get()
    Path(row.file.path).unlink()
    report = api.export(tmp_path / "out")
    assert [(one.file, one.place) for one in report.left_out] == [("media", "A lamp")]
    archive = read(tmp_path / "out", lambda _name: NOW)
    assert not archive.pictures
    assert archive.stories["lampa"].hero is None
    assert [block.type for block in archive.stories["en-the-lamp"].body] == ["related_story"]


def test_what_is_there_already_is_not_touched(newsroom_of_the_desk: None, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name, why in (("full", "not empty"), ("full/notes.txt", "no folder"), ("link", "no folder"),
                      ("none/out", "make it first")):  # fmt: skip
        with pytest.raises(api.CannotExport, match=why):
            api.export(tmp_path / name)
    assert files(tmp_path) == {"full/notes.txt": b"mine"}
    (tmp_path / "empty").mkdir()
    api.export(tmp_path / "empty")
    assert (tmp_path / "empty/archive.json").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"full", "link", "empty"}


def test_an_export_that_fails_leaves_nothing(
    newsroom_of_the_desk: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "text", full)
    with pytest.raises(OSError, match="No space"):
        api.export(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    assert not LoadedDocument.objects.exists()


def test_an_export_is_for_its_owner_alone(newsroom_of_the_desk: None, tmp_path: Path) -> None:
    api.export(tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_progress_counts_every_document_once(rich: Small, tmp_path: Path) -> None:
    load(rich.root)
    seen: list[tuple[int, int, str]] = []
    report = api.export(tmp_path / "out", progress=lambda *step: seen.append(step))
    total = sum(report.documents.values())
    assert [done for done, _, _ in seen] == list(range(1, total + 1))
    assert {total for _, total, _ in seen} == {total}


def test_the_command_says_what_it_did(
    newsroom_of_the_desk: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standfirst.project.cli import cli, newsroom

    monkeypatch.setattr(newsroom, "with_django", lambda path: None)
    run = CliRunner().invoke
    answer = run(cli, ["export", str(tmp_path / "out")], standalone_mode=False)
    assert (answer.return_value, answer.output[:44]) == (0, "gavan: 2 stories, 1 picture, 1 author, 1 sec")
    assert run(cli, ["export", str(tmp_path / "out")]).exit_code == 1
    Path(Picture.objects.get().file.path).unlink()
    answer = run(cli, ["export", str(tmp_path / "more"), "--json"], standalone_mode=False)
    assert answer.return_value == 2
    assert json.loads(answer.output)["left_out"][0]["file"] == "media"


def test_the_demo_comes_out_as_it_went_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "make", one_small_file)  # its pictures are derived in tests of pictures
    monkeypatch.setattr(deriving, "_WORTH_PROCESSES", 1_000)
    load(NEWSROOM)
    report = api.export(tmp_path / "out")
    assert report.left_out == ()
    there, here = said(tmp_path / "out"), said(NEWSROOM)
    for name, words in here.items():
        assert there[name] == words, name
    before, after = files(NEWSROOM), files(tmp_path / "out")
    assert {name for name in set(before) - set(after) if not name.startswith(WIRE)} == {"README.md"}
    for name in (name for name in before if name.endswith(".jpg")):
        assert after[name] == before[name], name


def one_small_file(original: bytes, words: Words) -> Made:
    body = original[:64] + words.media.encode()
    return Made((MadeFile("jpeg", 640, 480, body),), "#2c7a80")
