"""The follow-up call as a table: every rule that moves a call is on this page.

Read TABLE from top to bottom. For a trigger in a phase, the first row whose condition holds is taken; a row without a
target keeps the phase. Conditions are properties of Call. What a row calls a *scene* is the kind of thing
that is said next; `manager` turns scenes into lines. FEEL says what a move does to trust, patience and minutes.

Phases are places in the conversation. How open, patient or pressed the manager is are numbers on the call.
Nothing here prints, sends or stores. The rules and their sources are told in docs/rules.md, which is generated from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from itertools import product
from operator import attrgetter
from typing import Any

from transitions import Machine

from dialogs.hearing.matters import Matter
from dialogs.moves import ASKS, MOVES, Move


class Phase(StrEnum):
    """Where the conversation is."""

    RINGING = "ringing"  # dialled, nobody has answered yet
    VOICEMAIL = "voicemail"  # a machine answers
    RECEPTION = "reception"  # somebody screens the call
    PICKUP = "pickup"  # the manager has answered and does not know who is calling
    OPENING = "opening"  # the manager knows who is calling; nothing has been asked
    ANSWERING = "answering"  # the question has been put
    GUARDED = "guarded"  # the candidate pushed; only the legal line is left
    CLOSING = "closing"  # the manager is ending the call; one more sentence fits
    ENDED = "ended"


LIVE = tuple(p for p in Phase if p not in (Phase.RINGING, Phase.ENDED))
"""Phases in which the candidate can be heard."""

DIAL, HANG_UP, TIME_UP, WORN_OUT = "dial", "hang_up", "time_up", "worn_out"
SILENCE, PUZZLE, WARY = "silence", "puzzle", "wary"
MATTERS = tuple(str(m) for m in Matter if m)
SIGNALS = (HANG_UP, TIME_UP, WORN_OUT, SILENCE, PUZZLE, WARY, *MATTERS)
"""Triggers that are no moves: the candidate hangs up, the minutes are spent, the patience is spent, nothing was said,
the software was addressed or another language spoken, something costly may have been said but was not clear, the words touch a matter at the edge of the call (`hearing.matters`)."""

TRIGGERS: tuple[str, ...] = (*MOVES, *SIGNALS)


class Opening(StrEnum):
    """How the call is received, drawn with the scenario."""

    MANAGER = "manager"
    RECEPTION = "reception"
    VOICEMAIL = "voicemail"
    BAD_MOMENT = "bad_moment"  # she picks up on her way into a meeting
    EMAIL_HR = "email_hr"  # "we ask applicants to write to HR"
    TOO_EARLY = "too_early"  # the process is not closed yet


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is settled before the call and never changes in it: the manager's side of the story.

    `price` is the trust (1-4) the reason costs; `told_at` and `ceiling` are the lowest and highest disclosure level
    (0-4) at which that kind of reason is told; `cap` is the level policy allows whatever the trust; `start` is the level of
    the first answer to an unprepared question in this house.
    """

    opening: Opening = Opening.MANAGER
    price: float = 2.0
    told_at: int = 3
    ceiling: int = 3
    needs_narrow: bool = False  # told only when asked about an area, or asked on
    area: str = ""
    cap: int = 3
    start: int = 1
    second_choice: bool = False
    trust: float = 2.5
    patience: float = 3.0
    minutes: float = 5.0

    @property
    def reachable(self) -> int:
        """The highest level any candidate can reach in this call (0-4); a machine tells nothing, an open process a formula."""
        most = {Opening.VOICEMAIL: 0, Opening.TOO_EARLY: 1}.get(self.opening, 4)
        return min(self.cap, self.ceiling, most)


@dataclass(frozen=True, slots=True)
class Feel:
    """What the first use of a move does: to trust (scale 1-4), patience (0-4) and the manager's minutes."""

    trust: float = 0.0
    patience: float = 0.0
    minutes: float = 0.0


