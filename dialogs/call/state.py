"""One call in progress: how it stands, and what a row of the table may ask about it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from operator import attrgetter

from dialogs.call.hidden import Hidden, Opening
from dialogs.call.table import Phase, Row
from dialogs.moves import ASKS, Move

PUSHES = frozenset({Move.ARGUE, Move.ACCUSE, Move.THREATEN})
TAPE = 5  # pieces of a message that leave room for another


@dataclass(slots=True)
class Call:
    """One call in progress: what the manager has come to feel, and what has been said so far.

    Many wait in memory for their next turn. So what grows with a call is a tuple: an empty one costs nothing, and a short one a
    third of a list or a dictionary.
    """

    hidden: Hidden = field(default_factory=Hidden)
    phase: Phase = Phase.RINGING
    trust: float = 2.5
    patience: float = 3.0
    minutes: float = 5.0

    turn: int = 0  # turns heard
    phase_began: int = 0  # the turn in which this phase began
    made: tuple[Move, ...] = ()  # every move so far, in order
    given: int | None = None  # the highest level given so far
    last_level: int | None = None  # the level of the last answer
    last_ask: str = ""
    asks: int = 0
    stale_asks: int = 0  # how often in a row there was nothing new to say to a question
    told_more: bool = False  # the last answer told more than any before it
    softened_since: bool = False  # accepted or reassured since the last answer
    candid_run: int = 0  # specific or candid answers in a row
    unclear: int = 0  # unclear turns in a row
    thanks: int = 0  # turns in a row that were thanks and nothing else
    nods: int = 0  # bare yeses, noes and okays in a row
    unnamed: int = 0  # how often she has asked who is calling
    pulled_back: bool = False
    mended: bool = False
    spared: bool = False  # a first push that came from hurt was heard out
    advised: bool = False
    deflected: bool = False
    asked_back: bool = False  # she has put her one question
    question_open: bool = False  # … and waits for the answer
    avoided: int = 0
    parting: str = ""  # the scene the call ended with
    shut: bool = False  # she brought the call to an end because it led nowhere

    # What this turn brought, set by practice before the steps and read by conditions.
    moves: frozenset[Move] = frozenset()
    sure: frozenset[Move] = frozenset()
    hard: bool = False  # the blame of this turn is in hard words
    hurt: bool = False  # … or its push comes from hurt
    areas: frozenset[str] = frozenset()
    guess: bool = False
    wants_advice: bool = False
    topic: str = ""
    last_topic: str = ""
    taken: tuple[Row, ...] = ()

    @classmethod
    def of(cls, hidden: Hidden) -> Call:
        """A call about to be dialled, with the mood the hidden draw gives."""
        return cls(hidden, trust=hidden.trust, patience=hidden.patience, minutes=hidden.minutes)

    def __copy__(self) -> Call:
        # A debrief goes on from some twenty moments in other ways, and what `copy` does by itself takes four times as long.
        return Call(*_all_of(self))

    def count(self, *moves: Move) -> int:
        """How often any of these moves was made so far."""
        return sum(map(self.made.count, moves))

    @property
    def told(self) -> int:
        """The highest level told so far; nothing told yet is as little as nothing told."""
        return self.given or 0

    @property
    def blamed(self) -> int:
        """How often blame or a threat was held against somebody: not, when the push that was heard out was blame."""
        excused = self.spared and next((m for m in self.made if m in PUSHES), None) is Move.ACCUSE
        return self.count(Move.ACCUSE, Move.THREATEN) - excused

    # -- conditions: what a row may ask ------------------------------------------------------------

    @property
    def machine_answers(self) -> bool:
        return self.hidden.opening is Opening.VOICEMAIL

    @property
    def screened(self) -> bool:
        return self.hidden.opening is Opening.RECEPTION

    @property
    def message_left(self) -> bool:
        """The machine has already taken something."""
        return self.turn > self.phase_began + 1

    @property
    def tape_full(self) -> bool:
        """The machine has taken as much as it can: who writes short lines still gets a message of half a minute onto it."""
        return self.turn > self.phase_began + TAPE

    @property
    def long_at_reception(self) -> bool:
        """Three turns have brought no name."""
        return self.turn > self.phase_began + 3

    @property
    def asked_twice_who(self) -> bool:
        return self.unnamed >= 2

    @property
    def asked_already(self) -> bool:
        """Something was asked before the name was given, and waits; a question in the same breath is the one that counts."""
        return not ASKS.isdisjoint(self.made) and ASKS.isdisjoint(self.moves)

    @property
    def named_at_last(self) -> bool:
        """The name comes when she has made do with a guess."""
        return self.count(Move.INTRODUCE) == 1

    @property
    def sure_of_it(self) -> bool:
        """The blame or the threat was unmistakable, or it is not the first."""
        return bool(self.sure & {Move.ACCUSE, Move.THREATEN}) or self.blamed > 1

    @property
    def also_rebuts(self) -> bool:
        """The first blame, in no hard words and together with a rebuttal."""
        return Move.ARGUE in self.moves and self.blamed <= 1 and not self.hard

    @property
    def opens_with_it(self) -> bool:
        """Blame is the very first thing said to her: hurt, more often than war, so she gives the guarded line before she ends the call."""
        return set(self.made) <= self.moves

    @property
    def argued_before(self) -> bool:
        """There was a push before this one, also if it was made good; one that came from hurt was none yet."""
        return self.count(*PUSHES) > 1 + self.spared

    @property
    def comes_from_hurt(self) -> bool:
        """The first push of the call, and one that hurt speaks in: blame without an insult and without an unlawful act named, or a rebuttal beside a plain feeling."""
        return self.hurt

    @property
    def hurt_at_reception(self) -> bool:
        """Blame in no hard words, before reception has asked three times for a name."""
        return self.hurt and not self.long_at_reception

    @property
    def can_mend(self) -> bool:
        """An honest apology mends once, and not in the breath that pushes again."""
        return not self.mended and not self.moves & PUSHES

    @property
    def can_mend_unasked(self) -> bool:
        return self.can_mend and not self.asks

    @property
    def pressed(self) -> bool:
        """Asked again and again although the shutters are down."""
        return self.stale_asks >= 2

    @property
    def deflects(self) -> bool:
        """The house sends applicants to HR by e-mail, and she has not said so yet."""
        return self.hidden.opening is Opening.EMAIL_HR and not self.deflected

    @property
    def still_deflects(self) -> bool:
        """She was not given a reason to make an exception."""
        return self.hidden.opening is Opening.EMAIL_HR and not self.won_over

    @property
    def won_over(self) -> bool:
        return self.count(Move.ACKNOWLEDGE, Move.REASSURE, Move.ACCEPT, Move.PERMISSION) > 0

    @property
    def not_closed(self) -> bool:
        return self.hidden.opening is Opening.TOO_EARLY

    @property
    def pulls_back(self) -> bool:
        """Two open answers in a row; but who asks what to do better is asking for no more of it."""
        return self.candid_run >= 2 and not self.pulled_back and not self.wants_advice

    @property
    def touches_withheld(self) -> bool:
        """The candidate has named the very thing she may not say, has not earned it, and has not been told it."""
        return (
            self.hidden.area in self.areas
            and self.hidden.start < 2  # a house that owes or likes to give reasons has nothing to avoid
            and self.told < 3
            and self.hidden.price >= 3.0
            and self.trust < self.hidden.price
            and self.avoided < 2
        )

    @property
    def ask(self) -> str:
        """What is being asked, as far as two asks can be told apart by their kind."""
        if self.wants_advice:
            return "advice"
        if Move.ASK_SPECIFIC in self.moves:
            return _asked_about(self.areas)
        return "probe" if Move.PROBE in self.moves else "open"

    @property
    def asked_the_same(self) -> bool:
        """The same question with nothing new in it or beside it: no word that points elsewhere, no grace since the last answer, no plan.

        Asking on from an answer that told more is a question about that answer; and who names the reason, or is on the way to
        it, has not had it all while it is untold.
        """
        new = self.softened_since or Move.COMMIT in self.moves
        elsewhere = set(self.topic.split()) - set(self.last_topic.split())
        asks_on = Move.PROBE in self.moves and self.told_more
        same = self.asks > 0 and self.ask == self.last_ask
        return same and not (new or elsewhere or asks_on or self.on_the_way)

    @property
    def on_the_way(self) -> bool:
        """A guess at the reason itself, in a call in which it can be told and has not been."""
        return self.guess and self.hidden.area in self.areas and not self.told_all

    @property
    def told_all(self) -> bool:
        """The reason is told, or as much as this house ever tells."""
        return self.given is not None and self.given >= min(3, self.hidden.reachable)

    @property
    def asked_the_same_again(self) -> bool:
        return self.asked_the_same and self.stale_asks >= 1

    @property
    def door_is_real(self) -> bool:
        """Only the second choice, only one who never pushed, and nobody who has not said who they are."""
        pushed = self.count(*PUSHES) > 0
        return self.hidden.second_choice and not pushed and Move.INTRODUCE in self.made

    @property
    def earned_advice(self) -> bool:
        """Took the answer and said what comes next: one more piece of advice, once, if anything was told."""
        return not self.advised and self.told >= 2 and Move.ACCEPT in self.made and Move.COMMIT in self.made

    @property
    def also_asks(self) -> bool:
        """Goodbye and a question in one breath: the question wins."""
        return bool(self.moves & (ASKS | {Move.DOOR})) and Move.CLOSE in self.moves

    @property
    def also_asks_why(self) -> bool:
        """Goodbye and a question about the reason in one breath: the question wins. A word about later on is answered with the goodbye."""
        return bool(self.moves & ASKS) and Move.CLOSE in self.moves

    @property
    def unclear_thrice(self) -> bool:
        return self.unclear == 3

    @property
    def unclear_often(self) -> bool:
        """Nothing could be made out five times running."""
        return self.unclear >= 5

    @property
    def thanked_again(self) -> bool:
        """Thanks and nothing else, for the second time running, after an answer."""
        return self.thanks >= 2 and self.asks > 0

    @property
    def nodded_thrice(self) -> bool:
        return self.nods == 3

    @property
    def nodded_on(self) -> bool:
        """Nothing but yes, no or okay, three times running after an answer, or five times before the question."""
        return self.nods >= (3 if self.asks else 5)

    @property
    def question_pending(self) -> bool:
        return self.question_open

    @property
    def strained(self) -> bool:
        """There was a push more than was made good, and one can be; one that came from hurt was heard out."""
        return self.count(*PUSHES) > self.mended + self.spared

    def notes_hurt(self, *, hard: bool) -> None:
        """Note whether the push among this turn's moves is in hard words (`hard`), or comes from hurt."""
        self.hard, pushes = hard, self.moves & PUSHES
        self.hurt = (
            bool(pushes)
            and not hard
            and Move.THREATEN not in pushes
            and (Move.ARGUE not in pushes or Move.VENT in self.moves)
            and not self.spared
            and not self.count(*PUSHES)  # the first
        )


@lru_cache(maxsize=256)
def _asked_about(areas: frozenset[str]) -> str:
    return " ".join(("specific", *sorted(areas)))  # one string for all calls that ask the same


_all_of = attrgetter(*[field.name for field in fields(Call)])
