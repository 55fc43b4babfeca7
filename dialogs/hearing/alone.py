"""What words do by themselves, with no line of the manager before them: what the model hears, and little else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.hearing import matters, rules
from dialogs.hearing.areas import areas_asked
from dialogs.hearing.asked import guessed_areas, topic_of, wants_advice
from dialogs.hearing.heard import Aside, Heard
from dialogs.hearing.judgement import Verdict, within
from dialogs.hearing.leaning import taking_leave, without
from dialogs.hearing.matters import Matter
from dialogs.hearing.names import names_nobody
from dialogs.hearing.text import words
from dialogs.moves import ASKS, COSTLY, Move, in_speaking_order

if TYPE_CHECKING:
    from dialogs.hearing.ear import Evidence


def alone(seen: Evidence, verdict: Verdict, aside: Aside) -> Heard:
    """One utterance by itself. A matter takes back only what would be costly; and an okay that nods to nothing is what it sounds like."""
    if Move.INTRODUCE in verdict.moves and names_nobody(seen.plain):
        verdict = without(verdict, Move.INTRODUCE)
    if rules.leaving(seen.plain) and not set(verdict.moves) & (ASKS | COSTLY | {Move.DOOR, Move.CLOSE}):
        verdict, aside = taking_leave(verdict), Aside.NONE if aside is Aside.FOREIGN else aside
    if aside:
        return Heard(scores=verdict.scores, aside=aside, words=len(words(seen.plain)))
    matter, slight = matters.named(seen.plain), rules.slighting(seen.plain)
    off = COSTLY & matters.not_meant(matter, seen.plain, bool(slight) or Move.ACCUSE in seen.ruled)
    verdict = insulted(seen.plain, verdict)
    verdict = within(verdict, off, bool(slight), not matters.only_felt(seen.plain))
    return made_of(seen.plain, verdict, Matter.NONE if matter is Matter.NOD else matter)


def insulted(low: str, verdict: Verdict) -> Verdict:
    """The same verdict, with the blame that lies in words of abuse."""
    if not rules.abusive(low):
        return verdict
    return replace(verdict, moves=in_speaking_order({*verdict.moves, Move.ACCUSE} - {Move.OTHER}))


def made_of(low: str, verdict: Verdict, matter: Matter, *, takes_up_hers: bool = False) -> Heard:
    """The verdict, and what its question is about. `takes_up_hers`: the question takes up what the manager has just said, so what it
    names is a guess."""
    asks = bool(set(verdict.moves) & ASKS)
    advice = asks and wants_advice(low)
    guessed = guessed_areas(low) if asks and not advice else ()
    if asks and not advice and not guessed and takes_up_hers:
        guessed = areas_asked(low)
    return Heard(
        moves=verdict.moves,
        scores=verdict.scores,
        sure=verdict.sure,
        wary=verdict.wary,
        echo=verdict.echo,
        areas=(guessed or areas_asked(low)) if asks else (),
        words=len(words(low)),
        guess=bool(guessed),
        advice=advice,
        topic=topic_of(low) if asks else (),
        matter=matter,
        hard=Move.ACCUSE in verdict.moves and rules.in_hard_words(low),
    )
