"""Parts with clients that take nothing: what waits for them, and their place, would be kept for ever.

nginx in front does this by itself (`send_timeout`); an edge without one has the kernel do it.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

SECONDS = 60


def limit(port: int, seconds: float = SECONDS) -> bool:
    """Let the kernel end each connection to `port` whose client has taken nothing for `seconds`.

    Set at the socket that listens, from which all others have it (TCP_USER_TIMEOUT, tcp(7); RFC 5482).
    Return whether there is such a socket: Granian makes it, at a time of its own.
    """
    found = False
    for file in _open_files():
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(file.name))) as one:
            listens = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            if listens and one.family != socket.AF_UNIX and one.getsockname()[1] == port:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
                found = True
    return found


def _open_files() -> list[Path]:
    try:
        return list(Path("/proc/self/fd").iterdir())
    except OSError:
        return []  # no Linux: then as before
