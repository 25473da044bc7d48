"""`standfirst serve`: all processes of a site on one machine, started, watched and ended together.

The supervisor imports no Django: the edge answers readers from files while the others still start.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from standfirst.edge import state
from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import environment
from standfirst.project.environment import Role
from standfirst.project.front import nginx
from standfirst.project.front.plan import FrontError

_ROLES: dict[str, Role] = {"desk": "desk", "app": "public"}
_LONGEST_PAUSE = 30.0  # seconds between tries of a process that keeps ending
_STEADY = 20.0  # seconds after which a process counts as well again
_GRACE = 8.0  # seconds to end by itself before it is killed
HANGS = 10.0  # seconds without a sign of life after which an edge is replaced


class PortTaken(RuntimeError):
    """A port that cannot be listened on. The message says which, and what to do."""


@dataclass
class Child:
    """One process under watch."""

    name: str
    role: str
    host: str
    port: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    wait_until: float = 0.0
    beat: int | None = None
    beat_seen: float = 0.0


@dataclass
class Supervisor:
    """Starts the children, starts again those that end, and ends all on SIGINT or SIGTERM.

    `nginx` is whether nginx may stand in front; `front` then says what does, once started.
    """

    site: SiteFolder
    host: str
    port: int
    desk_port: int
    bakers: int
    say: Callable[[str], None]
    live: bool = False
    nginx: bool = True
    https: bool = False
    front: str = ""
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    told: str = ""

    def start(self) -> None:
        """Start every process; the edge first, since readers come first.

        Raises PortTaken before anything has started.
        """
        for port in (self.port, self.desk_port):
            _check_free(self.host, port)
        self.site.make_run()
        self.site.live.unlink(missing_ok=True)  # of one that was killed
        if self.live:
            self.site.live.touch()
        self.site.log.mkdir(parents=True, exist_ok=True)
        in_front = self._nginx()
        roles = ["edge", *in_front, "baker", "desk", "app", "worker", *["baker"] * (self.bakers - 1)]
        ports = {in_front[0] if in_front else "edge": self.port, "desk": self.desk_port}
        for count, role in enumerate(roles):
            name = role if role not in roles[:count] else f"{role}-{count}"
            self.children.append(Child(name, role, self.host, ports.get(role, 0)))
        for child in self.children:
            self._start(child)

    def _nginx(self) -> list[str]:
        """Return the process in front of the edge: nginx where it can be had, else none."""
        if not self.nginx:
            self.front = "the edge itself"
            return []
        try:
            nginx.prepare(self.site, self.host, self.port, https=self.https)
        except (FrontError, OSError) as problem:
            self.front = f"the edge itself ({problem})"
            return []
        self.front = "nginx"
        return ["nginx"]

    def watch(self) -> None:
        """Watch until told to stop, then end every process."""
        with self._signals():
            while not self.stopping.wait(0.25):
                for child in self.children:
                    self._look_after(child)
                self.tell_of_the_look()
        self.end()

    def end(self) -> None:
        """End every process: a polite signal, a few seconds, then the hard one."""
        self.site.live.unlink(missing_ok=True)
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()  # the leader alone; it ends its own workers in order
        deadline = time.monotonic() + _GRACE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, child: Child) -> None:
        log = self.site.log / f"{child.name}.log"
        with log.open("ab") as output:
            child.process = subprocess.Popen(  # noqa: S603 (our own interpreter and arguments)
                [
                    sys.executable, "-m", "standfirst.project.processes",
                    child.role, child.host, str(child.port),
                ],
                env=environment.for_child(self.site.root, _ROLES.get(child.role, "task")),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
            )  # fmt: skip
        child.started = time.monotonic()
        child.beat = None

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.wait_until:
                self._start(child)
            return
        code = child.process.poll()
        if code is None:
            if child.role == "edge" and self._hangs(child, child.process.pid, now):
                self.say(f"{child.name} has shown no sign of life for {HANGS:.0f} s; replacing it")
                child.process.kill()
            return
        if now - child.started > _STEADY:
            child.failures = 0
        child.failures += 1
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)  # workers that outlived it hold its port
        pause = 0.0 if child.failures == 1 else min(_LONGEST_PAUSE, 0.5 * 2 ** (child.failures - 1))
        child.wait_until = now + pause
        child.process = None
        log = self.site.log / f"{child.name}.log"
        when = f"in {pause:.0f} s" if pause else "at once"
        self.say(f"{child.name} ended with code {code}; starting it again {when}. Log: {log}")
        for line in tail(log, 3):
            self.say(f"    {line}")

    def _hangs(self, child: Child, pid: int, now: float) -> bool:
        """Return whether an edge that was at work is so no longer. One that still starts has time."""
        beat = state.last_beat(self.site, pid)
        if beat is None or beat != child.beat:
            child.beat, child.beat_seen = beat, now
            return False
        return now - child.beat_seen > HANGS

    def tell_of_the_look(self) -> None:
        """Say why bakers did not take the newsroom's own look, once for every change of that."""
        try:
            text = self.site.look_problems.read_text("utf-8")
        except OSError:
            text = ""
        if text != self.told:
            self.told = text
            for line in text.splitlines() or ["the look is whole again"]:
                self.say(line)

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        before = {
            number: signal.signal(number, lambda *_: self.stopping.set())
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"port {port} on {host} cannot be used ({error.strerror}). End what uses it, or choose "
                f"another with --port and --desk-port (make demo: PORT={port + 10})."
            ) from error


def tail(file: Path, lines: int) -> list[str]:
    """Return the last lines of a log that say something."""
    with contextlib.suppress(OSError):
        text = file.read_text("utf-8", "replace")[-4000:]
        return [line for line in text.splitlines() if line.strip()][-lines:]
    return []
