"""What cannot be taken is refused whole, with the place and the reason; nothing ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.editions import api as editions
from standfirst.kit.fetch import Policy, fetch
from standfirst.migration.ledger import Line
from standfirst.migration.models import Imported
from standfirst.migration.ninjs import run
from standfirst.migration.ninjs.files import Found, items
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures.models import Picture
from tests.kit.peer import always, listening, response
from tests.migration.desk import ACTOR, Web, imported, item, jpeg, outcomes, public, write

pytestmark = pytest.mark.django_db
URI = "urn:example:agency:1"


def _run(path: Path) -> list[Line]:
    return run([path], actor=ACTOR, get=Web()).lines


def _nothing_was_kept() -> bool:
    return not (
        StoryPage.objects.filter(source_uri=URI).exists()
        or Imported.objects.exists()
        or Picture.objects.exists()
    )


# Files


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('{"uri": "a",\n "type": }', 2, "Expecting value, line 2 column 10"),
        ("", 0, "is empty"),
        ("   \n ", 0, "is empty"),
        ("[]", 0, "holds no items"),
        ('{"items": []}', 0, "holds no items"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('[{"uri": "a"}] x', 1, "Extra data"),
        ('{"uri": NaN}', 1, "NaN is no JSON number"),
        ('{"uri": ' + "9" * 5000 + "}", 1, "not usable JSON"),
        ("<html>", 1, "Expecting value"),
    ],
)
def test_a_file_that_is_not_json_says_where(tmp_path: Path, text: str, line: int, why: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    (found,) = _run(path)
    assert (found.outcome, found.place.line) == ("refused", line)
    assert why in found.reason


def test_a_file_over_20_mb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    (line,) = _run(path)
    assert (line.outcome, line.reason) == (
        "refused",
        "the file has 20.0 MB; a file may have 20 MB. Split it.",
    )


def test_a_file_that_is_not_there_a_folder_and_foreign_bytes(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b'{"uri": "\xff\xfe"}')
    found = [_run(path)[0] for path in (tmp_path / "no.json", tmp_path, tmp_path / "bytes.json")]
    assert [line.outcome for line in found] == ["refused"] * 3
    assert "cannot be read" in found[0].reason
    assert "not a file" in found[1].reason
    assert "byte 9" in found[2].reason


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    ledger = run([tmp_path / "bad.json", write(tmp_path, item())], actor=ACTOR, get=Web())
    assert outcomes(ledger) == ["refused", "created"]
    assert ledger.exit_code == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_every_encoding_of_json_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "items.json"
    path.write_bytes(json.dumps(item(headlines=[{"value": "Міст"}]), ensure_ascii=False).encode(encoding))
    assert _run(path)[0].headline == "Міст"


def test_the_shapes_of_files(tmp_path: Path) -> None:
    one, two = item(), item(uri="urn:2")
    lines = "\n".join([json.dumps(one), "", json.dumps(two), "{oops"])
    shapes = {
        "one.json": (json.dumps(one), [(1, "")]),
        "array.json": (json.dumps([one, two], indent=1), [(2, "/0"), (20, "/1")]),
        "items.json": (json.dumps({"x": 1, "items": [one, two]}), [(1, "/items/0"), (1, "/items/1")]),
        "lines.jsonl": (lines, [(1, ""), (3, ""), (4, "")]),
        "lines.json": (lines, [(1, ""), (3, ""), (4, "")]),
    }
    for name, (text, places) in shapes.items():
        path = tmp_path / name
        path.write_text(text)
        found = list(items(path))
        assert [
            (one.line, "".join(f"/{p}" for p in one.path) if isinstance(one, Found) else "") for one in found
        ] == places


# Items


@pytest.mark.parametrize(
    ("change", "pointer", "why"),
    [
        ({"uri": None}, "/1", "has no uri"),
        ({"uri": 7}, "/1/uri", "must be text"),
        ({"uri": "x" * 501}, "/1/uri", "500 characters"),
        ({"headlines": None}, "/1", "has no headline"),
        ({"headlines": "x"}, "/1/headlines", "must be a list"),
        ({"headlines": [{"role": "main"}]}, "/1/headlines/0", "has no value"),
        ({"headlines": [{"value": ["x"]}]}, "/1/headlines/0/value", "must be text"),
        ({"bodies": None}, "/1", "has no body"),
        ({"bodies": [{"value": "<p> </p><script>x</script>"}]}, "/1/bodies/0/value", "no words"),
        ({"bodies": [{"value": 5}]}, "/1/bodies/0/value", "must be text"),
        (
            {"bodies": [{"value": "<p>x</p>" * 130_000}]},
            "/1/bodies/0/value",
            "more than 1,000,000 characters",
        ),
        ({"pubStatus": "public"}, "/1/pubStatus", "usable, withheld, canceled"),
        ({"type": "article"}, "/1/type", "it may be text, audio"),
        ({"version": {"major": 1}}, "/1/version", "must be text"),
        ({"versionCreated": "yesterday"}, "/1/versionCreated", "no date and time"),
        ({"versionCreated": "2026-11-05T08:30:00"}, "/1/versionCreated", "no time zone"),
        (
            {"versioncreated": "2026-11-05T08:30:00", "versionCreated": None},
            "/1/versioncreated",
            "no time zone",
        ),
        (
            {"associations": [{"name": "a", "renditions": "x"}]},
            "/1/associations/0/renditions",
            "must be a list",
        ),
        (
            {"associations": {"a": {"renditions": {"b": {"href": 1}}}}},
            "/1/associations/a/renditions/b/href",
            "text",
        ),
        ({"language": ["en"]}, "/1/language", "must be text"),
    ],
)
def test_an_item_that_is_not_right_is_refused_at_its_place(
    tmp_path: Path, change: dict[str, Any], pointer: str, why: str
) -> None:
    before = editions.last_seq()
    ledger = imported(tmp_path, item(uri="urn:good", type="event"), item(**change))
    line = ledger.lines[1]
    assert (line.outcome, line.place.pointer) == ("refused", pointer)
    assert why in line.reason
    assert ledger.exit_code == 2
    assert editions.last_seq() == before
    assert _nothing_was_kept()


def test_the_line_of_a_fault_is_told(tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([item(uri="urn:2"), item(version=[])], indent=1))
    line = _run(path)[1]
    assert path.read_text().splitlines()[line.place.line - 1].strip() == '"version": [],'
    assert str(line.place) == f"{path}:{line.place.line} /1/version"


@pytest.mark.parametrize("value", [7, "text", None, True, [], 1.5])
def test_what_is_no_object_is_no_item(tmp_path: Path, value: object) -> None:
    (tmp_path / "items.json").write_text(json.dumps([value, item()]))
    lines = _run(tmp_path / "items.json")
    assert [line.outcome for line in lines] == ["refused", "created"]
    assert "not an object" in lines[0].reason


@pytest.mark.parametrize(
    ("kind", "said"),
    [("picture", "a picture"), ("graphic", "a graphic"), ("audio", "sound"), ("video", "a video"),
     ("event", "an event"), ("planning", "a plan of coverage"), ("component", "a part")],
)  # fmt: skip
def test_what_is_no_story_is_skipped_with_its_reason(tmp_path: Path, kind: str, said: str) -> None:
    ledger = imported(tmp_path, item(type=kind))
    (line,) = ledger.lines
    assert (line.outcome, ledger.exit_code) == ("skipped", 0)
    assert said in line.reason


def test_a_package_and_a_partial_item_are_skipped(tmp_path: Path) -> None:
    ledger = imported(
        tmp_path, item(type="composite", bodies=None), item(uri="urn:2", representationType="partial")
    )
    assert outcomes(ledger) == ["skipped", "skipped"]


def test_faults_in_what_is_not_read_are_told_and_stop_nothing(tmp_path: Path) -> None:
    (line,) = imported(tmp_path, item(people=[{"name": 7}], expires=3, agency_extension={"x": 1})).lines
    assert line.outcome == "created"
    assert any("/people/0/name" in note for note in line.notes)


def test_hostile_markup_comes_out_clean(tmp_path: Path) -> None:
    evil = (
        '<p>Words <img src=x onerror=alert(1)><a href="javascript:alert(1)">here</a></p><script>x()</script>'
    )
    ledger = imported(
        tmp_path,
        item(
            bodies=[{"value": evil}],
            headlines=[{"value": "<script>x</script>Head<b>line</b>"}],
            by="<b>A</b>",
        ),
        leave_out_missing_pictures=True,
    )
    assert outcomes(ledger) == ["created"]
    story = public()
    assert story is not None
    assert story.headline == "Headline"
    assert "onerror" not in story.to_bytes().decode()
    assert "javascript" not in story.to_bytes().decode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["\ud800", "\x00", "2026-11-05T08:30:00Z", "<p>x</p>", "usable", "../../passwd"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from("value name href role renditions uri x".split()), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
NAMES = st.sampled_from(
    "uri type version versionCreated embargoedUntil pubStatus language headlines bodies descriptions subjects"
    " by located associations renditions genres infoSources slugline title headline body_xhtml"
    " description_text pubstatus versioncreated standard urgency edNote usageTerms items".split()
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_no_value_makes_a_traceback_or_half_an_item(tmp_path: Path, change: dict[str, Any]) -> None:
    stories, seq = StoryPage.objects.count(), editions.last_seq()
    path = tmp_path / "items.json"
    path.write_text(json.dumps([{**item(), **change}]))
    for line in _run(path):
        assert line.outcome in ("created", "updated", "skipped", "refused")
        if line.outcome in ("skipped", "refused"):
            assert line.reason
            assert (StoryPage.objects.count(), editions.last_seq()) == (stories, seq)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | st.integers(0, 400))
def test_no_file_makes_a_traceback(tmp_path: Path, data: bytes | int) -> None:
    path = tmp_path / "items.json"
    path.write_bytes(json.dumps([item()], indent=1).encode()[:data] if isinstance(data, int) else data)
    for line in _run(path):
        assert line.outcome in ("created", "updated", "skipped", "refused")


# Pictures


def _with_picture(href: str, **values: Any) -> dict[str, Any]:
    picture = {
        "name": "main",
        "type": "picture",
        "uri": "urn:pic",
        "renditions": [{"name": "main", "href": href}],
    }
    return item(associations=[picture], **values)


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("missing.jpg", "is not there"),
        ("../outside.jpg", "leads out of"),
        ("%2e%2e/outside.jpg", "leads out of"),
        ("link.jpg", "leads out of"),
        ("folder/../../outside.jpg", "leads out of"),
        ("/etc/hostname", "by a path beside the file"),
        ("file:///etc/hostname", "by a path beside the file"),
        ("data:image/png;base64,AAAA", "by a path beside the file"),
        ("text.jpg", "not taken as a picture"),
        ("empty.jpg", "not taken as a picture"),
        ("half.jpg", "not taken as a picture"),
        ("folder", "is not there"),
        ("loop.jpg", "cannot be read"),
        ("x" * 3000, "cannot be read"),
        ("https://pictures.example/1.jpg", "no such host"),
        ("http://[::1", "neither an address nor a path"),
    ],
)
def test_a_picture_that_is_not_one_or_cannot_be_had_refuses_the_item(
    tmp_path: Path, href: str, why: str
) -> None:
    (tmp_path / "outside.jpg").write_bytes(jpeg())
    folder = tmp_path / "import"
    (folder / "folder").mkdir(parents=True)
    (folder / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    (folder / "loop.jpg").symlink_to(folder / "loop.jpg")
    (folder / "text.jpg").write_text("not a picture")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "half.jpg").write_bytes(jpeg()[:700])
    ledger = imported(folder, _with_picture(href))
    (line,) = ledger.lines
    assert (line.outcome, line.place.pointer) == ("refused", "/associations/0/renditions/0/href")
    assert why in line.reason
    assert _nothing_was_kept()


def test_a_story_may_be_taken_without_its_missing_pictures_when_asked(tmp_path: Path) -> None:
    (line,) = imported(tmp_path, _with_picture("missing.jpg"), leave_out_missing_pictures=True).lines
    assert line.outcome == "created"
    assert any("left out" in note for note in line.notes)


def test_the_outbound_gate_guards_pictures(tmp_path: Path) -> None:
    """Promise 8 on the import's own path: an address inside is refused, with a control that is served."""
    with listening(always(response(jpeg(), content_type="image/jpeg"))) as canary:
        href = f"{canary.url}/1.jpg"
        path = write(tmp_path, _with_picture(href))
        (line,) = run([path], actor=ACTOR).lines
        assert line.outcome == "refused"
        assert canary.connections == 0
        strict = Policy(ports=frozenset({canary.port}))
        (line,) = run([path], actor=ACTOR, get=lambda url: fetch(url, policy=strict)).lines
        assert "not a public address" in line.reason
        assert canary.connections == 0
        (line,) = run([path], actor=ACTOR, get=lambda url: fetch(url, policy=canary.policy())).lines
        assert line.outcome == "created"
        assert canary.connections == 1


def test_a_later_version_updates_the_picture_and_keeps_its_record(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg("teal"))
    imported(tmp_path, _with_picture("a.jpg"))
    first = public()
    (tmp_path / "a.jpg").write_bytes(jpeg("navy"))
    imported(tmp_path, _with_picture("a.jpg", version="2"))
    second = public()
    assert first is not None
    assert second is not None
    assert first.hero is not None
    assert second.hero is not None
    assert first.hero.media == second.hero.media
    assert Picture.objects.count() == 1


def test_the_next_best_file_stands_in_for_one_that_cannot_be_had(tmp_path: Path) -> None:
    (tmp_path / "small.jpg").write_bytes(jpeg(size=(320, 200)))
    files = [{"name": "hires", "href": "gone.jpg"}, {"name": "small", "href": "small.jpg"}]
    ledger = imported(
        tmp_path, item(associations=[{"name": "p", "type": "picture", "uri": "urn:p", "renditions": files}])
    )
    assert outcomes(ledger) == ["created"]
