"""One manager to call, with one job and one hidden reason: what a scenario file comes to when it has been read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dialogs.call import Hidden, Opening
from dialogs.called import called
from dialogs.kinds import HOUSES, KINDS, Kind
from dialogs.scenario.lines import PLACEHOLDER, manner_lines
from dialogs.scenes import HEADINGS, SAID_BY_ALL, SCENES, Line


@dataclass(frozen=True)
class Scenario:
    """One manager to call. `version` is a hash of everything that can change a call, the manner's lines included."""

    name: str
    title: str
    manager: str
    company: str
    job: str
    manner: str
    house: str
    cap: int
    reason: str
    area: str
    truth: str
    thought: str
    opening: Opening = Opening.MANAGER
    second_choice: bool = False
    minutes: float = 5.0
    patience: float = 3.0
    warmth: float = 0.0
    receptionist: str = "Reception"
    trade: str = ""
    teaches: str = ""
    rung: int = 0
    unlocks: str = ""
    next_time: str = ""
    about: str = ""
    own_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    source: str = field(default="", hash=False, repr=False)

    @cached_property
    def first_name(self) -> str:
        """How the manager is called in a play."""
        return called(self.manager)

    @property
    def kind(self) -> Kind:
        """What kind of reason decided."""
        return KINDS[self.reason]

    @cached_property
    def lines(self) -> dict[str, tuple[str, ...]]:
        """Every heading with its lines: the scenario's own, else those of its manner; placeholders filled in."""
        theirs = manner_lines(self.manner)
        return {
            h: tuple(self.filled(line) for line in (self.own_lines.get(h) or theirs.get(h, ())))
            for h in HEADINGS
            if self.own_lines.get(h) or theirs.get(h)
        }

    @cached_property
    def spoken(self) -> dict[str, tuple[Line, ...]]:
        """The same as they are said, with what all managers have in common: one Line each, in whatever call it is said."""
        texts = self.lines | {h: tuple(map(self.filled, lines)) for h, lines in SAID_BY_ALL.items()}
        return {h: tuple(Line(SCENES[h].speaker, text, h) for text in lines) for h, lines in texts.items()}

    @cached_property
    def hidden(self) -> Hidden:
        """The manager's side, settled before the call."""
        kind = self.kind
        start, _ = HOUSES[self.house]
        return Hidden(
            opening=self.opening,
            price=kind.price,
            told_at=kind.told_at,
            ceiling=kind.ceiling,
            needs_narrow=kind.needs_narrow,
            area=self.area,
            cap=self.cap,
            start=min(start, self.cap),
            second_choice=self.second_choice,
            trust=2.5 + self.warmth,
            patience=self.patience,
            minutes=self.minutes,
        )

    @cached_property
    def version(self) -> str:
        """Twelve hex digits over the hidden facts and every line that can be said."""
        told = repr((self.hidden, self.manager, self.first_name, sorted(self.lines.items())))
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def filled(self, line: str) -> str:
        """The line with the names of this scenario in place of {manager}, {company} and the like."""
        words = {
            "manager": self.manager,
            "company": self.company,
            "job": self.job,
            "receptionist": self.receptionist,
        }
        return PLACEHOLDER.sub(lambda m: words.get(m[1], m[0]), line)
