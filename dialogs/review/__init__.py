"""The debrief after a call: guess, checks, one thing to change, the sealed envelope, a card, another try.

    debrief = review(scenario, seed, turns)
    debrief.checks[0].yes, debrief.change.better, debrief.envelope.truth

Pure: the same call gives the same debrief. Every quotation is the candidate's own, and what is said about another line was played
through before it was said. The words speak of words, never of the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from dialogs.call import Outcome
from dialogs.hearing.heard import Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.ladder import goal_for
from dialogs.moves import Move
from dialogs.practice import Ear, Turn
from dialogs.review.cards import Card, card
from dialogs.review.change import Change, one_change
from dialogs.review.check import Check
from dialogs.review.correction import Correction, corrections
from dialogs.review.envelope import Envelope, envelope
from dialogs.review.guess import Guess, guesses
from dialogs.review.page import Part, parts
from dialogs.review.quote import Quote
from dialogs.review.rehearsal import Key, Past, Proof, Rehearsal
from dialogs.review.rubric import RUBRIC, SKILLS, Criterion, checks
from dialogs.review.story import NOTHING, Stage, Story
from dialogs.review.worked import Worked, worked
from dialogs.scenario import Scenario

SAME_CALL, SAME_MEANS = "The same call from the start", "the same words get the same answers"
NEW_CALL, NEW_MEANS = "Same manager, new call", "the answers come in other words"


@dataclass(frozen=True, slots=True)
class Again:
    """An offer of another try: from before turn `turn` (0: from the pick-up), or a new call with the same manager."""

    turn: int
    label: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything that is said after a call, in the order in which it is said.

    `opened` is the level (0-4) reached, `could` the highest anyone can reach here. `change` is None when there was nobody to
    speak to and nothing was said.
    """

    manager: str
    outcome: Outcome
    stage: Stage
    asked: bool
    opened: int
    could: int
    guesses: tuple[Guess, ...]
    checks: tuple[Check, ...]
    worked: Worked | None
    change: Change | None
    envelope: Envelope
    card: Card
    again: tuple[Again, ...]
    early: bool = False  # the call came before the decision
    foreign: tuple[
        int, ...
    ] = ()  # turns that were not understood in a call in which no question was heard: another language
    unclear: tuple[int, ...] = ()  # the same: nothing could be made out
    advised: bool = False  # a piece of advice came on top of the answers
    dared: bool = False  # the call is there to be hung up on, and the candidate did what it asks for
    undared: bool = False  # … and held it politely
    corrections: tuple[Correction, ...] = ()  # turns that may have been misheard
    goal: str = ""  # what the call is on the ladder for
    reached: bool = False  # … and whether it came to that
    won: str = ""  # what of it was reached, where a part was left out
    left: tuple[str, ...] = ()  # the parts that were left out, by the checks
    asked_wrongly: bool = False  # the candidate told of a question that must not be asked
    paused: bool = False  # it stopped at words of distress and was not gone on with
    distressed: bool = False  # somebody was in distress in it: nothing of it is asked, checked or to be changed

    @property
    def yes(self) -> int:
        """How many checks are a yes."""
        return sum(check.yes for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a log or another program."""
        return {**_plain(asdict(self)), "yes": self.yes}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, str) else value


def review(
    scenario: Scenario,
    seed: int,
    turns: Sequence[Turn],
    *,
    ear: Ear | None = None,
    meant: Mapping[int, tuple[Move, ...]] = NOTHING,
) -> Debrief:
    """The debrief of this call, ended or left.

    What it says of other words was held again with them, heard by `ear` (the light hearing when none is given). `meant`
    holds what the candidate says was meant in a turn, where hearing was mistaken: the checks go by that.
    """
    story = Story(scenario, seed, turns, meant)
    listen = _once(ear or light_ear())
    if story.distressed:
        return _of_distress(story, listen)
    found = checks(story)
    change = one_change(story, found, listen)
    aim = goal_for(scenario)
    left = aim.left({check.key for check in found if not check.yes}) if aim else ()
    return Debrief(
        manager=scenario.first_name,
        outcome=story.outcome,
        stage=story.stage,
        asked=story.first_answer is not None,
        opened=story.opened,
        could=story.could,
        guesses=guesses(story),
        checks=found,
        worked=worked(story, change),
        change=change,
        envelope=envelope(story, change, listen),
        card=card(story, found),
        again=_again(story, change),
        early=story.early,
        foreign=story.foreign,
        unclear=story.unclear,
        advised=story.advised,
        dared=story.dared,
        undared=story.undared,
        corrections=corrections(story, found, change),
        goal=story.goal,
        reached=story.reached and not left,
        won=aim.won if aim and left and story.reached else "",
        left=left,
        asked_wrongly=any(t.heard.matter is Matter.PROTECTED for t in story.spoken),
        paused=story.paused,
    )


def _of_distress(story: Story, listen: Ear) -> Debrief:
    """What is left of a debrief where somebody was in distress: nothing asked, checked or to be changed; the envelope is there to ask for."""
    return Debrief(
        manager=story.scenario.first_name,
        outcome=story.outcome,
        stage=story.stage,
        asked=story.first_answer is not None,
        opened=story.opened,
        could=story.could,
        guesses=(),
        checks=(),
        worked=None,
        change=None,
        envelope=envelope(story, None, listen),
        card=card(story, ()),
        again=(),
        early=story.early,
        paused=story.paused,
        distressed=True,
    )


def _once(ear: Ear) -> Ear:
    """An ear that listens once to the same words at the same point: a better line is held again in more than one call."""
    known: dict[tuple[str, Cue], Heard] = {}

    def hear(words: str, cue: Cue) -> Heard:
        if (words, cue) not in known:
            known[words, cue] = ear(words, cue)
        return known[words, cue]

    return hear


@lru_cache(maxsize=1)
def light_ear() -> Ear:
    """The hearing that better lines are tried on: the light one, whatever the call itself is heard with."""
    from dialogs.hearing import Ear as Listening

    listening = Listening("light")
    return listening.hear


def _again(story: Story, change: Change | None) -> tuple[Again, ...]:
    offers = []
    if change is not None and change.turn > 1:
        offers.append(Again(change.turn, f"Try again from turn {change.turn}"))
    first = story.first_ask.n if story.first_ask else 0
    if first > 1 and (change is None or first != change.turn):
        offers.append(Again(first, f"Try again from your question (turn {first})"))
    offers += [Again(0, f"{SAME_CALL}: {SAME_MEANS}"), Again(0, f"{NEW_CALL}: {NEW_MEANS}", fresh=True)]
    return tuple(offers)


__all__ = [
    "NEW_CALL", "NEW_MEANS", "RUBRIC", "SAME_CALL", "SAME_MEANS", "SKILLS", "Again", "Card", "Change", "Check", "Criterion", "Debrief", "Envelope", "Guess", "Key", "Part", "Past", "Proof", "Quote",
    "Rehearsal", "Stage", "Story", "Worked", "checks", "light_ear", "parts", "review",
]  # fmt: skip
