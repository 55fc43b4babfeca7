"""Which moves of what was said count in a turn: those that were understood, those that work on the manager's mood, those the table is asked about.

Many calls hear the same moves, so each set is made once and all calls that rest on it hold that one: any set, also an empty one, would take
a fifth of a call's memory.
"""

from __future__ import annotations

from functools import lru_cache

from dialogs.hearing.heard import Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import ASKS, Move, in_speaking_order

NARROWEST_FIRST = (Move.ASK_SPECIFIC, Move.PROBE, Move.ASK_OPEN)
NOTHING_CLEAR = frozenset({Move.OTHER})


@lru_cache(maxsize=1024)
def shared(moves: frozenset[Move]) -> frozenset[Move]:
    """The same set, of which there is one."""
    return moves


@lru_cache(maxsize=1024)
def understood_moves(moves: tuple[Move, ...], more: bool) -> frozenset[Move]:
    """The moves that were understood. What may have been a push, or touches a matter (`more`), was, whatever else it is."""
    return shared(frozenset(moves) - NOTHING_CLEAR if more or len(moves) > 1 else frozenset(moves))


@lru_cache(maxsize=1024)
def shared_areas(names: tuple[str, ...]) -> frozenset[str]:
    """The areas of these names, as the one set there is of them."""
    # Apart from the sets of moves: a move and an area may have the same name, and then their sets are equal.
    return frozenset(names)


def _one_push(moves: frozenset[Move]) -> frozenset[Move]:
    """These moves with one push among them: who blames and argues in a breath has pushed once, and the second push comes in words of its own."""
    if Move.THREATEN in moves:
        return moves - {Move.ARGUE, Move.ACCUSE}
    return moves - {Move.ARGUE} if Move.ACCUSE in moves else moves


@lru_cache(maxsize=1024)
def felt_moves(moves: frozenset[Move], *, question_open: bool) -> tuple[Move, ...]:
    """Which moves of a turn work on her mood, in order: of several pushes one, and an answer only when she has asked something herself."""
    return tuple(m for m in in_speaking_order(_one_push(moves)) if m is not Move.ANSWER or question_open)


@lru_cache(maxsize=1024)
def answered_moves(moves: frozenset[Move]) -> tuple[Move, ...]:
    """Which moves of a turn the table is asked about, in order: of several questions the narrowest, of several pushes one."""
    if len(asks := moves & ASKS) > 1:
        moves = moves - asks | {next(m for m in NARROWEST_FIRST if m in asks)}
    return in_speaking_order(_one_push(moves))


def blames_hard(heard: Heard, sure: frozenset[Move]) -> bool:
    """Whether blame in a turn is hard: in hard words, beyond doubt (among its `sure` moves), or about what nobody may be judged by."""
    return heard.hard or Move.ACCUSE in sure or heard.matter in (Matter.TRAIT, Matter.PROTECTED)
