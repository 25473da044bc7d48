"""Keys on the curve P-256 as the web writes them: base64url without padding (RFC 7515, 8291, 8292)."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


class BadKey(ValueError):
    """A key that is none."""


def new_private_key() -> str:
    """Return a new private key, as text."""
    return encoded(ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(32, "big"))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Return a private key. Raises BadKey."""
    raw = decoded(text)
    try:
        if len(raw) != 32:
            raise ValueError
        return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)
    except ValueError:
        raise BadKey("this is no private key") from None


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """Return a public key. Raises BadKey."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(text))
    except ValueError:
        raise BadKey("this is no public key") from None


def public_text(private: str) -> str:
    """Return the public key of a private one, as browsers take it. Raises BadKey."""
    return encoded(raw(private_key(private).public_key()))


def raw(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the 65 bytes of a public key, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def signature(private: str, message: bytes) -> bytes:
    """Return the 64 bytes of an ES256 signature (RFC 7518, 3.4). Raises BadKey."""
    r, s = decode_dss_signature(private_key(private).sign(message, ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def encoded(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64url, padded or not; b"" for what is none."""
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), b"-_", validate=True)
    except ValueError:
        return b""
