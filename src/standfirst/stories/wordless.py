"""Stories without a word: a person at the desk is asked for one before readers get the story.

What imports, archives and the timetable bring is not asked: a wire's headline may be all there is, and who
put a story on the timetable was asked then.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.editions.documents import Block, Divider, Heading, ImageBlock, RelatedStory, Story
from standfirst.kit.html import text
from standfirst.stories.body import publish as body
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pages import StoryPage


def check(page: StoryPage) -> None:
    """Raise CannotPublish when the story says nothing: its body has no words and it is no gallery.

    Two may go out so: a retracted story, whose notice stands in place of its text, and one that readers have
    without words already, or else nothing in it could be mended.
    """
    if page.retraction or _says_something(page.format, _blocks(page)):
        return
    current = editions.current(page.record)
    if isinstance(current, Story) and not _says_something(current.format, current.body):
        return
    raise CannotPublish(
        _("Write something before you publish: only a gallery of pictures goes out without text."), "body"
    )


def _blocks(page: StoryPage) -> tuple[Block, ...]:
    """Return the body's blocks, whatever its pictures are: their words are asked for elsewhere."""
    stream = page.body.get_prep_value()
    pictures, _pages = body.references(stream)
    return body.blocks(stream, body.Known(pictures=dict.fromkeys(pictures, ("", "some picture"))))


def _says_something(form: str, blocks: Iterable[Block]) -> bool:
    is_gallery = form == StoryPage.Format.GALLERY
    if form == StoryPage.Format.LIVE:
        return True  # its posts are its text, and the first comes once it is open
    return any(_has_words(block) or (is_gallery and isinstance(block, ImageBlock)) for block in blocks)


def _has_words(block: Block) -> bool:
    if isinstance(block, Divider | Heading | ImageBlock | RelatedStory):
        return False  # they stand beside a text
    html = getattr(block, "html", None)
    return html is None or bool(text(html))