# Trust moves by a quarter or a half (the-real-call rules, docs/rules.md). A repeated move brings half, then nothing,
# so politeness cannot be farmed; what costs trust costs it every time.
FEEL: dict[Move, Feel] = {
    Move.PERMISSION: Feel(trust=0.25, patience=0.5, minutes=1.0),
    Move.THANK: Feel(trust=0.25),
    Move.INTEREST: Feel(trust=0.25),
    Move.REASSURE: Feel(trust=0.5, patience=0.5),
    Move.ACKNOWLEDGE: Feel(trust=0.25, patience=0.5),
    Move.ACCEPT: Feel(trust=0.5, patience=0.5),
    Move.COMMIT: Feel(trust=0.25),
    Move.ASK_SPECIFIC: Feel(trust=0.25),
    Move.PROBE: Feel(trust=0.25),
    Move.ANSWER: Feel(trust=0.25),
    Move.VENT: Feel(trust=-0.25, patience=-0.5),
    Move.PLEAD: Feel(trust=-0.25, patience=-0.5),
    Move.PRY: Feel(trust=-0.25, patience=-0.5),
    Move.ARGUE: Feel(trust=-0.5, patience=-1.0),
    Move.ACCUSE: Feel(trust=-1.0, patience=-1.5),
    Move.THREATEN: Feel(trust=-1.5, patience=-3.0),
    Move.OTHER: Feel(patience=-0.5),
}
SHARE_BY_USE = (1.0, 0.5, 0.0)  # of a welcome move's worth, at its first, second and later uses
LOWEST_TRUST, HIGHEST_TRUST = 1.0, 4.0

MINUTES_A_TURN = 0.35  # a sentence each way
WORDS_A_MINUTE = 150  # unhurried speech
RAMBLING_WORDS = 70  # half a minute without a breath
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
    stale_asks: int = 0  # how often the same question was put again
    told_more: bool = False  # the last answer told more than any before it
    softened_since: bool = False  # accepted or reassured since the last answer
    candid_run: int = 0  # specific or candid answers in a row
    unclear: int = 0  # unclear turns in a row
    unnamed: int = 0  # how often she has asked who is calling
    pulled_back: bool = False
    mended: bool = False
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
        return self.turn > self.phase_began + 3

    @property
    def asked_twice_who(self) -> bool:
        return self.unnamed >= 2

    @property
    def sure_of_it(self) -> bool:
        """The blame or the threat was unmistakable, or it is not the first."""
        return bool(self.sure & {Move.ACCUSE, Move.THREATEN}) or self.count(Move.ACCUSE, Move.THREATEN) > 1

    @property
    def opens_with_it(self) -> bool:
        """Blame is the very first thing said to her: hurt, more often than war, so she gives the guarded line before she ends the call."""
        return set(self.made) <= self.moves

    @property
    def argued_before(self) -> bool:
        return self.count(Move.ARGUE) > 1 or Move.ACCUSE in self.made

    @property
    def can_mend(self) -> bool:
        """An honest apology mends once, and not in the breath that pushes again."""
        return not self.mended and not self.moves & {Move.ARGUE, Move.ACCUSE, Move.THREATEN}

    @property
    def can_mend_unasked(self) -> bool:
        return self.can_mend and not self.asks

    @property
    def pressed(self) -> bool:
        """Asked again although the shutters are down."""
        return self.turn > self.phase_began + 2

    @property
    def deflects(self) -> bool:
        """The house sends applicants to HR by e-mail, and she has not said so yet."""
        return self.hidden.opening is Opening.EMAIL_HR and not self.deflected

    @property
    def still_deflects(self) -> bool:
        """She was not given a reason to make an exception."""
        return self.hidden.opening is Opening.EMAIL_HR and self.asks == 0 and not self.won_over

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
            and (self.given or 0) < 3
            and self.hidden.price >= 3.0
            and self.trust < self.hidden.price
            and self.avoided < 2
        )

    @property
    def ask(self) -> str:
        """What is being asked, as far as two asks can be told apart by their kind."""
        if self.wants_advice and self.told_all:
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
        same = self.asks > 0 and self.ask.strip() == self.last_ask.strip()
        return same and not (new or elsewhere or asks_on or self.on_the_way)

    @property
    def on_the_way(self) -> bool:
        """A guess at the reason itself, in a call in which it can be told and has not been."""
        return self.guess and self.hidden.area in self.areas and (self.given or 0) < min(3, self.hidden.reachable)

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
        pushed = self.count(Move.ARGUE, Move.ACCUSE, Move.THREATEN) > 0
        return self.hidden.second_choice and not pushed and Move.INTRODUCE in self.made

    @property
    def earned_advice(self) -> bool:
        """Took the answer and said what comes next: one more piece of advice, once, if anything was told."""
        return (
            not self.advised
            and min(self.given or 0, self.hidden.cap) >= 2
            and Move.ACCEPT in self.made
            and Move.COMMIT in self.made
        )

    @property
    def also_asks(self) -> bool:
        """Goodbye and a question in one breath: the question wins."""
        return bool(self.moves & (ASKS | {Move.DOOR})) and Move.CLOSE in self.moves

    @property
    def unclear_thrice(self) -> bool:
        return self.unclear == 3

    @property
    def unclear_often(self) -> bool:
        return self.unclear >= 5

    @property
    def question_pending(self) -> bool:
        return self.question_open

    @property
    def strained(self) -> bool:
        """Something was said that was never made good."""
        return self.count(Move.ARGUE, Move.ACCUSE) > 0 and not self.mended


