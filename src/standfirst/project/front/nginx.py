"""nginx in front of the edge: its configuration for `serve` and for production, and the process itself."""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

from standfirst.edge import fallback, headers
from standfirst.edge.headers import Policy
from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.front.plan import FrontError, Plan, fill

MOST_FILES = 40_000
MOST_WORKERS = 4
EDGE_SECONDS = 10.0  # how long nginx waits for the edge before it takes the readers' port


def binary() -> str | None:
    """Return where nginx is, None when it is not installed. Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def prepare(site: SiteFolder, host: str, port: int, *, https: bool, workers: int = 0) -> None:
    """Write the configuration of the nginx that `serve` starts, empty its cache, and try it.

    Raises FrontError when nginx is missing or does not take it.
    """
    program = binary()
    if program is None:
        raise FrontError("nginx is not installed")
    site.make_run()
    site.log.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(site.front, ignore_errors=True)
    site.front.mkdir(mode=0o700)
    configuration(site).write_text(_own(site, host, port, https=https, workers=workers), "utf-8")
    trial = [*_command(program, site), "-t", "-q"]
    tried = subprocess.run(trial, capture_output=True, text=True, check=False)  # noqa: S603
    if tried.returncode:
        lines = tried.stderr.strip().splitlines() or [f"code {tried.returncode}"]
        raise FrontError(f"nginx does not take its configuration: {lines[0]}")


def become(site: SiteFolder) -> None:
    """Turn this process into the nginx that `prepare` wrote for, once the edge answers. Does not return.

    Raises FrontError when nginx has gone meanwhile.
    """
    program = binary()
    if program is None:
        raise FrontError("nginx is not installed")
    deadline = time.monotonic() + EDGE_SECONDS
    while not _answers(site.edge_socket) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.execv(program, _command(program, site))  # noqa: S606 (a program of the system, our own arguments)


def configuration(site: SiteFolder) -> Path:
    return site.front / "nginx.conf"


def _command(program: str, site: SiteFolder) -> list[str]:
    return [
        program, "-p", f"{site.front}/", "-c", str(configuration(site)), "-e", str(site.log / "nginx.log"),
    ]  # fmt: skip


def _answers(path: Path) -> bool:
    with closing(socket.socket(socket.AF_UNIX)) as probe:
        return probe.connect_ex(str(path)) == 0


def _own(site: SiteFolder, host: str, port: int, *, https: bool, workers: int) -> str:
    files = _files()
    return fill(
        "serve.conf",
        user=f"user {pwd.getpwuid(0).pw_name};" if os.getuid() == 0 else "",  # else its workers are nobody
        workers=str(workers or min(MOST_WORKERS, os.cpu_count() or 1)),
        files=str(files),
        connections=str(files // 2),
        log=_quoted(str(site.log / "nginx.log")),
        listen=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        shared=_shared(f"unix:{site.edge_socket}", site.front_cache.name),
        readers=_readers(Policy(https=https)),
    )


def _files() -> int:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)


def production(plan: Plan) -> str:
    """Return the whole configuration, to be included in nginx's `http`."""
    live = f"/etc/letsencrypt/live/{plan.host}"
    tls = (
        f"ssl_certificate {_quoted(plan.certificate or f'{live}/fullchain.pem')};\n"
        f"ssl_certificate_key {_quoted(plan.private_key or f'{live}/privkey.pem')};\n"
        "ssl_protocols TLSv1.2 TLSv1.3;\n"
        "ssl_prefer_server_ciphers off;\n"
        "ssl_session_cache shared:standfirst_tls:10m;\n"
        "ssl_session_timeout 1d;\n"
        "ssl_session_tickets off;"
    )
    return fill(
        "production.conf",
        host=plan.host,
        desk_host=plan.desk_host,
        desk=plan.desk,
        https_port=str(plan.https_port),
        tls=_indented(tls),
        plain=for_certificate(plan),
        shared=_shared(plan.edge, _quoted(plan.cache), indent=0),
        readers=_readers(
            Policy(https=True), limits="limit_req zone=standfirst_requests burst=40 nodelay;", indent=4
        ),
    )


def for_certificate(plan: Plan) -> str:
    """Return the part for http alone: enough for certbot to get the first certificate."""
    suffix = "" if plan.https_port == 443 else f":{plan.https_port}"
    return fill(
        "plain.conf", host=plan.host, desk_host=plan.desk_host, http_port=str(plan.http_port),
        webroot=_quoted(plan.webroot), port_suffix=suffix,
    )  # fmt: skip


def _shared(edge: str, cache: str, *, indent: int = 4) -> str:
    return _indented(fill("shared.conf", edge=edge, cache=cache), indent)


def _readers(policy: Policy, *, limits: str = "", indent: int = 8) -> str:
    errors = "\n\n".join(_error(policy, status) for status in (413, 429, 503))
    text = fill("readers.conf", limits=_indented(limits), errors=errors)
    return _indented(text, indent)


def _error(policy: Policy, status: int) -> str:
    """Return the place of an answer that nginx gives by itself, like the edge's own of that status."""
    control = headers.cache_control(status=503, immutable=False, seconds_left=None)
    lines = [*policy.error, ("cache-control", control), ("retry-after", "5")]
    added = "\n".join(f"    add_header {name} {_quoted(value)} always;" for name, value in lines)
    body = _quoted(fallback.page(status).decode())
    return (
        f"location @standfirst_{status} {{\n    internal;\n    default_type 'text/html; charset=utf-8';\n"
        f"{added}\n    return {status} {body};\n}}"
    )


def _quoted(text: str) -> str:
    """Return `text` as one word of a configuration. Raises FrontError for what cannot stand there."""
    if "$" in text or "{{" in text:
        raise FrontError(f"{text!r} cannot stand in nginx's configuration")
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def _indented(text: str, by: int = 4) -> str:
    return "\n".join(" " * by + line if line else "" for line in text.rstrip("\n").split("\n"))
