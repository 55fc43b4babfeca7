"""What a transcript of anywhere is read into: conversations, each a list of sayings in order."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.transcripts.limits import MAX_NAME, MAX_WORDS
from dialogs.patterns import lazy

CUT = " […]"
_LONE = lazy("[\ud800-\udfff]")


class BadTranscript(ValueError):
    """A file that is not read; the message is one sentence that says what to do instead."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One utterance. `at` is a time (ISO 8601, UTC where the file knows its zone), `offset` seconds from the start."""

    who: str
    text: str
    at: str = ""
    offset: float | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One call or chat. `you` is the name of the candidate's side where the file itself says so."""

    sayings: tuple[Saying, ...]
    title: str = ""
    you: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who speaks, in the order in which they first do."""
        return tuple(dict.fromkeys(s.who for s in self.sayings))

    @property
    def others(self) -> tuple[str, ...]:
        """Everybody but you."""
        return tuple(name for name in self.speakers if name != self.you)

    def told_by(self, you: str) -> Conversation:
        """The same, with this speaker as the candidate; a first name will do. Raises BadTranscript for a name that does not speak."""
        match = speaker_meant(self.speakers, you)
        if match is None:
            raise BadTranscript(f"Nobody here is called {you[:MAX_NAME]!r}; it has {named(self.speakers)}.")
        return replace(self, you=match)


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as read: its format, its conversations (none in a native one), and what was left out.

    `lines` are the checked lines of a native file. `skipped` counts things without words (calls, pins, stickers).
    """

    format: str
    conversations: tuple[Conversation, ...] = ()
    skipped: int = 0
    remarks: tuple[str, ...] = ()
    lines: tuple[dict[str, Any], ...] = ()
    play: str = field(default="", repr=False)

    @property
    def sayings(self) -> int:
        """How many utterances there are in all."""
        return sum(len(c.sayings) for c in self.conversations) + sum(1 for x in self.lines if x.get("kind") == "turn")

    def as_json(self) -> dict[str, Any]:
        """For the way from the child process."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Imported:
        """What `as_json` gave."""
        talks = tuple(
            Conversation(tuple(Saying(**s) for s in c["sayings"]), c["title"], c["you"]) for c in kept["conversations"]
        )
        return cls(
            kept["format"], talks, kept["skipped"], tuple(kept["remarks"]), tuple(kept["lines"]), kept.get("play", "")
        )


def speaker_meant(names: tuple[str, ...], said: str) -> str | None:
    """Which of these speakers somebody means; a first name will do where it is one person's."""
    wanted = said.casefold()
    if (match := next((n for n in names if n.casefold() == wanted), None)) is not None:
        return match
    begin = [n for n in names if wanted and n.casefold().startswith(f"{wanted} ")]
    return begin[0] if len(begin) == 1 else None


def named(names: tuple[str, ...]) -> str:
    """Some names as one says them: `Ana, Ben or Cy`."""
    shown = [n or "(nameless)" for n in names[:6]] + (["others"] if len(names) > 6 else [])
    return shown[0] if len(shown) == 1 else " or ".join((", ".join(shown[:-1]), shown[-1])) if shown else "nobody"


def tidy(text: str) -> str:
    """Words as they are kept: no lone surrogates, no control characters but line breaks and tabs, cut at the limit."""
    text = _LONE.sub("\ufffd", text)
    kept = "".join(
        c for c in text.replace("\r\n", "\n") if c in "\n\t" or not ("\0" <= c < " " or "\x7f" <= c <= "\x9f")
    )
    kept = kept.strip()
    return kept if len(kept) <= MAX_WORDS else kept[: MAX_WORDS - len(CUT)] + CUT


def tidy_name(name: str) -> str:
    """A speaker's name on one line, at most 64 characters."""
    return " ".join(tidy(name[: MAX_NAME * 8]).split())[:MAX_NAME].strip()


def joined(sayings: list[Saying]) -> tuple[Saying, ...]:
    """Utterances of one speaker one after another as one, as far as the limit goes."""
    out: list[Saying] = []
    for s in sayings:
        if out and out[-1].who == s.who and len(out[-1].text) + len(s.text) < MAX_WORDS:
            out[-1] = replace(out[-1], text=f"{out[-1].text} {s.text}".strip())
        else:
            out.append(s)
    return tuple(out)
