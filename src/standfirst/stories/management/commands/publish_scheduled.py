"""Stands in front of Wagtail's command of this name: the timetable is kept by Standfirst's worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Off. `standfirst serve` publishes what is scheduled, each entry once, at its instant."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(self.help)
