"""Promise 8: addresses inside, in every spelling, through the outbound gate: the canary hears nothing."""

from __future__ import annotations

import argparse
import json
import sys

import httpx

from standfirst.kit.fetch import FetchFailed, FetchRefused, Policy, fetch
from tests.kit.hostile_addresses import LOOPBACK, random_urls, urls
from tests.kit.peer import Peer, listening


def _control(canary: Peer) -> int:
    """Return how often a client without the gate reaches the canary."""
    with httpx.Client(trust_env=False, timeout=2) as client:
        for host in LOOPBACK[:20]:
            try:
                client.get(f"http://{host}:{canary.port}/")
            except (httpx.HTTPError, httpx.InvalidURL, ValueError):
                continue
    return canary.connections


def main() -> int:
    """Try the listed addresses and `--n` random ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=20_000)
    count = parser.parse_args().n
    with listening() as canary:
        policy = Policy(ports=frozenset({canary.port}), resolve=lambda _host, _port: ["127.0.0.1"])
        hostile = [*urls(canary.port), *random_urls(canary.port, count, seed=88)]
        let_through = 0
        for url in hostile:
            try:
                fetch(url, policy=policy, timeout=2)
                let_through += 1
            except FetchRefused:
                continue
            except FetchFailed:
                let_through += 1
        failures = let_through + canary.connections
    with listening() as canary:
        control = _control(canary)
    result = {"name": "fetch_addresses", "n": len(hostile), "failures": failures, "control": control}
    print(json.dumps(result))
    return int(bool(failures) or control < 10)


if __name__ == "__main__":
    sys.exit(main())
