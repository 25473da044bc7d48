"""Plain pages for when a site has none of its own yet. The theme bakes better ones at `/_e/…/`."""

from __future__ import annotations

_WORDS = {
    400: ("Not understood", "What was sent broke off or makes no sense."),
    403: ("Not allowed", "Only pages of this site may send to this address."),
    404: ("Not found", "There is no page at this address."),
    405: ("Not allowed", "This address can only be read."),
    408: ("Too slow", "What was sent did not arrive in time."),
    410: ("Gone", "This page was here and has been withdrawn."),
    411: ("Length needed", "Say how long it is, then send it."),
    413: ("Too large", "What was sent is larger than this site takes."),
    415: ("Not understood", "What was sent is not a form of this site."),
    414: ("Address too long", "There is no page at this address."),
    429: ("Too many at once", "Please wait a moment, then try again."),
    500: ("Something went wrong", "The newsroom's system made a mistake. Please try again."),
    503: ("One moment", "This part of the site does not answer at present. Please try again soon."),
}
PREPARING = (
    "This site is being prepared",
    "Its first pages will be here in a moment. Please try again soon.",
)


def page(status: int) -> bytes:
    """Return a complete small HTML page for `status`, without style or script of any kind."""
    return _draw(*_WORDS.get(status, _WORDS[500]))


def preparing() -> bytes:
    """Return the page of a site that has nothing baked yet."""
    return _draw(*PREPARING)


def _draw(title: str, text: str) -> bytes:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n<body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
    ).encode()
