"""A small site of the samples, drawn once and served on a port of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from PIL import Image, ImageDraw

from standfirst.edge.intake import filled_in
from standfirst.editions.documents import Media, PictureUse
from standfirst.theme import colours
from standfirst.theme.assets import assets
from standfirst.theme.drawn import icons
from standfirst.theme.pages.front import LATEST
from tests.theme.formats import arabic, in_every_format, pictures
from tests.theme.samples import PUBLISHED, SITE, long_story, site_documents, story
from tests.theme.source import MemorySource, render
from tests.theme.test_lists import stories
from tests.theme.test_safety import PAGES, newsroom

# The policy that the edge sends; see standfirst.edge.headers.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'"
)
STREAM = b"retry: 600000\n\nid: 1\nevent: hello\ndata: {}\n\n"
STAFF = json.dumps({"edit": "https://desk.example/1/", "label": "Edit story"}).encode()


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """Return what a small site serves: path to body and content type."""
    hero = PictureUse(media="crane", alt="A crane")
    today = stories(20, hero=hero)  # more than the column shows, so that picks come after them
    base = [document for document in newsroom() if not document.id.startswith("day")]
    documents = [*base, *today, *in_every_format(), *pictures(), long_story(), arabic()]
    source = MemorySource(documents)
    pages = [*PAGES, ("story-page", "story:long", "/long/"), ("story-page", "story:ferry", "/ferry/")]
    pages += [("story-page", arabic().record, arabic().path)]
    pages += [("story-page", one.record, one.path) for one in in_every_format()]
    pages += [
        ("site-colours", "site:main", colours.style_path(SITE)),
        ("site-icon", "site:main", colours.icon_path(SITE)),
        *(("site-icons", "site:main", path) for path in icons.paths(SITE)),
    ]
    served = {}
    for renderer, owner, path in pages:
        rendered, _ = render(source, renderer, owner, path)
        served[path] = (rendered.body, rendered.content_type)
    served["/contact/wrong/"] = (_wrong(served["/contact/again/"][0].decode()), "text/html; charset=utf-8")
    served |= {f"/front-{number}/": (_front(number), "text/html; charset=utf-8") for number in (1, 2, 3, 4)}
    served |= {asset.path: (asset.body, asset.content_type) for asset in assets().files.values()}
    for media in (document for document in documents if isinstance(document, Media)):
        served |= {file.path: (_drawn(file.width, file.height), "image/jpeg") for file in media.renditions}
    return served


def _wrong(again: str) -> bytes:
    """Return the contact form as it comes back without a subject and with too long an answer."""
    values = {"message": "The gate stood open.", "answer_to": "x" * 201}
    return filled_in(again, values, ["subject.missing", "answer_to.long"]).encode()


def _front(number: int) -> bytes:
    """Return a front with `number` stories in every section and as many picks."""
    hero = PictureUse(media="crane", alt="A crane")
    above = stories(4 + LATEST, hero=hero, section="culture")
    below = [
        story(f"{section}{n}", section=section, hero=hero, published_at=PUBLISHED - timedelta(days=n + 1))
        for section in ("harbour", "council", "river")
        for n in range(number)
    ]
    lasting = [
        story(f"p{n}", format="explainer", hero=hero, published_at=PUBLISHED - timedelta(hours=20 + n))
        for n in range(number)
    ]
    source = MemorySource([*site_documents(), *above, *below, *lasting])
    return render(source, "front-page", "front:en", "/")[0].body


@cache
def _drawn(width: int, height: int) -> bytes:
    """Return a picture of that size, a sun above a shore, so that a crop can be seen."""
    picture = Image.new("RGB", (width, height), "#7f9fa8")
    size = min(width, height) // 3
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 2 // 3, width, height), "#2f4a4f")
    draw.ellipse((size // 2, size // 2, size * 3 // 2, size * 3 // 2), "#f4d58d")
    file = BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the site for a `with` block; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


class Handler(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body, content_type = files().get(self.path, (b"", ""))
        if self.path == "/-/staff/story/dredger":
            body, content_type = STAFF, "application/json"
        elif self.path.startswith("/-/staff/story/"):  # a story this person may not edit
            self.send_response(204)
            self.end_headers()
            return
        elif self.path == "/-/events":  # nothing changes here
            body, content_type = STREAM, "text/event-stream"
        elif self.path == "/_f/push/":  # nobody may ask for alerts
            body, content_type = b'{"key": ""}', "application/json"
        self.send_response(200 if content_type else 404)
        self.send_header("Content-Type", content_type or "text/plain")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass
