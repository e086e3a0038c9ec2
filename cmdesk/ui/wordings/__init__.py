"""The tables of words behind ``ui/wording.py``: one code, one sentence, in source English."""


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:  # noqa: N802, ARG001 - the name is what lupdate looks for
    """Marks a source sentence for translation and returns it; Qt's own is not typed as words."""
    return source
