"""After the call: one's own guess first, then what worked, one thing to change, the sealed envelope, another try.

The words are the core's (`dialogs.review`); here they are put into Telegram's own means: buttons, a quotation that opens at a tap, a
spoiler, a button that copies the better line.
"""

from __future__ import annotations

from dataclasses import replace

from bot.log import NotYours
from bot.session import Session
from bot.telegram.buttons import NO_KEYS, Button, Rows, copy, rows, tap
from bot.telegram.handlers import postmortem
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.call import Opening, Outcome, Phase
from dialogs.called import called
from dialogs.care import AFTER_THE_CALL
from dialogs.levels import named, numbered
from dialogs.practice import Turn
from dialogs.review import NEW_CALL, NEW_MEANS, SAME_CALL, SAME_MEANS, Debrief, page, review
from dialogs.review.correction import IF_IT_WAS, Correction
from dialogs.review.guess import COUNTED_BESIDE, Guess, level_guess

DOUBTS = 3  # turns under the checks of which one may say what was meant
ENDINGS = {
    Outcome.WARM: "The call is over, on good terms.",
    Outcome.NEUTRAL: "The call is over.",
    Outcome.COLD: "The call is over, and it ended cold.",
    Outcome.CUT_OFF: "{m} has hung up. It happens, and here it costs nothing.",
    Outcome.VOICEMAIL: "Your message is on the machine.",
    Outcome.ABANDONED: "You rang off.",
}


def closed(said: list[Message], session: Session, turn: Turn) -> list[Message]:
    """The last messages of a call: what she says, the keys taken away, how it ended, and the first guess."""
    ended = ENDINGS[turn.outcome or Outcome.NEUTRAL].format(m=session.scenario.first_name)
    if said:
        return [*said[:-1], replace(said[-1], keys=NO_KEYS), opening(session, turn, Ink().italic(ended))]
    return [Ink().italic(ended).message(keys=NO_KEYS), opening(session, turn, Ink())]


def opening(session: Session, turn: Turn, ink: Ink) -> Message:
    """What stands at the end of a call: the first guess, or the way to the debrief."""
    scenario = session.scenario
    if session.practice.distressed:  # a question about how it went is not for now
        ink.plain("\n\n" if ink.size else "").plain(AFTER_THE_CALL)
        return ink.message(_calmly(session.id))
    if turn.n == 1 and not turn.said:
        ink.plain(page.NOTHING_SAID)
        return ink.message(rows(tap("Call again", "anew", session.id), tap("Menu", "menu"), wide=2))
    never_reached_her = scenario.opening is Opening.VOICEMAIL or turn.phase_before is Phase.RECEPTION
    if never_reached_her:
        ink.plain("" if ink.size else "Let's look at it.")
        return ink.message(rows(tap("See how it went", "debrief", session.id), tap("Menu", "menu"), wide=2))
    first = level_guess(scenario.first_name, 0)
    return _question(session.id, 0, first, ink.plain("\n\n" if ink.size else ""), first=True)


def _question(session: str, at: int, guess: Guess, ink: Ink, *, first: bool = False) -> Message:
    ink.bold("Before you look: your guess.\n" if first else "").plain(guess.question)
    labels = [f"{choice[0].upper()}{choice[1:]}" for choice in guess.choices]
    if guess.key == "level":
        labels = [numbered(level, words) for level, words in enumerate(labels)]
    choices = tuple((tap(label[:60], "guess", session, at, i),) for i, label in enumerate(labels))
    return ink.message((*choices, (tap("Skip the guessing", "debrief", session),)))


async def guess(visit: Visit) -> None:
    """A guess was tapped: keep it, and ask the next or open the debrief."""
    session, at, choice = visit.word(), visit.number(1, -1), visit.number(2, -1)
    made = await _made(visit, session)
    if made is None:
        return
    if not 0 <= at < len(made.guesses) or not 0 <= choice < len(made.guesses[at].choices):
        await visit.nod("That button is from another time.")
        return
    await visit.nod()
    asked = made.guesses[at]
    kept = await visit.thread(visit.house.log.guesses, visit.id, session)
    if asked.key not in kept:  # the first guess counts
        await visit.house.log.guess(visit.id, session, asked.key, str(choice), right=asked.answered(choice))
    elif at + 1 >= len(made.guesses):
        return
    if at + 1 < len(made.guesses):
        await visit.redraw(_question(session, at + 1, made.guesses[at + 1], Ink()))
        return
    await visit.strip()
    await show(visit, session, made)


