"""The one door to the keyring of the operating system: scoped per client, never clear text, never half a secret."""

from cmdesk.domain.secret import Secret
from cmdesk.vault.backends import Backend
from cmdesk.vault.door import ClientVault, Mode, Vault, VaultStatus, in_time

__all__ = ["Backend", "ClientVault", "Mode", "Secret", "Vault", "VaultStatus", "in_time"]
