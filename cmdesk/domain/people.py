"""Says who is the same person on one network, whatever id an account's own server gives them."""

from cmdesk.domain.account import GLOBAL_IDS, Network


def person_key(network: Network, author_id: str, handle: str) -> str:
    """The name of a person for all accounts of one network; empty when nothing names them.

    Where ids are the same everywhere it is the id, which outlives a changed handle; else the full handle.
    """
    if network in GLOBAL_IDS:
        return f"{network.value}:{author_id}" if author_id else ""
    return f"{network.value}:{lowered(handle)}" if handle else ""


def lowered(handle: str) -> str:
    """A handle as the file's own SQL lowers it: ASCII letters only, so that both agree."""
    return "".join(chr(ord(one) + 32) if "A" <= one <= "Z" else one for one in handle)
