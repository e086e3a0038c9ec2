"""Proves with each request that we hold the key a token is bound to (RFC 9449), so that a stolen token alone is worth nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_BYTES: Final = 32


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True, slots=True, repr=False)
class DpopKey:
    """A key on the curve P-256: one per session, kept with it, never shown. ``scalar`` is the private number."""

    scalar: int
    x: str
    y: str

    @classmethod
    def new(cls) -> DpopKey:
        """A fresh key."""
        from cryptography.hazmat.primitives.asymmetric import ec  # only accounts linked through OAuth need it

        key = ec.generate_private_key(ec.SECP256R1())
        point = key.public_key().public_numbers()
        return cls(key.private_numbers().private_value, _text(point.x.to_bytes(_BYTES)), _text(point.y.to_bytes(_BYTES)))

    def packed(self) -> dict[str, str]:
        """For the keyring."""
        return {"d": _text(self.scalar.to_bytes(_BYTES)), "x": self.x, "y": self.y}

    @classmethod
    def unpacked(cls, told: Any) -> DpopKey:
        """From the keyring; raises ValueError, KeyError or TypeError for what is no key."""
        scalar, x, y = (_bytes(told[name]) for name in ("d", "x", "y"))
        if not len(scalar) == len(x) == len(y) == _BYTES:
            raise ValueError
        return cls(int.from_bytes(scalar), told["x"], told["y"])

    @property
    def public(self) -> dict[str, str]:
        """The public half as a JWK."""
        return {"kty": "EC", "crv": "P-256", "x": self.x, "y": self.y}

    @property
    def thumbprint(self) -> str:
        """The name by which a server knows this key (RFC 7638)."""
        return _text(hashlib.sha256(json.dumps(self.public, sort_keys=True, separators=(",", ":")).encode()).digest())

    def proof(self, method: str, url: str, at: datetime, *, nonce: str | None = None, access: str = "") -> str:
        """A proof for one request; ``url`` without query, ``access`` the token that goes with it."""
        claims: dict[str, Any] = {"jti": secrets.token_urlsafe(16), "htm": method, "htu": url, "iat": int(at.timestamp())}
        if nonce:
            claims["nonce"] = nonce
        if access:
            claims["ath"] = _text(hashlib.sha256(access.encode("ascii")).digest())
        return self._signed({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.public}, claims)

    def _signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        from cryptography.hazmat.primitives import hashes  # as above
        from cryptography.hazmat.primitives.asymmetric import ec, utils  # as above

        pieces = [_text(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims)]
        body = ".".join(pieces).encode("ascii")
        key = ec.derive_private_key(self.scalar, ec.SECP256R1())
        r, s = utils.decode_dss_signature(key.sign(body, ec.ECDSA(hashes.SHA256())))
        return f"{body.decode('ascii')}.{_text(r.to_bytes(_BYTES) + s.to_bytes(_BYTES))}"
