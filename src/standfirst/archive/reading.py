"""From a folder to a checked archive: every file, name and link between them, before anything is loaded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from standfirst.archive import wireconsistency
from standfirst.archive.consistency import absent, unsaid
from standfirst.archive.documents import (
    FORMAT,
    AuthorWords,
    Manifest,
    PageWords,
    PictureWords,
    Shelf,
    Shelves,
    StoryWords,
)
from standfirst.archive.errors import ArchiveError, Problem
from standfirst.archive.folder import Folder
from standfirst.archive.holding import Archive, Documents, Placed
from standfirst.archive.moments import Anchor
from standfirst.archive.wiredocuments import Feed, ItemWords, Posts, PostWords
from standfirst.editions.documents.base import Part
from standfirst.kit.images import BadPicture, check_picture

P = TypeVar("P", bound=Part)
W = TypeVar("W", ItemWords, PostWords)


def read(root: Path, anchor: Callable[[str], datetime]) -> Archive:
    """Read and check the archive in `root`; `anchor` gives what relative moments are told from, by its name.

    Raises ArchiveError naming everything that is wrong.
    """
    if not root.is_dir():
        raise ArchiveError([Problem(str(root), "", "is no folder")])
    folder = Folder(root)
    manifest = _manifest(folder)
    if manifest is None:
        raise ArchiveError(folder.problems)
    context = {"anchor": Anchor(anchor(manifest.name), manifest.site.zone)}
    feed, posts = _each(folder, "feed", Feed, context), _each(folder, "posts", Posts, context)
    archive = Archive(
        root,
        manifest,
        sections=_shelves(folder, "sections.json", context),
        topics=_shelves(folder, "topics.json", context),
        authors=_each(folder, "authors", AuthorWords, context),
        pictures=_each(folder, "media", PictureWords, context),
        stories=_each(folder, "stories", StoryWords, context),
        pages=_each(folder, "pages", PageWords, context),
        feed=_by_key(folder, "feed", {name: one.items for name, one in feed.items()}),
        posts=_by_key(folder, "posts", {name: one.items for name, one in posts.items()}),
    )
    _check_pictures(folder, archive)
    folder.problems += [*_dangling(archive), *_doubled(archive), *unsaid(archive)]
    folder.problems += wireconsistency.unsaid(archive)
    if folder.problems:
        raise ArchiveError(folder.problems)
    return archive


def _manifest(folder: Folder) -> Manifest | None:
    value = folder.json("archive.json")
    if isinstance(value, dict) and value.get("format") not in (None, FORMAT):
        folder.refuse(
            "archive.json",
            f"this is format {value['format']!r}; this version of Standfirst reads format {FORMAT}",
            "format",
        )
        return None
    return None if value is None else _model(folder, "archive.json", Manifest, value, {})


def _model(folder: Folder, file: str, model: type[P], value: Any, context: dict[str, Any]) -> P | None:
    try:
        return model.model_validate_json(_text(value), context=context, strict=True)
    except ValidationError as error:
        folder.problems += [Problem(file, _place(each), _message(each)) for each in error.errors()]
        return None


def _text(value: Any) -> str:
    """Return JSON again: pydantic's strict mode takes arrays for tuples from JSON only."""
    return json.dumps(value, ensure_ascii=False)


