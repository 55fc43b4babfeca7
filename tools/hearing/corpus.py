"""The corpus as rows, and what is made of it for training: compositions, typo copies, folds by hand.

A row is one utterance with its labels. Labels are 22 moves and three asides (software, foreign, distress); a label in `also_ok` is
neither required nor punished, so it weighs nothing. A hand is one writer, one file.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dialogs.moves import COSTLY, MOVES, Move

ASIDES = ("software", "foreign", "distress")
STRAIN = "strain"
"""Not written in any row: the row shows displeasure or a plea of any kind. It guards the costly moves."""
LABELS: tuple[str, ...] = (*(str(m) for m in MOVES), *ASIDES, STRAIN)
STRAINED = frozenset(str(m) for m in COSTLY | {Move.VENT})
TELLS_ASIDES = tuple(
    "adjacent afterwards asides asking blunt brief callers cases cold columns contested distress dry everyday faulted ghosted letdown mails newsfolk oblique"
    " offtopic ordinary outbid overseas passedover plain reported second settled steps sunk voice".split()
)  # hands that mark asides
INDEX = {name: i for i, name in enumerate(LABELS)}
ROOT = Path(__file__).resolve().parents[2]
TEACHING, EXAMINATION = ROOT / "dialogs" / "phrases", ROOT / "tests" / "phrases"


@dataclass(frozen=True)
class Row:
    """One utterance. `labels` are found by any fair reader, `maybe` by some; `after` is the manager's line before."""

    text: str
    labels: frozenset[str]
    maybe: frozenset[str] = frozenset()
    after: str = ""
    hand: str = ""
    pair: str = ""

    @property
    def moves(self) -> frozenset[str]:
        return self.labels - set(ASIDES)


def rows_of(path: Path) -> list[Row]:
    """The rows of one file of JSON Lines; keys beyond text, moves, also_ok, after, pair and aside are ignored."""
    rows = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        kept = json.loads(line)
        aside = kept.get("aside", "")
        labels = frozenset([*kept["moves"], *([aside] if aside in ASIDES else [])])
        rows.append(
            Row(
                kept["text"],
                labels,
                frozenset(kept.get("also_ok", ())) - labels,
                kept.get("after", ""),
                path.stem,
                kept.get("pair", ""),
            )
        )
    return rows


def read(*paths: Path) -> list[Row]:
    """All rows of these files and folders, in the order of their names."""
    files = [f for p in paths for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])]
    return [row for f in files for row in rows_of(f)]


def folds(rows: Iterable[Row], k: int) -> list[frozenset[str]]:
    """The hands in k groups of about equal size; no hand is in two. Two files of one kind (pairs_a, pairs_b) go to different groups."""
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.hand] = sizes.get(row.hand, 0) + 1
    groups: list[set[str]] = [set() for _ in range(k)]
    weight = [0] * k
    for hand in sorted(sizes, key=lambda h: (-sizes[h], h)):
        kind = hand.rsplit("_", 1)[0]
        akin = [sum(h.rsplit("_", 1)[0] == kind for h in g) for g in groups]
        best = min(range(k), key=lambda g: (akin[g], weight[g], g))
        groups[best].add(hand)
        weight[best] += sizes[hand]
    return [frozenset(g) for g in groups]


_POLITE = frozenset(
    "greet introduce permission thank interest ask_open ask_specific reassure acknowledge accept commit door close".split()
)
_HARD = frozenset("argue accuse threaten plead vent pry probe answer thank greet close ask_open".split())
_ORDER = {
    m: i
    for i, m in enumerate(
        "greet introduce thank permission accept acknowledge reassure interest answer vent plead argue accuse threaten pry ask_open ask_specific probe commit door close".split()
    )
}


def compositions(rows: list[Row], count: int, seed: int) -> list[Row]:
    """Messages put together from two to four short rows in a natural order of speaking."""
    draw = random.Random(seed)
    short = [r for r in rows if len(r.text.split()) <= 16 and not r.labels & {"other", *ASIDES} and not r.pair]
    polite = [r for r in short if r.labels <= _POLITE]
    hard = [r for r in short if r.labels <= _HARD]
    made = []
    for _ in range(count):
        pool = polite if draw.random() < 0.7 else hard
        parts = draw.sample(pool, draw.choice((2, 2, 3, 3, 4)))
        parts.sort(key=lambda r: min(_ORDER.get(m, 9) for m in r.labels))
        labels = frozenset().union(*(r.labels for r in parts))
        maybe = frozenset().union(*(r.maybe for r in parts)) - labels
        glue = draw.choice((" ", ". ", " ", ", ", "\n"))
        made.append(
            Row(
                glue.join(p.text.rstrip(" .") if glue == ". " else p.text for p in parts),
                labels,
                maybe,
                hand="composed",
            )
        )
    return made


_NEAR = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "t": "ry",
    "s": "ad",
    "r": "et",
    "h": "gj",
    "l": "k",
    "d": "sf",
    "u": "yi",
    "m": "n",
    "g": "fh",
    "p": "o",
    "c": "xv",
}


def typos(rows: list[Row], count: int, seed: int) -> list[Row]:
    """Copies with 4-8 % of the letters swapped, dropped, doubled or missed."""
    draw = random.Random(seed)
    made = []
    for row in draw.sample(rows, min(count, len(rows))):
        rate = draw.uniform(0.04, 0.08)
        letters = list(row.text)
        i = 0
        while i < len(letters):
            c = letters[i]
            if c.isalpha() and draw.random() < rate:
                way = draw.randrange(4)
                if way == 0 and i + 1 < len(letters):
                    letters[i], letters[i + 1] = letters[i + 1], c
                elif way == 1:
                    letters[i] = ""
                elif way == 2:
                    letters[i] = c + c
                elif c.lower() in _NEAR:
                    letters[i] = draw.choice(_NEAR[c.lower()])
            i += 1
        text = "".join(letters)
        if draw.random() < 0.5:
            text = text.lower().replace("'", "")
        made.append(Row(text, row.labels, row.maybe, row.after, row.hand))
    return made


def targets(rows: list[Row]) -> tuple[list[list[float]], list[list[float]]]:
    """Per row and label: 1 where it is found, and a weight that is 0 where a reader may do as she likes."""
    ys, ws = [], []
    for row in rows:
        y, w = [0.0] * len(LABELS), [1.0] * len(LABELS)
        for name in row.labels:
            if name in INDEX:
                y[INDEX[name]] = 1.0
        for name in row.maybe:
            if name in INDEX:
                w[INDEX[name]] = 0.0
        if "other" in row.labels and not row.labels & set(ASIDES) and not row.hand.startswith(TELLS_ASIDES):
            for name in ("software", "foreign"):  # most hands wrote such rows without saying so
                w[INDEX[name]] = 0.0
        if row.labels & STRAINED:
            y[INDEX[STRAIN]] = 1.0
        elif row.maybe & STRAINED:
            w[INDEX[STRAIN]] = 0.0
        ys.append(y)
        ws.append(w)
    return ys, ws
