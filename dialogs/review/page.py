"""The debrief as parts to show, in its order: what both shells print, each with its own means.

    for part in parts(debrief):
        part.kind, part.title, part.text          # "checks", "How the call was held", "✓ Did Dana know …"

A shell asks the guesses first, shows `sealed` parts only when they are opened, and makes a `copy` text easy to take along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.care import AFTER_THE_CALL
from dialogs.levels import LEVEL_WORDS
from dialogs.review.dared import to_dare

if TYPE_CHECKING:
    from collections.abc import Collection

    from dialogs.review import Debrief
    from dialogs.review.cards import Card
    from dialogs.review.change import Change
    from dialogs.review.check import Check

NOTHING = "Nothing to change"
TO_DARE = "Something to dare"
NOTHING_SAID = "Nothing was said, so there is nothing to look at. Ringing off at once is a fine rehearsal for dialling."
CARE_TITLE = "Before anything else"
ANOTHER_DAY = "The call can be gone on with on another day."
YES, NO = "✓", "·"
NO_FAULT = ("deepen", "later", "round off")  # cases of a change in which nothing was wrong


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the debrief. `quiet` text may be folded away, a `sealed` part is only shown when opened."""

    kind: str  # care, opened, worked, checks, change, envelope, card
    title: str
    text: str
    quiet: bool = False
    sealed: bool = False
    copy: str = ""


def parts(debrief: Debrief, *, opened: bool = False) -> tuple[Part, ...]:
    """Everything after the guesses, in order. After distress that is one kind page, and the envelope only where it is asked for (`opened`)."""
    if debrief.distressed:
        kind = Part("care", CARE_TITLE, how_far(debrief))
        return (kind, _envelope(debrief)) if opened else (kind,)
    told = " ".join(filter(None, (how_far(debrief), aim(debrief))))
    found = [Part("opened", "How far it opened", "\n".join(filter(None, (told, beside_the_call(debrief)))))]
    if debrief.worked:
        w = debrief.worked
        found.append(Part("worked", "What worked", f"{w.quote.marked} (turn {w.quote.turn})\n{w.why}"))
    found.append(
        Part(
            "checks",
            f"How you held it: {debrief.yes} of {len(debrief.checks)}",
            "\n".join(check_texts(debrief.checks)),
            True,
        )
    )
    if debrief.change:
        found.append(Part("change", change_title(debrief), change_text(debrief), copy=debrief.change.better))
    elif nothing := nothing_to_change(debrief):
        found.append(Part("change", nothing_title(debrief), nothing))
    found.append(_envelope(debrief))
    found.append(Part("card", "A card for the real call", card_text(debrief.card)))
    return tuple(found)


def _envelope(debrief: Debrief) -> Part:
    e = debrief.envelope
    sealed = [
        f"What decided it: {e.truth}",
        f"What {debrief.manager} thought: {e.thought}",
        f"What would have opened more: {e.unlock}",
    ]
    if e.next_time:
        sealed.append(f"For next time: {e.next_time}")
    return Part("envelope", "The sealed envelope", "\n".join(sealed), sealed=True)


def how_far(debrief: Debrief) -> str:
    """How far she opened, and how far anybody could have got; what came of it, where the call was there for something else."""
    if debrief.distressed:
        return AFTER_THE_CALL + (f" {ANOTHER_DAY}" if debrief.paused else "")
    if debrief.dared:
        over = debrief.outcome in ("cut_off", "cold")
        came = (
            f"{debrief.manager} ended the call over it" if over else f"{debrief.manager} did not end the call over it"
        )
        return f"This call is there to be hung up on. You said what one must not say, and {came}. {DARED_AND_OVER if over else DARED_ONLY}"
    return _how_far(debrief) + (f" {UNDARED}" if debrief.undared else "")


def beside_the_call(debrief: Debrief) -> str:
    """What there is to say of a question that must not be asked, where the candidate told of one; it comes last, and is no part of how it went."""
    return ASKED_WRONGLY if debrief.asked_wrongly and not debrief.dared else ""


def aim(debrief: Debrief) -> str:
    """Whether the call came to what it is there for, in so many words; a call that is there to be hung up on says it itself."""
    if debrief.dared or debrief.undared:
        return ""
    if debrief.goal:
        if debrief.won:  # the end was reached, and a check below says that a part of the way was not taken
            return f"The aim was: “{debrief.goal}” {debrief.won} What is still to try: {' and '.join(debrief.left)}."
        return (
            f"The aim was: “{debrief.goal}” {'You reached it.' if debrief.reached else 'It was not reached this time.'}"
        )
    if debrief.stage == "voicemail" and debrief.checks:
        yes = {check.key for check in debrief.checks if check.yes}
        whole = {"name", "matter", "wants", "number"} <= yes
        return f"The aim was a message that can be answered. {'Yours can be.' if whole else 'In yours something for that is still missing.'}"
    if debrief.stage == "manager" and debrief.could <= 1 and not debrief.early:
        held = debrief.outcome in ("warm", "neutral")
        return f"All there was to win was to hold it to a decent end. {'You did.' if held else 'It did not come to that this time.'}"
    return ""


DARED_AND_OVER = "That was the whole aim, and you are still here."
DARED_ONLY = "That counts, too."
ASKED_WRONGLY = (
    "A word about the question you were asked, outside the game: in most places an employer may not ask about children, family plans, age, faith, "
    "origin or health, or decide by them. It was right to say so, and it is not held against you here. The facts belong in a note of your own, with the date; an equality body or an "
    "advice line can tell you what your law says, and mostly within a short time limit."
)
UNDARED = "This call is there to be hung up on, once and on purpose. You held it politely, which is fine as well; the other is still there to try."


