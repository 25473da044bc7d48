"""Templates: one Jinja environment a language, so that the site's own words are at hand in every partial.

Values are escaped, an unknown name is an error, and templates are compiled once in a process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from standfirst.theme.assets import assets
from standfirst.theme.strings import Strings, strings

FOLDER = Path(__file__).resolve().parent / "templates"


def make_environment(words: Strings) -> Environment:
    """Return an environment that speaks through `words`."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(t=words.text, t_plural=words.plural, t_html=words.html, assets=assets())
    return environment


@cache
def environment(language: str) -> Environment:
    """Return the environment of a BCP 47 tag."""
    return make_environment(strings(language))


@cache
def template(language: str, name: str) -> Template:
    """Return a compiled template."""
    return environment(language).get_template(name)