@lru_cache(maxsize=256)
def _asked_about(areas: frozenset[str]) -> str:
    return "specific " + " ".join(sorted(areas))  # one string for all calls that ask the same


_all_of = attrgetter(*[field.name for field in fields(Call)])


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: on any of `triggers` in any of `phases`, if `when` holds, go to `to` and play `scene`."""

    triggers: tuple[str, ...]
    phases: tuple[Phase, ...]
    to: Phase | None
    scene: str
    when: str = ""
    why: str = ""
    name: str = field(init=False)
    """How the row is named in the log and by /why: its scene, and the condition that chose it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.scene} ({self.when})" if self.when else self.scene)

    def take(self, call: Call) -> None:
        """Called by the machine when the row is chosen."""
        call.taken += (self,)


VOICEMAIL, RECEPTION, PICKUP, OPENING = Phase.VOICEMAIL, Phase.RECEPTION, Phase.PICKUP, Phase.OPENING
ANSWERING, GUARDED, CLOSING, ENDED = Phase.ANSWERING, Phase.GUARDED, Phase.CLOSING, Phase.ENDED

QUESTIONS = ("ask_open", "ask_specific", "probe")
SOFT = ("thank", "interest", "reassure", "acknowledge", "accept", "answer", "commit")
UNCLEAR = ("other", SILENCE)
SAID_BESIDE = (PUZZLE, WARY, *MATTERS)
AT_EASE = (OPENING, ANSWERING)
ON_THE_LINE = (PICKUP, OPENING, ANSWERING, GUARDED, CLOSING)


def _row(
    triggers: tuple[str, ...] | str,
    phases: tuple[Phase, ...] | Phase,
    to: Phase | None,
    scene: str,
    when: str = "",
    why: str = "",
) -> Row:
    return Row(
        (triggers,) if isinstance(triggers, str) else tuple(triggers),
        (phases,) if isinstance(phases, Phase) else tuple(phases),
        to,
        scene,
        when,
        why,
    )


_REST_VOICEMAIL = tuple(t for t in TRIGGERS if t not in ("close", HANG_UP, TIME_UP, WORN_OUT))

