"""PROMISES 21: the newsroom publishes while its readers' port is flooded, search and `/-/` included.

The whole site runs as `standfirst serve` starts it. wrk asks for pages, addresses that are none and
everything below `/-/` from 256 connections, beside 2,000 slow clients. Meanwhile an editor signs in `--n`
times and publishes `--n` times at the desk, over HTTP as a browser does; a publish counts until the desk
says that all of its pages are visible. Both p99 stay under 2 s. The control is the same application through
the readers' door: there the flood must be seen to keep people out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.edge.site import Server
from tests.faults.edge_slow_clients import crowd, p99
from tests.newsroom.system import EDITOR, PASSWORD, ROOT, Newsroom, newsroom

LIMIT = 2.0
SLOW = 2000
CONNECTIONS = 256
PAUSE = 0.2
FLOOD = """
local count = 0
local paths = {"/", "/about/", "/-/staff", "/-/search?q=", "/-/staff.js?", "/-/hooks/none?",
               "/search?q=", "/none-"}
request = function()
  count = count + 1
  return wrk.format("GET", paths[count % #paths + 1] .. math.random(1000000000))
end
"""


@contextlib.contextmanager
def served(room: Newsroom) -> Iterator[None]:
    """Run the whole site as an operator would."""
    with (room.folder.parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "standfirst", "serve", "--site", str(room.folder),
             "--port", str(room.port), "--desk-port", str(room.desk_port)],
            cwd=ROOT, env=room.environment(), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            room.until(f"{room.readers}/")
            room.until(f"{room.desk}/desk/login/")
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


@contextlib.contextmanager
def flood(room: Newsroom, folder: Path, slow: int, seconds: int) -> Iterator[subprocess.Popen[str]]:
    """Flood the readers' port for a `with` block, `seconds` at most."""
    script = folder / "flood.lua"
    script.write_text(FLOOD)
    server = Server(room.port)
    with contextlib.suppress(OSError), crowd(server, slow, 0):
        wrk = subprocess.Popen(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script),
             room.readers],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            time.sleep(2)
            yield wrk
        finally:
            wrk.send_signal(signal.SIGINT)  # it ends with its report


@dataclass
class Editor:
    """An editor's browser, as far as requests go."""

    room: Newsroom
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))

    def sign_in(self) -> float:
        """Sign in anew; return the seconds it took. Raises AssertionError when it did not work."""
        self.client.cookies.clear()
        began = time.perf_counter()
        form = self.client.get(f"{self.room.desk}/desk/login/")
        answer = self.client.post(
            f"{self.room.desk}/desk/login/",
            data={
                "username": EDITOR,
                "password": PASSWORD,
                "csrfmiddlewaretoken": token(form),
                "next": "/desk/",
            },
        )
        took = time.perf_counter() - began
        assert answer.status_code == 302, f"sign-in answered {answer.status_code}"
        return took

    def publish(self, story: int, headline: str) -> float:
        """Publish a story under a new headline; return the seconds until all its pages are visible."""
        url = f"{self.room.desk}/desk/pages/{story}/edit/"
        form = self.client.get(url)
        data = fields(headline) | {"csrfmiddlewaretoken": token(form), "action-publish": "action-publish"}
        for name in ("loaded_revision_id", "loaded_revision_created_at"):
            found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', form.text)
            data |= {name: found[1]} if found else {}
        began = time.perf_counter()
        answer = self.client.post(url, data=data)
        assert answer.status_code == 302, f"publishing answered {answer.status_code}"
        told = self.client.get(f"{self.room.desk}{httpx.URL(answer.headers['location']).raw_path.decode()}")
        receipt = re.search(r'data-receipt="([^"]*)"', told.text)
        assert receipt, "the desk says nothing of a publish"
        while not self.client.get(self.room.desk + receipt[1]).json()["settled"]:
            assert time.perf_counter() - began < 20, "not visible after 20 s"
            time.sleep(0.02)
        return time.perf_counter() - began


def token(answer: httpx.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    assert found, f"no form at {answer.url}: {answer.status_code}"
    return found[1]


def fields(headline: str) -> dict[str, str]:
    """Return what the editor's form posts."""
    from tests.faults.two_editors import form

    class Story:
        slug = "under-attack"

    return form(Story(), headline)


def begin(room: Newsroom) -> int:
    """Publish the first version of a story; return its number at the desk."""
    script = (
        "import django; django.setup()\n"
        "from standfirst.stories import api\n"
        "draft = api.StoryDraft(headline='Under attack', slug='under-attack')\n"
        "print(api.save_story(draft, actor='system:test', publish=True).page)"
    )
    environment = room.environment("desk") | {"DJANGO_SETTINGS_MODULE": "standfirst.project.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return int(done.stdout.split()[-1])


def kept_out(room: Newsroom, times: int) -> int:
    """Ask for the application through the readers' door; return how often that failed or took too long."""
    failed = 0
    with httpx.Client(timeout=LIMIT) as client:
        for _ in range(times):
            try:
                failed += client.get(f"{room.readers}/-/staff").status_code == 503
            except httpx.TransportError:
                failed += 1
    return failed


def attacked(room: Newsroom, folder: Path, count: int, slow: int) -> dict[str, object]:
    """Work at the desk during a flood; return what was measured."""
    os.environ |= room.environment("desk") | {"DJANGO_SETTINGS_MODULE": "standfirst.project.settings"}
    import django

    django.setup()
    editor, story = Editor(room), begin(room)
    sign_ins, publishes, failures = [], [], []
    with flood(room, folder, slow, seconds=60 + 4 * count) as wrk:
        for number in range(count):
            try:
                sign_ins.append(editor.sign_in())
                publishes.append(editor.publish(story, f"Under attack, hour {number}"))
            except (AssertionError, httpx.TransportError) as problem:
                failures.append(f"{type(problem).__name__}: {problem}")
            time.sleep(PAUSE)
        outside = kept_out(room, max(10, count // 4))
    requests = re.search(r"(\d+) requests in", wrk.communicate(timeout=30)[0])
    return {
        "sign_in_p50_s": middle(sign_ins), "sign_in_p99_s": round(p99(sorted(sign_ins)), 3),
        "publish_p50_s": middle(publishes), "publish_p99_s": round(p99(sorted(publishes)), 3),
        "flood_requests": int(requests[1]) if requests else 0, "control_kept_out": outside,
        "failures": len(failures), "first": failures[:3],
    }  # fmt: skip


def middle(seconds: list[float]) -> float:
    return round(statistics.median(seconds), 3)


def main() -> int:
    """Run the campaign; 0 when the limits held and the flood was one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100, help="sign-ins, and publishes")
    parser.add_argument("--slow", type=int, default=SLOW, help="slow clients")
    chosen = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, chosen.slow * 2 + 1000)), hard))
    with tempfile.TemporaryDirectory() as folder, newsroom(Path(folder)) as room, served(room):
        found = attacked(room, Path(folder), chosen.n, chosen.slow)
    caught = bool(found["control_kept_out"])
    print(
        json.dumps(
            {"name": "under_attack", "n": chosen.n, "slow": chosen.slow, **found, "control_caught": caught}
        )
    )
    worst = max(float(str(found["sign_in_p99_s"])), float(str(found["publish_p99_s"])))
    return int(bool(found["failures"]) or worst > LIMIT or not caught)


if __name__ == "__main__":
    sys.exit(main())
