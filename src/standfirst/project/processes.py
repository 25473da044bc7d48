"""What each process of a site does; `python -m standfirst.project.processes NAME` starts one.

edge    answers readers, from files          desk    the newsroom's application, on a port of its own
nginx   stands in front of the edge
app     the same application for `/-/`       baker   bakes what moved
worker  schedules, sweeps, pictures          static  gathers the desk's own styles and scripts, and ends
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import signal
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config as site_config
from standfirst.project import environment
from standfirst.project.front import nginx

NAMES = ("edge", "nginx", "desk", "app", "baker", "worker", "static")


def run(name: str, site: SiteFolder, *, host: str = "127.0.0.1", port: int = 0) -> None:
    """Be the process `name` of `site` until SIGTERM. Raises LookupError for a name that does not exist."""
    config = site_config.load(site)
    if name == "edge":
        from standfirst.edge import server

        site_config.use_bus(site, config)  # the others do it when Django starts
        server.main(
            site, host, port, memory_mb=config.edge_memory_mb, https=config.base_url.startswith("https:"),
            trusted=config.trusted_proxies, cdn=config.cdn, event_streams=config.event_streams,
        )  # fmt: skip
    elif name == "nginx":
        nginx.become(site)
    elif name == "desk":
        static = static_folder(site)
        if not static.is_dir():  # in a process of its own: Granian's children must not inherit Django
            subprocess.run([sys.executable, "-m", __spec__.name, "static", host, "0"], check=True)  # noqa: S603
        _application(host=host, port=port, static=static)
    elif name == "app":
        site.make_run()
        _application(socket=site.app_socket)
    elif name == "baker":
        _django()
        from standfirst.bake import process

        process.main(site, f"baker-{os.getpid()}")
    elif name == "worker":
        _django()
        from standfirst.stories import worker

        worker.main(site)
    elif name == "static":
        _django()
        _collect(static_folder(site))
    else:
        raise LookupError(f"no process {name!r}; there is: {', '.join(NAMES)}")


def static_folder(site: SiteFolder) -> Path:
    """Return where the desk's own styles and scripts are gathered, once a version."""
    state = hashlib.sha256(f"{metadata.version('wagtail')} {metadata.version('Django')}".encode())
    for file in sorted(Path(__file__).parents[1].glob("*/static/**/*")):
        if file.is_file():
            state.update(str(file).encode() + file.read_bytes())
    return site.root / "cache" / f"static-{state.hexdigest()[:12]}"


def _application(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    socket: Path | None = None,
    static: Path | None = None,
) -> None:
    """Serve the Django application with Granian, on a port or on a Unix socket that only we can open.

    The backlog and the number in flight are set and small: a flood waits at the edge, not in here.
    """
    from granian.constants import Interfaces
    from granian.server import Server

    if socket is not None:
        socket.unlink(missing_ok=True)
    mounted = static is not None and static.is_dir()
    Server(
        "standfirst.project.wsgi:application",
        address=host,
        port=port,
        uds=socket,
        uds_permissions=0o600 if socket else None,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        backlog=128,
        backpressure=32,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=3,
        respawn_failed_workers=False,
        static_path_route=["/static"] if mounted else None,
        static_path_mount=[static] if mounted and static else None,
    ).serve()


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.project.settings")
    django.setup()


def _collect(folder: Path) -> None:
    """Gather static files into `folder`, which appears whole or not at all."""
    from django.conf import settings
    from django.core.management import call_command

    if folder.is_dir():
        return
    for old in folder.parent.glob("static-*"):
        shutil.rmtree(old, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    Path(settings.STATIC_ROOT).rename(folder)


def _end_with_parent() -> None:
    """Ask Linux to end this process when the supervisor is gone, however that went."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG, prctl(2)


def main() -> None:
    """Entry of a child process: its name, host and port as arguments, its site in the environment."""
    _end_with_parent()
    logging.basicConfig(level=logging.INFO, format="{asctime} {levelname} {name} {message}", style="{")
    name, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    run(name, SiteFolder(environment.read().site), host=host, port=port)


if __name__ == "__main__":
    main()
