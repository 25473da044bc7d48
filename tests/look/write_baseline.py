"""`python -m tests.look.write_baseline`: take the watched pictures anew, after a change that was meant."""

from __future__ import annotations

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.project.settings")
    django.setup()
    from tests.browser import chromium
    from tests.look import comparing, pages
    from tests.theme import small_site

    pages.BASELINE.mkdir(exist_ok=True)
    with small_site.serving() as base, chromium() as browser:
        for name, width in pages.WATCHED:
            page = pages.open_page(browser, base, name, width)
            file = pages.baseline(name, width)
            comparing.kept(pages.picture_of(page)).save(file, optimize=True)
            print(f"{file.relative_to(pages.BASELINE.parents[2])}: {file.stat().st_size} bytes")
            page.close()


if __name__ == "__main__":
    main()
