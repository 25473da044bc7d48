"""Style, scripts and fonts: files of the program, at addresses that carry the hash of their bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from standfirst.bake.registry import Asset

HERE = Path(__file__).resolve().parent

STYLES = ("tokens", "base", "frame", "parts", "story", "formats", "lists", "front", "print")
"""The style sheet's files, in the order they are joined in."""

PRELOADED = {
    "latin": ("literata-latin.woff2", "source-sans-3-latin.woff2"),
    "cyrillic": ("literata-cyrillic.woff2", "source-sans-3-cyrillic.woff2"),
}
"""Script to the fonts that its first lines need."""

_CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
_OTHER_SCRIPTS = frozenset({"ar", "fa", "he", "ur", "ka", "hy", "hi", "bn", "th", "zh", "ja", "ko"})
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")
_FONT_URL = re.compile(r"url\(([a-z0-9-]+\.woff2)\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """All assets, and the addresses that templates name."""

    style: str
    scripts: dict[str, str]  # module's name to address
    fonts: dict[str, str]  # file's name to address
    files: dict[str, Asset]

    def preloads(self, language: str) -> tuple[str, ...]:
        """Return the addresses of the fonts that a page in `language` needs at once."""
        base = language.split("-")[0]
        names: tuple[str, ...] = ()  # the system's own face, for a script we ship none for
        if base in _CYRILLIC:
            names = PRELOADED["cyrillic"]
        elif base not in _OTHER_SCRIPTS:
            names = PRELOADED["latin"]
        return tuple(self.fonts[name] for name in names)


@cache
def assets() -> Assets:
    """Read, join and name the assets; once in a process."""
    files: dict[str, Asset] = {}

    def add(name: str, body: bytes) -> str:
        suffix = Path(name).suffix
        path = f"/_a/{hashlib.sha256(body).hexdigest()[:16]}{suffix}"
        files[f"theme/{name}"] = Asset(path, body, _TYPES[suffix])
        return path

    fonts = {
        file.name: add(file.name, file.read_bytes()) for file in sorted((HERE / "fonts").glob("*.woff2"))
    }
    scripts = {
        file.stem: add(file.name, _without_comments(file.read_text()).encode())
        for file in sorted((HERE / "scripts").glob("*.js"))
    }
    style = add("site.css", style_sheet(fonts).encode())
    return Assets(style, scripts, fonts, files)


def style_sheet(fonts: dict[str, str]) -> str:
    """Return the one style sheet, without comments and white space that only people need."""
    joined = "\n".join((HERE / "styles" / f"{name}.css").read_text() for name in STYLES)
    text = _SPACE.sub(" ", _COMMENT.sub("", joined))
    return _FONT_URL.sub(lambda match: f"url({fonts[match[1]]})", _AROUND.sub(r"\1", text)).strip()


def _without_comments(script: str) -> str:
    """Return a module without its leading block comment and line comments of their own line."""
    lines = (line for line in _COMMENT.sub("", script).splitlines() if line.strip())
    return "\n".join(line for line in lines if not line.lstrip().startswith("//")) + "\n"
