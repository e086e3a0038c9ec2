"""Names content by its hash. The library of hashes loads with the first one, since it brings OpenSSL with it."""


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
