"""Two editors press Save on the same version at the same moment: one is told, and both texts are kept.

The control takes the check away and must be seen to overwrite without a word.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from typing import Any

from tests.faults._site import ready


def main() -> int:
    """Run the races; return 0 when none lost a text in silence and the control did."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1000)
    options = parser.parse_args()
    ready("desk")
    from django.test.utils import setup_test_environment

    from standfirst.stories.desk.editing import DeskEditView
    from tests.stories import matrix

    setup_test_environment()
    ids = matrix.furnish()
    editors = [matrix.client_of("editor"), matrix.client_of("publisher")]
    silent = [number for number in range(options.n) if not race(editors, ids.story, number)]
    whole = DeskEditView._overtaken
    DeskEditView._overtaken = lambda view: False
    caught = not race(editors, ids.story, options.n)
    DeskEditView._overtaken = whole
    result = {
        "name": "two_editors", "n": options.n, "failures": len(silent), "control_caught": caught,
        "first": silent[:3],
    }  # fmt: skip
    print(json.dumps(result), flush=True)
    return int(bool(silent) or not caught)


def race(editors: list[Any], story: int, number: int) -> bool:
    """Save twice at once; return whether exactly one was told and both texts are there."""
    from django.db import connections

    from standfirst.stories.models import StoryPage

    page = StoryPage.objects.get(pk=story)
    revision = page.latest_revision
    start = threading.Barrier(2)
    answers: dict[int, int] = {}

    def save(which: int) -> None:
        data = form(page, f"Text {number} of editor {which}")
        data |= {
            "loaded_revision_id": str(revision.pk),
            "loaded_revision_created_at": revision.created_at.isoformat(),
        }
        start.wait()
        answers[which] = editors[which].post(f"/desk/pages/{story}/edit/", data).status_code
        connections.close_all()

    threads = [threading.Thread(target=save, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {one.content["title"] for one in page.revisions.order_by("-pk")[:2]}
    winners = [which for which, status in answers.items() if status == 302]
    latest = StoryPage.objects.get(pk=story).get_latest_revision_as_object().title
    return (
        sorted(answers.values()) == [200, 302]
        and kept == {f"Text {number} of editor {which}" for which in (0, 1)}
        and latest == f"Text {number} of editor {winners[0]}"
    )


def form(page: Any, title: str) -> dict[str, str]:
    """Return what the editor's form posts."""
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

    empty = {name: inline_formset([]) for name in ("bylines", "corrections", "comments")}
    fields = {
        "title": title, "slug": page.slug, "standfirst": "", "hero_picture": "", "hero_alt": "",
        "hero_caption": rich_text(""), "body": streamfield([]), "section": "", "format": "news",
        "language": "en", "dateline": "", "seo_title": "", "search_description": "", "social_title": "",
        "retraction": rich_text(""),
    }  # fmt: skip
    data: dict[str, str] = nested_form_data({**fields, **empty})
    return data


if __name__ == "__main__":
    sys.exit(main())
