"""A small archive, written file by file, so that a test can break one thing in it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image


def picture(colour: str = "#2c7a80") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 60), colour).save(out, "JPEG")
    return out.getvalue()


def paragraph(number: int, html: str) -> dict[str, str]:
    return {"type": "paragraph", "id": f"b{number}", "html": html}


def story(headline: str, **more: Any) -> dict[str, Any]:
    return {
        "language": "en", "headline": headline, "section": "city", "bylines": [{"author": "mira"}],
        "published": "2026-03-02T09:00:00+02:00", "body": [paragraph(1, "The lamp was lit at six.")], **more,
    }  # fmt: skip


def item(key: str, headline: str = "The ferry is late", **more: Any) -> dict[str, Any]:
    return {"key": key, "language": "en", "headline": headline, "published": "-2h", **more}


class Small:
    """The archive's folder, and a way to change a file of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("authors", "media", "stories"):
            (root / name).mkdir(parents=True)
        self.write("archive.json", {
            "format": 1, "name": "small",
            "site": {"name": "The Small", "languages": ["en"], "time_zone": "Europe/Kyiv"},
        })  # fmt: skip
        self.write("sections.json", {"items": [{"key": "city", "language": "en", "name": "City"}]})
        self.write("topics.json", {"items": [{"key": "light", "language": "en", "name": "Light"}]})
        self.write("authors/mira.json", {"name": "Mira Holt", "portrait": "lamp"})
        self.write("media/lamp.json", {
            "file": "lamp.jpg", "title": "A lamp", "alt": "A lamp on a quay.", "caption": "The lamp.",
            "photographer": "Mira Holt",
        })  # fmt: skip
        (root / "media" / "lamp.jpg").write_bytes(picture())
        self.write("stories/lamp.json", story("The lamp is lit", topics=["light"], hero={"media": "lamp"}))
        self.write("stories/tide.json", story(
            "The tide is late", published="-2d 09:40",
            body=[paragraph(1, "It came at noon."), {"type": "related_story", "id": "b2", "story": "lamp"}],
        ))  # fmt: skip

    def write(self, name: str, value: Any) -> None:
        (self.root / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")

    def feed(self, *items: Any, name: str = "news") -> None:
        """Write a file of the feed."""
        (self.root / "feed").mkdir(exist_ok=True)
        self.write(f"feed/{name}.json", {"items": items})

    def posts(self, *posts: Any, name: str = "news") -> None:
        """Write a file of posts."""
        (self.root / "posts").mkdir(exist_ok=True)
        self.write(f"posts/{name}.json", {"items": posts})

    def change(self, name: str, **fields: Any) -> None:
        value = json.loads((self.root / name).read_text("utf-8"))
        self.write(name, {**value, **fields})
