"""What could be said otherwise in one turn: the cases of a call, each with how a better line for it is put together.

    for fault, build in cases(story, turn): build(Drafting(story, turn, rng))

A case is named for what it is about (“argue”, “unready”, “left early”); which of them counts most is for change.py to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dialogs.call import RAMBLING_WORDS, Phase
from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import ASKS, Move
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.review import phrases
from dialogs.review.before_manager import MATTER, WANTS, number_in
from dialogs.review.better import Drafting
from dialogs.review.evidence import Who, says_only_yes
from dialogs.review.heeded import REASON, asked_before, passes_by, plan_beside, too_many
from dialogs.review.quoting import farewell, hostile
from dialogs.review.story import Stage, Story

Build = Callable[[Drafting], object]

NOT_SAID = Heard(aside=Aside.SILENCE, words=0)
"""The next word that did not come, in a call that was left."""

PUSH_OF: dict[str, Move] = {
    "threat": Move.THREATEN, "blame": Move.ACCUSE, "argue": Move.ARGUE, "beg": Move.PLEAD, "pry": Move.PRY,
}  # fmt: skip
"""Fault → the move it is about."""


def cases(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    if turn.heard is NOT_SAID and story.foreign:
        return iter(())
    if turn.heard is NOT_SAID and turn.phase_before not in (Phase.RECEPTION, Phase.VOICEMAIL):
        return _when_left(story, turn)
    if turn.phase_before is Phase.RECEPTION:
        return _at_reception(story, turn)
    if story.stage is Stage.VOICEMAIL:
        return _on_the_machine(turn)
    return _with_manager(story, turn)


def _on_the_machine(turn: Turn) -> Iterator[tuple[str, Build]]:
    if turn.n == 1:
        yield "voicemail", _message


def _message(d: Drafting) -> None:
    d.keep(question=True, moment=False).who()
    if not MATTER.search(" ".join(d.parts)):
        d.add(f"It's about {d.voice.job}.")
    if not d.moves & (ASKS | {Move.DOOR}) and not WANTS.search(" ".join(d.parts)):
        d.ask_one()
    number = next((found for t in d.story.turns if (found := number_in(t.said))), "")
    if not number_in(" ".join(d.parts)):
        d.add(f"My number is {number}." if number else "My number is … (slowly, and twice).")
    if not any({Move.THANK, Move.CLOSE} & set(t.moves) for t in d.story.turns if t is not d.turn):
        d.goodbye()


def _at_reception(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    if turn.phase is not Phase.RECEPTION and not turn.ended:
        return  # put through: whatever was said there did no harm
    push = {Move.ARGUE, Move.ACCUSE, Move.THREATEN, Move.PLEAD} & set(turn.moves)
    if push or Move.INTRODUCE not in turn.moves:
        m = story.scenario.manager
        yield (
            "reception push" if push else "reception",
            lambda d: (
                d.keep(moment=False)
                .only_told()
                .not_to(story.scenario.first_name)
                .who()
                .add(f"Is {m} free for a minute?")
            ),
        )


def _with_manager(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    call, made = story.past.call_before(turn.n), set(turn.moves)
    named = any(story.says_who(t) is Who.NAME for t, _ in story.made(Move.INTRODUCE, before=turn.n - 1))
    known = turn.phase_before is not Phase.PICKUP or named  # nobody says twice who is calling
    answered = call.given is not None

    def opening(d: Drafting) -> Drafting:
        return d.keep() if known else d.keep().who()

    def ready(d: Drafting) -> object:
        return opening(d).settle().ask_one()

    def onward(d: Drafting) -> object:
        return opening(d).further()

    def accepted(d: Drafting) -> object:
        return opening(d).take().thank()

    told_all = answered and not story.early and (call.given or 0) >= story.could >= 2
    # Where all has been told, no question is left to ask: the answer can be taken well.
    ask = accepted if told_all else onward if answered and not story.early else ready
    push = _surest_push(story, turn)
    if turn.phase_before in (Phase.CLOSING, Phase.GUARDED):
        yield from _when_closing(story, turn, made)
        return
    if push:
        yield push, ask
        return
    if turn.heard.aside in (Aside.SILENCE, Aside.SOFTWARE, Aside.FOREIGN) or (
        made == {Move.OTHER} and not (turn.heard.wary or turn.heard.matter)
    ):
        yield _NOT_UNDERSTOOD.get(turn.heard.aside, "unclear"), (ask if known else lambda d: d.who().moment())
        return
    if turn.heard.aside is Aside.HANG_UP and story.foreign:
        return  # what there is to say is said of the words that were not understood
    if turn.heard.aside is Aside.HANG_UP:
        more = answered and not story.early and (call.given or 0) < story.could
        yield "left early" if more else "left open", ask
        yield "rang off", lambda d: d.goodbye()
        return
    if turn.heard.wary and not says_only_yes(turn.said) and (hostile(turn.said) or made <= {Move.OTHER, Move.VENT}):
        yield "edge", ask
    if turn.heard.words > RAMBLING_WORDS:
        yield "rambling", ask
    if any(t is turn for t, _ in story.half_meant):
        yield "half thanks", (lambda d: opening(d).take().thank()) if answered else (lambda d: opening(d).settle())
    if made & {Move.VENT} and made & ASKS:
        yield "feeling", ask
    if made & ASKS and story.early:
        yield from _when_too_early(story, turn, known=known, opening=opening)
    elif made & ASKS:
        yield from _when_asking(story, turn, answered=answered, known=known, opening=opening)
    else:
        yield from _when_not_asking(story, turn, answered=answered, known=known, opening=opening)


_NOT_UNDERSTOOD = {Aside.SILENCE: "nothing said", Aside.SOFTWARE: "software", Aside.FOREIGN: "foreign"}


def _when_too_early(
    story: Story, turn: Turn, *, known: bool, opening: Callable[[Drafting], Drafting]
) -> Iterator[tuple[str, Build]]:
    """A question before the decision: it stands, with another beside it; once it is told that all is open, only the other."""
    if not known and Move.INTRODUCE not in turn.moves:
        yield "no name", lambda d: opening(d).settle().ask_one()
    if 0 < story.told_early < turn.n:
        yield "too early, told", lambda d: opening(d).settle().ask_one()
    elif not story.made(Move.DOOR):
        yield "too early", lambda d: (d.keep(question=True) if known else d.keep(question=True).who()).ask_one()


def _when_left(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    """The call stopped in the middle: what the next word might have been."""
    call = story.past.call_before(turn.n)
    reply = phrases.REPLY[0] if call.question_open else ""
    if turn.phase_before is Phase.PICKUP:
        yield "left open", lambda d: d.who().moment()
    elif turn.phase_before is Phase.GUARDED:
        yield "left open", lambda d: d.sorry()
    elif turn.phase_before is Phase.CLOSING or (call.given or 0) >= story.could > 0:
        yield "left open", lambda d: d.goodbye()
    elif call.given is None:
        yield "left open", lambda d: (d.limits() if call.deflected else d.reply(reply)).settle().ask_one()
    else:
        yield "left open", lambda d: d.reply(reply).further()


def _when_closing(story: Story, turn: Turn, made: set[Move]) -> Iterator[tuple[str, Build]]:
    """The shutters are down, or she is on her way out: only an apology or a goodbye fits."""
    push = _surest_push(story, turn)
    if turn.phase_before is Phase.GUARDED and not story.past.call_before(turn.n).mended:
        yield push or "mend", lambda d: d.keep().sorry()
    elif push or not {Move.THANK, Move.CLOSE} <= made:
        rang_off = turn.heard.aside is Aside.HANG_UP
        yield push or ("rang off" if rang_off else "no goodbye"), lambda d: d.keep().goodbye()


def _when_asking(
    story: Story, turn: Turn, *, answered: bool, known: bool, opening: Callable[[Drafting], Drafting]
) -> Iterator[tuple[str, Build]]:
    call, made = story.past.call_before(turn.n), set(turn.moves)
    told_all = answered and (call.given or 0) >= story.could >= 2
    scenes = {row.split(" (")[0] for row in turn.rows}
    softened = bool(call.count(Move.ACCEPT, Move.REASSURE)) or bool(made & {Move.ACCEPT, Move.REASSURE})
    if answered and turn in too_many(story):
        yield "all told", lambda d: d.keep().take().goodbye()
        return
    if answered:
        if passes_by(story, turn):
            yield "past the hint", lambda d: opening(d).further(anew=True)
        elif scenes & {"again", "no_more"} and not told_all and asked_before(story, turn):
            yield "again", lambda d: opening(d).further(anew=True)
        elif "avoid" in scenes:
            yield "too near", lambda d: opening(d).take().ask_one(aside=True)
        elif not told_all and not call.softened_since and not made & {Move.ACCEPT, Move.REASSURE}:
            yield "not taken", lambda d: opening(d).further()
        return
    if not known and Move.INTRODUCE not in made:
        yield "no name", lambda d: opening(d).settle().ask_one()
    if "avoid" in scenes:
        yield "too near", lambda d: opening(d).settle().ask_one(aside=True)
    elif call.deflected:
        yield "hr", lambda d: opening(d).limits().settle().ask_one()
    elif not softened:
        yield "unready", lambda d: opening(d).settle().ask_one()
    elif made & ASKS == {Move.ASK_OPEN}:
        yield "broad", lambda d: opening(d).settle().ask_one()


def _when_not_asking(
    story: Story, turn: Turn, *, answered: bool, known: bool, opening: Callable[[Drafting], Drafting]
) -> Iterator[tuple[str, Build]]:
    call, made = story.past.call_before(turn.n), set(turn.moves)
    last = turn is story.turns[-1]
    if (call.given or 0) >= REASON and (plan := plan_beside(story, turn)):
        yield "plan beside", lambda d: _with_another_plan(d, plan)
    if (
        answered
        and not story.early
        and ((call.given or 0) < story.could or story.could <= 1)
        and not ((call.given or 0) >= 3 and _has_a_plan(story, turn))  # taken, and with a plan: it is well held
        and not story.asked_enough(turn.n)
    ):
        yield "left early", lambda d: opening(d).further()
    if call.deflected and not answered:
        yield "hr", lambda d: opening(d).limits().settle().ask_one()
    # Whoever asks for a moment waits for the answer, unless that ended the call.
    waits = Move.PERMISSION in made and not (len(story.turns) == 1 and turn.ended)
    if only_goodbye(story, turn) and not known:
        yield "never asked", lambda d: d.who().settle().ask_one()
    elif (
        not answered
        and not story.early
        and not waits
        and story.first_answer is None
        and not story.foreign
        and (known or (Move.INTRODUCE in made and len(story.turns) < 3))
    ):
        yield "never asked", lambda d: opening(d).settle().ask_one()
    if not answered and turn.n == 1 and not {Move.PERMISSION, Move.VENT} & made and Move.CLOSE not in made:
        yield "no time", lambda d: opening(d).moment()
    if last and turn.ended and not {Move.THANK, Move.CLOSE} <= made:
        yield "no goodbye", lambda d: d.keep(close=True).goodbye()
    if (
        answered
        and not _has_a_plan(story, story.turns[-1])
        and (call.given or 0) >= 2
        and story.scenario.reason in phrases.TO_WORK_ON
    ):
        yield "deepen", lambda d: d.keep(close=True).commit()
    if (answered or story.early) and not story.made(Move.DOOR):
        yield "later", lambda d: d.keep(close=True).door()
    elif last:
        yield "round off", lambda d: d.keep(close=True).helped()


def _with_another_plan(d: Drafting, plan: str) -> object:
    """The same words with a plan for what was told, or with none where nothing can be done about it."""
    kept = d.keep(close=True).without(plan)
    return kept.commit() if d.story.scenario.reason in phrases.TO_WORK_ON else kept.take().thank()


def only_goodbye(story: Story, turn: Turn) -> bool:
    """Whether a goodbye is all that was said in the call, for any reader."""
    alone = len(story.spoken) == 1 and turn is story.spoken[0] and len(turn.said.split()) <= A_GOODBYE
    return alone and {Move.CLOSE} <= set(turn.moves) <= {Move.CLOSE, Move.THANK, Move.GREET} and farewell(turn.said)


A_GOODBYE = 12  # words that a goodbye may have, with its thanks


def _has_a_plan(story: Story, turn: Turn) -> bool:
    """Whether the candidate has said by now what they will do about it."""
    said = (t.said for t in story.spoken if t.n <= turn.n and not plan_beside(story, t))
    made = [t for t, _ in story.made(Move.COMMIT, before=turn.n) if not plan_beside(story, t)]
    return bool(made) or any(_WILL_DO.search(s) for s in said)


_WILL_DO = lazy(r"\bwill do\b|\b(?:i['’]ll|i will|next time i)\b(?! (?:keep it|be quick|let you))", flags=re.IGNORECASE)


def _push(made: set[Move]) -> str:
    return next((fault for fault, move in PUSH_OF.items() if move in made), "")


def _surest_push(story: Story, turn: Turn) -> str:
    """The gravest push of this turn that is beyond doubt; else the gravest."""
    sure = {m for m in turn.moves if not story.doubtful(turn, m)}
    return _push(sure) or _push(set(turn.moves))
