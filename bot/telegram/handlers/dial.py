"""Getting somebody on the phone: the next manager, one that was chosen, one by lot, one of one's own, or the same again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from difflib import get_close_matches

from bot.hearing import hearing_name
from bot.ladder import goal_of, why_next
from bot.library import own_folder
from bot.log import NotYours
from bot.session import Session
from bot.telegram.buttons import call_keys, key, rows
from bot.telegram.handlers import asking, menu, phone
from bot.telegram.messages import Ink, Message, spoken
from bot.telegram.visit import Visit
from dialogs.call import Opening
from dialogs.scenario import Scenario
from dialogs.scenario.surprise import draw


async def call(visit: Visit, name: str) -> None:
    """Call this manager, or the next one when no name is given."""
    session = await phone.in_call(visit)
    if session is not None:
        await visit.say(phone.on_the_line(visit, session))
        return
    if name.lower() == "surprise":
        await surprise(visit)
        return
    if not name:
        scenario = await visit.thread(visit.house.next_manager, visit.person)
        if scenario is None:
            await visit.say(
                Message("There is nobody to call yet. Whoever runs this bot can add managers; /own makes one for you.")
            )
            return
        await dial(visit, scenario, why=await visit.thread(why_next, visit.house.log, visit.id, scenario.name))
        return
    known = await visit.thread(visit.house.managers)
    found = by_key(known, name.lower()) or by_key(known, name)
    if found is not None:
        await dial(visit, found)
    elif own := by_key(await visit.thread(visit.house.own, visit.person), name):
        await dial(visit, own, private=True)
    else:
        close = get_close_matches(name.lower(), known, n=1)
        hint = f" Did you mean /call {close[0]}?" if close else ""
        await visit.say(Message(f"There is no manager called “{name[:40]}”.{hint} /managers lists them all."))


def by_key(scenarios: Mapping[str, Scenario], name: str) -> Scenario | None:
    """The scenario a button or a link named."""
    return next((s for n, s in scenarios.items() if n == name or key(n) == name), None)


async def call_command(visit: Visit) -> None:
    """/call and /call harbour."""
    await call(visit, visit.word())


async def surprise(visit: Visit) -> None:
    """A manager by lot, on a day of their own."""
    await visit.nod()
    if await phone.in_call(visit) is not None:
        await call(visit, "")
        return
    seed = secrets.randbelow(10**6)
    await dial(visit, await visit.thread(lambda: draw(seed, visit.house.managers(), extra=own_folder())))


async def call_tap(visit: Visit) -> None:
    """A button that calls somebody."""
    await visit.nod()
    await call(visit, visit.word())


async def own_tap(visit: Visit) -> None:
    """A button that calls somebody of one's own."""
    await visit.nod()
    if await phone.in_call(visit) is not None:
        await call(visit, visit.word())
        return
    own = by_key(await visit.thread(visit.house.own, visit.person), visit.word())
    if own is None:
        await visit.say(Message("That manager of yours is gone. /own makes another.", buttons=rows(menu.back())))
    else:
        await dial(visit, own, private=True)


async def dial(
    visit: Visit, scenario: Scenario, *, seed: int | None = None, private: bool = False, why: str = ""
) -> None:
    """Dial: who is called, `why` this one where nobody was named, and how the phone is picked up."""
    house = visit.house
    if seed is None:
        seed = await visit.thread(house.log.next_seed, visit.id, scenario.name)
    first_call = not await visit.thread(house.log.calls, visit.id, limit=1)
    session = await Session.start_async(
        house.log,
        visit.id,
        scenario,
        seed,
        ear=house.ear,
        hearing=hearing_name(),
        private=private,
        says=lambda turn: visit.payloads(
            [head(scenario, first_call=first_call, why=why), *spoken(turn.lines, scenario, house.pace(visit.person))]
        ),
        update_ids=visit.update_ids,
    )
    house.last_words.drop(visit.id)
    house.practises_again(visit.user.id)
    if asking.question(visit) is not None:  # what was asked before the call is not answered by words after it
        await asking.ask(visit, None)
    house.begun(visit.id, session)
    await visit.send()


def head(scenario: Scenario, *, first_call: bool = False, why: str = "") -> Message:
    """Whom one is calling, about what, and why this manager, where the ladder chose."""
    ink = Ink().plain("📞 ").bold(scenario.manager).plain(f", {scenario.company}.")
    how = (
        "and there has been no yes so far" if scenario.opening is Opening.TOO_EARLY else "and it went to somebody else"
    )
    ink.plain(f" You interviewed for the {scenario.job} job, {how}.")
    if scenario.about:
        ink.plain(f" {scenario.about}")
    if why:
        ink.plain("\n\n" + " ".join(filter(None, (why, goal_of(scenario.name), "Others: /managers."))))
    if first_call:
        ink.plain(
            "\n\nWrite what you would say, as you would say it; take all the time you like. Edit your last message to take it "
            "back."
        )
    return ink.plain("\n\n").italic("It rings.").message(keys=call_keys(scenario.first_name))


async def anew(visit: Visit) -> None:
    """ "Same manager, new call": with another mood of the day and other words for it."""
    await visit.nod()
    session = await phone.in_call(visit)
    if session is not None:
        await visit.say(phone.on_the_line(visit, session))
        return
    log = visit.house.log
    try:
        call = await visit.thread(log.call, visit.id, visit.word())
        scenario = await visit.thread(log.scenario, visit.id, call.session)
    except NotYours:
        await visit.say(Message("That call isn't here any more.", buttons=rows(menu.back())))
        return
    fresh = by_key(await visit.thread(visit.house.managers), call.scenario)
    await dial(visit, fresh or scenario, private=fresh is None)  # what is in no library is one's own, or was
