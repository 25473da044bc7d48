"""Every route of the desk and of `/-/`, and who at least it opens for. A route not in here fails the build.

`closed` opens for nobody. The order of the roles is that of what they may do; an administrator may do all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver

ROLES = ("anonymous", "contributor", "editor", "publisher", "admin")


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Yield the routes of a URLconf as they are written there."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


@dataclass(frozen=True)
class Ids:
    """Rows that exist, to fill routes with."""

    story: int
    home: int
    section: int
    user: int
    public_id: str
    message: int
    item: int
    coverage: int
    post: int
    channel: int
    token: int


def address(route: str, ids: Ids) -> str:
    """Return a path that a route matches, with ids that exist where there are any."""
    path = re.sub(r"\(\?P<pk>.*$", f"{ids.story}/revisions/compare/earliest...latest/", route)
    path = path.replace("^.*/$", "nothing/").replace("^", "").replace("$", "")
    known: dict[str, Any] = {
        "page_id": ids.story, "page_to_move_id": ids.story, "parent_page_id": ids.home,
        "destination_id": ids.home, "story_id": ids.public_id, "content_type_app_name": "stories",
        "content_type_model_name": "storypage", "app_label": "stories", "first": 1, "last": 1,
        "action": "publish", "action_name": "publish", "language": "en", "kind": "webhook",
    }  # fmt: skip
    owned: tuple[tuple[str, dict[str, Any]], ...] = (
        ("users/", {"pk": ids.user}), ("main/pages", {"pk": ids.story}), ("section", {"pk": ids.section}),
        ("live/posts/", {"pk": ids.post}), ("live/", {"page_id": ids.coverage}), ("feed/", {"pk": ids.item}),
        ("channels/", {"pk": ids.channel}), ("messages/", {"pk": ids.message}),
        ("api-tokens/", {"pk": ids.token}),
        ("settings/", {"app_name": "stories", "model_name": "sitesettings"}),
    )  # fmt: skip
    known |= next((own for part, own in owned if part in path), {})
    known.setdefault("model_name", "storypage")

    def fill(match: re.Match[str]) -> str:
        kind, _colon, name = match[1].rpartition(":")
        return str(known.get(name, 1 if kind == "int" else "1"))

    return "/" + re.sub(r"<([^>]+)>", fill, path)


def answer_to(client: Client, path: str, method: str) -> HttpResponse:
    """Return the answer to a request of which nothing stays: no row, no cookie."""
    client.raise_request_exception = False
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def opens(answer: HttpResponse) -> bool:
    """Return whether an answer is more than a refusal: no such thing, forbidden, sent to sign in or home."""
    if answer.status_code in (403, 404, 405):
        return False
    target = answer.headers.get("Location", "")
    return not (answer.status_code == 302 and (target.startswith("/desk/login/") or target == "/desk/"))


TABLE: dict[str, str] = {
    # anonymous
    "desk/sprite/": "anonymous",
    "desk/login/": "anonymous",
    "desk/jsi18n/": "anonymous",
    # contributor
    "desk/account/": "contributor",
    "desk/": "contributor",
    "desk/test404/": "contributor",
    "desk/api/main/^pages/": "contributor",
    "desk/api/main/^pages/<int:pk>/": "contributor",
    "desk/api/main/^documents/": "contributor",
    "desk/api/main/^images/": "contributor",
    "desk/pages/": "contributor",
    "desk/pages/<int:parent_page_id>/": "contributor",
    "desk/pages/<int:parent_page_id>/results/": "contributor",
    "desk/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/": "contributor",  # noqa: E501
    "desk/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/": "contributor",  # noqa: E501
    "desk/pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/": "contributor",
    "desk/pages/create/<slug:app_label>/<slug:model_name>": "contributor",
    "desk/pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/results/": "contributor",
    "desk/pages/<int:parent_page_id>/add_subpage/": "contributor",
    "desk/pages/search/": "contributor",
    "desk/pages/search/results/": "contributor",
    "desk/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/": "contributor",
    "desk/pages/workflow/confirm_cancellation/<int:page_id>/": "contributor",
    "desk/pages/<int:page_id>/revisions/": "contributor",
    "desk/choose-page/": "contributor",
    "desk/choose-page/<int:parent_page_id>/": "contributor",
    "desk/choose-page/search/": "contributor",
    "desk/choose-page/chosen-multiple/": "contributor",
    "desk/choose-external-link/": "contributor",
    "desk/choose-email-link/": "contributor",
    "desk/choose-phone-link/": "contributor",
    "desk/choose-anchor-link/": "contributor",
    "desk/tag-autocomplete/": "contributor",
    "desk/workflows/task_chooser/": "contributor",
    "desk/workflows/task_chooser/results/": "contributor",
    "desk/workflows/task_chooser/create/": "contributor",
    "desk/workflows/task_chooser/<int:task_id>/": "contributor",
    "desk/reports/workflow/": "contributor",
    "desk/reports/workflow/results/": "contributor",
    "desk/reports/workflow_tasks/": "contributor",
    "desk/reports/workflow_tasks/results/": "contributor",
    "desk/reports/site-history/": "contributor",
    "desk/reports/site-history/results/": "contributor",
    "desk/reports/aging-pages/": "contributor",
    "desk/reports/aging-pages/results/": "contributor",
    "desk/reports/page-types-usage/": "contributor",
    "desk/reports/page-types-usage/results/": "contributor",
    "desk/dismissibles/": "contributor",
    "desk/editing-sessions/release/<int:session_id>/": "contributor",
    "desk/receipts/<int:first>-<int:last>/": "contributor",
    "desk/receipts/<int:first>-<int:last>.json": "contributor",
    "desk/backlog.json": "contributor",
    "desk/fronts/": "contributor",
    "desk/to-the-site/": "contributor",
    "desk/settings/<slug:app_name>/<slug:model_name>/": "contributor",
    "desk/feed/": "contributor",
    "desk/live/": "contributor",
    "desk/live/<int:page_id>/": "contributor",
    "desk/images/": "contributor",
    "desk/images/results/": "contributor",
    "desk/images/add/": "contributor",
    "desk/images/multiple/add/": "contributor",
    "desk/snippets/choose/stories/section/": "contributor",
    "desk/snippets/choose/stories/section/results/": "contributor",
    "desk/snippets/choose/stories/section/chosen/<str:pk>/": "contributor",
    "desk/snippets/choose/stories/section/chosen-multiple/": "contributor",
    "desk/snippets/choose/stories/topic/": "contributor",
    "desk/snippets/choose/stories/topic/results/": "contributor",
    "desk/snippets/choose/stories/topic/chosen-multiple/": "contributor",
    "desk/snippets/choose/stories/author/": "contributor",
    "desk/snippets/choose/stories/author/results/": "contributor",
    "desk/snippets/choose/stories/author/chosen-multiple/": "contributor",
    "desk/site-pages/": "contributor",
    "desk/site-pages/results/": "contributor",
    "desk/site-pages/choose_parent/": "contributor",
    "desk/stories/": "contributor",
    "desk/stories/results/": "contributor",
    "desk/stories/choose_parent/": "contributor",
    "desk/documents/chooser/": "contributor",
    "desk/documents/chooser/results/": "contributor",
    "desk/documents/chooser/chosen-multiple/": "contributor",
    "desk/images/chooser/": "contributor",
    "desk/images/chooser/results/": "contributor",
    "desk/images/chooser/chosen-multiple/": "contributor",
    "desk/images/chooser/create/": "contributor",
    # editor
    "desk/api/main/^pages/<int:pk>/action/<str:action_name>/": "editor",
    "desk/pages/<int:page_id>/usage/": "editor",
    "desk/pages/<int:page_id>/edit/": "editor",
    "desk/pages/<int:page_id>/edit/preview/": "editor",
    "desk/pages/<int:page_id>/view_draft/": "editor",
    "desk/pages/<int:page_id>/delete/": "editor",
    "desk/pages/<int:page_id>/unpublish/": "editor",
    "desk/pages/<int:page_to_move_id>/move/": "editor",
    "desk/pages/<int:page_to_move_id>/set_position/": "editor",
    "desk/pages/<int:page_id>/copy/": "editor",
    "desk/pages/<int:page_id>/lock/": "editor",
    "desk/pages/<int:page_id>/unlock/": "editor",
    r"desk/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": "editor",  # noqa: E501
    "desk/pages/<int:page_id>/workflow_history/": "editor",
    "desk/pages/<int:page_id>/history/": "editor",
    "desk/pages/<int:page_id>/history/results/": "editor",
    "desk/reports/locked/": "editor",
    "desk/reports/locked/results/": "editor",
    "desk/feed/<int:pk>/": "editor",
    "desk/live/<int:page_id>/coverage/": "editor",
    "desk/live/posts/<int:pk>/": "editor",
    "desk/messages/": "editor",
    "desk/messages/<int:pk>/": "editor",
    "desk/snippets/stories/section/": "editor",
    "desk/snippets/stories/section/results/": "editor",
    "desk/snippets/stories/section/add/": "editor",
    "desk/snippets/stories/section/edit/<int:pk>/": "editor",
    "desk/snippets/stories/section/delete/<int:pk>/": "editor",
    "desk/snippets/stories/section/usage/<int:pk>/": "editor",
    "desk/snippets/stories/section/history/<int:pk>/": "editor",
    "desk/snippets/stories/section/history-results/<int:pk>/": "editor",
    "desk/snippets/stories/section/reorder/<int:pk>/": "editor",
    "desk/snippets/choose/stories/section/create/": "editor",
    "desk/snippets/stories/topic/": "editor",
    "desk/snippets/stories/topic/results/": "editor",
    "desk/snippets/stories/topic/add/": "editor",
    "desk/snippets/choose/stories/topic/create/": "editor",
    "desk/snippets/stories/author/": "editor",
    "desk/snippets/stories/author/results/": "editor",
    "desk/snippets/stories/author/add/": "editor",
    "desk/snippets/choose/stories/author/create/": "editor",
    # publisher
    "desk/messages/<int:pk>/delete/": "publisher",
    "desk/api-tokens/": "publisher",
    "desk/api-tokens/<int:pk>/revoke/": "publisher",
    "desk/feed/<int:pk>/kill/": "publisher",
    "desk/live/posts/<int:pk>/kill/": "publisher",
    "desk/channels/": "publisher",
    "desk/channels/add/<slug:kind>/": "publisher",
    "desk/channels/<int:pk>/": "publisher",
    "desk/channels/<int:pk>/edit/": "publisher",
    "desk/stories/<int:page_id>/kill/": "publisher",
    "desk/stories/<int:page_id>/erase/": "publisher",
    "desk/stories/<int:page_id>/translate/<str:language>/": "editor",
    "desk/erasures/": "publisher",
    "desk/settings/<slug:app_name>/<slug:model_name>/<int:pk>/": "publisher",
    # admin
    "desk/collections/": "admin",
    "desk/collections/add/": "admin",
    "desk/collections/<int:collection_id>/privacy/": "admin",
    "desk/workflows/list/": "admin",
    "desk/workflows/list/results/": "admin",
    "desk/workflows/add/": "admin",
    "desk/workflows/enable/<int:pk>/": "admin",
    "desk/workflows/disable/<int:pk>/": "admin",
    "desk/workflows/edit/<int:pk>/": "admin",
    "desk/workflows/usage/<int:pk>/": "admin",
    "desk/workflows/usage/<int:pk>/results/": "admin",
    "desk/workflows/remove/<int:page_pk>/": "admin",
    "desk/workflows/remove/<int:page_pk>/<int:workflow_pk>/": "admin",
    "desk/workflows/tasks/select_type/": "admin",
    "desk/workflows/tasks/index/": "admin",
    "desk/workflows/tasks/index/results/": "admin",
    "desk/workflows/tasks/edit/<int:pk>/": "admin",
    "desk/workflows/tasks/disable/<int:pk>/": "admin",
    "desk/workflows/tasks/enable/<int:pk>/": "admin",
    "desk/documents/": "admin",
    "desk/documents/results/": "admin",
    "desk/documents/add/": "admin",
    "desk/documents/multiple/add/": "admin",
    "desk/users/": "admin",
    "desk/users/results/": "admin",
    "desk/users/new/": "admin",
    "desk/users/edit/<int:pk>/": "admin",
    "desk/users/history/<int:pk>/": "admin",
    "desk/users/history-results/<int:pk>/": "admin",
    "desk/users/usage/<int:pk>/": "admin",
    "desk/users/copy/<int:pk>/": "admin",
    "desk/groups/": "admin",
    "desk/groups/results/": "admin",
    "desk/groups/new/": "admin",
    "desk/sites/": "admin",
    "desk/sites/results/": "admin",
    "desk/sites/new/": "admin",
    "desk/sites/edit/<int:pk>/": "admin",
    "desk/sites/delete/<int:pk>/": "admin",
    "desk/sites/history/<int:pk>/": "admin",
    "desk/sites/history-results/<int:pk>/": "admin",
    "desk/sites/usage/<int:pk>/": "admin",
    "desk/sites/copy/<int:pk>/": "admin",
    "desk/documents/chooser/create/": "admin",
    # closed
    "": "closed",
    "desk/pages/<int:page_id>/privacy/": "closed",
    "desk/pages/<int:page_id>/convert_alias/": "closed",
    "desk/failwhale/": "closed",
    "desk/embeds/chooser/": "closed",
    "desk/embeds/chooser/upload/": "closed",
    "_a/<path:name>": "closed",
    "_f/<path:name>": "closed",
    "_m/<str:name>": "closed",
    "uploads/<path:name>": "closed",
    "desk/api/main/^pages/find/": "closed",
    "desk/api/main/^documents/<int:pk>/": "closed",
    "desk/api/main/^documents/find/": "closed",
    "desk/api/main/^images/<int:pk>/": "closed",
    "desk/api/main/^images/find/": "closed",
    "desk/bulk/<str:app_label>/<str:model_name>/<str:action>/": "closed",
    "desk/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/": "closed",
    "desk/pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/": "closed",
    "desk/pages/workflow/preview/<int:page_id>/<int:task_id>/": "closed",
    "desk/pages/<int:page_id>/revisions/<int:revision_id>/view/": "closed",
    "desk/pages/<int:page_id>/revisions/<int:revision_id>/revert/": "closed",
    "desk/pages/<int:page_id>/revisions/<int:revision_id>/unschedule/": "closed",
    "desk/pages/<int:page_id>/workflow_history/detail/<int:workflow_state_id>/": "closed",
    "desk/tag-autocomplete/<slug:app_name>/<slug:model_name>/": "closed",
    "desk/collections/<int:pk>/": "closed",
    "desk/collections/<int:pk>/delete/": "closed",
    "desk/workflows/tasks/add/<str:app_label>/<str:model_name>/": "closed",
    "desk/logout/": "closed",
    "desk/editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": "closed",
    "desk/block-preview/": "closed",
    "desk/settings/<slug:app_name>/<slug:model_name>/<int:pk>/preview/": "closed",
    "desk/snippets/": "closed",
    "desk/documents/edit/<int:document_id>/": "closed",
    "desk/documents/delete/<int:document_id>/": "closed",
    "desk/documents/multiple/<int:doc_id>/": "closed",
    "desk/documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/": "closed",
    "desk/documents/multiple/<int:doc_id>/delete/": "closed",
    "desk/documents/multiple/delete_upload/<int:uploaded_file_id>/": "closed",
    "desk/documents/usage/<int:document_id>/": "closed",
    "desk/images/<int:image_id>/": "closed",
    "desk/images/<int:image_id>/delete/": "closed",
    "desk/images/<int:image_id>/generate_url/": "closed",
    "desk/images/<int:image_id>/generate_url/output/": "closed",
    "desk/images/<int:image_id>/preview/<str:filter_spec>/": "closed",
    "desk/images/usage/<int:image_id>/": "closed",
    "desk/images/multiple/<int:image_id>/": "closed",
    "desk/images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/": "closed",
    "desk/images/multiple/<int:image_id>/delete/": "closed",
    "desk/images/multiple/delete_upload/<int:uploaded_file_id>/": "closed",
    "desk/snippets/stories/topic/edit/<int:pk>/": "closed",
    "desk/snippets/stories/topic/delete/<int:pk>/": "closed",
    "desk/snippets/stories/topic/usage/<int:pk>/": "closed",
    "desk/snippets/stories/topic/history/<int:pk>/": "closed",
    "desk/snippets/stories/topic/history-results/<int:pk>/": "closed",
    "desk/snippets/choose/stories/topic/chosen/<str:pk>/": "closed",
    "desk/snippets/stories/author/edit/<int:pk>/": "closed",
    "desk/snippets/stories/author/delete/<int:pk>/": "closed",
    "desk/snippets/stories/author/usage/<int:pk>/": "closed",
    "desk/snippets/stories/author/history/<int:pk>/": "closed",
    "desk/snippets/stories/author/history-results/<int:pk>/": "closed",
    "desk/snippets/choose/stories/author/chosen/<str:pk>/": "closed",
    "desk/users/delete/<int:pk>/": "admin",
    "desk/groups/edit/<int:pk>/": "closed",
    "desk/groups/delete/<int:pk>/": "closed",
    "desk/groups/history/<int:pk>/": "closed",
    "desk/groups/history-results/<int:pk>/": "closed",
    "desk/groups/usage/<int:pk>/": "closed",
    "desk/documents/chooser/chosen/<str:pk>/": "closed",
    "desk/images/chooser/chosen/<str:pk>/": "closed",
    "desk/images/chooser/<int:image_id>/select_format/": "closed",
    "desk/password_reset/": "closed",
    "desk/password_reset/done/": "closed",
    "desk/password_reset/confirm/<uidb64>/<token>/": "closed",
    "desk/password_reset/complete/": "closed",
    "desk/^.*/$": "closed",
}  # fmt: skip
