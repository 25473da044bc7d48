"""The desk's screen of a live coverage: write at the top, its posts below, each edited in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from standfirst.editions import api as editions
from standfirst.editions.documents import Story
from standfirst.kit import html
from standfirst.kit.redirects import redirect
from standfirst.stories import api as stories
from standfirst.stories.body.publish import strings
from standfirst.stories.coverage import Coverage
from standfirst.stories.pages import StoryPage
from standfirst.wire import api as wire
from standfirst.wire import marks
from standfirst.wire.desk.common import Killing, ask_why, email, no_story, show_both, tell, undone
from standfirst.wire.desk.post_form import PostForm
from standfirst.wire.models import Post
from standfirst.wire.waiting import waiting_posts

PER_PAGE = 30
_EXCERPT = 280  # characters


@dataclass(frozen=True)
class Row:
    """A post as a line of the screen says it; with `form` it is being edited."""

    post: Post
    form: PostForm | None = None
    waits: bool = False  # whether something was saved that readers have not had yet

    @property
    def words(self) -> str:
        """Return the first words of the text."""
        values = [block["value"] for block in self.post.body.get_prep_value()]
        text = html.text(" ".join(strings(values)))
        return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"

    @property
    def may_return(self) -> bool:
        """Return whether readers had it once: then it is never deleted."""
        return self.post.published_at is not None


@require_http_methods(["GET", "HEAD"])
@permission_required("wire.add_item", raise_exception=True)
def coverages_view(request: HttpRequest) -> HttpResponse:
    """Show all live coverages, those that are open first."""
    pages = StoryPage.objects.filter(format=StoryPage.Format.LIVE).select_related("coverage")
    found = sorted(pages.order_by("-latest_revision_created_at"), key=lambda page: _state(page) == "closed")
    rows = [{"page": page, "state": _state(page), "coverage": _coverage(page)} for page in found]
    context = {"rows": rows, "page_title": _("Live coverage"), "header_icon": "list-ul"}
    return TemplateResponse(request, "wire/desk/posts/coverages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("wire.add_item", raise_exception=True)
def posts_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the posts of a coverage; take in a new one."""
    page = _page(page_id)
    form = PostForm(page, request.POST or None, writer=email(request))
    if request.method == "POST":
        done = _write(request, form, page, None)
        if done is not None:
            return done
    return _screen(request, page, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("wire.add_item", raise_exception=True)
def post_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the posts with one opened in its place; take in its changes, or do what is asked."""
    post = get_object_or_404(Post, pk=pk)
    own_draft = post.state == Post.State.DRAFT and post.changed_by == email(request)
    if not own_draft and not request.user.has_perm("wire.change_item"):
        raise PermissionDenied
    asked = request.POST.get("do", "")
    if asked in _DEEDS:
        return _do(request, post, asked)
    form = PostForm(post.story, request.POST or None, post=post)
    if request.method == "POST":
        done = _write(request, form, post.story, post)
        if done is not None:
            return done
    return _screen(request, post.story, PostForm(post.story), opened=Row(post, form))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("editions.kill", raise_exception=True)
def post_kill_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then withdraw a post everywhere."""
    post = get_object_or_404(Post, pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            done = wire.kill_post(post, actor=email(request), why=request.POST.get("why", ""))
        except wire.ItemRefused as refusal:
            problem = str(refusal)
        else:
            tell(request, _("Withdrawn everywhere."), done.edition)
            return redirect(_address(post.story))
    words = Killing(
        title=_("Withdraw a post"),
        warning=_(
            "The post goes from every page, list and cache at once. Its address answers that it is gone. "
            "It cannot be published again."
        ),
        button=_("Withdraw this post"),
        back=_("Back to the posts"),
    )
    return ask_why(request, post, words, _address(post.story), problem)


@require_http_methods(["POST"])
@permission_required("wire.publish_item", raise_exception=True)
def coverage_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Close a coverage, open it again, or pin what is known; the desk says itself what readers have of it."""
    page = _page(page_id)
    actor = email(request)
    try:
        match request.POST.get("do"):
            case "close":
                stories.close_coverage(page, actor=actor)
                messages.success(request, _("The coverage is closed."))
            case "open":
                stories.reopen_coverage(page, actor=actor)
                messages.success(request, _("The coverage is open again."))
            case "pin":
                points = marks.to_html(request.POST.get("summary", ""))
                stories.pin_summary(page, points, actor=actor)
                messages.success(request, _("It is pinned above the posts."))
    except stories.CannotPublish as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(page))


def _write(request: HttpRequest, form: PostForm, page: StoryPage, post: Post | None) -> HttpResponse | None:
    """Keep what was typed, and publish it if that was pressed; None where something is wrong in it."""
    publish = request.POST.get("do") == "publish"
    if publish and not request.user.has_perm("wire.publish_item"):
        raise PermissionDenied
    if not publish:
        form.as_draft()
    if not form.is_valid():
        return None
    try:
        kept = wire.save_post(
            form.draft(), actor=email(request), post=post, version=form.cleaned_data.get("version")
        )
        if not publish:
            messages.success(request, _("Kept. Readers see nothing of it yet."))
            return redirect(f"{_address(page)}?show=drafts")
        minor = bool(form.cleaned_data.get("minor"))
        done = wire.publish_post(kept, actor=email(request), minor=minor)
    except (wire.ItemRefused, stories.CannotPublish) as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields and field != "body" else None, str(refusal))
        return None
    except wire.ItemChanged as change:
        show_both(form, post, str(change))
        return None
    tell(request, _("Readers have it."), done.edition)
    return redirect(_address(page))


Deed = tuple[str, editions.Published | None, str]


def _do(request: HttpRequest, post: Post, asked: str) -> HttpResponse:
    """Do one thing with a post, by a button beside it."""
    permission, deed = _DEEDS[asked]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    address = _address(post.story)
    if asked == "break_out" and not stories.may_add_story(request.user, post.story.language):
        return no_story(request, address)
    try:
        said, edition, place = deed(post, email(request))
    except (wire.ItemRefused, stories.CannotPublish) as refusal:
        messages.error(request, str(refusal))
        return redirect(address)
    tell(request, said, edition)
    return redirect(place or address)


def _undo(post: Post, actor: str) -> Deed:
    done = wire.undo_post(post, actor=actor)
    return undone(done), done.edition, ""


def _take_back(post: Post, actor: str) -> Deed:
    return _("Readers have it no more; it is a draft again."), wire.take_back(post, actor=actor).edition, ""


def _publish(post: Post, actor: str) -> Deed:
    return _("Readers have it."), wire.publish_post(post, actor=actor).edition, ""


def _key(post: Post, actor: str) -> Deed:
    done = wire.mark_key(post, actor=actor)
    said = _("It is among the key events.") if done.item.key else _("It is no key event any more.")
    return said, done.edition, ""


def _delete(post: Post, actor: str) -> Deed:
    wire.delete_draft(post)
    return _("The draft is deleted."), None, f"{_address(post.story)}?show=drafts"


def _break_out(post: Post, actor: str) -> Deed:
    page = wire.break_out(post, actor=actor)
    return _("A draft of a story begins with it."), None, reverse("wagtailadmin_pages:edit", args=(page,))


_DEEDS: dict[str, tuple[str, Callable[[Post, str], Deed]]] = {
    "undo": ("wire.publish_item", _undo),
    "back": ("wire.publish_item", _take_back),
    "put": ("wire.publish_item", _publish),
    "key": ("wire.publish_item", _key),
    "delete": ("wire.change_item", _delete),
    "break_out": ("wire.change_item", _break_out),
}
"""What a button beside a post does, and who may."""

_SHOWN = {
    "live": Q(state=Post.State.LIVE),
    "drafts": Q(state__in=[Post.State.DRAFT, Post.State.DOWN]),
    "killed": Q(state=Post.State.KILLED),
}


def _screen(request: HttpRequest, page: StoryPage, form: PostForm, opened: Row | None = None) -> HttpResponse:
    names = {"live": _("Posts"), "drafts": _("Drafts"), "killed": _("Withdrawn")}
    chosen = request.GET.get("show", "")
    shown = chosen if chosen in _SHOWN else _where(opened.post) if opened else "live"
    found = Post.objects.filter(_SHOWN[shown], story=page)
    found = found.select_related("story", "became").prefetch_related("authors")
    posts = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    waiting = waiting_posts(posts)
    rows = [
        opened if opened and opened.post.pk == post.pk else Row(post, waits=post.pk in waiting)
        for post in posts
    ]
    if opened and opened not in rows:
        rows.insert(0, opened)
    wrong = bool(form.errors or (opened and opened.form and opened.form.errors))
    coverage = _coverage(page)
    context = {
        "page": page,
        "coverage": coverage,
        "summary": marks.to_text(coverage.points) if coverage else "",
        "state": _state(page),
        "form": form,
        "rows": rows,
        "opened": opened,
        "posts": posts,
        "tabs": [{"name": name, "label": label, "current": name == shown} for name, label in names.items()],
        "shown": shown,
        "may_publish": request.user.has_perm("wire.publish_item"),
        "may_change": request.user.has_perm("wire.change_item"),
        "may_add_story": stories.may_add_story(request.user, page.language),
        "may_kill": request.user.has_perm("editions.kill"),
        "media": (opened.form if opened and opened.form else form).media,
        "page_title": _("Posts"),
        "header_icon": "list-ul",
    }
    return TemplateResponse(request, "wire/desk/posts/posts.html", context, status=422 if wrong else 200)


def _where(post: Post) -> str:
    return {Post.State.LIVE: "live", Post.State.KILLED: "killed"}.get(Post.State(post.state), "drafts")


def _page(page_id: int) -> StoryPage:
    return get_object_or_404(StoryPage, pk=page_id, format=StoryPage.Format.LIVE)


def _address(page: StoryPage) -> str:
    return reverse("standfirst_posts", args=(page.pk,))


def _coverage(page: StoryPage) -> Coverage | None:
    return Coverage.objects.filter(story=page).first()


def _state(page: StoryPage) -> str:
    """Return `open`, `closed`, or `none` while readers do not have the story as a coverage."""
    current = editions.current(page.record)
    if not isinstance(current, Story) or current.live is None:
        return "none"
    return "open" if current.live.is_open else "closed"