async def guess_typed(visit: Visit) -> bool:
    """Whether what was written is the number of a guess that waits; then it is kept as if it had been tapped."""
    session, said = visit.house.unlooked.get(visit.id), visit.text.strip()
    if session is None or not (len(said) == 1 and said.isascii() and said.isdigit()):
        return False
    made = await _made(visit, session)
    if made is None or made.distressed or made.stage != "manager" or not made.guesses:
        return False
    asked, choice = made.guesses[0], int(said)  # the one whose answers have numbers
    kept = await visit.thread(visit.house.log.guesses, visit.id, session)
    if asked.key != "level" or asked.key in kept or choice >= len(asked.choices):
        return False
    await visit.house.log.guess(visit.id, session, asked.key, said, right=asked.answered(choice))
    if len(made.guesses) > 1:
        await visit.say(_question(session, 1, made.guesses[1], Ink()))
    else:
        await show(visit, session, made)
    return True


async def open_(visit: Visit) -> None:
    """The debrief itself, without guessing or from the list of past calls; of a call that was brought in, its reading."""
    try:
        call = await visit.thread(visit.house.log.call, visit.id, visit.word())
    except NotYours:
        call = None
    if call is not None and not call.version:
        await visit.nod()
        await postmortem.show(visit, call)
        return
    made = await _made(visit, visit.word())
    if made is not None:
        await visit.nod()
        await visit.strip()
        await show(visit, visit.word(), made)


async def _made(visit: Visit, session: str) -> Debrief | None:
    """The debrief of one of this person's own calls."""
    try:
        return await visit.thread(_review, visit, session)
    except NotYours:
        await visit.nod("That call isn't here any more.")
        await visit.strip()
        return None


def _review(visit: Visit, session: str) -> Debrief:
    log = visit.house.log
    known = visit.house.debriefs.get((visit.id, session))
    if known is not None:
        return known
    call = log.call(visit.id, session)
    turns = log.turns(visit.id, session)
    meant = log.corrections(visit.id, session)
    made = review(log.scenario(visit.id, session), call.seed, turns, meant=meant)
    if call.ended:
        visit.house.debriefs.put((visit.id, session), made)
    return made


async def still_open(visit: Visit) -> Message | None:
    """The call that has just ended and was not looked at: its guess again; None when there is none."""
    session = visit.house.unlooked.get(visit.id)
    made = await _made(visit, session) if session else None
    if session is None or made is None:
        return None
    ink = Ink().plain(f"The call is over, so {made.manager} doesn't hear that.")
    kept = await visit.thread(visit.house.log.guesses, visit.id, session)
    left = [(at, asked) for at, asked in enumerate(made.guesses) if asked.key not in kept]
    back = tap("Take my last words back, and go on", "undo", session)
    if made.distressed:
        return ink.message((*_calmly(session), (back,)))
    if not left or made.stage != "manager":
        return ink.message((*rows(tap("See how it went", "debrief", session), tap("Menu", "menu"), wide=2), (back,)))
    ink.plain(" If you had more to say, take your last words back. What waits otherwise is your guess.\n\n")
    asked = _question(session, *left[0], ink)
    return replace(asked, buttons=(*asked.buttons, (back,)))


async def show(visit: Visit, session: str, made: Debrief) -> None:
    """Everything there is to say after a call, in three messages."""
    visit.house.unlooked.drop(visit.id)
    call = await visit.thread(visit.house.log.call, visit.id, session)
    guesses = await visit.thread(visit.house.log.guesses, visit.id, session)
    helps = await visit.thread(visit.house.log.helps, visit.id, session)
    first_name = called(call.manager)
    if made.distressed:  # nobody is measured in a call that had something in it that matters more
        if visit.word(1) == "envelope":
            await visit.say(_envelope(made, first_name, Ink()).message(rows(tap("Menu", "menu"))))
        else:
            await visit.say(Ink().plain(page.how_far(made)).message(_calmly(session)))
        return
    messages = [checked(made, session, guesses, len(helps))]
    if made.change is not None:
        messages.append(change(made, session))
    elif nothing := page.nothing_to_change(made):
        messages.append(Ink().bold(page.nothing_title(made)).plain(f"\n{nothing}").message())
    messages.append(envelope(made, session, first_name, second=call.parent is not None))
    await visit.say(*messages)


