"""What a verdict becomes in the light of the words themselves and of what was said before them: an answer, a guess, a name, a goodbye.

Each of these looks at one verdict and gives another one, or none; `in_call` asks them in turn.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dialogs.hearing import rules, standing
from dialogs.hearing.asides import aside_by_rule, elsewhere
from dialogs.hearing.asked import asking_parts, infers, is_question, opens_as_question, takes_up
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.judgement import CLEAR, Verdict
from dialogs.hearing.matters import Matter
from dialogs.hearing.names import Common, Given, is_name, presents_oneself
from dialogs.hearing.text import clauses, plain, words
from dialogs.moves import ASKS, COSTLY, FAMILIES, Move, in_speaking_order

BY_NAME = 0.8  # the confidence that a bare name introduces, where one is waited for
CLEARLY = 0.9  # the confidence from which a feeling is plain, even as the answer to a question
FAINT = frozenset({Move.OTHER, Move.ANSWER, Move.ACCEPT, Move.ACKNOWLEDGE, Move.INTEREST, Move.THANK})
"""What a guess of a few words is easily taken for."""
A_REQUEST = 8  # words: no more than the request or the question itself
IN_GENERAL = frozenset({Move.ASK_OPEN, Move.PROBE})
THE_REASON = frozenset({"why", "reason", "reasons", "feedback", "how"})
"""Words with one of which more is asked than whose business it is."""


def as_answer(verdict: Verdict, low: str, cue: Cue) -> Verdict | None:
    """What is said to her own question and asks nothing back answers it, though it may sound like a mood or like nothing."""
    heard = set(verdict.moves)
    doubted = verdict.echo is not None and not heard & (ASKS | COSTLY)
    faint = (doubted or heard <= {Move.OTHER, Move.VENT, Move.PLEAD}) and not verdict.sure
    if not cue.curious or not faint or low.endswith("?") or not any(c.isalpha() for c in low):
        return None
    # Plain grief stays grief; a mood that was only read into the words is what she had asked about.
    kept = {Move.VENT} if verdict.scores.get(Move.VENT, 0.0) >= CLEARLY else set()
    moves = in_speaking_order(kept | {Move.ANSWER})
    scores = verdict.scores | {Move.ANSWER: max(BY_NAME, verdict.scores.get(Move.ANSWER, 0.0))}
    return replace(verdict, moves=moves, scores=scores, wary=False, echo=None)


def as_guess(verdict: Verdict, low: str, cue: Cue) -> Verdict | None:
    """A few words that take up what she has just hinted are a guess, with or without a verb."""
    heard = set(verdict.moves) - {verdict.echo}
    concludes = infers(low) and not verdict.sure and not rules.in_hard_words(low)
    faint = FAINT | ({Move.ACCUSE, Move.ARGUE, Move.VENT} if concludes else set())
    takes = (concludes and not cue.nameless) or (cue.gave_reason and takes_up(low, cue.line))
    if heard & ASKS or not heard <= faint or not takes:
        return None
    moves = in_speaking_order((heard & FAINT - {Move.OTHER, Move.ANSWER}) | {Move.ASK_SPECIFIC})
    return replace(verdict, moves=moves, scores=verdict.scores | {Move.ASK_SPECIFIC: BY_NAME}, wary=False, echo=None)


def only_a_name(text: str, verdict: Verdict, aside: Aside, common: Common) -> bool:
    """Whether nothing was clearly heard in these words, and they look like a name (also one of another language)."""
    clear = verdict.moves not in ((Move.OTHER,), (Move.ANSWER,)) and verdict.echo is None
    return not clear and aside in (Aside.NONE, Aside.FOREIGN) and not elsewhere(plain(text)) and is_name(text, common)


def how_it_stands(low: str, verdict: Verdict, aside: Aside) -> Move | None:
    """What is asked about a decision that is still open, where no other question was heard and nothing costly."""
    # So short a question is put to her, though a model that knows no line before it may take it for an order to a program.
    put_to_her = is_question(low) and len(words(low)) <= A_REQUEST and not aside_by_rule(low)
    apart = {Aside.DISTRESS} if put_to_her else {Aside.DISTRESS, Aside.SOFTWARE}
    if aside in apart or set(verdict.moves) & (COSTLY | {Move.DOOR}):
        return None
    asked = standing.asked(low)
    return asked if asked is Move.DOOR or not set(verdict.moves) & ASKS else None


def presents(text: str, verdict: Verdict, aside: Aside, cue: Cue, common: Common) -> bool:
    """Whether hardly more than a greeting was heard, and the words give the caller's name."""
    little = set(verdict.moves) <= {Move.GREET, Move.INTRODUCE, Move.OTHER, Move.ANSWER}
    return little and aside is not Aside.DISTRESS and presents_oneself(text, cue.line, common)


