"""Style, scripts and fonts: files of the program, at addresses that carry the hash of their bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from standfirst.bake.registry import Asset
from standfirst.theme.bundle import bundle
from standfirst.theme.locales import formats
from standfirst.theme.look import Look, current, per_look
from standfirst.theme.tokens import families, tokens

HERE = Path(__file__).resolve().parent

STYLES = (
    "tokens", "base", "frame", "parts", "story", "formats", "lists", "feed", "young",
    "languages", "arabic", "print",
)  # fmt: skip
"""The style sheet's files, in the order they are joined in."""

PRELOADED = {
    "Latn": ("literata-latin.woff2", "standfirst-sans-latin.woff2"),
    "Cyrl": (
        "literata-cyrillic.woff2", "literata-figures.woff2",  # the second has spaces and signs as well
        "standfirst-sans-cyrillic.woff2", "standfirst-sans-figures.woff2",
    ),
    "Arab": (
        "noto-naskh-arabic.woff2", "noto-naskh-arabic-latin.woff2",  # the second has figures and spaces
        "noto-sans-arabic.woff2", "noto-sans-arabic-latin.woff2",
    ),
}  # fmt: skip
"""Script (ISO 15924) to the fonts that its first lines need. Others are set in the reader's own faces."""

LETTERS = {"Latn": "a", "Cyrl": "ж", "Arab": "س"}
"""Script to a letter by which a newsroom's own typeface is known to serve it."""

STACKS = {"Latn": ("--serif", "--sans"), "Arab": ("--serif-arabic", "--sans-arabic")}
"""Script to the tokens that name its typefaces; scripts that are not here are set as the Latin one is."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
STAMP = "/_f/look/"
"""Where a page finds the name of the newest look, while `serve --live` runs."""

LIVE = ("feed", "strip", "more", "coverage", "jump")
"""The modules of the live feed that others are imported by: with those they are one file, `newsfeed`."""

_IMPORTS = re.compile(r"^(import|export) ", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")
_FONT_URL = re.compile(r"url\(([a-z0-9-]+\.woff2)\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """All assets, and the addresses that templates name."""

    style: str
    front_style: str  # beside it, on fronts
    form_style: str  # beside it, on pages with a form
    feed_style: str  # beside it, on the pages of the news feed
    live_style: str  # beside it, on live coverage
    archive_style: str  # beside it, on the archive
    text_style: str  # of the text edition
    scripts: dict[str, str]  # module's name to address
    fonts: dict[str, str]  # file's name to address
    files: dict[str, Asset]
    own: dict[str, str]  # name of a file of the newsroom's own look to address
    look: Look

    def preloads(self, language: str) -> tuple[str, ...]:
        """Return the addresses of the fonts that a page in `language` needs at once."""
        script = formats(language).script
        theirs = (name for name in PRELOADED.get(script, ()) if self._is_set(families()[name], script))
        return (*self._own_preloads(script), *(self.fonts[name] for name in theirs))

    @property
    def live(self) -> str:
        """Return the name of the look, on pages that watch it; else ""."""
        return self.look.name if self.look.live else ""

    def _own_preloads(self, script: str) -> tuple[str, ...]:
        """Return the newsroom's own faces for a script: of each family the first that has its letters."""
        letter = LETTERS.get(script)
        faces = [
            one for one in self.look.faces if letter and one.has(letter) and self._is_set(one.family, script)
        ]
        return tuple({face.family: self.own[face.file] for face in reversed(faces)}.values())[::-1]

    def _is_set(self, family: str, script: str) -> bool:
        """Return whether text of a script is set in a typeface, once the newsroom's own look is on."""
        names = STACKS.get(script, STACKS["Latn"])
        stacks = (self.look.tokens.get(name, tokens()[name].value) for name in names)
        family = family.removesuffix(" Figures")  # these stand before it where a script asks for them
        return any(f'"{family}"' in stack.replace("'", '"') for stack in stacks)


@per_look
def assets() -> Assets:
    """Read, join and name the assets; once a look."""
    files: dict[str, Asset] = {}
    own = current()

    def add(name: str, body: bytes) -> str:
        path = address(name, body)
        files[name] = Asset(path, body, TYPES[Path(name).suffix])
        return path

    fonts = {
        file.name: add(f"theme/{file.name}", file.read_bytes())
        for file in sorted((HERE / "fonts").glob("*.woff2"))
    }
    modules = {
        file.stem: without_comments(file.read_text()) for file in sorted((HERE / "scripts").glob("*.js"))
    }
    scripts = {
        name: add(f"theme/{name}.js", text.encode())
        for name, text in {**modules, "newsfeed": bundle(modules, LIVE)}.items()
        if not _IMPORTS.search(text)
    }
    style = add("theme/site.css", (style_sheet(fonts) + own.style).encode())
    front_style, form_style, feed_style, live_style, archive_style, text_style = (
        add(f"theme/{name}.css", _shortened((HERE / "styles" / f"{name}.css").read_text()).encode())
        for name in ("front", "forms", "feedpage", "live", "archive", "text")
    )
    brought = {name: add(f"look/{name}", body) for name, body in own.files.items()}
    if own.live:
        files["look"] = Asset(STAMP, own.name.encode(), "text/plain; charset=utf-8", cache="page")
    return Assets(
        style,
        front_style,
        form_style,
        feed_style,
        live_style,
        archive_style,
        text_style,
        scripts,
        fonts,
        files,
        brought,
        own,
    )


def address(name: str, body: bytes) -> str:
    """Return where a file with this name and content is found."""
    return f"/_a/{hashlib.sha256(body).hexdigest()[:16]}{Path(name).suffix}"


def style_sheet(fonts: dict[str, str]) -> str:
    """Return the one style sheet, without comments and white space that only people need."""
    joined = "\n".join((HERE / "styles" / f"{name}.css").read_text() for name in STYLES)
    return _FONT_URL.sub(lambda match: f"url({fonts[match[1]]})", _shortened(joined))


def _shortened(sheet: str) -> str:
    text = _SPACE.sub(" ", _COMMENT.sub("", sheet))
    return _AROUND.sub(r"\1", text).strip()


def without_comments(script: str) -> str:
    """Return a module without block comments, lines that are comments, and space that lines begin with."""
    lines = (line.strip() for line in _COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