def checked(made: Debrief, session: str, guesses: dict[str, str], helps: int) -> Message:
    """How far it opened, against the guess; what worked; and the checks, with the candidate's own words."""
    ink = Ink().bold("How it went").plain(f"\n{page.how_far(made)}")
    if aim := page.aim(made):
        ink.plain(f"\n{aim}")
    for asked in made.guesses:
        if (kept := guesses.get(asked.key, "")).isdigit() and int(kept) < len(asked.choices):
            ink.plain("\n" + _verdict(asked, int(kept)))
    if beside := page.beside_the_call(made):
        ink.plain(f"\n{beside}")
    if helps:
        ink.plain(f"\nYou looked at {'one hint' if helps == 1 else f'{helps} hints'}.")
    if made.worked:
        ink.plain("\n\n").bold("What worked").plain("\n").italic(made.worked.quote.marked).plain(f"\n{made.worked.why}")
    ink.plain("\n\n").bold(f"How you held it: {made.yes} of {len(made.checks)}").plain("\n")
    inner = Ink()
    for at, text in enumerate(page.check_texts(made.checks)):
        head, *shown = text.split("\n", 1)
        inner.plain("\n" if at else "").bold(head)
        for words in shown:
            inner.plain(f"\n{words.strip()}")
    return ink.folded(inner).message(rows(*(_put_right(it, session) for it in made.corrections[:DOUBTS])))


def _put_right(it: Correction, session: str) -> Button:
    """A tap that says what was missed, where that is known; otherwise one that asks."""
    if it.missed:
        return tap(f"Turn {it.turn}: {IF_IT_WAS[it.missed]}", "meant", session, it.turn, it.missed, "too")
    return tap(f"Turn {it.turn}: say what I meant", "meant", session, it.turn)


def _verdict(asked: Guess, choice: int) -> str:
    what = "openness" if asked.key == "level" else "the reason"
    if asked.beside(choice):
        return f"Your guess about {what}: {page.lower_first(asked.choices[choice])}. {COUNTED_BESIDE}"
    if asked.answered(choice):
        return f"Your guess about {what} was right."
    true = f" It was {named(asked.right)}." if asked.key == "level" else " The envelope below has the answer."
    return f"Your guess about {what}: {page.lower_first(asked.choices[choice])}.{true}"


def change(made: Debrief, session: str) -> Message:
    """The one thing to change, with words to copy and a way back to that moment."""
    it = made.change
    if it is None:
        raise LookupError("this call has nothing to change")
    ink = Ink().bold(page.change_title(made)).plain("\n")
    if it.line.words:
        ink.plain("You said: ").italic(it.line.marked).plain("\n")
    else:
        ink.plain(f"{page.silent_place(it)}\n")
    ink.plain(f"{it.why}\n\n").plain("For example:\n").quote(it.better).plain(f"\n{it.gain}")
    return ink.message(
        rows(
            copy("Copy these words", it.better),
            tap("Try again from here", "again", session, it.turn),
            tap("That is not what I meant", "meant", session, it.turn) if it.line.words else None,
        )
    )


def envelope(made: Debrief, session: str, first_name: str, *, second: bool = False) -> Message:
    """The sealed envelope under a spoiler, the card to hold, another try, and after a second one both side by side."""
    ink = _envelope(made, first_name, Ink())
    ink.plain("\n\n").bold("To hold on to: ").plain(page.card_text(made.card))
    ink.plain(f"\n\nIn the same call {SAME_MEANS}; in a new one {NEW_MEANS}.")
    return ink.message(_tries(made, session, second=second))


def _envelope(made: Debrief, first_name: str, ink: Ink) -> Ink:
    it = made.envelope
    inside = Ink().bold("What decided it: ").plain(f"{it.truth}\n")
    inside.bold(f"What {first_name} thought: ").plain(f"{it.thought}\n").bold("What would have opened more: ").plain(
        it.unlock
    )
    if it.next_time:
        inside.plain("\n").bold("For next time: ").plain(it.next_time)
    return ink.bold("The sealed envelope").plain(" (tap to open)\n").hidden(inside)


def _calmly(session: str) -> Rows:
    """After distress: the call to read, the envelope for whoever asks for it, and away from it all."""
    return rows(
        tap("Read the call", "show", session, 0),
        tap("The sealed envelope", "debrief", session, "envelope"),
        tap("Menu", "menu"),
        wide=2,
    )


def _tries(made: Debrief, session: str, *, second: bool) -> Rows:
    from_turn = [
        a for a in made.again if not a.fresh and a.turn > 1 and (made.change is None or a.turn != made.change.turn)
    ]
    buttons = [tap(a.label[:60], "again", session, a.turn) for a in from_turn[:2]]
    return (
        *rows(tap("Lay the two tries side by side", "beside", session) if second else None),
        *rows(*buttons),
        (tap(SAME_CALL, "again", session, 1),),
        (tap(NEW_CALL, "anew", session), tap("Next manager", "call")),
        (tap("Picture of the call", "picture", session), tap("Menu", "menu")),
    )
