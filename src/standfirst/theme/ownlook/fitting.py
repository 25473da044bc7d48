"""From the files of a look to a look that can be drawn with, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from standfirst.theme.assets import address
from standfirst.theme.look import Look
from standfirst.theme.ownlook import files, templates, words
from standfirst.theme.ownlook.css import MOST
from standfirst.theme.ownlook.files import RULES, TOKENS, Source
from standfirst.theme.ownlook.problems import LookRefused, Problem
from standfirst.theme.ownlook.rules import RulesFile
from standfirst.theme.ownlook.tokens import TokensFile


def fit(source: Source, *, live: bool) -> Look:
    """Return the look that `source` holds. Raises LookRefused with all that is wrong with it."""
    unreadable = tuple(_not_text(source))
    if unreadable:
        raise LookRefused(unreadable)
    brought = source.below("fonts") | source.below("files")
    addresses = {name: address(name, body) for name, body in brought.items()}
    tokens = TokensFile(source.text(TOKENS), addresses)
    rules = RulesFile(source.text(RULES), addresses)
    sources = {path: body.decode("utf-8-sig") for path, body in source.below("templates").items()}
    look = Look(
        digest=source.digest,
        style=tokens.style + rules.style,
        tokens=tokens.values,
        faces=tuple(tokens.faces),
        templates={path: templates.completed(path, text) for path, text in sources.items()},
        files=brought,
        words={name.removesuffix(".po"): body for name, body in source.below("strings").items()},
        live=live,
    )
    found = [*files.problems(source), *tokens.problems, *rules.problems]
    found += [*templates.problems(sources), *words.problems(look.words)]
    if (size := len(look.style.encode())) > MOST:
        found.append(Problem(RULES, 0, f"with tokens.css it adds {size:,} bytes; at most {MOST:,} go"))
    if found:
        raise LookRefused(found)
    return look


def _not_text(source: Source) -> Iterator[Problem]:
    for path, body in source.files.items():
        if path.endswith((".css", ".html", ".po")):
            try:
                body.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                yield Problem(path, body[: error.start].count(b"\n") + 1, "is not UTF-8")
