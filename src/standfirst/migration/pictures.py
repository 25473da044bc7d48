"""Files of pictures that an import names: beside its file, or out in the world."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from standfirst.kit.fetch import Fetched, FetchError, fetch
from standfirst.kit.images import MAX_BYTES, BadPicture, check_picture

Fetch = Callable[[str], Fetched]


class NoPicture(Exception):
    """A picture that is not one or cannot be had; the text says why."""


def from_the_web(url: str) -> Fetched:
    """Fetch a picture through the outbound gate. Raises FetchError."""
    return fetch(
        url,
        limit_bytes=MAX_BYTES,
        timeout=30,
        accept=("image/*", "application/octet-stream", "binary/octet-stream"),
    )


def picture_bytes(href: str, folder: Path, get: Fetch = from_the_web) -> bytes:
    """Return the checked bytes of the picture at `href`: a URL, or a path beside the import's file.

    A path may not lead out of `folder`, nor may a link in it. Raises NoPicture.
    """
    try:
        remote = urlsplit(href).scheme in ("http", "https")
        data = get(href).body if remote else _local(href, folder)
        check_picture(data)
    except FetchError as error:
        raise NoPicture(f"the picture cannot be had: {error}") from error
    except BadPicture as error:
        raise NoPicture(f"{href[:200]} is not taken as a picture: {error}") from error
    except ValueError as error:
        raise NoPicture(f"{href[:200]} is neither an address nor a path") from error
    return data


def _local(href: str, folder: Path) -> bytes:
    if urlsplit(href).scheme or href.startswith(("/", "\\")) or "\x00" in href:
        raise NoPicture(f"{href[:200]}: a picture is named by http(s) address or by a path beside the file")
    home = folder.resolve()
    for name in dict.fromkeys((href, unquote(href))):
        if "\x00" in name:
            continue
        try:
            path = (home / name).resolve()
            if not path.is_relative_to(home):
                raise NoPicture(f"{href[:200]} leads out of the import's folder")
            if not path.is_file():
                continue
            if path.stat().st_size > MAX_BYTES:
                raise NoPicture(f"{href[:200]} has more than {MAX_BYTES // 1_000_000} MB")
            return path.read_bytes()
        except (OSError, RuntimeError) as error:  # a loop of links, a name too long, no permission
            raise NoPicture(f"{href[:200]} cannot be read") from error
    raise NoPicture(f"{href[:200]} is not there")
