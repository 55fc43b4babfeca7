"""My own call: a few short questions, each skippable, make a manager of one's own, and a card to hold in the hand."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import asking, menu, phone, real_call
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.card import Facts
from dialogs.scenario import Scenario
from dialogs.scenario.own_call import Question, make, questions

MOST = 12  # managers of one's own


async def begin(visit: Visit) -> None:
    """/own: the first question."""
    session = await phone.in_call(visit)
    if session is not None:
        await visit.say(phone.on_the_line(visit, session))
        return
    mine = await visit.thread(visit.house.own, visit.person)
    if len(mine) >= MOST:
        await visit.say(
            Message(
                f"You have {MOST} calls of your own, which is the most I keep. /managers calls them; the oldest goes when you make another."
            )
        )
    await asking.ask(visit, {"what": "own", "at": 0, "answers": {}})
    ink = (
        Ink()
        .bold("Your own call")
        .plain(
            "\nA few short questions make a manager like yours. Skip what you like; nobody but you will be able to call them."
        )
    )
    await visit.say(ink.message(), question(0))


def question(at: int) -> Message:
    """One of the questions, with its choices and a way past it."""
    asked = questions()[at]
    ink = Ink().plain(f"{at + 1}/{len(questions())}  ").bold(asked.ask)
    if asked.example:
        ink.plain(f"\nFor example: {asked.example}")
    wide = 2 if len(asked.choices) > 8 else 1
    choices = rows(
        *(tap(c.label[:1].upper() + c.label[1:], "o", at, i) for i, c in enumerate(asked.choices)), wide=wide
    )
    return ink.message((*choices, (tap("Skip", "o", at, "skip"), tap("Stop here", "o", at, "stop"))))


async def tapped(visit: Visit) -> None:
    """A choice, or past it."""
    asked = asking.question(visit)
    at = visit.number(0, -1)
    if asked is None or asked.get("what") != "own" or asked.get("at") != at or at >= len(questions()):
        await visit.nod("That question has been answered.")
        await visit.strip()
        return
    await visit.nod()
    if visit.word(1) == "stop":
        await asking.ask(visit, None)
        await visit.redraw(Message(asking.LEFT["own"], buttons=rows(tap("My own call", "own"), menu.back(), wide=2)))
        return
    choices = questions()[at].choices
    pick = visit.number(1, -1)
    answer = choices[pick].value if 0 <= pick < len(choices) else ""
    shown = choices[pick].label if 0 <= pick < len(choices) else "skipped"
    await visit.redraw(Ink().plain(f"{questions()[at].ask} ").italic(shown).message())
    await _next(visit, asked, questions()[at], answer)


async def answered(visit: Visit, asked: dict[str, Any], text: str) -> None:
    """A free answer, or a choice in words."""
    at = asked.get("at", 0)
    if not isinstance(at, int) or not 0 <= at < len(questions()):
        await asking.ask(visit, None)
        await menu.menu(visit)
        return
    now = questions()[at]
    try:
        answer = now.read("" if text.strip().casefold() in ("skip", "-", "?") else text)
    except ValueError:
        await visit.say(Message("Please tap one of the answers, or Skip."), question(at))
        return
    await _next(visit, asked, now, answer)


async def _next(visit: Visit, asked: dict[str, Any], now: Question, answer: str) -> None:
    answers: dict[str, str] = {**asked.get("answers", {}), now.key: answer}
    at = int(asked["at"]) + 1
    if at < len(questions()):
        await asking.ask(visit, {"what": "own", "at": at, "answers": answers})
        await visit.say(question(at))
        return
    scenario = await visit.thread(_made, visit, answers)
    await visit.house.log.own_scenario(visit.id, scenario.name, scenario.source)
    await asking.ask(visit, None)
    await visit.say(real_call.card(Facts.of(scenario, fear=answers.get("reason", "")), scenario))


def _made(visit: Visit, answers: Mapping[str, str]) -> Scenario:
    mine = visit.house.log.own_scenarios(visit.id)
    seed = zlib.crc32(f"{visit.person.public_id}:{len(mine)}".encode())
    scenario = make(answers, seed)
    name, n = scenario.name, 2
    while name in mine:
        name, n = f"{scenario.name}-{n}", n + 1
    if len(mine) >= MOST:
        visit.house.log.drop_own_scenario(visit.id, next(iter(mine))).result()
    return make(answers, seed, name=name)
