"""Has texts read for mistakes: the one handle for the window, the command line and the calendar."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Final

from cmdesk.domain.language import Finding, Profile
from cmdesk.language.host import CheckerBroken, Host
from cmdesk.language.protocol import Check, Checked, Warm

log = logging.getLogger(__name__)

_HALF: Final = re.compile("[\ud800-\udfff]")


class Proofreader:
    """The handle: one for the whole program. It starts the worker with the first text, and closes it."""

    def __init__(self, host: Host | None = None) -> None:
        self.host = host or Host()

    async def check(self, texts: Sequence[str], profile: Profile) -> tuple[tuple[Finding, ...], ...]:
        """The findings of each text (posts, replies, alt texts), in their order. Raises BadInput (too long) or CheckerBroken."""
        return tuple([(await self.read(text, profile)).findings for text in texts])

    async def read(self, text: str, profile: Profile) -> Checked:
        """The findings of one text, the locale it was read in, and which checkers this machine lacks."""
        if not text.strip():
            return Checked(profile.locale)
        # Half a character can't be sent; what stands for it keeps every place.
        told = await self.host.ask("check", Check(_HALF.sub("\ufffd", text), profile), Checked)
        for name in told.failed:
            log.warning("checker_failed name=%s", name)
        return told

    async def warm(self, language: str) -> None:
        """Loads the checkers of a language ("fr", "en"), so that the first text of it is read at once. Never raises for them."""
        try:
            await self.host.ask("warm", Warm(language), type(None))
        except CheckerBroken:
            return

    async def close(self) -> None:
        """Ends the worker. Harmless when repeated."""
        await self.host.close()
