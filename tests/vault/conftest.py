"""Brings the real Secret Service to the vault's tests."""

from tests.helpers.secret_service import secret_service

__all__ = ["secret_service"]
