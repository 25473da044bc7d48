"""What `edge-config` prints, run for real: nginx over TLS and HTTP/2, Caddy over HTTP; certbot's proof."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from standfirst.edge import streams
from standfirst.project.cli.front import edge_config
from standfirst.project.front import caddy, nginx
from standfirst.project.front.plan import FrontError, Plan
from tests.edge.application import Application, application
from tests.edge.conftest import fill
from tests.edge.site import Server, Store, edge
from tests.newsroom.system import free_port

READERS, DESK = "news.example", "desk.news.example"


class _Desk(BaseHTTPRequestHandler):
    """A double of the desk: says what it was told about who asks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        names = ("host", "x-forwarded-for", "x-forwarded-proto")
        body = json.dumps({name: self.headers.get(name) for name in names}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def desk() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Front:
    """A running production front, asked with curl as readers' programs ask."""

    folder: Path
    http: int
    https: int
    app: Application

    def curl(self, *arguments: str) -> tuple[list[str], bytes]:
        """Return the head's lines, in lower case, and the body."""
        head = self.folder / "head"
        places = [
            option
            for name in (READERS, DESK)
            for port in (self.http, self.https)
            for option in ("--resolve", f"{name}:{port}:127.0.0.1")
        ]
        done = subprocess.run(
            ["curl", "-sS", "-m", "20", "--cacert", str(self.folder / "cert.pem"), "-D", str(head), *places,
             *arguments],
            capture_output=True, check=True,
        )  # fmt: skip
        return [line.lower() for line in head.read_text().splitlines() if line], done.stdout

    def readers(self, path: str, *options: str) -> tuple[list[str], bytes]:
        return self.curl(*options, f"https://{READERS}:{self.https}{path}")


def certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
         "2", "-subj", f"/CN={READERS}", "-addext", f"subjectAltName=DNS:{READERS},DNS:{DESK}",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        capture_output=True, check=True,
    )  # fmt: skip


def wrapped(folder: Path, included: str) -> Path:
    """Write the least nginx.conf around what belongs inside `http`; return its place."""
    (folder / "standfirst.conf").write_text(included)
    owner = "user root;" if os.getuid() == 0 else ""
    paths = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"{owner} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{ worker_connections 1024; }} http {{ access_log off; {paths} include standfirst.conf; }}"
    )
    return file


