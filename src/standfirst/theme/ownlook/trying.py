"""Trying a look on: the newest pages of every kind are drawn with it, and nothing is kept."""

from __future__ import annotations

from standfirst.bake import api as bake
from standfirst.theme import look
from standfirst.theme.environment import OwnTemplateError
from standfirst.theme.look import Look
from standfirst.theme.ownlook.problems import LookRefused, Problem


def try_on(candidate: Look) -> None:
    """Raise LookRefused when pages that can be drawn now could not be drawn with `candidate`."""
    with look.temporarily(candidate):
        failing = dict(bake.failing_examples())
    if not failing:
        return
    before = dict(bake.failing_examples())
    found = {_problem(path, error) for path, error in failing.items() if path not in before}
    if found:
        raise LookRefused(sorted(found, key=str))


def _problem(path: str, error: Exception) -> Problem:
    """Say where in the look's templates `error` came from, or which page it kept from being drawn."""
    if isinstance(error, OwnTemplateError):
        return Problem(error.name.removeprefix("look/"), error.line, f"{error.error} (drawing {path})")
    return Problem("templates", 0, f"{error} (drawing {path})")
