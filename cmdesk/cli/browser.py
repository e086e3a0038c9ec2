"""The one door to the browser from the command line."""

import webbrowser
from urllib.parse import urlsplit


def open_page(url: str) -> bool:
    """Shows a page in the person's browser, if there is one. Only web addresses: a browser opens far more than pages."""
    if urlsplit(url).scheme not in {"http", "https"}:
        return False
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False
