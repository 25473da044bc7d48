"""Answers requests in Granian's own thread.

Granian hands every request to an asyncio task on another thread. An answer that lies in memory needs
neither task nor thread, and the two switches between threads cost a third of a request's time. So the
scheduler, the object that would make the task, tries the answer first; the reasons and figures are in
docs/decisions/edge-direct-answers.md. Should a later Granian not have this place any more, `install` says
so and requests go the usual way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import ModuleType
from typing import Any

log = logging.getLogger("standfirst.edge")

Respond = Callable[[Any, Any], bool]
Apologise = Callable[[Any], None]


def install(module: ModuleType, respond: Respond, apologise: Apologise) -> bool:
    """Make `module`, one of Granian's server modules, answer through `respond` where that returns True.

    `apologise` answers when `respond` fails, which would be a mistake of ours.
    """
    try:
        from granian._granian import CallbackScheduler

        module._new_cbscheduler  # noqa: B018 - is the place still there?
    except (ImportError, AttributeError):
        log.warning("this version of Granian has no direct answers: pages are served more slowly")
        return False

    class Direct(CallbackScheduler):
        """Takes the place of Granian's scheduler."""

        def __init__(self, loop: Any, callback: Any, *_: Any) -> None:
            super().__init__()
            self._schedule_fn = _schedule(loop, callback, self._ctx, respond, apologise)

    def new(loop: Any, callback: Any, **_: Any) -> Any:
        return Direct(loop, callback, None, lambda *_: None, lambda *_: None)

    module._new_cbscheduler = new  # type: ignore[attr-defined]
    return True


def _schedule(
    loop: Any, callback: Any, context: Any, respond: Respond, apologise: Apologise
) -> Callable[[Any], None]:
    def later(task: Any, watcher: Any) -> None:
        watcher.taskref(loop.create_task(task))

    def schedule(watcher: Any) -> None:
        try:
            if respond(watcher.scope, watcher.proto):
                watcher.done()
                return
        except Exception:
            log.exception("a request failed")
            apologise(watcher.proto)
            watcher.done()
            return
        loop.call_soon_threadsafe(later, callback(watcher), watcher, context=context)

    return schedule
