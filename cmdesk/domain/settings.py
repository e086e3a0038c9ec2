"""What holds for the whole program on this computer: a few choices, each with a default that needs no thought."""

from msgspec import Struct

SYSTEM = "system"
LANGUAGES = (SYSTEM, "fr_CA", "en_CA")
SCHEMES = (SYSTEM, "light", "dark")
SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0
LONGEST_HOURS = 4000


class Settings(Struct, frozen=True):
    """The choices. ``language`` is one of LANGUAGES, ``scheme`` of SCHEMES, ``text_scale`` multiplies the system's font size."""

    language: str = SYSTEM
    scheme: str = SYSTEM
    text_scale: float = 1.0
    notices: bool = True  # desktop notices for new messages and decisions
    notice_texts: bool = False  # whether they show words of the message
    welcomed: bool = False  # the first start is over
    own_hours: str = ""  # when the user works, as hours are written; empty is not said
    days_off: str = ""  # and when not, as days off are written
    endpoint_url: str = ""  # a writing endpoint of the user's own (domain.rewriting); empty is none
    endpoint_model: str = ""
    endpoint_on: bool = False


def sound(settings: Settings) -> Settings:
    """The same settings with every value that makes no sense put back to its default."""
    usual = Settings()
    scale = settings.text_scale
    return Settings(
        language=settings.language if settings.language in LANGUAGES else usual.language,
        scheme=settings.scheme if settings.scheme in SCHEMES else usual.scheme,
        text_scale=scale if SMALLEST_TEXT <= scale <= LARGEST_TEXT else usual.text_scale,
        notices=settings.notices,
        notice_texts=settings.notice_texts,
        welcomed=settings.welcomed,
        own_hours=settings.own_hours[:LONGEST_HOURS],
        days_off=settings.days_off[:LONGEST_HOURS],
        endpoint_url=settings.endpoint_url,
        endpoint_model=settings.endpoint_model,
        endpoint_on=settings.endpoint_on,
    )