# fmt: off
TABLE: tuple[Row, ...] = (
    # -- the phone is picked up, or not
    _row(DIAL, Phase.RINGING, VOICEMAIL, "voicemail", "machine_answers", "nobody is at the desk"),
    _row(DIAL, Phase.RINGING, RECEPTION, "reception", "screened", "calls are screened"),
    _row(DIAL, Phase.RINGING, PICKUP, "pickup", "", "the manager answers"),
    _row(HANG_UP, VOICEMAIL, ENDED, "voicemail_end", "message_left", "the message is complete"),
    _row(HANG_UP, (Phase.RINGING, *LIVE), ENDED, "hung_up", "", "you rang off"),
    # -- the machine takes a message in as many pieces as somebody writes it, up to its length
    _row(("close", TIME_UP, WORN_OUT), VOICEMAIL, ENDED, "voicemail_end", "", "the message is complete"),
    _row(_REST_VOICEMAIL, VOICEMAIL, ENDED, "voicemail_end", "tape_full", "the tape is full"),
    _row(_REST_VOICEMAIL, VOICEMAIL, None, "voicemail_more", "", "the machine keeps recording"),
    # -- reception wants a name and a matter, and passes nothing else on
    _row(("threaten", "accuse", TIME_UP, WORN_OUT), RECEPTION, ENDED, "reception_refuses", "",
         "a receptionist does not put a quarrel through"),
    _row("introduce", RECEPTION, OPENING, "put_through", "", "you said who you are"),
    _row("close", RECEPTION, None, "reception_cannot", "also_asks", "reception cannot answer that"),
    _row("close", RECEPTION, ENDED, "reception_bye", "", "you said goodbye"),
    _row((*QUESTIONS, "door", "pry", "argue", "plead"), RECEPTION, ENDED, "reception_refuses", "long_at_reception",
         "no name after several asks"),
    _row((*QUESTIONS, "door", "pry", "argue", "plead", "vent"), RECEPTION, None, "reception_cannot", "",
         "reception cannot answer that"),
    _row(("greet", "permission", *SOFT, *UNCLEAR, *SAID_BESIDE), RECEPTION, ENDED, "reception_refuses",
         "long_at_reception", "no name after several asks"),
    _row(("greet", "permission", *SOFT, *UNCLEAR, *SAID_BESIDE), RECEPTION, None, "reception_asks", "",
         "reception wants to know who is calling"),
    # -- what ends a call wherever it stands
    _row("threaten", ON_THE_LINE, ENDED, "cut_off", "sure_of_it", "a threat ends the call, however well it began"),
    _row("accuse", (PICKUP, OPENING), GUARDED, "hr", "opens_with_it", "blame as the first word is a matter for HR, and the second ends it"),
    _row("accuse", ON_THE_LINE, ENDED, "cut_off", "sure_of_it", "blame ends the call"),
    _row(("threaten", "accuse"), (GUARDED, CLOSING), ENDED, "cut_off", "", "a second push ends the call"),
    _row("threaten", (PICKUP, *AT_EASE), GUARDED, "hr", "", "what may have been a threat is a matter for HR"),
    _row("accuse", (PICKUP, *AT_EASE), GUARDED, "hr", "", "blame is a matter for HR"),
    _row("argue", CLOSING, ENDED, "close_cold", "", "arguing with a goodbye"),
    _row("argue", GUARDED, ENDED, "close_cold", "", "a second push ends the call"),
    _row("argue", (PICKUP, *AT_EASE), ENDED, "close_cold", "argued_before", "a second push ends the call"),
    _row("argue", (PICKUP, *AT_EASE), GUARDED, "guard", "", "a rebuttal shuts her"),
    # -- minutes and patience
    _row((TIME_UP,), (PICKUP, OPENING, ANSWERING, GUARDED), CLOSING, "out_of_time", "", "her minutes are spent"),
    _row((WORN_OUT,), (PICKUP, OPENING, ANSWERING, GUARDED), CLOSING, "worn_out", "", "her patience is spent"),
    _row((TIME_UP, WORN_OUT), CLOSING, ENDED, "goodbye", "", "the call is over"),
    # -- who is this?
    _row("introduce", PICKUP, OPENING, "knows_you", "", "you said who you are"),
    _row("close", PICKUP, None, "who_is_this", "also_asks", "she does not know who is asking"),
    _row("close", PICKUP, ENDED, "goodbye", "", "you said goodbye"),
    _row((*QUESTIONS, *SOFT, "greet", "permission", "door", "pry", "vent", "plead", *UNCLEAR), PICKUP, OPENING,
         "guesses_you", "asked_twice_who", "she guesses, having asked twice"),
    _row((*QUESTIONS, *SOFT, "permission", "door", "pry", "vent", "plead"), PICKUP, None, "who_is_this", "",
         "she does not know who is calling"),
    _row("greet", PICKUP, None, "hello", "", "she does not know who is calling"),
    _row(SILENCE, PICKUP, None, "silence", "", "nothing was said"),
    _row("other", PICKUP, None, "who_is_this", "", "she does not know who is calling"),
    # -- nothing asked yet, or in the middle of it
    _row("greet", AT_EASE, None, "hello_again", "", "a greeting"),
    _row("introduce", AT_EASE, None, "known_already", "", "she knows who is calling"),
    _row("permission", AT_EASE, None, "two_minutes", "", "asked for time, and gets some"),
    _row("thank", AT_EASE, None, "thanked", "", "thanks, taken kindly"),
    _row("interest", AT_EASE, None, "interest_noted", "", "still keen, and she notes it"),
    _row(("accept", "commit"), ANSWERING, None, "advice", "earned_advice",
         "took it well and said what comes next: one more piece of advice"),
    _row(("accept", "reassure", "acknowledge"), AT_EASE, None, "warmed", "", "took a weight off her"),
    _row("commit", AT_EASE, None, "commit_noted", "", "a plan, and she likes that"),
    _row("answer", AT_EASE, None, "answered", "question_pending", "answered what she asked"),
    _row("answer", AT_EASE, None, "go_on", "", "told her something"),
    _row("vent", AT_EASE, None, "kind", "", "a feeling, met with kind words and less content"),
    _row("plead", AT_EASE, None, "no_reconsider", "", "the decision stands, said kindly"),
    _row("pry", (OPENING, ANSWERING, GUARDED), None, "pry_no", "", "others' matters are never told"),
    # -- the question
    _row(QUESTIONS, AT_EASE, ANSWERING, "not_closed", "not_closed", "the decision is still open"),
    _row(QUESTIONS, AT_EASE, None, "email_hr", "deflects", "this house sends applicants to HR"),
    _row(QUESTIONS, AT_EASE, CLOSING, "email_hr_again", "still_deflects",
         "insisting gave her no reason for an exception"),
    _row(QUESTIONS, OPENING, ANSWERING, "avoid", "touches_withheld", "too near, too early"),
    _row(QUESTIONS, OPENING, ANSWERING, "answer", "", "the question has been put"),
    _row(QUESTIONS, ANSWERING, None, "pull_back", "pulls_back", "two open answers, and she hears herself"),
    _row(QUESTIONS, ANSWERING, CLOSING, "no_more", "asked_the_same_again", "the same question a third time"),
    _row(QUESTIONS, ANSWERING, None, "again", "asked_the_same", "the same question gets the same answer, shorter"),
    _row(QUESTIONS, ANSWERING, None, "avoid", "touches_withheld", "too near, too early"),
    _row(QUESTIONS, ANSWERING, None, "answer", "", "a further question"),
    _row("door", AT_EASE, None, "door_open_process", "not_closed", "the decision is still open"),
    _row("door", AT_EASE, None, "door_real", "door_is_real", "you were the second choice, she knows who you are, and you never pushed"),
    _row("door", (*AT_EASE, GUARDED), None, "door_courtesy", "", "a courtesy"),
    # -- the shutters are down
    _row(("reassure", "accept"), GUARDED, OPENING, "mended", "can_mend_unasked", "an apology mends once"),
    _row(("reassure", "accept"), GUARDED, ANSWERING, "mended", "can_mend", "an apology mends once"),
    _row(QUESTIONS, GUARDED, CLOSING, "no_more", "pressed", "asked again although the shutters are down"),
    _row(QUESTIONS, GUARDED, None, "stonewall", "", "only the legal line is left"),
    _row(("greet", "introduce", "permission", "thank", "interest", "acknowledge", "reassure", "accept", "commit",
         "answer"), GUARDED, None, "cool", "", "heard, coolly"),
    _row("vent", GUARDED, None, "kind", "", "a feeling, met with kind words"),
    _row("plead", GUARDED, None, "no_reconsider", "", "the decision stands"),
    # -- goodbye
    _row("close", (OPENING, ANSWERING, GUARDED), None, "", "also_asks", "goodbye and a question: the question wins"),
    _row("close", (OPENING, ANSWERING, GUARDED), ENDED, "goodbye", "", "you said goodbye"),
    _row("door", CLOSING, ENDED, "door_real", "door_is_real", "you were the second choice, she knows who you are, and you never pushed"),
    _row("door", CLOSING, ENDED, "door_courtesy", "", "a courtesy at the door"),
    _row(("greet", "introduce", "permission", *SOFT, "vent", "plead", "pry", "close", *QUESTIONS, *UNCLEAR,
         *SAID_BESIDE), CLOSING, ENDED, "goodbye", "", "she was closing"),
    # -- not understood
    _row((*UNCLEAR, PUZZLE), (OPENING, ANSWERING, GUARDED), CLOSING, "bad_line", "unclear_often",
         "nothing could be made out"),
    _row(UNCLEAR, (OPENING, ANSWERING, GUARDED), None, "help_along", "unclear_thrice",
         "not understood again and again"),
    _row(SILENCE, (OPENING, ANSWERING, GUARDED), None, "silence", "", "nothing was said"),
    _row("other", (OPENING, ANSWERING, GUARDED), None, "say_again", "", "not understood"),
    _row(PUZZLE, (PICKUP, OPENING, ANSWERING, GUARDED), None, "puzzled", "", "she does not know what you mean"),
    _row(WARY, (PICKUP, OPENING, ANSWERING, GUARDED), None, "wary", "", "that could have been a push"),
    # -- at the edge of the call: answered in role, and nothing is held against anybody
    *(_row(str(m), (PICKUP, OPENING, ANSWERING, GUARDED), None, scene, "", why) for m, scene, why in (
        (Matter.RIGHT, "by_the_book", "a right or an adviser was named, and nothing announced"),
        (Matter.PROTECTED, "not_to_be_asked", "a question that must not be asked of anybody"),
        (Matter.WRITTEN, "in_writing", "whom to ask for something in writing"),
        (Matter.RECORDED, "not_recorded", "an honest answer to a fair question"),
        (Matter.REALLY, "really_me", "an honest answer to a fair question"),
        (Matter.COURTING, "to_the_point", "this stays a talk about the job"),
        (Matter.NOD, "anything_else", "an okay, and no more"),
    )),
)
# fmt: on


