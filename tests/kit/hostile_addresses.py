"""Spellings of addresses that must never be reached. PORT stands for the port of the canary."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Iterator

LOOPBACK = """
127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.254 127.1 127.0.1 127.65530 0.0.0.0 0 00 0x0 2130706433
0x7f000001 0X7F000001 0x7f.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1 017700000001 0177.0.0.1 0177.0.0.01 0177.1
00000177.0.0.1 127.0.0.01 127.00.0.1 127.000.000.001 2130706434 0x7f000002 127.0.0.1.
1.0.0.127.in-addr.localhost localhost LOCALHOST localhost. a.localhost localhost.localdomain
１２７.０.０.１ 127。0。0。1 ⑫⑦.⓪.⓪.① ①②⑦.0.0.1 127．0．0．1 ｌｏｃａｌｈｏｓｔ loc­alhost
[::1] [0:0:0:0:0:0:0:1] [0000::1] [::0.0.0.1] [::]
[::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1]
[::ffff:0:127.0.0.1] [::127.0.0.1] [::7f00:1] [::1%25lo] [::1%lo] [::1%1] [64:ff9b::127.0.0.1]
[64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:1::1] [2001:0:7f00:1::]
[2001::80ff:fffe] [fe80::5efe:7f00:1] [2001:4860::5efe:7f00:1] [2001:4860::200:5efe:7f00:1]
""".split()

PRIVATE = """
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.254 167772161 0x0a000001
012.0.0.1 3232235777 0xc0a80101 0300.0250.1.1 192.168.257 172.16.1 100.64.0.1 100.100.100.200
100.127.255.255 192.0.0.1 192.0.0.170 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.255
192.88.99.1 0.1.2.3 255.255.255.255 240.0.0.1 250.1.2.3 224.0.0.1 239.255.255.250 232.1.1.1
[fc00::1] [fd00::1] [fd12:3456:789a::1] [fec0::1] [ff02::1] [ff05::2] [ff0e::1] [100::1]
[2001:db8::1] [2001:2::1] [2001:10::1] [2001:20::1] [3fff::1] [5f00::1] [4000::1] [8000::1]
[::ffff:10.0.0.1] [::ffff:192.168.1.1] [::ffff:8.8.8.8] [64:ff9b::10.0.0.1] [2002:c0a8:101::1]
[2001:0:a00:1::] [::10.0.0.1] [fe80::1] [fe80::1%25eth0] [febf::1]
""".split()

METADATA = """
169.254.169.254 169.254.0.1 169.254.170.2 169.254.169.253 2852039166 0xa9fea9fe 0xa9.0xfe.0xa9.0xfe
0251.0376.0251.0376 025177524776 169.254.43518 169.16689662 [::ffff:169.254.169.254]
[::ffff:a9fe:a9fe] [fd00:ec2::254] [fd20:ce::254] [64:ff9b::a9fe:a9fe] [2002:a9fe:a9fe::]
168.63.129.16 metadata metadata.google.internal METADATA.google.internal. instance-data
instance-data.ec2.internal kubernetes.default.svc.cluster.local host.docker.internal printer.local
router.lan nas.home.arpa intranet wiki.intranet db x.test abc.onion broadcasthost ip6-localhost
""".split()

URLS = [
    "ftp://127.0.0.1:PORT/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/_x", "dict://127.0.0.1:PORT/", "ws://127.0.0.1:PORT/",
    "//127.0.0.1:PORT/", "/etc/passwd", "http:///127.0.0.1:PORT/", "http:127.0.0.1:PORT/", "http://", "http://:PORT/",
    "http://example.org@127.0.0.1:PORT/", "http://user:pass@127.0.0.1:PORT/", "http://127.0.0.1:PORT@example.org/",
    "http://example.org\\@127.0.0.1:PORT/", "http://127.0.0.1:PORT\\@example.org/",
    "http://127.0.0.1:PORT#@example.org/", "http://127.0.0.1:PORT?@example.org/", "http://127.0.0.1 :PORT/", "http://127.0.0.1\t:PORT/",
    "http://\n127.0.0.1:PORT/", "ht\ntp://127.0.0.1:PORT/", " http://127.0.0.1:PORT/", "http://127.0.0.1%00:PORT/",
    "http://%31%32%37.0.0.1:PORT/", "http://127%2e0%2e0%2e1:PORT/", "http://[::1]x:PORT/", "http://[127.0.0.1]:PORT/",
    "http://::1:PORT/", "http://[::1:PORT/", "http://127.0.0.1:PORT:80/", "http://127.0.0.1:-1/", "http://127.0.0.1:99999/",
    "javascript:alert(1)", "data:text/plain,hi", "", "http://" + "a" * 5000 + "/", "http://exa mple.org/", "http://a..b/",
]  # fmt: skip


NETWORKS = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/3
"""


def urls(port: int) -> list[str]:
    """Return every hostile URL, pointed at `port`."""
    hosts = [*LOOPBACK, *PRIVATE, *METADATA]
    return [f"http://{host}:{port}/" for host in hosts] + [url.replace("PORT", str(port)) for url in URLS]


def random_urls(port: int, count: int, seed: int) -> Iterator[str]:
    """Yield `count` URLs of addresses drawn from the networks that are not public, in random spellings."""
    chance = random.Random(seed)
    networks = [ipaddress.IPv4Network(text) for text in NETWORKS.split()]
    for _ in range(count):
        network = chance.choice(networks)
        number = int(network.network_address) + chance.randrange(network.num_addresses)
        yield f"http://{_spelled(number, chance)}:{port}/"


def _spelled(number: int, chance: random.Random) -> str:
    address = ipaddress.IPv4Address(number)
    low, high = number & 0xFFFF, number >> 16
    parts = [str(byte) for byte in address.packed]
    mixed = ".".join(chance.choice([f"{byte}", f"{byte:#x}", f"0{byte:o}"]) for byte in address.packed)
    return chance.choice(
        [
            str(address), str(number), hex(number), f"0{number:o}", mixed, f"{parts[0]}.{number & 0xFFFFFF}",
            f"{parts[0]}.{parts[1]}.{low}", f"[::ffff:{address}]", f"[::{high:x}:{low:x}]",
            f"[64:ff9b::{address}]",
            f"[2002:{high:x}:{low:x}::1]", f"[2001:0:{high:x}:{low:x}::]", str(address) + ".",
            str(address).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        ]
    )  # fmt: skip