def command(file: Path) -> list[str]:
    program = nginx.binary()
    assert program
    return [program, "-p", str(file.parent), "-c", str(file), "-e", str(file.parent / "error.log")]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    certificate(folder)
    site = tmp_path_factory.mktemp("s")
    store = Store(nginx.SiteFolder(site))
    fill(store)
    with contextlib.ExitStack() as stack:
        app = stack.enter_context(application(store.site))
        behind = stack.enter_context(edge(store.site, https=True, trusted=["127.0.0.1"]))
        plan = Plan(
            host=READERS, desk_host=DESK, edge=f"127.0.0.1:{behind.port}",
            desk=f"127.0.0.1:{stack.enter_context(desk())}", certificate=str(folder / "cert.pem"),
            private_key=str(folder / "key.pem"), webroot=str(folder / "webroot"), cache=str(folder / "cache"),
            http_port=free_port(), https_port=free_port(),
        )  # fmt: skip
        file = wrapped(folder, nginx.production(plan))
        tried = subprocess.run([*command(file), "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        warnings = [line for line in tried.stderr.splitlines() if "[warn]" in line]
        assert [line for line in warnings if "http2" not in line] == [], "newer ones prefer another spelling"
        process = subprocess.Popen(command(file))
        stack.callback(process.wait, 10)
        stack.callback(process.terminate)
        Server(plan.https_port).wait()
        yield Front(folder, plan.http_port, plan.https_port, app)


def test_pages_come_over_tls_and_http_2_with_the_edges_headers_once(front: Front) -> None:
    head, body = front.readers("/river/", "--http2", "-H", "accept-encoding: gzip", "--compressed")
    assert head[0].startswith("http/2 200")
    assert "The river rose" in body.decode()
    for name in ("strict-transport-security", "content-security-policy", "etag", "cache-control"):
        assert len([line for line in head if line.startswith(f"{name}:")]) == 1, name
    assert "content-encoding: gzip" in head


def test_both_protocols_are_offered(front: Front) -> None:
    context = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    for offered, chosen in ((["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1")):
        context.set_alpn_protocols(offered)
        with (
            socket.create_connection(("127.0.0.1", front.https)) as plain,
            context.wrap_socket(plain, server_hostname=READERS) as tls,
        ):
            assert tls.selected_alpn_protocol() == chosen
            assert tls.version() in ("TLSv1.2", "TLSv1.3")


def test_http_leads_to_https_on_the_same_name(front: Front) -> None:
    head, _ = front.curl(f"http://{READERS}:{front.http}/river/?a=b")
    assert head[0].split()[1] == "301"
    assert f"location: https://{READERS}:{front.https}/river/?a=b" in head


@pytest.mark.parametrize("host", ["evil.example", "", "evil.example:80"])
def test_a_host_that_is_made_up_leads_nowhere_else(front: Front, host: str) -> None:
    head, _ = front.curl(f"http://{READERS}:{front.http}/river/", "-H", f"Host: {host}")
    assert not [line for line in head if "evil" in line]


def test_the_desks_name_leads_to_the_desk(front: Front) -> None:
    head, _ = front.curl(f"http://{DESK}:{front.http}/desk/")
    assert f"location: https://{DESK}:{front.https}/desk/" in head


def test_certbot_can_prove_the_name(front: Front) -> None:
    proof = front.folder / "webroot" / ".well-known" / "acme-challenge" / "token"
    proof.parent.mkdir(parents=True, exist_ok=True)
    proof.write_text("token.thumbprint")
    _, body = front.curl(f"http://{READERS}:{front.http}/.well-known/acme-challenge/token")
    assert body == b"token.thumbprint"


def test_the_desk_has_a_name_of_its_own_and_hears_who_asks(front: Front) -> None:
    head, body = front.curl(f"https://{DESK}:{front.https}/desk/", "-H", "x-forwarded-for: 1.2.3.4")
    assert json.loads(body) == {
        "host": f"{DESK}:{front.https}", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https",
    }  # fmt: skip
    assert len([line for line in head if line.startswith("strict-transport-security:")]) == 1


def test_the_application_hears_https_and_the_readers_address(front: Front) -> None:
    front.readers("/-/who", "-H", "x-forwarded-for: 1.2.3.4")
    headers = front.app.requests[-1][2]
    assert (headers["x-forwarded-for"], headers["x-forwarded-proto"]) == ("127.0.0.1", "https")


def test_who_asks_too_often_is_told_to_wait_and_readers_of_pages_are_not(front: Front) -> None:
    url = f"https://{READERS}:{front.https}"
    head, body = front.curl(*[f"{url}/-/x?{number}" for number in range(120)])
    answers = "\n".join(head).split("http/2 ")[1:]
    refused = [answer for answer in answers if answer.startswith("429")]
    assert len(answers) == 120
    assert refused
    assert all("retry-after: 5" in answer and "content-security-policy:" in answer for answer in refused)
    assert body.count(b"Too many at once</h1>") == len(refused)
    head, _ = front.curl(*[f"{url}/-/hooks/x?{number}" for number in range(120)])
    assert "http/2 429" not in "\n".join(head), "a payment company's webhooks come from one address"
    assert front.readers("/river/")[0][0].split()[1] == "200"
    time.sleep(1)
    assert front.readers("/-/x")[0][0].split()[1] == "200", "after a second a place is free again"


def test_streams_are_counted_by_themselves_and_take_no_place_of_pages(front: Front) -> None:
    context = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    request = f"GET {streams.PATH} HTTP/1.1\r\nhost: {READERS}\r\n\r\n".encode()
    with contextlib.ExitStack() as stack:

        def ask() -> bytes:
            plain = socket.create_connection(("127.0.0.1", front.https), timeout=5)
            tls = stack.enter_context(context.wrap_socket(plain, server_hostname=READERS))
            tls.sendall(request)
            return tls.recv(4096)

        answers = [ask() for _ in range(101)]
        assert {answer.split(b"\r\n")[0] for answer in answers[:100]} == {b"HTTP/1.1 200 OK"}
        assert answers[100].startswith(b"HTTP/1.1 429")
        assert b"x-accel-buffering" not in answers[0], "that was for nginx"
        assert front.readers("/river/")[0][0].split()[1] == "200"
        assert front.readers("/-/x")[0][0].split()[1] == "200"


def test_before_the_certificate_there_is_a_configuration_that_needs_none(tmp_path: Path) -> None:
    plan = Plan(host=READERS, desk_host=DESK, webroot=str(tmp_path), http_port=free_port())
    file = wrapped(tmp_path, nginx.for_certificate(plan))
    tried = subprocess.run([*command(file), "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr


@pytest.mark.parametrize("name", ["", "a b", "x;y", "$host", "news.example:443", DESK])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(FrontError):
        Plan(host=name, desk_host=DESK)


def test_the_command_takes_names_from_the_site_and_writes_what_is_tested_here(tmp_path: Path) -> None:
    (tmp_path / "standfirst.toml").write_text(
        f'base_url = "https://{READERS}"\ndesk_url = "https://{DESK}"\n'
    )
    told = CliRunner().invoke(edge_config, ["nginx", "--site", str(tmp_path)])
    assert (told.exit_code, told.output) == (0, nginx.production(Plan(READERS, DESK)))
    out = tmp_path / "Caddyfile"
    arguments = ["caddy", "--site", str(tmp_path), "--desk-host", "desk.example", "--out", str(out)]
    assert CliRunner().invoke(edge_config, arguments).exit_code == 0
    assert out.read_text() == caddy.production(Plan(READERS, "desk.example"))
    same = CliRunner().invoke(edge_config, ["nginx", "--site", str(tmp_path), "--desk-host", READERS])
    assert same.exit_code == 1
    assert "a host name of its own" in same.output


@pytest.mark.skipif(
    shutil.which("caddy") is None, reason="caddy is not installed (Debian: apt-get install caddy)"
)
def test_caddy_takes_its_configuration_and_serves_by_it(tmp_path: Path) -> None:
    store = Store(nginx.SiteFolder(tmp_path))
    fill(store)
    file = tmp_path / "Caddyfile"
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    with edge(store.site, https=True, trusted=["127.0.0.1"]) as behind, desk() as newsroom:
        plan = Plan(READERS, DESK, edge=f"127.0.0.1:{behind.port}", desk=f"127.0.0.1:{newsroom}")
        text = caddy.production(plan)
        file.write_text(text)
        arguments = ["--config", str(file), "--adapter", "caddyfile"]
        subprocess.run(["caddy", "validate", *arguments], env=environment, capture_output=True, check=True)
        port = free_port()
        local = text.replace(f"\n{READERS} {{", f"\nhttp://{READERS}:{port} {{")
        local = local.replace(f"\n{DESK} {{", f"\nhttp://{DESK}:{port} {{")
        assert local.count(f":{port} {{") == 2, "all but certificates, which need the world outside"
        file.write_text("{\n\tadmin off\n}\n" + local)
        with (tmp_path / "caddy.log").open("w") as log:
            process = subprocess.Popen(["caddy", "run", *arguments], env=environment, stderr=log)
        try:
            server = Server(port)
            server.wait()
            answer = server.get("/river/", {"host": READERS, "accept-encoding": "br"})
            alone = behind.get("/river/", {"accept-encoding": "br"})
            assert (answer.status, answer.body) == (200, alone.body)
            assert answer.headers["etag"] == alone.headers["etag"]
            told = {"host": DESK, "x-forwarded-for": "1.2.3.4"}
            assert json.loads(server.get("/", told).body)["x-forwarded-for"] == "127.0.0.1"
            assert behind.process
            behind.process.kill()
            answer = server.get("/river/", {"host": READERS})
            assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
            assert b"<h1>One moment</h1>" in answer.body
        finally:
            process.terminate()
            process.wait(10)
