"""Teach the disclosure reader and say how good it is on hands it has not seen.

python -m tools.disclosure.train             write dialogs/disclosure.bin
python -m tools.disclosure.train --measure   every hand left out once, then the figures; nothing is written
python -m tools.disclosure.train --without retold --without texts,chats   these alone: one hand, then two together
python -m tools.disclosure.train --examine   what the written weights make of the examination
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from zlib import crc32

import numpy as np

from dialogs.disclosure import WEIGHTS
from dialogs.hearing import weights
from tools.disclosure import measure
from tools.disclosure.lines import EXAMINATION, Line, of_library, written
from tools.disclosure.ngrams import LABELS, Model
from tools.disclosure.sense import MIX, Sense, encoder
from tools.disclosure.teaching import for_grams, for_sense

TEMPER = {"light": 0.8, "agree": 1.2, "differ": 1.75}
"""How far chances are evened out (above 1) or drawn out (below): of the n-grams alone, of both halves where they find the same level, and
where they don't. Fitted on hands left out, the hardest quarter of them, as `--measure` tells."""


def export(model: Model, sense: Sense, path: Path) -> str:
    """Write the table with 8 bits a weight, and what fits the encoder; gives the sha256."""
    order = sorted(range(len(model.names)), key=lambda i: crc32(model.names[i].encode()))
    keys = np.array([crc32(model.names[i].encode()) for i in order], dtype="<u4")
    keep = np.concatenate([[True], keys[1:] != keys[:-1]])
    rows = model.rows[order][keep]
    scale = np.maximum(np.abs(rows).max(0), 1e-6) / 127
    packed = (np.rint(rows / scale).astype(np.int16) + 128).astype(np.uint8)
    idf = np.rint(model.idf[order][keep] * 1000).astype("<u2")
    about = {
        "labels": list(LABELS),
        "scale": [float(f"{s:.7g}") for s in scale],
        "bias": [float(f"{b:.6f}") for b in model.bias],
        "sense": {
            "encoder": encoder().fingerprint,
            "layers": list(encoder().sensed),
            "mix": list(MIX),
            "held": [float(f"{b:.6f}") for b in sense.held],
            "bias": [float(f"{b:.6f}") for b in sense.bias],
        },
        "temper": TEMPER,
    }
    arrays = {
        "keys": ("<u4", [int(keep.sum())], keys[keep].tobytes()),
        "idf": ("<u2", [int(keep.sum())], idf.tobytes()),
        "rows": ("u1", list(packed.shape), packed.tobytes()),
        **{f"sense.{name}": ("<f2", list(m.shape), m.astype("<f2").tobytes()) for name, m in sense.matrices.items()},
    }
    return weights.write(path, about, arrays, squeeze=True)


def main() -> None:
    """Teach, or measure."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--measure", action="store_true")
    ask.add_argument("--without", action="append", default=[], metavar="HAND[,HAND…]", help="measure on these alone")
    ask.add_argument("--rows", type=Path, help="JSON Lines with text and level: measure the written weights on them")
    ask.add_argument("--examine", action="store_true", help="measure the written weights on the examination")
    given = ask.parse_args()
    if given.rows:
        rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines() if line.strip()]
        measure.as_written([Line(int(r["level"]), given.rows.stem, r["text"]) for r in rows])
        return
    if given.examine:
        measure.as_written(written(EXAMINATION))
        return
    lines = written() + of_library()
    print(f"{len(lines)} lines: {sorted(Counter(str(x.level) for x in lines).items())}")
    if given.without:
        measure.left_out(lines, [frozenset(hands.split(",")) for hands in given.without])
    elif given.measure:
        measure.left_out(lines, measure.folds(lines))
        measure.left_out(lines, measure.kinds(lines))
    else:
        print(export(Model(for_grams(lines)), Sense(for_sense(lines)), WEIGHTS), WEIGHTS)


if __name__ == "__main__":
    main()
