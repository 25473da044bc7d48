"""What a production configuration depends on, and the texts it is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_HOST = re.compile(r"[a-z0-9.-]+")


class FrontError(RuntimeError):
    """What should stand in front cannot. The message says why in half a line."""


@dataclass(frozen=True)
class Plan:
    """Names as in the address bar; `edge` and `desk` as host:port; `certificate`, `private_key` are files.

    Raises FrontError for names that are none, or that are one and the same.
    """

    host: str
    desk_host: str
    edge: str = "127.0.0.1:8000"
    desk: str = "127.0.0.1:8001"
    certificate: str = ""
    private_key: str = ""
    webroot: str = "/var/www/letsencrypt"
    cache: str = "/var/cache/standfirst"
    http_port: int = 80
    https_port: int = 443

    def __post_init__(self) -> None:
        for name in (self.host, self.desk_host):
            if not _HOST.fullmatch(name):
                raise FrontError(f"{name!r} is no host name (write it in its xn-- form, without a port)")
        if self.host == self.desk_host:
            raise FrontError(
                f"readers and the desk are both at {self.host}: the desk needs a host name of its own, "
                "in desk_url or by --desk-host"
            )


def fill(name: str, **values: str) -> str:
    """Return a file of this folder with every `{{name}}` replaced. Raises FrontError where one is left."""
    text = (HERE / name).read_text("utf-8")
    for each, value in values.items():
        text = text.replace("{{" + each + "}}", value)
    if "{{" in text:
        raise FrontError(f"{name} has a gap that nothing fills")
    return text
