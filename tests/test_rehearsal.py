"""A call gone through again in the head, without a voice, stands after every turn where the call itself stood that was held aloud."""

from __future__ import annotations

from random import Random

from bot.library import managers
from dialogs.hearing.areas import AREAS
from dialogs.hearing.heard import Aside, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.review.rehearsal import Rehearsal

PUSHING = (Move.ACCUSE, Move.ARGUE, Move.THREATEN, Move.PLEAD, Move.PRY)
GENTLE = tuple(move for move in Move if move not in PUSHING)


def anything(rng: Random) -> Heard:
    """Something heard, by lot; mostly civil, so that calls last."""
    if rng.random() < 0.05:
        return Heard(aside=rng.choice([aside for aside in Aside if aside and aside is not Aside.HANG_UP]))
    among = GENTLE if rng.random() < 0.9 else PUSHING
    moves = tuple(dict.fromkeys(rng.choice(among) for _ in range(rng.choice((1, 1, 2, 3)))))
    return Heard(
        moves,
        sure=frozenset(move for move in moves if rng.random() < 0.5),
        wary=rng.random() < 0.05,
        areas=tuple(rng.sample(sorted(AREAS), rng.choice((0, 0, 1)))),
        words=rng.choice((3, 8, 20, 90)),
        guess=rng.random() < 0.3,
        advice=rng.random() < 0.1,
        matter=rng.choice((Matter.NONE, Matter.NONE, Matter.PROTECTED, *Matter)),
        hard=rng.random() < 0.2,
    )


def test_what_is_gone_through_in_the_head_stands_where_the_call_itself_stands() -> None:
    for number in range(1500):
        rng = Random(number)
        scenario = rng.choice(list(managers().values()))
        aloud, heard, levels = Practice(scenario, number), [anything(rng) for _ in range(10)], []
        for each in heard:
            if not aloud.ended:
                levels.append(aloud.take(each).level)
        in_the_head = Rehearsal(scenario, number).take_all(heard)
        in_the_head.call.taken = aloud.call.taken  # the rows of the last step, which a voice puts together
        assert (in_the_head.levels, in_the_head.call) == (levels, aloud.call), (scenario.name, number)
