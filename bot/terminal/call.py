"""A call that goes on in this terminal: its turns so far, taking words back, and what is known of it for the debrief."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.log import Log
from bot.pause import gone_on, waits
from bot.session import Session, default_ear
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.practice import Ear, Practice, Turn
from dialogs.review import Debrief, review


@dataclass
class TerminalCall:
    """A call in this terminal: its session, its turns so far, and the log it is kept in (None: nothing is kept)."""

    session: Session
    turns: list[Turn]
    log: Log | None = None
    person: int = 0
    ear: Ear | None = None
    helps: list[tuple[int, str]] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)
    why: str = ""  # why it is this manager, where nobody was named
    meanwhile: int = 0  # how often words were answered while the call waited

    @property
    def practice(self) -> Practice:
        return self.session.practice

    @property
    def id(self) -> str:
        """The call's public id; empty when it is not kept."""
        return self.session.id

    def hear(self, text: str) -> Turn:
        """Say these words and keep the turn."""
        self.turns.append(self.session.hear(text))
        return self.turns[-1]

    def hang_up(self) -> Turn:
        """Ring off and keep that."""
        self.turns.append(self.session.hang_up())
        return self.turns[-1]

    def go_back(self, n: int, *, taken_back: bool = True) -> None:
        """Stand again as before turn n; the log keeps both branches."""
        if self.log is not None:
            branch = self.log.branch(self.person, self.id, n, taken_back=taken_back).result()
            self.session = Session.resume(self.log, self.person, branch, ear=self.ear)
        else:
            kept = [t.heard for t in self.turns[1:n]]
            practice = Practice.rebuild(self.practice.scenario, self.practice.seed, kept, ear=self.ear)
            self.session = Session(None, self.person, practice, "", ear=self.ear, first=None)
        self.turns = self.turns[:n]
        if self.practice.paused:  # going back to a moment after distress is the way back too
            self.go_on()

    @property
    def waits(self) -> bool:
        """Whether the call waits after distress."""
        return waits(self.session, self.settings)

    def go_on(self) -> None:
        """Take the way back into a call that waits; it is remembered with the call."""
        taken = gone_on(self.session)
        self.settings |= taken
        if self.log is not None:
            self.log.change_settings(self.person, **taken).result()

    def listen(self, words: str, cue: Cue) -> Heard:
        """Hear words that are no part of the call."""
        return (self.ear or default_ear())(words, cue)

    def note_help(self, kind: str) -> None:
        """Remember that a hint was asked for: the idea, or the words."""
        self.helps.append((self.practice.turns, kind))
        if self.log is not None:
            self.log.help(self.person, self.id, self.practice.turns, kind).result()

    @property
    def nothing_said(self) -> bool:
        """Whether the call has nothing in it to look at."""
        return len(self.turns) <= 2 and not any(t.said.strip() or t.heard.aside is Aside.SILENCE for t in self.turns)

    def debrief(self) -> Debrief:
        """What there is to say after it."""
        return review(self.practice.scenario, self.practice.seed, self.turns)
