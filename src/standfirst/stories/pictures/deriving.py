"""Deriving a picture into the store, once for the same source, words and recipe."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from django.conf import settings
from django.db.models import Exists, OuterRef

from standfirst.bake.store import BlobWriter
from standfirst.editions.documents import Rendition
from standfirst.kit.images import BadPicture
from standfirst.kit.processes import end_with_parent
from standfirst.stories.pictures.making import CONTENT_TYPES, RECIPE, SUFFIXES, Made, make
from standfirst.stories.pictures.models import Derivation, Picture
from standfirst.stories.pictures.words import Words

_WORTH_PROCESSES = 4  # pictures; below that starting processes costs more than it saves
_TOGETHER = threading.BoundedSemaphore(2)  # pictures derived at once in a process


def derive(picture: Picture) -> Derivation:
    """Return the picture's files, made now if they are not there. Free when nothing changed.

    Raises BadPicture when the original cannot be opened any more, SourceImageIOError when it is gone.
    """
    words = picture.words
    known = _known(picture, words)
    if known is not None and not known.error and _all_there(known):
        return known
    with _TOGETHER:
        started = time.monotonic()
        try:
            made = make(_original(picture), words)
        except BadPicture as refusal:
            _remember(picture, words, error=str(refusal))
            raise
        return _keep(picture, words, made, time.monotonic() - started)


def derive_together(pictures: Sequence[Picture]) -> Iterator[Picture]:
    """Derive many pictures on every core, each in a process of its own; yield each when it is done.

    One that fails there is left to `derive`, which says why.
    """
    waiting = [picture for picture in pictures if _known(picture, picture.words) is None]
    if len(waiting) < _WORTH_PROCESSES:
        yield from pictures
        return
    yield from (picture for picture in pictures if picture not in waiting)
    context = multiprocessing.get_context("spawn")  # a fork would share database connections
    with ProcessPoolExecutor(os.cpu_count(), context, end_with_parent) as pool:
        jobs = {
            pool.submit(make, _original(picture), picture.words): (picture, time.monotonic())
            for picture in waiting
        }
        for job in as_completed(jobs):
            picture, started = jobs[job]
            with contextlib.suppress(Exception):
                _keep(picture, picture.words, job.result(), time.monotonic() - started)
            yield picture


def renditions(derivation: Derivation) -> tuple[Rendition, ...]:
    """Return the files of a derivation."""
    return tuple(Rendition.model_validate(file) for file in derivation.files)


def derive_ahead(limit: int = 20) -> int:
    """Derive pictures that were uploaded or edited and have no files yet, newest first; return how many.

    For the worker: publishing then rarely waits. One that cannot be derived is remembered with the reason
    and not tried again until it changes or is published.
    """
    done = Derivation.objects.filter(
        media=OuterRef("public_id"),
        source_hash=OuterRef("source_hash"),
        metadata_hash=OuterRef("metadata_hash"),
        recipe=RECIPE,
    )
    waiting = Picture.objects.filter(~Exists(done)).order_by("-pk")[:limit]
    count = 0
    for picture in waiting:
        if picture.words.hash != picture.metadata_hash:  # changed past `save`
            picture.save(update_fields=["metadata_hash"])
        try:
            derive(picture)
        except (BadPicture, OSError) as trouble:
            _remember(picture, picture.words, error=str(trouble))
            continue
        count += 1
    return count


def held_blobs() -> Iterator[str]:
    """Yield the blobs of pictures in the library, published or not yet: nobody may sweep them."""
    owners = Picture.objects.filter(
        public_id=OuterRef("media"),
        source_hash=OuterRef("source_hash"),
        metadata_hash=OuterRef("metadata_hash"),
    )
    for files in Derivation.objects.filter(Exists(owners), recipe=RECIPE).values_list("files", flat=True):
        yield from (file["blob"] for file in files)


def _known(picture: Picture, words: Words) -> Derivation | None:
    return Derivation.objects.filter(
        media=picture.public_id, source_hash=picture.source_hash, metadata_hash=words.hash, recipe=RECIPE
    ).first()


def _all_there(derivation: Derivation) -> bool:
    writer = BlobWriter(settings.STANDFIRST_SITE.store)
    return all(writer.has(file["blob"]) for file in derivation.files)


def _original(picture: Picture) -> bytes:
    with picture.open_file() as file:
        return bytes(file.read())


def _store(made: Made) -> Iterable[Rendition]:
    """Write the files into the store, durable when this returns: one sync for all."""
    writer = BlobWriter(settings.STANDFIRST_SITE.store)
    found = []
    try:
        for file in made.files:
            name = writer.put(file.body, CONTENT_TYPES[file.format])
            found.append(
                Rendition(
                    path=f"/_m/{name[:32]}.{SUFFIXES[file.format]}",
                    blob=name,
                    format=file.format,
                    width=file.width,
                    height=file.height,
                    size=len(file.body),
                )
            )
        writer.flush()
    except OSError:
        writer.discard()
        raise
    return found


def _keep(picture: Picture, words: Words, made: Made, seconds: float) -> Derivation:
    files = _store(made)
    return _remember(
        picture,
        words,
        files=[file.model_dump(mode="json") for file in files],
        colour=made.colour,
        milliseconds=round(1000 * seconds),
    )


def _remember(picture: Picture, words: Words, **values: object) -> Derivation:
    derivation, _ = Derivation.objects.update_or_create(
        media=picture.public_id,
        source_hash=picture.source_hash,
        metadata_hash=words.hash,
        recipe=RECIPE,
        defaults={"error": "", **values},
    )
    return derivation
