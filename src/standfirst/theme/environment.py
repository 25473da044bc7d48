"""Templates: one Jinja environment a language, so that the site's own words are at hand in every partial.

Values are escaped, an unknown name is an error, and templates are compiled once a look. A template of the
newsroom's own look stands before the theme's of the same path, which it can reach as `theme/…`.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup

from standfirst.theme.assets import assets
from standfirst.theme.look import current, per_look
from standfirst.theme.strings import Strings, strings

FOLDER = Path(__file__).resolve().parent / "templates"
OWN = "look/templates/"


def make_environment(words: Strings) -> Environment:
    """Return an environment that speaks through `words`."""
    theme = FileSystemLoader(FOLDER)
    environment = Environment(
        loader=ChoiceLoader([FunctionLoader(_own), PrefixLoader({"theme": theme}), theme]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(
        t=words.text, t_plural=words.plural, t_forms=words.forms, t_html=words.html, assets=assets()
    )
    return environment


@per_look
def environment(language: str) -> Environment:
    """Return the environment of a BCP 47 tag."""
    return make_environment(strings(language))


@per_look
def template(language: str, name: str) -> Template:
    """Return a compiled template."""
    return environment(language).get_template(name)


class OwnTemplateError(Exception):
    """A template of the newsroom's own look that cannot show a page. `name` and `line` are its place."""

    def __init__(self, name: str, line: int, error: Exception) -> None:
        super().__init__(f"{name}:{line}: {error}")
        self.name, self.line, self.error = name, line, error


def own_fault(error: Exception) -> OwnTemplateError | None:
    """Return where in a template of the newsroom's own look `error` came from; None when it did not."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(OWN)]
    return OwnTemplateError(frames[-1].filename, frames[-1].lineno or 0, error) if frames else None


def own_name(path: str) -> str:
    """Return what a template of the newsroom's own look is called in messages and tracebacks."""
    return f"{OWN}{path}"


def macro(language: str, part: str, name: str, *given: object) -> Markup:
    """Return what a macro of a part draws. Raises what it does wrong, with its place in an own look."""
    try:
        drawn: Markup = getattr(template(language, part).module, name)(*given)
    except Exception as error:
        if fault := own_fault(error):
            raise fault from error
        raise
    return drawn


def _own(path: str) -> tuple[str, str, None] | None:
    source = current().templates.get(path)
    return None if source is None else (source, own_name(path), None)
