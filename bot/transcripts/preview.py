"""What an import would bring, in a few lines: for --dry-run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.transcripts.detect import FORMATS
from bot.transcripts.keeping import check_calls
from bot.transcripts.roles import manager_of, with_you
from bot.transcripts.talk import Imported


def told(imported: Imported, you: str | None = None) -> Iterator[str]:
    """The form, each conversation with its speakers, and its first words. Raises BadTranscript as keeping it would."""
    yield f"form: {imported.format} ({FORMATS[imported.format]})"
    if imported.format == "native":
        check_calls(imported.lines[1:])
        for call in imported.lines[1:]:
            count = len(call["turns_held"]) - 1
            turns = "1 turn" if count == 1 else f"{count} turns"
            yield f"call {call['session']}: {call.get('scenario') or call.get('manager')}, {turns}"
        return
    for talk in imported.conversations:
        who = with_you(talk, you)
        said = Counter(s.who for s in talk.sayings)
        names = ", ".join(f"{name or '(nameless)'} {count}" for name, count in said.items())
        yield f"call with {manager_of(who)}: {len(talk.sayings)} utterances ({names}); you are {who.you}"
        for s in talk.sayings[:3]:
            text = " ".join(s.text.split())
            yield f"  {s.who}: {text if len(text) <= 90 else text[:88] + ' …'}"
    if imported.skipped:
        yield f"left out: {imported.skipped} without words"
