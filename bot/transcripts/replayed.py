"""A transcript file, replayed: our own exports are compared, others are shown as the present program hears them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.replay import Kept, Present, Replayed, replay_kept
from bot.transcripts.roles import with_you
from bot.transcripts.talk import Imported


def replay_imported(imported: Imported, file: str, present: Present, you: str | None = None) -> Iterator[Replayed]:
    """Every call in the file. Raises BadTranscript, also when it must be asked which side is the candidate."""
    if imported.format == "native":
        yield from _own(imported, file, present)
        return
    from bot.log.store import utc_now
    from bot.log.turns import turn_from_row
    from bot.transcripts.keeping import _as_row, as_session

    version, ear = present.listen("")
    for talk in imported.conversations:
        session = as_session(with_you(talk, you), imported.format, ear, version, utc_now())
        turns = tuple(turn_from_row(_as_row(t)) for t in session["turns_held"])
        yield Replayed(file, None, 0, turns, manager=session["manager"])


def _own(imported: Imported, file: str, present: Present) -> Iterator[Replayed]:
    from bot.log.scenarios_seen import scenario_from_facts
    from bot.log.turns import turn_from_row
    from bot.transcripts.keeping import _as_row, check_calls

    check_calls(imported.lines[1:])
    for call in imported.lines[1:]:
        name = f"{file}#{call['session']}"
        turns = tuple(turn_from_row(_as_row(t)) for t in call["turns_held"])
        facts = (call.get("scenario_as_called") or {}).get("facts")
        if facts is None:
            yield Replayed(name, None, 0, turns, manager=call["manager"])
            continue
        import json

        scenario = scenario_from_facts(json.dumps(facts))
        times = tuple(t["at"] for t in call["turns_held"])
        yield replay_kept(Kept(name, call["seed"], turns, scenario, call["engine"], call["hearing"], times), present)
