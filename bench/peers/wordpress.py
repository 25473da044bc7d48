"""WordPress as Debian packs it, behind nginx and PHP-FPM with opcache, on a MariaDB of its own.

Debian has no package of a page cache for it. nginx, which is a package, can be one: `PageCached` is the same
WordPress behind `fastcgi_cache`. Nobody tells that of a publish, so a page may be old for its ten seconds.
"""

from __future__ import annotations

import getpass
import json
import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
from tests.newsroom.system import free_port

from bench.peers import mariadb
from bench.peers.loading import counted
from bench.peers.peer import Addresses, Loaded, Roots
from bench.peers.stories import Piece, sections
from bench.peers.system import (
    CACHE,
    Service,
    answers,
    copy_state,
    made_whole,
    need_packages,
    package_version,
    run,
)

PACKAGES = {
    "wordpress": "/usr/share/wordpress/wp-load.php",
    "wordpress-theme-twentytwentythree": "/usr/share/doc/wordpress-theme-twentytwentythree",
    "nginx-light": "/usr/sbin/nginx",
    "php-fpm": "/usr/share/doc/php-fpm",
    "php-mysql": "/usr/share/doc/php-mysql",
    **{f"php-{name}": f"/usr/share/doc/php-{name}" for name in ("gd", "curl", "xml", "mbstring", "intl")},
}
_HOME = CACHE / "wordpress"
_PHP_SCRIPT = Path(__file__).with_name("wordpress.php")
CACHE_SECONDS = 10


class WordPress:
    """See the module."""

    name = "WordPress"
    cached = False
    setup = (
        "nginx with gzip, PHP-FPM with the pool Debian ships (dynamic, at most 5 workers), opcache on, the "
        "package's default theme (Twenty Twenty-Three), no plugins, its cron and calls outside off"
    )

    def __init__(self) -> None:
        self.loaded, self.running = _HOME / "loaded", _HOME / self.__class__.__name__.lower()
        self.port = free_port()
        self.services: list[Service] = []
        self.database: mariadb.MariaDB | None = None
        self.client: httpx.Client | None = None
        self.terms: dict[str, int] = {}

    def install(self) -> None:
        """Install WordPress, PHP, nginx and MariaDB from Debian."""
        mariadb.install()
        need_packages(PACKAGES)

    def versions(self) -> dict[str, str]:
        """Return the versions of what it runs on."""
        php = run(["php", "-r", "echo PHP_VERSION;"])
        return {"WordPress": package_version("wordpress"), "PHP": php, "MariaDB": mariadb.version(),
                "nginx": _nginx_version()}  # fmt: skip

    def load(self, pieces: list[Piece]) -> Loaded:
        """Install a site and write the stories with WordPress's own functions."""
        with made_whole(self.loaded) as folder:
            shutil.copytree("/usr/share/wordpress", folder / "www", ignore=shutil.ignore_patterns("*.deb"))
            self.database = mariadb.MariaDB(folder / "data", folder / "mariadb.log")
            try:
                self.database.create("wordpress")
                self._configure(folder)
                key = self._php(folder, {"step": "install", "password": secrets.token_urlsafe()})
                (folder / "key.txt").write_text(key)
                with counted(self._database_alone) as cost:
                    self._php(folder, _plan(pieces))
            finally:
                self.database.stop()
        return cost.loaded(self.loaded)

    def _php(self, folder: Path, plan: dict[str, Any]) -> str:
        file = folder / "plan.json"
        file.write_text(json.dumps(plan))
        said = run(["php", "-d", "memory_limit=512M", _PHP_SCRIPT, folder / "www", file])
        file.unlink()
        return said

    def _database_alone(self) -> Roots:
        assert self.database
        assert self.database.service
        return Roots((), (self.database.service.pid,))

    def _configure(self, folder: Path) -> None:
        """Write wp-config.php for where it is now."""
        assert self.database
        address = f"http://127.0.0.1:{self.port}"
        values: dict[str, str | bool] = {
            "DB_NAME": "wordpress", "DB_USER": "peer", "DB_PASSWORD": mariadb.PASSWORD,
            "DB_HOST": f"localhost:{self.database.socket}", "DB_CHARSET": "utf8mb4", "DB_COLLATE": "",
            "WP_HOME": address, "WP_SITEURL": address, "WP_DEBUG": False, "DISABLE_WP_CRON": True,
            "WP_HTTP_BLOCK_EXTERNAL": True, "AUTOMATIC_UPDATER_DISABLED": True,
            # Application passwords want TLS, except on a "local" site; nothing else follows from this.
            "WP_ENVIRONMENT_TYPE": "local",
        }  # fmt: skip
        kept = folder / "salts.json"
        if not kept.exists():
            names = [
                f"{a}_{b}" for a in ("AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE") for b in ("KEY", "SALT")
            ]
            kept.write_text(json.dumps({name: secrets.token_urlsafe(48) for name in names}))
        values |= json.loads(kept.read_text())
        lines = [f"define('{name}', {json.dumps(value)});" for name, value in values.items()]
        config = folder / "www" / "wp-config.php"
        config.unlink(missing_ok=True)
        config.write_text(
            "<?php\n" + "\n".join(lines) + "\n$table_prefix = 'wp_';\n"
            "defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');\n"
            "require_once ABSPATH . 'wp-settings.php';\n"
        )

    def start(self) -> None:
        """Start from the loaded state: MariaDB, PHP-FPM, nginx."""
        copy_state(self.loaded, self.running)
        self.database = mariadb.MariaDB(self.running / "data", self.running / "mariadb.log")
        self.database.start()
        self._configure(self.running)
        socket = self.database.socket.with_name("fpm.sock")
        fpm, conf = self.running / "fpm.conf", self.running / "nginx.conf"
        fpm.write_text(_fpm(socket, self.running))
        conf.write_text(_nginx(self.running, self.port, socket, CACHE_SECONDS if self.cached else 0))
        binary = sorted(Path("/usr/sbin").glob("php-fpm*"))[-1]
        root = [] if os.geteuid() else ["--allow-to-run-as-root"]
        self.services = [
            Service([binary, "--nodaemonize", "--fpm-config", fpm, *root], self.running / "fpm.log"),
            Service(["/usr/sbin/nginx", "-p", self.running, "-c", conf, "-e", "stderr"],
                    self.running / "nginx.log"),
        ]  # fmt: skip
        self.services[0].until(socket.exists)
        self.services[1].until(lambda: answers(f"http://127.0.0.1:{self.port}/"))

    def addresses(self) -> Addresses:
        """Return where it is read. A post stands at its slug."""
        return Addresses(f"http://127.0.0.1:{self.port}", "/{slug}/", feed="/feed/")

    def roots(self) -> Roots:
        """Return nginx and PHP-FPM, and MariaDB."""
        return Roots(tuple(service.pid for service in self.services), self._database_alone().database)

    def sign_in(self) -> None:
        """Take the application password and learn the sections' numbers."""
        key = (self.running / "key.txt").read_text()
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/wp-json/wp/v2/", auth=("editor", key), timeout=60
        )
        answer = self.client.get("categories", params={"per_page": 50})
        answer.raise_for_status()
        self.terms = {term["slug"]: term["id"] for term in answer.json()}

    def publish(self, piece: Piece) -> None:
        """Publish by the REST API, as the block editor does."""
        assert self.client
        post = {
            "title": piece.headline, "slug": piece.slug, "status": "publish", "excerpt": piece.standfirst,
            "content": _blocks(piece), "categories": [self.terms[piece.section]],
        }  # fmt: skip
        self.client.post("posts", json=post).raise_for_status()

    def stop(self) -> None:
        """End nginx, PHP-FPM, then the database."""
        if self.client:
            self.client.close()
        for service in reversed(self.services):
            service.stop()
        if self.database:
            self.database.stop()