def _build(table: tuple[Row, ...]) -> Machine:
    # One plain machine without a model serves every call: nothing registered, nothing to leak (docs/benchmarks.md).
    machine = Machine(
        model=None,
        states=list(Phase),
        initial=Phase.RINGING,
        auto_transitions=False,
        model_attribute="phase",
    )
    for row in table:
        for trigger, phase in product(row.triggers, row.phases):
            machine.add_transition(str(trigger), phase, row.to, conditions=row.when or None, after=row.take)
    return machine


MACHINE = _build(TABLE)

Holds = Callable[[Call], bool]


def _rules(machine: Any) -> dict[tuple[str, Phase], tuple[tuple[Holds | None, Row], ...]]:
    """What the machine would try, as a dictionary: (trigger, phase) → each condition with its row, in order.

    A step by this dictionary costs a thirtieth of one by the machine, and is the same step (tests/test_step_by_dictionary.py).
    """
    rules: dict[tuple[str, Phase], tuple[tuple[Holds | None, Row], ...]] = {}
    for trigger, event in machine.events.items():
        for phase, transitions in event.transitions.items():
            rules[trigger, Phase[phase]] = tuple(
                (getattr(Call, t.conditions[0].func).fget if t.conditions else None, t.after[0].__self__)
                for t in transitions
            )
    return rules


