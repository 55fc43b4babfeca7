"""The follow-up call as a table: every rule that moves a call is on this page.

Read TABLE from top to bottom. For a trigger in a phase, the first row whose condition holds is taken; a row without a
target keeps the phase. Conditions are properties of Call (`state`). What a row calls a *scene* is the kind of thing
that is said next; `manager` turns scenes into lines.

Phases are places in the conversation. How open, patient or pressed the manager is are numbers on the call (`mood`).
The rules and their sources are told in docs/rules.md, which is generated from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from dialogs.hearing.matters import Matter
from dialogs.moves import MOVES

if TYPE_CHECKING:
    from dialogs.call.state import Call


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


@dataclass(frozen=True, slots=True, eq=False)
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
ON_THE_LINE = (PICKUP, OPENING, ANSWERING, GUARDED)
"""Phases in which she listens and her minutes and her patience run; they stand still before that, and while she says goodbye."""


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
    _row(HANG_UP, LIVE, ENDED, "hung_up", "", "you rang off"),
    # -- the machine takes a message in as many pieces as somebody writes it, up to its length
    _row("close", VOICEMAIL, ENDED, "voicemail_end", "", "the message is complete"),
    _row(_REST_VOICEMAIL, VOICEMAIL, ENDED, "voicemail_end", "tape_full", "the tape is full"),
    _row(_REST_VOICEMAIL, VOICEMAIL, None, "voicemail_more", "", "the machine keeps recording"),
    # -- reception wants a name and a matter, and passes nothing else on
    _row("accuse", RECEPTION, None, "reception_cannot", "hurt_at_reception", "reception cannot answer that"),
    _row(("threaten", "accuse"), RECEPTION, ENDED, "reception_refuses", "", "a receptionist does not put a quarrel through"),
    _row("introduce", RECEPTION, OPENING, "put_through", "", "you said who you are"),
    _row("close", RECEPTION, None, "reception_cannot", "also_asks", "reception cannot answer that"),
    _row("close", RECEPTION, ENDED, "reception_bye", "", "you said goodbye"),
    _row((*QUESTIONS, "door", "pry", "argue", "plead", "vent"), RECEPTION, ENDED, "reception_refuses", "long_at_reception",
         "no name after several asks"),
    _row((*QUESTIONS, "door", "pry", "argue", "plead", "vent"), RECEPTION, None, "reception_cannot", "",
         "reception cannot answer that"),
    _row(("greet", "permission", *SOFT, *UNCLEAR, *SAID_BESIDE), RECEPTION, ENDED, "reception_refuses",
         "long_at_reception", "no name after several asks"),
    _row(("greet", "permission", *SOFT, *UNCLEAR, *SAID_BESIDE), RECEPTION, None, "reception_asks", "",
         "reception wants to know who is calling"),
    # -- the first push, where hurt speaks in it: met as a person would, and the call goes on
    _row(("accuse", "argue"), CLOSING, ENDED, "goodbye", "comes_from_hurt", "she was closing"),
    _row(("accuse", "argue"), PICKUP, None, "who_is_this", "comes_from_hurt", "she does not know who is calling"),
    _row(("accuse", "argue"), AT_EASE, None, "heard_out", "comes_from_hurt", "hurt, in no hard words, and heard out"),
    # -- what ends a call wherever it stands
    _row(("threaten", "accuse"), CLOSING, ENDED, "cut_off", "", "a push at the goodbye"),
    _row(("threaten", "accuse"), GUARDED, ENDED, "cut_off", "", "a second push ends the call"),
    _row("threaten", (PICKUP, *AT_EASE), ENDED, "cut_off", "sure_of_it", "a threat ends the call, however well it began"),
    _row("accuse", (PICKUP, *AT_EASE), GUARDED, "guard", "also_rebuts", "a rebuttal shuts her"),
    _row("accuse", (PICKUP, OPENING), GUARDED, "hr", "opens_with_it", "blame as the first word is a matter for HR, and the second ends it"),
    _row("accuse", (PICKUP, *AT_EASE), ENDED, "cut_off", "sure_of_it", "blame ends the call"),
    _row("threaten", (PICKUP, *AT_EASE), GUARDED, "hr", "", "what may have been a threat is a matter for HR"),
    _row("accuse", (PICKUP, *AT_EASE), GUARDED, "hr", "", "blame is a matter for HR"),
    _row("argue", CLOSING, ENDED, "close_cold", "", "arguing with a goodbye"),
    _row("argue", GUARDED, ENDED, "close_cold", "", "a second push ends the call"),
    _row("argue", AT_EASE, ENDED, "close_cold", "argued_before", "a second push ends the call"),
    _row("argue", (PICKUP, *AT_EASE), GUARDED, "guard", "", "a rebuttal shuts her"),
    # -- minutes and patience
    _row(TIME_UP, ON_THE_LINE, CLOSING, "out_of_time", "", "her minutes are spent"),
    _row(WORN_OUT, ON_THE_LINE, CLOSING, "worn_out", "", "her patience is spent"),
    # -- who is this?
    _row("introduce", PICKUP, OPENING, "back_to_it", "asked_already", "you said who you are"),
    _row("introduce", PICKUP, OPENING, "knows_you", "", "you said who you are"),
    _row("close", PICKUP, None, "who_is_this", "also_asks", "she does not know who is asking"),
    _row("close", PICKUP, ENDED, "goodbye", "", "you said goodbye"),
    _row((*QUESTIONS, *SOFT, "greet", "permission", "door", "pry", "vent", "plead", *UNCLEAR), PICKUP, OPENING,
         "guesses_you", "asked_twice_who", "she guesses, having asked twice"),
    _row((*QUESTIONS, *SOFT, "permission", "door", "pry", "vent", "plead"), PICKUP, None, "who_is_this", "",
         "she does not know who is calling"),
    _row("greet", PICKUP, None, "hello", "", "she does not know who is calling"),
    _row(SILENCE, PICKUP, CLOSING, "bad_line", "unclear_often", "nothing could be made out"),
    _row(SILENCE, PICKUP, None, "silence", "", "nothing was said"),
    _row("other", PICKUP, None, "who_is_this", "", "she does not know who is calling"),
    # -- nothing asked yet, or in the middle of it
    _row("greet", AT_EASE, None, "hello_again", "", "a greeting"),
    _row("introduce", OPENING, None, "knows_you", "named_at_last", "you said who you are"),
    _row("introduce", ANSWERING, None, "recalls_you", "named_at_last", "you said who you are"),
    _row("introduce", AT_EASE, None, "known_already", "", "she knows who is calling"),
    _row("permission", AT_EASE, None, "two_minutes", "", "asked for time, and gets some"),
    _row("thank", (ANSWERING, GUARDED), ENDED, "goodbye", "thanked_again", "thanks and no more, twice running, take leave"),
    _row("thank", AT_EASE, None, "thanked", "", "thanks, taken kindly"),
    _row("interest", AT_EASE, None, "interest_noted", "", "still keen, and she notes it"),
    _row(("accept", "commit"), ANSWERING, None, "advice", "earned_advice",
         "took it well and said what comes next: one more piece of advice"),
    _row(("accept", "reassure", "acknowledge"), AT_EASE, None, "warmed", "", "took a weight off her"),
    _row("commit", AT_EASE, None, "commit_noted", "", "a plan, and she likes that"),
    _row("answer", ANSWERING, None, "answered", "question_pending", "answered what she asked"),
    _row("answer", AT_EASE, None, "go_on", "", "told her something"),
    _row("vent", AT_EASE, None, "kind", "", "a feeling, met with kind words and less content"),
    _row("plead", AT_EASE, None, "no_reconsider", "", "the decision stands, said kindly"),
    _row("pry", (OPENING, ANSWERING, GUARDED), None, "pry_no", "", "others' matters are never told"),
    # -- the question
    _row(QUESTIONS, AT_EASE, ANSWERING, "not_closed", "not_closed", "the decision is still open"),
    _row(QUESTIONS, AT_EASE, None, "email_hr", "deflects", "this house sends applicants to HR"),
    _row(QUESTIONS, OPENING, CLOSING, "email_hr_again", "still_deflects",
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
    _row("close", (OPENING, ANSWERING, GUARDED), None, "", "also_asks_why", "goodbye and a question: the question wins"),
    _row("close", (OPENING, ANSWERING, GUARDED), ENDED, "goodbye", "", "you said goodbye"),
    _row("door", CLOSING, ENDED, "door_open_process", "not_closed", "the decision is still open"),
    _row("door", CLOSING, ENDED, "door_real", "door_is_real", "you were the second choice, she knows who you are, and you never pushed"),
    _row("door", CLOSING, ENDED, "door_courtesy", "", "a courtesy at the door"),
    _row(("greet", "introduce", "permission", *SOFT, "vent", "plead", "pry", "close", *QUESTIONS, *UNCLEAR,
         *SAID_BESIDE), CLOSING, ENDED, "goodbye", "", "she was closing"),
    # -- not understood
    _row(UNCLEAR, (OPENING, ANSWERING, GUARDED), CLOSING, "bad_line", "unclear_often",
         "nothing could be made out"),
    _row(UNCLEAR, (OPENING, ANSWERING, GUARDED), None, "help_along", "unclear_thrice",
         "not understood again and again"),
    _row(SILENCE, (OPENING, ANSWERING, GUARDED), None, "silence", "", "nothing was said"),
    _row("other", (OPENING, ANSWERING, GUARDED), None, "say_again", "", "not understood"),
    _row(PUZZLE, ON_THE_LINE, None, "puzzled", "", "she does not know what you mean"),
    _row(WARY, ON_THE_LINE, None, "wary", "", "that could have been a push"),
    # -- whether they got it: where the decision is still open, that is a question like any other
    _row(str(Matter.OUTCOME), PICKUP, None, "who_is_this", "not_closed", "she does not know who is calling"),
    _row(str(Matter.OUTCOME), AT_EASE, ANSWERING, "not_closed", "not_closed", "the decision is still open"),
    _row(str(Matter.OUTCOME), GUARDED, None, "stonewall", "not_closed", "only the legal line is left"),
    # -- at the edge of the call: answered in role, and nothing is held against anybody
    *(_row(str(m), ON_THE_LINE, None, scene, "", why) for m, scene, why in (
        (Matter.RIGHT, "by_the_book", "a right or an adviser was named, and nothing announced"),
        (Matter.PROTECTED, "not_to_be_asked", "a question that must not be asked of anybody"),
        (Matter.WRITTEN, "in_writing", "whom to ask for something in writing"),
        (Matter.RECORDED, "not_recorded", "an honest answer to a fair question"),
        (Matter.REALLY, "really_me", "an honest answer to a fair question"),
        (Matter.COURTING, "to_the_point", "this stays a talk about the job"),
        (Matter.TRAIT, "never_a_reason", "what nobody may be judged by is never talked about"),
        (Matter.OUTCOME, "it_is_a_no", "an honest answer to a fair question"),
        (Matter.WELL, "well_thanks", "a fair question, fairly answered"),
        (Matter.MOMENT, "take_your_time", "a moment, to write or to find words"),
        (Matter.REPEAT, "repeats", "not caught, so said again"),
        (Matter.FIGURES, "no_figures", "what a post pays is for HR to tell"),
        (Matter.WHO, "this_is", "an honest answer to a fair question"),
        (Matter.MORE, "go_ahead", "room for the question"),
    )),
    # -- the shortest words, and what is only told
    _row(str(Matter.NOD), ANSWERING, None, "let_drop", "question_pending", "a bare yes, no or okay told little, and nothing hangs on it"),
    _row(str(Matter.NOD), (OPENING, ANSWERING, GUARDED), CLOSING, "worn_out", "nodded_on", "nothing but yes and okay, again and again"),
    _row(str(Matter.NOD), OPENING, None, "help_along", "nodded_thrice", "nothing but yes and okay, again and again"),
    _row(str(Matter.NOD), OPENING, None, "go_ahead", "", "nothing has been asked yet"),
    _row(str(Matter.NOD), (PICKUP, ANSWERING, GUARDED), None, "anything_else", "", "an okay, and no more"),
    _row(str(Matter.TOLD), AT_EASE, None, "help_along", "unclear_thrice", "not understood again and again"),
    _row(str(Matter.TOLD), (PICKUP, *AT_EASE), None, "go_on", "", "told her something"),
    _row(str(Matter.TOLD), GUARDED, None, "cool", "", "heard, coolly"),
)
# fmt: on