def _how_far(debrief: Debrief) -> str:
    if debrief.stage == "voicemail":
        return "A machine took the call, so there was nothing to open."
    if debrief.stage == "reception":
        return f"The call ended at the front desk, before {debrief.manager} could be asked."
    got, top = LEVEL_WORDS[debrief.opened], LEVEL_WORDS[debrief.could]
    if not debrief.asked:
        put = next((c for c in debrief.checks if c.key == "asked"), None)
        told = _lost(debrief) or "The reason was not asked for"
        if put is not None and (put.yes or put.open_to_correction):
            told = "Your question got no answer" if put.yes else "No question about the reason was heard"
        most = (
            "Nothing was decided yet, so there was none to hear."
            if debrief.early
            else f"The most that anyone gets here is {top}."
        )
        return f"{told}. {most}"
    if debrief.early:
        return f"Nothing was decided yet, so {debrief.manager} had no reason to give. Nobody gets further than that in this call."
    more = "one more piece of advice" if debrief.opened == len(LEVEL_WORDS) - 1 else "a piece of advice"
    advice = f", and {more} besides" if debrief.advised else ""
    if debrief.opened >= debrief.could:
        return f"You got {got}, level {debrief.opened} of 4{advice}. No answer goes further in this call."
    return f"You got {got}, level {debrief.opened} of 4{advice}. The most open answer in this call is {top}, level {debrief.could}."


def _lost(debrief: Debrief) -> str:
    """Which words were not understood, where nothing else was asked: nobody can say what was in them."""
    if debrief.foreign:
        what = f"{_turns(debrief.foreign)} in another language. Only English is followed here, so I can't tell what you asked"
        return what[:1].upper() + what[1:]
    if debrief.unclear:
        where = _turns(debrief.unclear).rsplit(" ", 1)[0]
        return f"No question about the reason was heard, and {where} could not be made out"
    return ""


def _turns(numbers: tuple[int, ...]) -> str:
    *others, last = map(str, numbers)
    return f"turns {', '.join(others)} and {last} were" if others else f"turn {last} was"


def check_texts(checks: tuple[Check, ...]) -> list[str]:
    """Every check in its lines; what was said before a place is quoted once, and a turn quoted again is only named."""
    texts: list[str] = []
    told: set[str | int] = set()
    for check in checks:
        texts.append(check_text(check, told))
        told |= {q.words for q in check.quotes} | ({check.doubt} if check.doubt else set())
        if not check.yes and not check.quotes:
            told.add(check.note or check.place)
    return texts


THE_SAME = "The same goes for this."
LONG_QUOTE = 60  # a longer one is not shown twice in one debrief


def check_text(check: Check, told: Collection[str | int] = ()) -> str:
    """A check in two lines: yes or no, and what shows it. What is in `told` has been quoted before."""
    said = " / ".join(
        f"Turn {q.turn}, as above." if len(q.words) > LONG_QUOTE and q.words in told else f"{q.marked} (turn {q.turn})"
        for q in check.quotes
    )
    where = ""
    if not check.yes and not check.quotes and not check.note:
        again = check.place in told
        where = f"Turn {check.place} had room for it{', too.' if again else _after(check.after)}"
    note = THE_SAME if not check.quotes and check.note in told else check.note
    shown = " ".join(w for w in (said, "" if check.doubt else note, _doubted(check, told), where) if w)
    return f"{YES if check.yes else NO} {check.question} {'Yes' if check.yes else 'No'}." + (
        f"\n   {shown}" if shown else ""
    )


def _doubted(check: Check, told: Collection[str | int]) -> str:
    if not check.doubt:
        return ""
    if check.doubt in told:
        return "I was not sure of this either."
    return f"I took this as {check.doubt}, but I was not sure. If you meant something else, say so."


def card_text(card: Card) -> str:
    """The card as one sentence."""
    return f"{card.when}, {lower_first(card.then)}"


def _after(words: str) -> str:
    if not words:
        return "."
    return f", after “{words}”" + ("" if words[-1] in ".!?" else ".")


def change_title(debrief: Debrief) -> str:
    """What to call it: where nothing needs mending, it is a step further and no change."""
    if debrief.dared:
        return "The same moment, when it counts"
    return "One step further" if debrief.change and debrief.change.fault in NO_FAULT else "One thing to change"


def nothing_title(debrief: Debrief) -> str:
    """What to call what is said where nothing is to be changed."""
    return TO_DARE if debrief.undared else NOTHING


def nothing_to_change(debrief: Debrief) -> str:
    """What is said where every check is a yes and no words would open more; empty where there is something to change."""
    if debrief.undared:
        return to_dare(debrief.manager)
    if debrief.change or not debrief.checks or debrief.yes < len(debrief.checks):
        return ""
    if debrief.stage == "voicemail":
        return (
            f"Every check is a yes: {debrief.manager} can answer this message as it is. Only for practice, "
            "you could leave it once more in half the words."
        )
    return "Every check is a yes. Only for practice, you could hold the same call once more in fewer words."


def change_text(debrief: Debrief) -> str:
    """The line, why, the better one, and what it brings."""
    c = debrief.change
    if c is None:
        return ""
    line = f"Turn {c.turn}: {c.line.marked}" if c.line.words else silent_place(c)
    return f"{line}\n{c.why}\nTry: “{c.better}”\n{c.gain}"


def silent_place(change: Change) -> str:
    """Where the better line belongs when nothing was said there."""
    if change.fault != "left open":
        return f"Turn {change.turn}: ({'you rang off' if change.rang_off else 'nothing was said'})"
    return f"After turn {change.turn - 1}" if change.turn > 1 else "At the beginning"


def lower_first(words: str) -> str:
    """For a clause in the middle of a sentence; “I” stays as it is."""
    return words if words.startswith(("I ", "I'")) else words[:1].lower() + words[1:]