RULES = _rules(MACHINE)


class Refused(RuntimeError):
    """A trigger had no row: the table is not whole. Tests prove that this cannot happen in a live phase."""


def step(call: Call, trigger: str) -> Row:
    """Take one trigger in this call and return the row that answered it.

    Raises Refused for a trigger that has no row where the call stands (anything after the end, a second dial).
    """
    rules = RULES.get((trigger, call.phase))
    if rules is None:
        raise Refused(f"no rule for '{trigger}' in phase {call.phase}; see TABLE in dialogs/call.py")
    for holds, row in rules:
        if holds is None or holds(call):
            return _taken(call, row)
    raise Refused(f"every rule for '{trigger}' in phase {call.phase} has a condition that failed")


def _taken(call: Call, row: Row) -> Row:
    row.take(call)
    if row.to is not None and row.to is not call.phase:
        call.phase = row.to
        call.phase_began = call.turn
        call.shut |= row.to is Phase.CLOSING and row.scene != "out_of_time"
        if row.to is Phase.ENDED:
            call.parting = row.scene
    return row


@lru_cache(maxsize=256)
def _one_for_all(quarters: float) -> float:
    return quarters  # trust and patience move by quarters: one number for all calls that stand there, not one each


def feel(call: Call, move: Move) -> None:
    """Let one heard move work on trust, patience and minutes, and count it."""
    used = call.made.count(move)
    call.made += (move,)
    effect = FEEL.get(move)
    if effect is None:
        return
    share = SHARE_BY_USE[min(used, 2)]
    gain = effect.trust * (share if effect.trust > 0 else 1.0)
    call.trust = _one_for_all(min(HIGHEST_TRUST, max(LOWEST_TRUST, call.trust + gain)))
    call.patience = _one_for_all(min(4.0, call.patience + effect.patience * (share if effect.patience > 0 else 1.0)))
    call.minutes += effect.minutes * share


def spend(call: Call, words: int) -> None:
    """Let the clock of the call run for one turn in which the candidate said this many words."""
    call.minutes -= MINUTES_A_TURN + words / WORDS_A_MINUTE


class Outcome(StrEnum):
    """How a call ended."""

    WARM = "warm"
    NEUTRAL = "neutral"
    COLD = "cold"
    CUT_OFF = "cut_off"
    VOICEMAIL = "voicemail"
    ABANDONED = "abandoned"


WARM_TRUST = 3.0


def outcome(call: Call) -> Outcome:
    """How the call ended, or would if it were left now (then: abandoned)."""
    if call.phase is not Phase.ENDED:
        return Outcome.ABANDONED
    if call.parting == "voicemail_end":
        return Outcome.VOICEMAIL
    if call.parting == "cut_off":
        return Outcome.CUT_OFF
    if call.parting == "hung_up":
        return Outcome.ABANDONED
    if call.parting in ("close_cold", "reception_refuses") or call.strained:
        return Outcome.COLD
    return Outcome.WARM if call.trust >= WARM_TRUST and call.asks and not call.shut else Outcome.NEUTRAL
