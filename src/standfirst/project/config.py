"""`standfirst.toml`: the few things a site folder says about where and how it runs."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import tomllib
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder


class ConfigError(ValueError):
    """A site folder that cannot be used as it is. The message says which file, what, and how to mend it."""


class Config(BaseModel):
    """Settings with their defaults. What readers see (name, colours) is set on the desk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str = "http://localhost:8000"
    """Where readers find the site."""
    desk_url: str = "http://localhost:8001"
    """Where the newsroom signs in; another host name, or another port, than the readers'."""
    database_url: str = ""
    """`postgresql://user@host/name`; empty means SQLite files in the site folder."""
    bakers: int = 1
    """How many baker processes `serve` starts."""
    edge_memory_mb: int = 128
    """How much of the site the edge keeps in memory."""
    event_streams: int = 12_000
    """How many readers' pages an edge tells of changes at once; those above it ask again now and then."""
    bus: str = ""
    """`redis://host:6379/0` (Redis or Valkey) where a site runs on several machines; its password is
    `bus_password` in `secrets.toml`. Empty means sockets on this machine."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of the servers in front, whose X-Forwarded-For and -Proto are believed;
    `serve` trusts the nginx it starts by itself."""
    cdn: Literal["", "fastly", "cloudflare"] = ""
    """The CDN in front, told by purges what changed; its token is `cdn_token` in `secrets.toml`."""
    cdn_id: str = ""
    """Fastly: the service's id. Cloudflare: the zone's id."""
    keep_days: int = 90
    """How many days files stay in the store after no address answers with them any more."""

    @field_validator("bus")
    @classmethod
    def _no_secret(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("redis", "rediss") or not parts.hostname):
            raise ValueError("write it as redis://host:6379/0")
        if parts.password:
            raise ValueError("its password belongs into secrets.toml, as bus_password")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            ip_network(each, strict=False)
        return value


def load(site: SiteFolder) -> Config:
    """Read the configuration; defaults where there is no file. Raises ConfigError."""
    try:
        data = tomllib.loads(site.config.read_text("utf-8"))
    except FileNotFoundError:
        data = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{site.config}: not readable as TOML: {error}") from error
    try:
        return Config(**data)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{site.config}: {name}: {first['msg']}") from error


def signing_key(site: SiteFolder) -> str:
    """Return the site's signing key, made at first use and readable by its owner alone."""
    return _secret(site, "signing_key", lambda: secrets.token_urlsafe(50))


def spool_key(site: SiteFolder) -> str:
    """Return the private key that opens what readers sent, made at first use, readable by its owner alone.

    Its public half lies beside it for the edge, which seals and never opens.
    """
    from standfirst.kit import sealing  # supervisor and edge read this module and seal nothing at their start

    key = _secret(site, "spool_key", sealing.new_private_key)
    public = sealing.public_key(key) + "\n"
    try:
        if site.spool_key.read_text("ascii") == public:
            return key
    except (OSError, UnicodeDecodeError):
        pass
    _put(site.spool_key, public)
    return key


def cdn_token(site: SiteFolder) -> str:
    """Return the token the CDN gave the operator, "" without one."""
    return _given(site, "cdn_token")


def vapid_key(site: SiteFolder) -> str:
    """Return the private key that signs alerts to browsers (RFC 8292), made at first use.

    Browsers are tied to it: with another one, all of them have to ask for alerts again.
    """

    def make() -> str:
        from standfirst.kit import p256  # as above

        return p256.new_private_key()

    return _secret(site, "vapid_key", make)


def use_bus(site: SiteFolder, config: Config) -> None:
    """Let this process use the bus that the configuration names."""
    password = _given(site, "bus_password") if config.bus else ""
    bus.use(config.bus, password=password, site=config.base_url.rstrip("/"))


def _given(site: SiteFolder, name: str) -> str:
    """Return a secret that the operator wrote down, "" without one."""
    with contextlib.suppress(FileNotFoundError):
        return str(_secrets(site.secrets).get(name, ""))
    return ""


def _secret(site: SiteFolder, name: str, make: Callable[[], str]) -> str:
    """Return a secret of the site, made at first use. Others may do the same at the same time."""
    with contextlib.suppress(FileNotFoundError, KeyError):
        return str(_secrets(site.secrets)[name])
    site.root.mkdir(parents=True, exist_ok=True)
    folder = os.open(site.root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # one at a time; it goes with the handle
        text = site.secrets.read_text("utf-8") if site.secrets.exists() else ""
        known = tomllib.loads(text)
        if name not in known:
            known[name] = make()
            _put(site.secrets, f'{text}{name} = "{known[name]}"\n')
        return str(known[name])
    finally:
        os.close(folder)


def _put(path: Path, text: str) -> None:
    """Write a file that only its owner may read; whole or not at all: others may be reading."""
    whole = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(whole, "x", opener=private, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    whole.replace(path)


def _secrets(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def private(path: str, flags: int) -> int:
    """Open a file that only its owner may read; an `opener` for `open`."""
    return os.open(path, flags, 0o600)
