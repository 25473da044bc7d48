"""What `serve` does beside starting processes: nginx in front, the look told once, live while asked for."""

from __future__ import annotations

import contextlib
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.front import nginx
from standfirst.project.supervisor import Child, Supervisor
from tests.edge.site import Server, Store
from tests.newsroom.system import free_port


@pytest.fixture
def said() -> list[str]:
    return []


def supervisor(folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch, *, live: bool) -> Supervisor:
    """Return one that starts no process."""
    monkeypatch.setattr(Supervisor, "_start", lambda self, child: None)
    return Supervisor(SiteFolder(folder), "127.0.0.1", free_port(), free_port(), 1, said.append, live)


def test_a_site_is_live_from_start_to_end_and_never_by_what_a_killed_one_left(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = supervisor(tmp_path, said, monkeypatch, live=True)
    one.start()
    assert one.site.live.exists()
    one.end()
    assert not one.site.live.exists()
    one.site.live.touch()
    supervisor(tmp_path, said, monkeypatch, live=False).start()
    assert not one.site.live.exists()


def test_why_a_look_was_not_taken_is_said_once_and_so_is_its_end(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = supervisor(tmp_path, said, monkeypatch, live=False)
    one.tell_of_the_look()
    assert said == []
    one.site.taken_look.mkdir(parents=True)
    one.site.look_problems.write_text("look/tokens.css:2: x\nlook/site.css:1: y\n")
    one.tell_of_the_look()
    one.tell_of_the_look()
    assert said == ["look/tokens.css:2: x", "look/site.css:1: y"]
    one.site.look_problems.unlink()
    one.tell_of_the_look()
    assert said[2:] == ["the look is whole again"]


@contextlib.contextmanager
def reading(said: list[str], monkeypatch: pytest.MonkeyPatch, *, front: bool = True) -> Iterator[Supervisor]:
    """Serve a site by the edge and what stands in front; the application's processes are left out."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    site = SiteFolder(folder)
    store = Store(site)
    store.base([store.page("/", "<h1>Front"), store.page("/_e/404/", "none", status=404)])
    real = Supervisor._start

    def start(self: Supervisor, child: Child) -> None:
        if child.role in ("edge", "nginx"):
            real(self, child)

    monkeypatch.setattr(Supervisor, "_start", start)
    one = Supervisor(site, "127.0.0.1", free_port(), free_port(), 1, said.append, nginx=front)
    one.start()
    try:
        Server(one.port).wait(15)
        yield one
    finally:
        one.end()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(site.run, ignore_errors=True)


def test_nginx_stands_in_front_by_itself_with_its_own_folder(
    said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(said, monkeypatch) as one:
        answer = Server(one.port).get("/")
        assert (answer.status, answer.body) == (200, b"<h1>Front")
        assert answer.headers["server"] == "nginx"
        assert one.front == "nginx"
        (child,) = [child for child in one.children if child.role == "nginx"]
        assert child.process
        files = [str(path.readlink()) for path in Path(f"/proc/{child.process.pid}/fd").iterdir()]
        ours = (str(one.site.root), str(one.site.run), "socket:", "/dev/null", "anon_inode", "pipe:")
        assert [file for file in files if not file.startswith(ours)] == []
    assert said == []


def test_nginx_that_dies_is_started_again_on_the_same_port(
    said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(said, monkeypatch) as one:
        (child,) = [child for child in one.children if child.role == "nginx"]
        assert child.process
        child.process.send_signal(signal.SIGKILL)  # its workers live on and hold the port
        child.process.wait()
        deadline = time.monotonic() + 20
        while child.process is None or child.process.poll() is not None:
            assert time.monotonic() < deadline
            one._look_after(child)
            time.sleep(0.05)
        Server(one.port).wait()
        assert Server(one.port).get("/").headers["server"] == "nginx"
        time.sleep(1)
        assert child.process.poll() is None, "it did not find its port taken"


def test_an_edge_that_hangs_is_replaced_and_one_that_is_killed_is_back_at_once(
    said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standfirst.project.supervisor.HANGS", 3.0)

    def watched(until: Callable[[], bool]) -> float:
        began = time.monotonic()
        while not until():
            assert time.monotonic() - began < 20
            one._look_after(child)
            time.sleep(0.05)
        return time.monotonic() - began

    with reading(said, monkeypatch, front=False) as one:
        (child,) = [child for child in one.children if child.role == "edge"]
        assert child.process
        first = child.process
        began = time.monotonic()
        watched(lambda: time.monotonic() - began > 5)
        assert child.process is first, "at work: the control"
        first.send_signal(signal.SIGSTOP)
        watched(lambda: child.process not in (None, first))
        Server(one.port).wait()
        assert "no sign of life" in said[0]
        child.failures = 0
        second = child.process
        second.kill()
        assert watched(lambda: child.process not in (None, second)) < 1
        Server(one.port).wait()


def test_without_nginx_the_edge_answers_itself(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(said, monkeypatch, front=False) as one:
        assert Server(one.port).get("/").headers["server"] != "nginx"
        assert one.front == "the edge itself"
    monkeypatch.setattr(nginx, "binary", lambda: None)
    with reading(said, monkeypatch) as one:
        assert Server(one.port).get("/").body == b"<h1>Front"
        assert one.front == "the edge itself (nginx is not installed)"


def test_an_nginx_that_does_not_take_its_configuration_is_left_out_and_named(
    said: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "nginx"
    old.write_text("#!/bin/sh\necho 'unknown directive' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setattr(nginx, "binary", lambda: str(old))
    with reading(said, monkeypatch) as one:
        assert Server(one.port).get("/").body == b"<h1>Front"
        assert one.front == "the edge itself (nginx does not take its configuration: unknown directive)"
