"""Asks a server that speaks as OpenAI's does (llama.cpp, Ollama, LM Studio and others) for one text, and takes only that.

POST ``/chat/completions`` with ``model`` and ``messages``; the answer is ``choices[0].message.content`` (OpenAI API reference).
"""

from __future__ import annotations

import base64
import re
import ssl
from typing import Any, Final
from urllib.parse import urlsplit

from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthRevoked,
    NetworkProblem,
    RateLimited,
    RefusedByNetwork,
    ServerTrouble,
)
from cmdesk.domain.rewriting import Endpoint
from cmdesk.networks.http import Answer, Call, CallFailed, Line
from cmdesk.networks.port import Picture, SecretSource

#: A small model on a small computer thinks for a while.
SECONDS: Final = 120.0
_MOST_WORDS: Final = 2_000  # tokens of an answer
_LONGEST: Final = 20_000
_THINKING: Final = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE: Final = re.compile(r"\A```[^\n]*\n(.*?)\n?```\Z", re.DOTALL)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_QUOTES: Final = (("“", "”"), ('"', '"'), ("« ", " »"), ("«\u00a0", "\u00a0»"))


class Writer:
    """The line to one endpoint."""

    def __init__(self, endpoint: Endpoint, *, key: SecretSource | None = None, trust: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(endpoint.url)
        self._model = endpoint.model
        self._path = parts.path.rstrip("/")
        # The address is the user's own choice, not a stranger's: it may be this computer or one beside it.
        self._line = Line(f"{parts.scheme}://{parts.netloc}", secret=key, allow_private=True, trust=trust)

    async def write(self, rule: str, text: str, picture: Picture | None = None) -> str:
        """What it makes of a text under a rule, trimmed of all that is no answer. Raises NetworkProblem."""
        content: Any = text
        if picture is not None:
            data = f"data:{picture.mime};base64,{base64.b64encode(picture.content).decode('ascii')}"
            content = [{"type": "text", "text": text}, {"type": "image_url", "image_url": {"url": data}}]
        messages = [{"role": "system", "content": rule}, {"role": "user", "content": content}]
        body = {"model": self._model, "messages": messages, "temperature": 0.3, "max_tokens": _MOST_WORDS, "stream": False}
        try:
            answer = await self._line.send(Call("POST", f"{self._path}/chat/completions", body=body, seconds=SECONDS))
        except CallFailed as failure:
            raise failure.problem from None
        if not answer.ok:
            raise _problem(answer)
        return cleaned(_content(answer.json()), text)

    async def close(self) -> None:
        """Ends its connections."""
        await self._line.close()


def cleaned(told: str, asked: str) -> str:
    """The text of an answer without thoughts aloud, fences and quotation marks that the question did not have."""
    text = _THINKING.sub("", told).strip()
    if fenced := _FENCE.match(text):
        text = fenced[1].strip()
    text = _CONTROLS.sub("", text)
    for left, right in _QUOTES:
        inside = text[len(left) : -len(right)]
        if text.startswith(left) and text.endswith(right) and len(text) > 2 and left not in inside and not asked.startswith(left):
            text = inside.strip()
    if not text or len(text) > _LONGEST:
        raise AnswerUnreadable(reason="no_text" if not text else "too_long")
    return text


def _content(told: Any) -> str:
    try:
        content = told["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise AnswerUnreadable(reason="shape") from None
    if not isinstance(content, str):
        raise AnswerUnreadable(reason="shape")
    return content


def _problem(answer: Answer) -> NetworkProblem:
    match answer.status:
        case 401 | 403:
            return AuthRevoked(status=answer.status)
        case 429:
            return RateLimited()
        case status if status >= 500:
            return ServerTrouble(status=status)
        case status:
            return RefusedByNetwork(status)