def taking_leave(verdict: Verdict) -> Verdict:
    """The same verdict on words that end the talk without a goodbye."""
    moves = in_speaking_order({*verdict.moves, Move.CLOSE} - {Move.OTHER})
    return replace(
        verdict, moves=moves, scores=verdict.scores | {Move.CLOSE: max(BY_NAME, verdict.scores[Move.CLOSE])}, echo=None
    )


def asks_no_more_than_it_pries(low: str, verdict: Verdict, ruled: Collection[Move]) -> bool:
    """Whether these words are one question, clearly about others, into which one for the reason was only read: “could you tell me what she is paid?”"""
    heard = set(verdict.moves)
    if not {Move.PRY} < heard or not heard <= IN_GENERAL | {Move.PRY} or verdict.scores[Move.PRY] < CLEAR:
        return False
    doubted = all(verdict.scores[m] < CLEAR and m not in ruled for m in heard & IN_GENERAL)
    one = opens_as_question(low) and len(asking_parts(low, apart=True)) == 1
    return doubted and one and not THE_REASON & set(words(low))


def leaves_room(low: str, verdict: Verdict, own: Move, ruled: Collection[Move]) -> bool:
    """Whether what was heard is so little, or so doubtful, that a question known by its words stands in its place; beside kindness it stands anyway.
    `ruled`: the moves that a sure rule hears in the words."""
    heard = set(verdict.moves) - {verdict.echo}
    # The narrower question is the one put; and what is asked about later on is not asked about the reason.
    wider = {Move.ASK_SPECIFIC: {Move.PROBE, Move.ASK_OPEN}, Move.DOOR: ASKS}.get(own, set())
    if Move.PRY in verdict.moves or (own in ASKS | {Move.DOOR} and heard <= FAMILIES["warm"] | wider):
        return True
    # “Come on, give me something real” begs for an answer, not for the job; how surely, is no matter when it is all that is said.
    only_that = len(clauses(low)) == 1 and len(words(low)) <= A_REQUEST and Move.PLEAD not in ruled
    begs = {Move.PLEAD} - (set() if only_that else verdict.sure) if own in ASKS else set()
    return heard <= ({Move.OTHER, Move.ARGUE, Move.ANSWER} - verdict.sure) | begs


def heard_little(verdict: Verdict) -> bool:
    """Whether hardly more than a greeting was heard, or nothing without doubt."""
    return set(verdict.moves) - {verdict.echo} <= {Move.GREET, Move.INTRODUCE, Move.OTHER, Move.ANSWER}


def named(verdict: Verdict, given: Given) -> Verdict:
    """The same verdict on words that begin with the caller's name: what is in doubt, or was read into the name, is not kept."""
    kept = (
        set(verdict.moves) - {Move.OTHER, Move.ANSWER, verdict.echo}
        if given.rest
        else {Move.GREET} & set(verdict.moves) - ({Move.GREET} if given.alone else set())
    )
    scores = verdict.scores | {Move.INTRODUCE: max(BY_NAME, verdict.scores[Move.INTRODUCE])}
    return replace(
        verdict,
        moves=in_speaking_order({*kept, Move.INTRODUCE}),
        scores=scores,
        echo=None,
        wary=verdict.wary and bool(given.rest),
    )


def by_few_words(short: Move | Matter, verdict: Verdict, count: int) -> Heard:
    """A bare yes, no or okay, as what was said before it makes it: a move with the thanks beside it, or a matter and no move."""
    if isinstance(short, Matter):
        return Heard(scores=verdict.scores, words=count, matter=short)
    thanks = {Move.THANK} if Move.THANK in verdict.moves else set()
    return Heard(
        in_speaking_order({short, *thanks}), verdict.scores | {short: max(BY_NAME, verdict.scores[short])}, words=count
    )


def without(verdict: Verdict, move: Move) -> Verdict:
    """The same verdict on words that only looked like this move: “it's me” names nobody, and a goodbye in doubt is none."""
    left = tuple(m for m in verdict.moves if m is not move) or (Move.OTHER,)
    return replace(verdict, moves=left, echo=None if verdict.echo is move else verdict.echo)
