"""Places of the application: bounded, and some kept for webhooks whatever else comes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from standfirst.edge.places import NoPlaceError, Places

Hold = Callable[[str], Awaitable[None]]


async def _flood(places: Places, count: int, path: str) -> list[asyncio.Task[str]]:
    """Start `count` requests that hold their place until they are cancelled."""

    async def request() -> str:
        try:
            async with places.taken(path):
                await asyncio.sleep(60)
        except NoPlaceError:
            return "refused"
        return "done"

    tasks = [asyncio.create_task(request()) for _ in range(count)]
    await asyncio.sleep(0.05)
    return tasks


async def _gets_in(places: Places, path: str) -> bool:
    try:
        async with places.taken(path):
            return True
    except NoPlaceError:
        return False


@pytest.mark.parametrize(("kept", "gets_in"), [(2, True), (0, False)])  # without kept places: the control
def test_a_flood_leaves_webhooks_their_places(kept: int, gets_in: bool) -> None:
    async def scene() -> None:
        places = Places(every=6, kept=kept, waiting=4, seconds=0.3)
        flood = await _flood(places, 50, "/-/search")
        assert not await _gets_in(places, "/-/search")
        assert await _gets_in(places, "/-/hooks/pay") is gets_in
        for task in flood:
            task.cancel()
        await asyncio.gather(*flood, return_exceptions=True)
        assert await _gets_in(places, "/-/search"), "a place was not given back"

    asyncio.run(scene())


def test_who_finds_the_queue_full_is_refused_at_once_and_who_waits_too_long_in_time() -> None:
    async def scene() -> None:
        places = Places(every=2, kept=1, waiting=3, seconds=0.4)
        flood = await _flood(places, 10, "/-/x")  # one holds, three wait, six are refused
        assert sum(task.done() for task in flood) == 6
        await asyncio.sleep(0.5)
        assert sum(task.done() for task in flood) == 9
        for task in flood:
            task.cancel()
        await asyncio.gather(*flood, return_exceptions=True)

    asyncio.run(scene())


def test_webhooks_may_use_every_place() -> None:
    async def scene() -> None:
        places = Places(every=4, kept=1, waiting=0, seconds=0.2)
        hooks = await _flood(places, 4, "/-/hooks/pay")
        assert not any(task.done() for task in hooks)
        assert not await _gets_in(places, "/-/x")
        for task in hooks:
            task.cancel()
        await asyncio.gather(*hooks, return_exceptions=True)

    asyncio.run(scene())
