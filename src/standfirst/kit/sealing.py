"""Sealing: anybody with the public key can close a letter, only the private key opens it.

HPKE (RFC 9180), base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305, as the library `cryptography` has it.
What is sealed is the encapsulated key (32 bytes), then the ciphertext with its tag (16 bytes).
"""

from __future__ import annotations

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class SealError(ValueError):
    """A key that is none, or something sealed that this key does not open."""


def new_private_key() -> str:
    """Return a new private key, as text."""
    return _text(X25519PrivateKey.generate().private_bytes_raw())


def public_key(private: str) -> str:
    """Return the public key of a private one, as text. Raises SealError."""
    return _text(_private(private).public_key().public_bytes_raw())


def seal(public: str, message: bytes, about: bytes) -> bytes:
    """Return `message` sealed to `public`. It opens only with the same `about`. Raises SealError."""
    try:
        key = X25519PublicKey.from_public_bytes(_bytes(public))
        return _SUITE.encrypt(message, key, about)
    except ValueError as error:
        raise SealError("this is no public key") from error


def unseal(private: str, sealed: bytes, about: bytes) -> bytes:
    """Return what was sealed. Raises SealError when key or `about` differ, or a byte was changed."""
    key = _private(private)
    try:
        return _SUITE.decrypt(sealed, key, about)
    except (InvalidTag, ValueError) as error:
        raise SealError("this key does not open it") from error


def _private(text: str) -> X25519PrivateKey:
    try:
        return X25519PrivateKey.from_private_bytes(_bytes(text))
    except ValueError as error:
        raise SealError("this is no private key") from error


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, altchars=b"-_", validate=True)
