"""A draft drawn by the very renderer that draws the site, with the draft in front of the public records."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from standfirst.bake import api as bake
from standfirst.bake.reading import Page as Address
from standfirst.bake.registry import all_assets, source
from standfirst.edge import blobs
from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.pages import page_rules
from standfirst.editions.records import facets
from standfirst.kit import instants
from standfirst.stories import projection
from standfirst.stories.actions.publishing import last_said
from standfirst.stories.errors import CannotPublish
from standfirst.stories.fronts import HomePage
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures import api as pictures
from standfirst.stories.pictures.models import Picture
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.sitesettings import SiteSettings

# What the readers' site sends as well, but for the frame: the desk shows the preview in one of its own.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

_PICTURES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def preview_response(page: Any, request: HttpRequest) -> HttpResponse:
    """Return the page as readers would get it if it were published now, or why it cannot be."""
    try:
        body, content_type = _draw(page)
    except CannotPublish as refusal:
        body, content_type = _sorry(refusal.message), "text/html; charset=utf-8"
    response = HttpResponse(body, content_type=content_type)
    response["Content-Security-Policy"] = POLICY
    response["X-Robots-Tag"] = "noindex"
    return response


def _draw(page: Any) -> tuple[bytes, str]:
    site = SiteSettings.load()
    at = instants.now()
    moment = projection.Moment(at=at, site=site, current=last_said(page.record))
    document: public.Document
    if isinstance(page, StoryPage):
        page.slug = page.slug or "preview"
        document = projection.story(page, moment)
    elif isinstance(page, PlainPage):
        page.slug = page.slug or "preview"
        document = projection.plain_page(page, moment)
    elif isinstance(page, HomePage):
        document = projection.front(page, moment)
    else:
        raise CannotPublish(_("There is no preview of this."))
    overlay = {f"{document.record}/{name}": value for name, value in facets(document).items()}
    for media in projection.pictures_of(document):
        overlay |= _unpublished_picture(media)
    address = Address(
        path=document.path,
        owner=document.record,
        renderer=_renderer(document.kind),
        state="live",
        language=document.language,
    )
    rendered = bake.preview(address, overlay, at)
    return rendered.body, rendered.content_type


def _unpublished_picture(media: str) -> dict[str, object]:
    """Return the facets of a picture that readers do not have yet; nothing for one that they have."""
    picture = Picture.objects.filter(public_id=media).first()
    if picture is None or editions.current(f"media:{media}") is not None:
        return {}
    try:
        document = pictures.media_document(picture)
    except (pictures.BadPicture, OSError) as trouble:
        problem = pictures.shown(trouble) if isinstance(trouble, pictures.BadPicture) else trouble
        message = _("The picture “%(title)s” cannot be shown: %(problem)s")
        raise CannotPublish(message % {"title": picture.title, "problem": problem}) from trouble
    return {f"{document.record}/{name}": value for name, value in facets(document).items()}


def _renderer(kind: str) -> str:
    """Return the name of the renderer that draws records of `kind` at their own path."""
    for name, rule in page_rules.items():
        if rule.kind == kind:
            return name
    raise CannotPublish(_("There is no preview: no theme draws this kind of page."))


def _sorry(message: str) -> bytes:
    page = '<!doctype html><meta charset="utf-8"><title>{}</title><p>{}</p>'
    return format_html(page, _("Preview"), message).encode()


def asset_view(request: HttpRequest, name: str) -> HttpResponse:
    """Answer `/_a/NAME` on the desk's host, so that a preview is styled. For signed-in staff."""
    bake.follow_inputs()
    for asset in all_assets():
        if asset.path == f"/_a/{name}":
            response = HttpResponse(asset.body, content_type=asset.content_type)
            response["Cache-Control"] = "private, max-age=31536000, immutable"
            return response
    return drawn_view(request)


def drawn_view(request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answer a part of the site that is drawn from records (colours, fragments) at its own path."""
    records = source()
    with records.snapshot():
        address = records.page(request.path)
    if address is None or address.state != "live":
        raise Http404
    drawn = bake.preview(address, {}, instants.now())
    response = HttpResponse(drawn.body, content_type=drawn.content_type)
    response["Cache-Control"] = "private, no-cache"
    return response


def media_view(request: HttpRequest, name: str) -> HttpResponse:
    """Answer `/_m/NAME`, a picture's derived file, also of one not yet published. For signed-in staff."""
    stem, _dot, suffix = name.rpartition(".")
    if suffix not in _PICTURES or not re.fullmatch(r"[0-9a-f]{32}", stem):
        raise Http404
    store = settings.STANDFIRST_SITE.store
    found = next(blobs.blob_path(store, stem).parent.glob(f"{stem}*"), None)
    if found is None:
        raise Http404
    response = HttpResponse(blobs.read(store, found.name).plain, content_type=_PICTURES[suffix])
    response["Cache-Control"] = "private, max-age=86400"
    return response
