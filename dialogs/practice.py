"""The front door: one practice call, asked turn by turn.

    practice = Practice(scenario, seed=1)
    practice.begin().says            # ("Dana Whitfield speaking.",)
    turn = practice.hear("Hello, this is Sam Ortiz. I interviewed for the analyst role.")

The same scenario version, seed and words give the same call, byte for byte. A call in progress is rebuilt with `rebuild` from what
was heard; nothing else needs to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from dialogs import call as rules
from dialogs import manager
from dialogs.call import Call, Outcome, Phase, Row, step
from dialogs.care import CARE
from dialogs.counted_moves import (
    NOTHING_CLEAR,
    answered_moves,
    blames_hard,
    felt_moves,
    shared,
    shared_areas,
    understood_moves,
)
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import Move
from dialogs.scenario import Scenario
from dialogs.scenes import ECHOES, LEVELS, NOTHING_NEW, Line, Speaker
from dialogs.turn import Mood, Turn

ENGINE = "7"
"""Version of the rules: raised whenever the same heard moves can lead to another call."""

Ear = Callable[[str, Cue], Heard]

NOTHING_HEARD = Heard()
ONLY_THANKS = frozenset({Move.THANK})
ASIDES = {
    Aside.HANG_UP: rules.HANG_UP,
    Aside.SILENCE: rules.SILENCE,
    Aside.SOFTWARE: rules.PUZZLE,
    Aside.FOREIGN: rules.PUZZLE,
}
"""Triggers of words that are no move."""
WHO_IS_THIS = frozenset({"who_is_this", "hello", "repeats"})
"""Scenes in which she asks who is calling, as long as she does not know."""
BETWEEN = frozenset({"take_your_time", "repeats", "silence", "say_again", "puzzled", "care"})
"""Headings of lines that nobody asks to hear again: what was said before them counts."""
NO_MOVES: frozenset[Move] = frozenset()
NOT_HER = (Phase.VOICEMAIL, Phase.RECEPTION)
"""Where somebody or something else is on the line: she hears none of it."""
WITH_HER = (Phase.OPENING, Phase.ANSWERING, Phase.GUARDED)
"""Where she knows who is calling and listens."""
TELLING_ALL = LEVELS[manager.SPECIFIC :]
MINUTE_LEFT = 1.0
QUESTION_TRUST = 2.75  # she asks back only where she has begun to trust


class Ended(RuntimeError):
    """The call is over: nothing more can be said in it."""


@lru_cache(maxsize=1024)
def _told_of(taken: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[str, ...], tuple[str, ...]]:
    """These rows, how they are named, and why they fired: few rows ever fire together, so calls share what is said of them."""
    return taken, tuple(row.name for row in taken), tuple(dict.fromkeys(row.why for row in taken if row.why))


@lru_cache(maxsize=256)
def _to_thousandths(quarters: float) -> float:
    return round(quarters, 3)  # of trust and patience, which take few values


class Practice:
    """One call with one manager. Not for sharing between tasks: turns are taken one after another."""

    __slots__ = (
        "_ear",
        "_last",
        "_line",
        "_minute_said",
        "_said",
        "call",
        "distressed",
        "paused",
        "scenario",
        "seed",
    )

    def __init__(self, scenario: Scenario, seed: int = 1, *, ear: Ear | None = None) -> None:
        self.scenario = scenario
        self.seed = seed
        self.call = Call.of(scenario.hidden)
        self.distressed = False  # somebody was in distress in it: it is not scored, however it goes on
        self.paused = False  # the last words were of somebody in distress: the call waits
        self._last: tuple[Line, ...] = ()  # what she said last, to be said again
        self._line = ""  # the last words that came back
        self._minute_said = False
        self._ear = ear
        self._said: tuple[str, ...] = ()  # the headings of all lines so far

    @classmethod
    def rebuild(cls, scenario: Scenario, seed: int, heard: Iterable[Heard], *, ear: Ear | None = None) -> Practice:
        """The call as it stood after these turns, from what was heard in them."""
        practice = cls(scenario, seed, ear=ear)
        practice.begin()
        for each in heard:
            practice.take(each)
        return practice

    @property
    def ended(self) -> bool:
        """Whether the call is over: nothing more can be said in it."""
        return self.call.phase is Phase.ENDED

    @property
    def begun(self) -> bool:
        """Whether it has been dialled."""
        return self.call.phase is not Phase.RINGING

    @property
    def highest(self) -> int:
        """The highest level (0-4) of an answer so far."""
        return self.call.told

    @property
    def outcome(self) -> Outcome:
        """How it ended; `abandoned` while it has not."""
        return rules.outcome(self.call)

    @property
    def reachable(self) -> int:
        """The highest level (0-4) that any candidate could reach in this call."""
        return self.scenario.hidden.reachable

    @property
    def cue(self) -> Cue:
        """What the next words may lean on."""
        call, last = self.call, self._line
        return Cue(
            line=last,
            asked=call.question_open or last.rstrip().endswith("?"),
            gave_reason=call.asks > 0,
            curious=call.question_open,
            nameless=call.phase in (Phase.PICKUP, Phase.RECEPTION) or Move.INTRODUCE not in call.made,
            undecided=call.not_closed,
            strained=call.phase is Phase.GUARDED or call.spared,
            later=any(line.heading in manager.DOORS for line in self._last),
        )

    @property
    def turns(self) -> int:
        """How many times the candidate has spoken."""
        return self.call.turn

    def begin(self) -> Turn:
        """Dial: the phone is picked up, by whoever answers. Raises Ended when the call has begun already."""
        if self.begun:
            raise Ended("this call has begun already")
        felt = self._mood()
        step(self.call, rules.DIAL)
        return self._turn("", NOTHING_HEARD, Phase.RINGING, felt, None)

    def hear(self, text: str) -> Turn:
        """Say these words to whoever is on the line. Raises Ended after the end."""
        if self._ear is None:
            from dialogs.hearing import hear  # the weights are loaded by whoever hears first

            self._ear = hear
        return self.take(self._ear(text, self.cue), text)

    def hang_up(self) -> Turn:
        """Ring off without a goodbye. Raises Ended after the end."""
        return self.take(Heard(aside=Aside.HANG_UP))

    def take(self, heard: Heard, said: str = "") -> Turn:
        """Fold one utterance, as it was heard, into the call. Raises Ended after the end."""
        if self.ended:
            raise Ended("the call is over; start a new one")
        if not self.begun:
            self.begin()
        before, felt = self.call.phase, self._mood()
        return self._turn(said, heard, before, felt, self._fold(heard))

    # -- the parts of a turn ---------------------------------------------------------------------

    def _fold(self, heard: Heard) -> int | None:
        """Let what was heard work on the call; the level of its answer."""
        call, before = self.call, self.call.phase
        call.turn += 1
        call.taken = ()
        self.paused = heard.aside is Aside.DISTRESS
        if self.paused:
            self.distressed = True
            return None
        self._set_ears(heard)
        if before not in NOT_HER:
            for move in felt_moves(call.moves, question_open=call.question_open):
                rules.feel(call, move)
        elif before is Phase.RECEPTION and Move.INTRODUCE in call.moves:
            rules.feel(call, Move.INTRODUCE)  # the name is passed on, so she knows it too
        call.softened_since |= Move.ACCEPT in call.moves or Move.REASSURE in call.moves
        self._step_through(heard, before)
        level = self._settle_answer()
        self._let_time_pass(heard, before)
        return level

    def _set_ears(self, heard: Heard) -> None:
        call = self.call
        call.moves = NO_MOVES if heard.aside else understood_moves(heard.moves, bool(heard.matter) or heard.wary)
        call.sure = shared(heard.sure & call.moves)
        call.areas = shared_areas(heard.areas)
        call.guess, call.wants_advice, call.topic = heard.guess, heard.advice, " ".join(heard.topic)
        call.notes_hurt(hard=blames_hard(heard, call.sure))
        unclear = heard.aside is Aside.SILENCE or call.moves == NOTHING_CLEAR or heard.matter is Matter.TOLD
        if heard.aside not in (Aside.SOFTWARE, Aside.FOREIGN):
            call.unclear = call.unclear + 1 if unclear else 0
        call.thanks = call.thanks + 1 if call.moves == ONLY_THANKS and not heard.matter else 0
        call.nods = call.nods + 1 if heard.matter is Matter.NOD else 0

    def _step_through(self, heard: Heard, before: Phase) -> None:
        call = self.call
        for trigger in self._triggers(heard):
            row = step(call, trigger)
            if row.scene == "guesses_you" and trigger not in (*rules.UNCLEAR, Move.GREET):
                step(call, trigger)  # having guessed who it is, she answers what was said
            # Whoever screens passes on a name and nothing else; after the end nothing is heard.
            if call.phase is Phase.ENDED or (before is Phase.RECEPTION and call.phase is not before):
                break
        scenes = [row.scene for row in call.taken]
        call.unnamed += not WHO_IS_THIS.isdisjoint(scenes)
        call.mended |= "mended" in scenes
        call.spared |= call.hurt and before is not Phase.RECEPTION

    def _triggers(self, heard: Heard) -> Sequence[str]:
        if heard.aside:
            return (ASIDES[heard.aside],)
        kept, matter = answered_moves(self.call.moves), heard.matter
        if matter and self.call.phase is Phase.PICKUP and kept in ((), (Move.GREET,)):
            if matter is Matter.REPEAT and not self.call.asked_twice_who:
                return [matter]  # what she says again asks already
            return [matter, Move.OTHER]  # answered, and asked who is calling
        if Move.INTRODUCE in kept and self.call.phase is Phase.PICKUP and self.call.asked_twice_who:
            kept = tuple(move for move in kept if move is not Move.GREET)  # a hello before the name leaves no guess
        first = (rules.WARY,) if heard.wary else ()
        return (*first, matter, *kept) if matter else (*first, *kept)

    def _settle_answer(self) -> int | None:
        for row in self.call.taken:
            level = manager.level_of(self.call, row.scene)
            if level is not None:
                manager.note_answer(self.call, row.scene, level)
                return level
        return None

    def _let_time_pass(self, heard: Heard, before: Phase) -> None:
        call = self.call
        if heard.aside in (Aside.SOFTWARE, Aside.HANG_UP) or before in NOT_HER:
            return
        rules.spend(call, heard.words)
        if heard.words > rules.RAMBLING_WORDS:
            call.patience -= 0.5
        if call.phase in (Phase.ENDED, Phase.CLOSING):
            return
        if call.minutes <= 0:
            step(call, rules.TIME_UP)
        elif call.patience <= 0:
            step(call, rules.WORN_OUT)

    def _turn(self, said: str, heard: Heard, before: Phase, felt: Mood, level: int | None) -> Turn:
        call = self.call
        lines = self._lines(heard, before, level)
        self._line = lines[-1].text if lines else ""
        said_now = [line.heading for line in lines]
        if "repeats" not in said_now and not BETWEEN.issuperset(said_now):
            self._last = lines
        ended = call.phase is Phase.ENDED
        call.taken, rows, why = _told_of(call.taken)
        return Turn(
            n=call.turn,
            said=said,
            heard=heard,
            phase_before=before,
            phase=call.phase,
            level=level,
            lines=lines,
            rows=rows,
            why=why,
            mood_before=felt,
            mood=self._mood(),
            ended=ended,
            outcome=rules.outcome(call) if ended else None,
        )

    def _lines(self, heard: Heard, before: Phase, level: int | None) -> tuple[Line, ...]:
        call = self.call
        if heard.aside is Aside.DISTRESS:
            return tuple(Line(Speaker.COACH, text, "care") for text in CARE)
        spoken = self._spoken(heard, before, level)
        if "repeats" in spoken:
            return self._again(spoken)
        lines = [self._next_line(heading) for heading in spoken if heading in self.scenario.spoken]
        family = manager.echo(heard) if before not in NOT_HER else ""  # nobody else says back what was meant
        if family and len(lines) == 1 and call.phase != Phase.ENDED:
            lines.insert(0, self._beside("echo", ECHOES[family]))
        elif 0 < len(lines) < 3 and self._tells_again(lines[-1].heading) and not manager.TO_A_GUESS & set(spoken):
            lines.insert(-1, self._beside("nothing_new", NOTHING_NEW))
        return tuple(lines)

    def _again(self, spoken: list[str]) -> tuple[Line, ...]:
        """What she said last, once more; behind a reaction without the reaction of that time."""
        lines: list[Line] = []
        for heading in spoken:
            if heading == "repeats":
                last = [line for line in self._last if not lines or manager.stands_alone(line.heading)]
                lines += [Line(line.speaker, line.text, heading) for line in last]
            else:
                lines.append(self._next_line(heading))
        return tuple(lines)

    def _next_line(self, heading: str) -> Line:
        line = manager.next_line(self.scenario.spoken[heading], self.seed, self._said.count(heading))
        self._said += (heading,)
        return line

    def _beside(self, heading: str, texts: Sequence[str]) -> Line:
        """What she says before the rest, in words that are the same for all managers."""
        text = manager.in_turn(texts, self.seed, self._said.count(heading))
        self._said += (heading,)
        return Line(Speaker.MANAGER, text, heading)

    def _spoken(self, heard: Heard, before: Phase, level: int | None) -> list[str]:
        """The headings of what comes back, in order, and noted: what was asked or advised is not asked or advised again."""
        spoken = manager.headings(self.call, self.call.taken, heard, level, before=before)
        spoken = self._with_additions(spoken, heard, level)
        self.call.advised |= "advice" in spoken
        return spoken

    def _tells_again(self, heading: str) -> bool:
        """Whether this line tells the reason itself once more: as much of it as before, in other words."""
        return heading in TELLING_ALL and self._said.count(heading) > 1

    def _with_additions(self, spoken: list[str], heard: Heard, level: int | None) -> list[str]:
        call = self.call
        if spoken == ["take_your_time"] or "repeats" in spoken:
            return spoken  # whatever she asked can wait, or is asked once more
        call.question_open = False
        if not spoken or call.phase not in WITH_HER:
            return spoken
        if heard.words > rules.RAMBLING_WORDS and len(spoken) == 1:
            spoken = ["ramble", *spoken]
        if call.minutes < MINUTE_LEFT and not self._minute_said:
            self._minute_said = True
            return [*spoken, "minute_left"]
        if self._asks_back(spoken, level):
            call.asked_back = call.question_open = True
            return [*spoken, "asks_you"]
        if spoken == ["thanked"] and call.thanks and call.asks:
            return [*spoken, "anything_else"]  # thanks alone leave it open whether that was all
        return spoken

    def _asks_back(self, spoken: list[str], level: int | None) -> bool:
        """She asks one question of her own, once there is some trust and something has been told."""
        call = self.call
        return (
            call.phase is Phase.ANSWERING
            and not call.asked_back
            and (
                (level == 2 and (len(spoken) == 1 or spoken[0] == "warmed"))
                or (level is None and len(spoken) == 1 and spoken[0] in ("warmed", "thanked", "interest_noted"))
            )
            and call.trust >= QUESTION_TRUST
            and call.minutes > 1.5
            and Move.VENT not in call.made  # nobody in tears is interviewed
            and "not_to_be_asked" not in self._said
        )

    def _mood(self) -> Mood:
        call = self.call
        return Mood(_to_thousandths(call.trust), _to_thousandths(call.patience), round(call.minutes, 3))


__all__ = ["ENGINE", "Ear", "Ended", "Mood", "Practice", "Turn"]
