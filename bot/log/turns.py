"""A turn as it stands in the log: what was said, heard, fired and answered, in the columns of one row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bot.text import clean
from dialogs.call import Outcome, Phase
from dialogs.hearing.heard import Heard
from dialogs.practice import Mood, Turn
from dialogs.scenes import Line, Speaker

TURN_COLUMNS = """n, said, heard, phase_before, phase, level, trust_before, patience_before, minutes_before, trust, patience,
    minutes, rows, why, answered, ended, outcome"""


def turn_from_row(row: Sequence[Any]) -> Turn:
    """The turn as it was, from the columns of `TURN_COLUMNS`."""
    return Turn(
        n=row[0],
        said=row[1],
        heard=Heard.from_json(json.loads(row[2])),
        phase_before=Phase(row[3]),
        phase=Phase(row[4]),
        level=row[5],
        lines=tuple(Line(Speaker(a["speaker"]), a["text"], a["heading"]) for a in json.loads(row[14])),
        rows=tuple(json.loads(row[12])),
        why=tuple(json.loads(row[13])),
        mood_before=Mood(*row[6:9]),
        mood=Mood(*row[9:12]),
        ended=bool(row[15]),
        outcome=Outcome(row[16]) if row[16] else None,
    )


_encoded = json.JSONEncoder().encode  # json.dumps, without a look at its options for each of a turn's texts


@lru_cache(maxsize=2048)
def _texts(texts: tuple[str, ...]) -> str:
    # Rows and reasons are the table's, and few: a turn's JSON is for the most part these, over and over.
    return json.dumps(texts)


@lru_cache(maxsize=512)
def _voice(speaker: Speaker, heading: str) -> str:
    """The beginning of an answered line, as JSON: all but its text, which may be somebody's own."""
    return json.dumps({"speaker": str(speaker), "heading": heading})[:-1]


def turn_values(turn: Turn) -> list[Any]:
    """The columns of `TURN_COLUMNS` for this turn."""
    before, after = turn.mood_before, turn.mood
    answered = [f'{_voice(x.speaker, x.heading)}, "text": {_encoded(x.text)}}}' for x in turn.lines]
    return [
        turn.n,
        clean(turn.said),
        _encoded(turn.heard.as_json()),
        str(turn.phase_before),
        str(turn.phase),
        turn.level,
        before.trust,
        before.patience,
        before.minutes,
        after.trust,
        after.patience,
        after.minutes,
        _texts(turn.rows),
        _texts(turn.why),
        f"[{', '.join(answered)}]",
        int(turn.ended),
        str(turn.outcome) if turn.outcome else None,
    ]