class PageCached(WordPress):
    """The same WordPress with nginx as its page cache."""

    name = "WordPress + page cache"
    cached = True
    setup = (
        f"the same with nginx's `fastcgi_cache` of {CACHE_SECONDS} s before it, renewed in the background, "
        "each answer packed anew by nginx; Debian has no package of a cache plugin, so nothing clears it at "
        "a publish"
    )


def _nginx_version() -> str:
    """Return the version of whichever of nginx's packages is there."""
    said = subprocess.run(["/usr/sbin/nginx", "-v"], capture_output=True, text=True, check=True).stderr
    return said.strip().rpartition("/")[2]


def _plan(pieces: list[Piece]) -> dict[str, Any]:
    pictures = {piece.picture.key: piece.picture for piece in pieces if piece.picture}
    return {
        "step": "stories",
        "sections": sections(),
        "pictures": {
            key: {"file": str(picture.file), "alt": picture.alt, "caption": picture.caption}
            for key, picture in pictures.items()
        },
        "stories": [
            {
                "headline": piece.headline, "slug": piece.slug, "standfirst": piece.standfirst,
                "content": _blocks(piece), "section": piece.section,
                "published": piece.published.strftime("%Y-%m-%d %H:%M:%S"),
                "picture": piece.picture.key if piece.picture else None,
            }
            for piece in pieces
        ],
    }  # fmt: skip


def _blocks(piece: Piece) -> str:
    """Return the body as the block editor keeps it."""
    return piece.html.replace("<p>", "<!-- wp:paragraph -->\n<p>").replace(
        "</p>", "</p>\n<!-- /wp:paragraph -->\n\n"
    )


def _fpm(socket: Path, folder: Path) -> str:
    """Return PHP-FPM's configuration: the pool of Debian's www.conf."""
    user = getpass.getuser()
    return (
        f"[global]\nerror_log = {folder}/fpm-error.log\n[www]\nuser = {user}\nlisten = {socket}\n"
        "pm = dynamic\npm.max_children = 5\npm.start_servers = 2\npm.min_spare_servers = 1\n"
        "pm.max_spare_servers = 3\n"
    )


def _nginx(folder: Path, port: int, socket: Path, cache_seconds: int) -> str:
    """Return nginx's configuration, with a page cache for those not signed in unless `cache_seconds` is 0."""
    temporary = "\n".join(
        f"{name}_temp_path {folder}/tmp-{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    zone = f"fastcgi_cache_path {folder}/pages keys_zone=pages:10m;" if cache_seconds else ""
    cache = (
        f"""
        fastcgi_cache pages; fastcgi_cache_key $request_method$host$request_uri;
        fastcgi_cache_valid 200 {cache_seconds}s; fastcgi_ignore_headers Cache-Control Expires;
        fastcgi_cache_use_stale updating error timeout; fastcgi_cache_background_update on;
        fastcgi_cache_lock on; fastcgi_cache_bypass $http_authorization $cookie_wordpress_logged_in;
        fastcgi_no_cache $http_authorization $cookie_wordpress_logged_in;"""
        if cache_seconds
        else ""
    )
    return f"""
user {getpass.getuser()}; daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log stderr warn;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types; sendfile on; access_log off; client_max_body_size 64m;
    gzip on; gzip_types text/css application/javascript application/json application/rss+xml image/svg+xml;
    {temporary}
    {zone}
    server {{
        listen 127.0.0.1:{port}; root {folder}/www; index index.php;
        location / {{ try_files $uri $uri/ /index.php?$args; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi_params;
            fastcgi_param HTTP_HOST $http_host;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_pass unix:{socket};{cache}
        }}
    }}
}}
"""