def _place(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"])


def _message(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "no such field; see the schema in docs/reference/archive"
    if error["type"] == "missing":
        return "is needed and missing"
    return error["msg"].removeprefix("Value error, ")


def _shelves(folder: Folder, name: str, context: dict[str, Any]) -> Documents[Shelf]:
    if not (folder.root / name).exists():
        return Documents()
    value = folder.json(name)
    shelves = None if value is None else _model(folder, name, Shelves, value, context)
    items = shelves.items if shelves else ()
    for key, count in Counter(item.key for item in items).items():
        if count > 1:
            folder.refuse(name, f"the key {key!r} is there {count} times; keys are unique")
    return Documents({item.key: item for item in items}, all_lost=shelves is None)


def _each(folder: Folder, kind: str, model: type[P], context: dict[str, Any]) -> Documents[P]:
    found: Documents[P] = Documents()
    for key, file in folder.documents(kind):
        value = folder.json(file)
        document = None if value is None else _model(folder, file, model, value, context)
        if document is None:
            found.lost.add(key)
        else:
            found[key] = document
    return found


def _by_key(folder: Folder, kind: str, sheets: Mapping[str, tuple[W, ...]]) -> dict[str, Placed[W]]:
    """Return what lies in several files of one folder, by key."""
    found: dict[str, Placed[W]] = {}
    for name, sheet in sheets.items():
        file = f"{kind}/{name}.json"
        for number, words in enumerate(sheet):
            if other := found.get(words.key):
                message = f"{words.key!r} is the key of {other.file}, {other.place}, too; keys are unique"
                folder.refuse(file, message, f"items.{number}.key")
            found.setdefault(words.key, Placed(file, f"items.{number}", words))
    return found


def _check_pictures(folder: Folder, archive: Archive) -> None:
    used = Counter(picture.file for picture in archive.pictures.values())
    for key, picture in archive.pictures.items():
        file = f"media/{picture.file}"
        if not folder.is_plain(file):
            continue
        if used[picture.file] > 1:
            folder.refuse(f"media/{key}.json", f"{file} has more than one document", "file")
        try:
            check_picture(folder.root / file)
        except BadPicture as error:
            folder.refuse(file, str(error))
    described = {f"{key}.json" for key, _ in folder.documents("media")}
    if len(described) == len(archive.pictures):  # else the reason has been given
        for name in sorted(folder.pictures() - set(used)):
            folder.refuse(f"media/{name}", "no document describes this file; add one, or take it out")


def _dangling(archive: Archive) -> Iterable[Problem]:
    """Yield every key that names nothing."""
    yield from absent("archive.json", [("site.logo", archive.manifest.site.logo, archive.pictures)])
    for number, front in enumerate(archive.manifest.fronts):
        chosen: list[tuple[str, str | None, Documents[Any]]] = [("lead", front.lead, archive.stories)]
        chosen += [("second", key, archive.stories) for key in front.second]
        chosen += [("sections", key, archive.sections) for key in front.sections]
        yield from absent(
            "archive.json", [(f"fronts.{number}.{place}", key, shelf) for place, key, shelf in chosen]
        )
    for key, author in archive.authors.items():
        yield from absent(f"authors/{key}.json", [("portrait", author.portrait, archive.pictures)])
    for key, story in archive.stories.items():
        named: list[tuple[str, str | None, Documents[Any]]] = [("section", story.section, archive.sections)]
        named += [("topics", topic, archive.topics) for topic in story.topics]
        named += [("bylines", line.author, archive.authors) for line in story.bylines]
        named += [("picture", use.media, archive.pictures) for use in story.pictures]
        named += [("related story", other, archive.stories) for other in story.related]
        yield from absent(f"stories/{key}.json", named)
    for key, page in archive.pages.items():
        named = [("picture", use.media, archive.pictures) for use in page.pictures]
        named += [("related story", other, archive.stories) for other in page.related]
        yield from absent(f"pages/{key}.json", named)
    yield from _translations(archive)


def _translations(archive: Archive) -> Iterable[Problem]:
    """Yield translations of what is not there, of a translation, or into a language that is taken."""
    main = archive.manifest.site.languages[0]
    shelves: dict[str, Documents[Any]] = {
        "sections.json": archive.sections, "topics.json": archive.topics, "authors": archive.authors,
        "stories": archive.stories, "pages": archive.pages,
    }  # fmt: skip
    for name, shelf in shelves.items():
        spoken: dict[tuple[str, str], str] = {}
        for key, words in sorted(shelf.items(), key=lambda one: one[1].translation_of is not None):
            file = name if name.endswith(".json") else f"{name}/{key}.json"
            first = words.translation_of or key
            language = words.language or main
            other = spoken.setdefault((first, language), key)
            if not shelf.knows(first):
                problem = f"there is no {first!r} in this archive; add it, or take the name out"
            elif first in shelf and shelf[first].translation_of:
                problem = f"{first!r} is a translation itself; name {shelf[first].translation_of!r}"
            elif other != key:
                problem = f"{other!r} says it in {language} already; change one"
            else:
                continue
            yield Problem(file, f"{key}.translation_of" if file == name else "translation_of", problem)


def _doubled(archive: Archive) -> Iterable[Problem]:
    """Yield two documents of one address."""
    for name, shelves in (("sections.json", archive.sections), ("topics.json", archive.topics)):
        taken: dict[tuple[str, str], str] = {}
        for key, shelf in shelves.items():
            yield from _taken(name, taken, (shelf.language, shelf.slug or key), key)
    taken = {}
    for key, author in archive.authors.items():
        language = author.language or archive.manifest.site.languages[0]
        yield from _taken(f"authors/{key}.json", taken, (language, author.slug or key), key)
    taken = {}
    for key, story in archive.stories.items():
        yield from _taken(f"stories/{key}.json", taken, (story.language, story.slug or key), key)
    for key, page in archive.pages.items():  # they share their part of the site with the stories
        yield from _taken(f"pages/{key}.json", taken, (page.language, page.slug or key), key)


def _taken(
    file: str, taken: dict[tuple[str, str], str], address: tuple[str, str], key: str
) -> Iterable[Problem]:
    if address in taken:
        yield Problem(file, "slug", f"{taken[address]!r} has the same address {address[1]!r}; change one")
    taken.setdefault(address, key)
