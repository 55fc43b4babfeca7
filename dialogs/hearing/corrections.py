"""“That is not what I meant”: a reading put right by the one who spoke, and the row it makes for teaching.

Pure: whoever keeps the log stores what these return, and hands rows out only with consent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import COSTLY, MOVES, Move, in_speaking_order


def corrected(heard: Heard, moves: Iterable[Move | str]) -> Heard:
    """The same utterance with the moves the speaker meant: certain, without doubt, aside or echo. Raises ValueError for an unknown move."""
    meant = {Move(m) for m in moves} or {Move.OTHER}
    if len(meant) > 1:
        meant.discard(Move.OTHER)
    return replace(
        heard,
        moves=in_speaking_order(meant),
        scores={m: 1.0 if m in meant else 0.0 for m in MOVES},
        sure=frozenset(meant & COSTLY),
        wary=False,
        echo=None,
        aside=Aside.NONE,
    )


def labelled_row(text: str, heard: Heard, meant: Iterable[Move | str], after: str = "") -> dict[str, Any]:
    """A correction as a row of the corpus: text and moves as meant, and beside them what had been heard instead."""
    kept = corrected(heard, meant)
    row: dict[str, Any] = {"text": text, "moves": [str(m) for m in kept.moves]}
    if after:
        row["after"] = after
    row["heard"] = [str(m) for m in heard.moves]
    return row
