"""How far two readers agree: `python -m tools.hearing.agreement FIRST SECOND`, two files with the same rows in the same order;
without files, the corpus against `second_reader.jsonl`.

Micro-F1 of the second reader against the first (labels in the first's also_ok count neither way), Cohen's kappa per move, and the moves they differ on most.
`--draw FILE` writes a seeded tenth of the teaching rows, without labels, for a blind second reading.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from dialogs.moves import MOVES, Move
from tools.hearing.corpus import TEACHING, read
from tools.hearing.measure import Tally, coarse

SECOND = Path(__file__).with_name("second_reader.jsonl")
"""A tenth of the teaching rows as a second reader labelled them, without seeing the first labels."""


def drawn(share: float = 0.1, seed: int = 7) -> list[dict[str, object]]:
    """A seeded share of the teaching rows of every hand, as whole rows."""
    rows = [r for r in read(TEACHING) if r.hand not in ("seed", "distress", "asides")]
    chosen = random.Random(seed).sample(rows, round(len(rows) * share))
    return [
        {
            "text": r.text,
            "moves": sorted(r.moves),
            "also_ok": sorted(r.maybe),
            **({"after": r.after} if r.after else {}),
        }
        for r in chosen
    ]


def lines(path: Path) -> list[dict[str, list[str]]]:
    """The rows of a label file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def agreement(first: list[dict[str, list[str]]], second: list[dict[str, list[str]]]) -> dict[str, object]:
    """Micro-F1 (by move and by family), kappa per move, and what they differ on. Raises ValueError when the rows are not the same number."""
    if len(first) != len(second):
        raise ValueError(f"{len(first)} rows by the first reader, {len(second)} by the second")
    whole, family, differ = Tally(), Tally(), Counter[str]()
    counts = {str(m): [0, 0, 0, 0] for m in MOVES}  # both, first only, second only, neither
    same = 0
    for a, b in zip(first, second, strict=True):
        mine, maybe, theirs = set(a["moves"]), set(a.get("also_ok", ())), set(b["moves"])
        same += mine == theirs
        for m in counts:
            whole.add(m in mine, m in maybe, m in theirs)
            counts[m][(0 if m in theirs else 1) if m in mine else (2 if m in theirs else 3)] += 1
        groups = [coarse(Move(m) for m in s) for s in (mine, maybe, theirs)]
        for g in set().union(*groups):
            family.add(g in groups[0], g in groups[1], g in groups[2])
        for x in mine - theirs or {"nothing"}:
            for y in theirs - mine - maybe:
                differ[f"{x} → {y}"] += 1
    return {
        "rows": len(first),
        "same moves": round(same / len(first), 3),
        "micro_f1": round(whole.f1, 3),
        "family_f1": round(family.f1, 3),
        "kappa": {m: _kappa(*c) for m, c in counts.items()},
        "differ": dict(differ.most_common(12)),
    }


def _kappa(both: int, first: int, second: int, neither: int) -> float:
    n = both + first + second + neither
    seen = (both + neither) / n
    chance = ((both + first) * (both + second) + (second + neither) * (first + neither)) / n**2
    return round((seen - chance) / (1 - chance), 3) if chance < 1 else 1.0


def of_corpus() -> tuple[list[dict[str, list[str]]], list[dict[str, list[str]]]]:
    """The corpus's own labels and the second reader's, for the tenth that was read blind; rows that left the corpus are passed over."""
    own = {(r.text, r.after): {"moves": sorted(r.moves), "also_ok": sorted(r.maybe)} for r in read(TEACHING)}
    pairs = [
        (own[key], {"moves": row["moves"]})
        for row in lines(SECOND)
        if (key := (str(row["text"]), str(row.get("after", "")))) in own
    ]
    return [a for a, _ in pairs], [b for _, b in pairs]


def main() -> None:
    """Compare two files, or draw a sample."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--draw", type=Path, help="write the sample here, labels beside it as *.labels.jsonl")
    given = ask.parse_args()
    if given.draw:
        rows = drawn()
        blind = [{k: r[k] for k in ("text", "after") if k in r} for r in rows]
        given.draw.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in blind), encoding="utf-8")
        labels = given.draw.with_suffix(".labels.jsonl")
        labels.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
        return
    both = of_corpus() if not given.files else tuple(lines(p) for p in given.files)
    print(json.dumps(agreement(*both), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
