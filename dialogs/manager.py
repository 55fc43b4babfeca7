"""The manager: first what may be said (a disclosure level), then which line says it.

The level follows from trust, the way the question was put, the kind of reason and the policy cap; the lines follow from
the scenes the table played, the least recently said first. The reason itself is fixed before the call and never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from dialogs.call import PUSHES, Call, Outcome, Phase, Row, outcome
from dialogs.hearing.areas import near
from dialogs.hearing.heard import Heard
from dialogs.moves import DISPLEASURE, FAMILIES, Move
from dialogs.scenes import LEVELS, SCENES, Line, Place

STOCK, HINT, SPECIFIC, CANDID = 1, 2, 3, 4

BEGINNING = 2.5  # the trust most calls begin with; where it has sunk below, a prepared question earns nothing, and a mute house stays mute
HINT_TRUST = 2.0  # below it not even a broad dimension is named
CANDID_MARGIN = 0.5  # trust beyond a reason's price that turns it into advice
ANSWERS = frozenset(
    {
        "answer",
        "stonewall",
        "again",
        "avoid",
        "pull_back",
        "no_more",
        "not_closed",
        "email_hr",
        "email_hr_again",
    }
)
"""Scenes that answer a question about the reason; only these have a level."""


DOORS = ("door_real", "door_open_process", "door_courtesy")
"""Scenes that answer what was asked about later on."""

TO_A_FEELING = frozenset({"kind", "heard_out", "hr", "guard"})
"""Scenes that answer a feeling: nothing is recalled before them."""

TO_A_GUESS = frozenset({"yes_that", "not_that", "near_it"})
"""Scenes that answer a guess: what was told is then told again as what it was instead, and not as the same once more."""

LEAVE = FAMILIES["warm"] | {Move.CLOSE}
"""Moves with which somebody takes leave in a civil way."""

SETTLES = frozenset({Move.ACCEPT, Move.REASSURE, Move.ACKNOWLEDGE})
"""Moves that take a weight off her."""


def affordable(call: Call) -> int:
    """The highest disclosure level (0-4) this call's trust pays for, before policy has its say.

    Prices by kind of reason are in `scenario.KINDS`; a reason that must be asked about is not told to who never named an
    area or asked on.
    """
    hidden, trust = call.hidden, call.trust
    explored = call.count(Move.ASK_SPECIFIC, Move.PROBE) > 0
    level = STOCK if hidden.start >= STOCK or trust >= BEGINNING else 0
    if level and trust >= (hidden.price if hidden.told_at <= HINT else HINT_TRUST):
        level = HINT
        nearly = hidden.price if hidden.told_at <= SPECIFIC else hidden.price - CANDID_MARGIN
        if trust >= nearly and (explored or not hidden.needs_narrow):
            level = SPECIFIC
            dear = hidden.price if hidden.told_at >= CANDID else hidden.price + CANDID_MARGIN
            if trust >= dear and explored:
                level = CANDID
    return max(level, hidden.start)


def level_of_answer(call: Call) -> int:
    """The disclosure level (0-4) of the answer to the question just put; at most one above what was given before."""
    hidden = call.hidden
    prepared = call.count(Move.ACCEPT, Move.REASSURE) > 0
    narrow = bool(call.moves & {Move.ASK_SPECIFIC, Move.PROBE})
    if call.given is None:
        # The letter already gave the formula; only a question that was prepared gets more than that.
        wanted = hidden.start + (1 if prepared and call.trust >= BEGINNING else 0)
    else:
        wanted = call.given + (1 if narrow or call.softened_since else 0)
    wanted = min(wanted, affordable(call))
    if (call.hurt or call.moves & {Move.VENT, Move.PLEAD}) and wanted > STOCK:
        wanted -= 1  # kind words, less content
    return min(wanted, hidden.cap, hidden.ceiling)


def level_of(call: Call, scene: str) -> int | None:
    """The disclosure level of a scene, None when it answers no question."""
    if scene not in ANSWERS:
        return None
    if scene == "answer":
        return level_of_answer(call)
    if scene == "again":
        return min(call.last_level or 0, call.hidden.cap)
    return min(STOCK, call.hidden.cap) if scene in ("pull_back", "not_closed") else 0


def note_answer(call: Call, scene: str, level: int) -> None:
    """Remember what was asked and how far it was answered."""
    call.stale_asks = call.stale_asks + 1 if scene in ("again", "no_more", "stonewall") else 0
    call.last_ask, call.last_topic = call.ask, call.topic
    call.told_more = scene == "answer" and (call.given is None or level > call.given)
    call.last_level = level
    call.softened_since = False
    call.candid_run = call.candid_run + 1 if level >= SPECIFIC and scene == "answer" else 0
    if scene == "email_hr":
        call.deflected = True
        return  # the question itself is still open
    call.asks += 1
    call.given = level if call.given is None else max(call.given, level)
    call.avoided += scene == "avoid"
    call.pulled_back |= scene == "pull_back"


def headings(call: Call, taken: tuple[Row, ...], heard: Heard, level: int | None, *, before: Phase) -> list[str]:
    """The headings whose lines make up this turn, in order: at most a reaction, the main thing, an addition."""
    main, others = _joined(taken, heard.echo)
    if main in ("", "hung_up"):
        return []
    if main == "put_through":
        return ["put_through", "announced"]
    spoken = [_heading(call, main, level)]
    if main in ("cut_off", "close_cold"):
        return spoken  # what ends a call in anger stands alone
    first = _reaction(call, others, heard, main, level, before)
    if first:
        spoken.insert(0, first)
    if main in DOORS:
        if call.phase is Phase.ENDED:
            spoken.append(_goodbye(call))
    elif not others:
        return spoken
    elif main in ("goodbye", "out_of_time", "worn_out"):
        if kept := _kept_beside_goodbye(others, call, level):
            spoken.insert(-1, kept)
    else:
        spoken += [s for s in others if s in DOORS]  # a question and the door in one breath: both are answered
    return list(dict.fromkeys(spoken))


@lru_cache(maxsize=2048)
def _joined(taken: tuple[Row, ...], echo: Move | None) -> tuple[str, tuple[str, ...]]:
    """The scene of these rows that matters most, and those beside it: in every call the same, and so worked out once."""
    scenes = [row.scene for row in taken if row.scene]
    if not scenes:
        return "", ()
    for alone in ("hung_up", "put_through"):
        if alone in scenes:
            return alone, ()
    if "repeats" in scenes and _goes_on(taken):
        scenes.remove("repeats")
    scenes = _fitting(scenes, echo)
    main = max(scenes, key=_weight)
    return main, tuple(s for s in scenes if s != main)


def _fitting(scenes: Sequence[str], echo: Move | None) -> list[str]:
    """The scenes without those that another one makes superfluous: who is sent to write is not sent twice, what may have been a push is not comforted, and what may have been none is not thanked for."""
    off = {"hr"} if {"never_a_reason", "not_to_be_asked"} & set(scenes) else set()
    if {"hr", "guard"} & set(scenes):
        off.add("kind")  # nobody is comforted and sent away in one breath
    if "kind" in scenes:
        off.add("heard_out")
    if echo is Move.VENT and "wary" in scenes:
        off.add("kind")
    kept = [scene for scene in scenes if scene not in off]
    if echo in SETTLES and set(kept) == {"warmed"}:
        return ["go_on"]  # what may have been meant kindly is heard, and nobody is thanked for it
    return kept


def _goes_on(taken: tuple[Row, ...]) -> bool:
    """Whether the same breath brought the call to another place, or she has to ask who it is: her last words fit no longer."""
    return any(row.to is not None or row.scene in ("who_is_this", "hello") for row in taken)


def stands_alone(heading: str) -> bool:
    """Whether lines under this heading are more than a reaction to what was said just before."""
    return heading in SCENES and SCENES[heading].place is not Place.BEFORE


def _weight(scene: str) -> tuple[int, bool]:
    """How much a scene matters beside others; of two that matter alike, the one that stands by itself."""
    told = SCENES["hint" if scene == "answer" else scene]  # all levels weigh the same
    return told.rank, told.place is Place.MAIN


def _kept_beside_goodbye(scenes: Sequence[str], call: Call, level: int | None) -> str:
    """What was asked or earned in the last turn is answered even when the clock runs out in it: a turn has no level of which nothing is said."""
    kept = [s for s in scenes if s in ANSWERS] or [s for s in ("advice", *DOORS) if s in scenes]
    return _heading(call, kept[0], level) if kept else ""


def _reaction(call: Call, others: Sequence[str], heard: Heard, main: str, level: int | None, before: Phase) -> str:
    """The one reaction said before the main thing, if any."""
    if others:
        reactions = [s for s in others if s in SCENES and SCENES[s].place is Place.BEFORE and SCENES[s].rank >= 30]
        if reactions:
            return max(reactions, key=lambda s: SCENES[s].rank)
    if main == "who_is_this" and (call.hurt or Move.VENT in call.moves):
        return "upset_first"  # whoever is upset is not asked for a name first
    if main == "no_reconsider" and call.phase is not Phase.GUARDED and call.count(Move.PLEAD) == 1:
        return "kind"  # whoever pleads for the first time gets a kind word before the no
    if main in ("pull_back", "again") and call.told >= HINT and (word := _to_a_guess(call, heard, call.told)):
        return word  # a plain question gets a plain word, also where nothing more is told
    if main == "answer" and level:
        if level >= HINT and not _told_before(call) and (word := _to_a_guess(call, heard, level)):
            return word
        if "warmed" in others and call.count(*SETTLES) == len(call.moves & SETTLES):
            return "warmed"  # the first time it is heard, beside whatever is asked: that is what opens her
        if Move.COMMIT in call.moves:
            return "commit_noted"
    if main == "advice" and Move.COMMIT in call.moves:
        return "commit_noted"  # the plan is answered before something is added to it
    if main == "back_to_it" or ("knows_you" in others and main not in TO_A_FEELING):
        return "recalls_you"
    if main == "two_minutes" and before is Phase.PICKUP:
        return "recalls_you"
    return ""


def _to_a_guess(call: Call, heard: Heard, level: int) -> str:
    """A yes or a no to what was put forward as the reason, where either would be true and tell something."""
    area, named = call.hidden.area, heard.areas
    if not heard.guess:
        return ""
    if area in named:
        # To "my answers or my clothes?" a yes says nothing.
        return "yes_that" if len(named) == 1 and level >= SPECIFIC else ""
    return "near_it" if near(area, named) else "not_that"


def _told_before(call: Call) -> bool:
    """Asked what would have been better, with no more to tell of the reason: the advice is all that is left."""
    return call.wants_advice and call.told_all and not call.told_more


def _heading(call: Call, scene: str, level: int | None) -> str:
    if scene == "answer":
        if _told_before(call):
            return "instead" if call.told >= SPECIFIC else "no_advice"
        return LEVELS[level or 0]
    if scene == "goodbye":
        return _goodbye(call)
    if scene == "pickup" and call.hidden.opening.value == "bad_moment":
        return "bad_moment"
    return scene


def _goodbye(call: Call) -> str:
    """Under which heading she says goodbye: by how the call went, and civilly to whoever takes leave civilly, whatever there was before."""
    ended = outcome(call)
    civil = call.parting == "goodbye" and bool(call.moves & LEAVE) and not call.moves & PUSHES
    if ended is Outcome.COLD and not civil:
        return "close_cold"
    return "close_warm" if ended is Outcome.WARM else "close_neutral"


def echo(heard: Heard) -> str:
    """The family under which a doubtful reading is repeated, or nothing when all was clear."""
    if heard.echo is None:
        return ""
    if heard.echo is Move.DOOR:
        return "door"
    if heard.echo is Move.ASK_OPEN:
        return "asking"  # a question about one thing is said back by its answer
    return "displeasure" if heard.echo in DISPLEASURE - {Move.VENT} else ""  # a feeling has its kind word


@lru_cache(maxsize=2048)
def _order(heading: str, count: int, round_: int) -> tuple[int, ...]:
    # A string seed goes through SHA-512, so the shuffle is the same everywhere and for any PYTHONHASHSEED.
    order = list(range(count))
    Random(f"{heading}:{round_}").shuffle(order)
    return tuple(order)


def next_line(lines: Sequence[Line], seed: int, said: int) -> Line:
    """The line to say under a heading of which `said` lines were said in this call: none twice while another is left.

    Each heading has its own order, shuffled by the seed; neighbouring seeds begin at different places of the same
    shuffle, so that two calls in a row sound different. The order depends on seed and heading alone, on every machine.
    """
    count = len(lines)
    order = _order(lines[0].heading, count, seed // count)
    return lines[order[(2 * seed + said) % count]]


def in_turn(texts: Sequence[str], seed: int, said: int) -> str:
    """The words to say next where all managers have the same: one after the other, from where the seed stands."""
    return texts[(seed + said) % len(texts)]
