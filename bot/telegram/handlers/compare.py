"""Two tries of a call side by side, turn by turn: what was said, what came back, what changed and why.

A phone is too narrow for two columns, so each turn stands as a pair: the first try above the second, and what it made below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.log import NotYours
from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import menu
from bot.telegram.messages import Ink
from bot.telegram.visit import Visit
from dialogs.called import called

if TYPE_CHECKING:
    from dialogs.compare import Comparison, Row, Side

A_SHEET = 1600  # UTF-16 units in one message
A_LINE = 280  # characters of one thing said


async def beside(visit: Visit) -> None:
    """A try beside the call it was made from, a sheet at a time."""
    from dialogs.compare import compare  # loaded by the first who asks

    log = visit.house.log
    try:
        second = await visit.thread(log.call, visit.id, visit.word())
        if second.parent is None:
            raise NotYours("The call it was made from is gone.")
        first = await visit.thread(log.call, visit.id, second.parent)
        a = await visit.thread(log.turns, visit.id, first.session)
        b = await visit.thread(log.turns, visit.id, second.session)
    except NotYours:
        await visit.nod("The two calls aren't both here any more.")
        return
    await visit.nod()
    found = compare(a, b)
    sheets = written(found, called(second.manager))
    number = min(visit.number(1), len(sheets) - 1)
    again = tap("Try again from where they part", "again", second.session, found.apart) if found.apart else None
    message = sheets[number].message(
        (
            *menu.turning("beside", number, len(sheets), second.session),
            *rows(again),
            (tap("Read the first", "show", first.session, 0), tap("Read the second", "show", second.session, 0)),
            (menu.back(),),
        )
    )
    turned = visit.word(1) != ""
    await (visit.redraw(message) if turned else visit.say(message))


def written(found: Comparison, name: str) -> list[Ink]:
    """The comparison in sheets that fit a message: what is the same in one line, each turn that differs as a pair."""
    ink = Ink().bold("Two tries, side by side").plain(f"\n{found.lead}\n")
    sheets = [ink]
    for part in _parts(found.rows, name, found.over):
        if sheets[-1].size + part.size > A_SHEET and sheets[-1].size > 300:
            sheets.append(Ink())
        sheets[-1].plain("\n" if sheets[-1].size else "").put(part)
    return sheets


def _parts(pairs: Sequence[Row], name: str, over: tuple[bool, bool]) -> list[Ink]:
    same = [row.n for row in pairs if row.same]
    made = []
    if same:
        which = f"Turn {same[0]} is" if len(same) == 1 else f"Turns {same[0]}–{same[-1]} are"
        made.append(Ink().italic(f"{which} the same in both.").plain("\n"))
    return made + [_pair(row, name, over) for row in pairs if not row.same]


def _pair(row: Row, name: str, over: tuple[bool, bool]) -> Ink:
    ink = Ink().bold(f"Turn {row.n}").plain("\n")
    for title, side, ended in (("First try", row.a, over[0]), ("Second try", row.b, over[1])):
        gone = "the call was over" if ended else "the call goes no further yet"
        ink.italic(title if side else f"{title}: {gone}").plain("\n")
        if side is not None:
            _side(ink, side, name)
    return ink.plain(f"→ {row.what}\n")


def _side(ink: Ink, side: Side, name: str) -> None:
    ink.bold("You:").plain(f" {_short(side.said) or side.unspoken}\n")
    if side.says:
        ink.bold(f"{name}:").plain(f" {_short(' '.join(side.says))}\n")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= A_LINE else text[: A_LINE - 2].rsplit(" ", 1)[0] + " …"
