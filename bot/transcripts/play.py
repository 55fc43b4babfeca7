"""A play, the text form of a call that this project writes and reads (dialogs/transcript.py)."""

from __future__ import annotations

from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name
from dialogs.transcript import YOU, BadPlay, read_play


def read(text: str) -> Imported:
    """The one conversation, and the play itself."""
    try:
        play = read_play(text)
    except BadPlay as error:
        raise BadTranscript(f"This play cannot be read: {error}.") from None
    sayings = []
    for exchange in play.exchanges:
        if exchange.said is not None and exchange.said.strip():
            sayings.append(Saying(YOU, tidy(exchange.said)))
        sayings += [Saying(tidy_name(name), tidy(words)) for name, words in exchange.says if words.strip()]
    if not sayings:
        raise BadTranscript("Nobody says anything in this play.")
    title = tidy_name(play.claim) or play.scenario
    return Imported("play", (Conversation(tuple(sayings), title, YOU if play.lines else ""),), play=text)
