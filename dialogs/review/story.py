"""A call that was held, read once for the debrief: who was on the line, what was asked when, what was meant."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from random import Random
from types import MappingProxyType

from dialogs.call import Opening, Outcome, Phase
from dialogs.hearing.heard import Aside
from dialogs.hearing.judgement import SURE
from dialogs.ladder import goal_for
from dialogs.moves import ASKS, COSTLY, WARM, Move, in_speaking_order
from dialogs.practice import Practice, Turn
from dialogs.review import evidence
from dialogs.review.evidence import Who
from dialogs.review.pieces import Piece, pieces
from dialogs.review.quote import Quote, quoted
from dialogs.review.quoting import (
    PLAINLY_SETTLED,
    PUSHES,
    about_later,
    asks_nothing_yet,
    grudging,
    hostile,
    only_marked,
    sentence_of,
    sentences,
    wants_to_know,
)
from dialogs.review.rehearsal import Past
from dialogs.review.voice import Voice, listen
from dialogs.scenario import Scenario
from dialogs.scenes import Speaker

DOUBT = 0.5  # a harmless move heard with less than this may have been another; a costly one must be beyond doubt


NOTHING: Mapping[int, tuple[Move, ...]] = MappingProxyType({})


class Stage(StrEnum):
    """Whom the candidate got to speak to; each has checks of its own."""

    MANAGER = "manager"
    RECEPTION = "reception"  # never put through
    VOICEMAIL = "voicemail"


class Story:
    """What happened, turn by turn, with the questions a debrief asks of it."""

    def __init__(
        self, scenario: Scenario, seed: int, turns: Sequence[Turn], meant: Mapping[int, tuple[Move, ...]] = NOTHING
    ) -> None:
        self.scenario = scenario
        self.seed = seed
        held = [t for t in turns if t.n > 0]
        self.turns = tuple(_as_meant(t, meant[t.n]) if t.n in meant else t for t in held)
        self._put_right = frozenset(meant)
        self._heard = [t.heard for t in held]
        self._meant: dict[tuple[int, Move], bool] = {}
        self._borne: dict[tuple[int, Move], bool] = {}
        self._who: dict[int, Who] = {}
        self._sentences: dict[int, list[str]] = {}
        self._sentence_of: dict[tuple[int, Move], str] = {}
        self._pieces: dict[int, list[Piece]] = {}
        self.pickup = next((t for t in turns if t.n == 0), None) or Practice(scenario, seed).begin()

    def rng(self, about: str) -> Random:
        """Chance for one choice of words: the same for the same call, another for the next."""
        return Random(f"{about}:{self._print}")

    @cached_property
    def _print(self) -> str:
        facts = "\n".join(f"{t.said}|{','.join(t.heard.moves)}" for t in self.turns)
        return hashlib.sha256(f"{self.scenario.name}:{self.seed}:{facts}".encode("utf-8", "replace")).hexdigest()

    @cached_property
    def past(self) -> Past:
        return Past(self.scenario, self._heard, self.seed)

    @cached_property
    def voice(self) -> Voice:
        heard = listen((t.said for t in self.turns), self.scenario)
        return heard if heard.name else replace(heard, name=self._small_name)

    @property
    def _small_name(self) -> str:
        """The name in what was taken as saying who calls, or as an answer, while nobody knew: written small, as people type."""
        s = self.scenario
        others = f"{s.manager} {s.company} {s.receptionist} {s.job} {s.trade}"
        asked = (Phase.PICKUP, Phase.RECEPTION, Phase.VOICEMAIL)
        told = (t.said for t in self.turns if {Move.INTRODUCE, Move.ANSWER} & set(t.moves) and t.phase_before in asked)
        return next(filter(None, (evidence.small_name(said, others) for said in told)), "")

    @cached_property
    def stage(self) -> Stage:
        phases = {self.pickup.phase} | {t.phase_before for t in self.turns} | {t.phase for t in self.turns}
        if Phase.VOICEMAIL in phases:
            return Stage.VOICEMAIL
        if Phase.RECEPTION in phases and not phases & {Phase.OPENING, Phase.ANSWERING, Phase.GUARDED, Phase.CLOSING}:
            return Stage.RECEPTION
        return Stage.MANAGER

    @cached_property
    def spoken(self) -> tuple[Turn, ...]:
        """Turns in which the candidate said something to whoever was there (distress and ringing off are not)."""
        apart = (Aside.DISTRESS, Aside.HANG_UP, Aside.SILENCE)
        return tuple(t for t in self.turns if t.heard.aside not in apart)

    @cached_property
    def outcome(self) -> Outcome:
        return next((t.outcome for t in reversed(self.turns) if t.outcome), None) or Outcome.ABANDONED

    @property
    def ended(self) -> bool:
        return bool(self.turns) and self.turns[-1].ended

    @cached_property
    def hung_up(self) -> bool:
        return any(t.heard.aside is Aside.HANG_UP for t in self.turns)

    @cached_property
    def distressed(self) -> bool:
        return any(t.heard.aside is Aside.DISTRESS for t in self.turns)

    @cached_property
    def paused(self) -> bool:
        """Whether the last words were of somebody in distress, and the call waits: one that was gone on with is a call like any other."""
        return bool(self.turns) and self.turns[-1].heard.aside is Aside.DISTRESS and not self.ended

    @cached_property
    def opened(self) -> int:
        """The highest level of any answer (0-4)."""
        return max((t.level for t in self.turns if t.level is not None), default=0)

    @property
    def could(self) -> int:
        """The highest level anyone could have reached, never below what was reached."""
        return max(self.scenario.hidden.reachable, self.opened)

    @property
    def advised(self) -> bool:
        """Whether a piece of advice came on top of the answers."""
        return any(line.heading == "advice" for t in self.turns for line in t.lines)

    # -- words: every turn is read once, whatever is asked of it ------------------------------------

    def sentences(self, turn: Turn) -> list[str]:
        """The sentences of a turn, each exactly as it stands in it."""
        if turn.n not in self._sentences:
            self._sentences[turn.n] = sentences(turn.said)
        return self._sentences[turn.n]

    def sentence_of(self, move: Move, turn: Turn) -> str:
        """The sentence of a turn that makes this move."""
        if (turn.n, move) not in self._sentence_of:
            self._sentence_of[turn.n, move] = sentence_of(move, turn.said, self.sentences(turn))
        return self._sentence_of[turn.n, move]

    def pieces(self, turn: Turn) -> list[Piece]:
        """The sentences of a turn, each with what it does."""
        if turn.n not in self._pieces:
            self._pieces[turn.n] = pieces(turn, self.sentences(turn), self.voice)
        return self._pieces[turn.n]

    # -- moments ---------------------------------------------------------------------------------

    def made(self, *moves: Move, after: int = 0, before: int = 10**9) -> list[tuple[Turn, Move]]:
        """Where one of these moves was made and meant, in turns after `after` and not after `before`."""
        return [
            (t, m)
            for t in self.spoken
            if after < t.n <= before and not t.heard.aside
            for m in t.moves
            if m in moves and self.meant(t, m)
        ]

    def meant(self, turn: Turn, move: Move) -> bool:
        """Whether kind words were kindly meant: “thanks, I guess” are no thanks."""
        if move not in WARM:
            return True
        if (turn.n, move) not in self._meant:
            self._meant[turn.n, move] = not grudging(self.sentence_of(move, turn))
        return self._meant[turn.n, move]

    def doubtful(self, turn: Turn, move: Move) -> bool:
        """Whether hearing was not sure of this move, the words do not say it plainly, and nobody has put it right."""
        heard = turn.heard
        if turn.n in self._put_right or move not in heard.moves:
            return False
        if move in COSTLY:
            return move not in heard.sure and heard.scores.get(move, 0.0) < SURE and not hostile(turn.said)
        if move in (Move.ACCEPT, Move.REASSURE) and PLAINLY_SETTLED.search(turn.said):
            return False
        return heard.echo is move or heard.scores.get(move, 1.0) < DOUBT or not self.borne(turn, move)

    def borne(self, turn: Turn, move: Move) -> bool:
        """Whether the words bear this move for any reader, or the candidate has said that it was meant."""
        if turn.n in self._put_right:
            return True
        if move is Move.INTRODUCE:
            return self.says_who(turn) is not Who.NOTHING
        if (turn.n, move) not in self._borne:
            words = self.sentence_of(move, turn)
            self._borne[turn.n, move] = evidence.bears(move, words, areas=turn.heard.areas)
        return self._borne[turn.n, move]

    def says_who(self, turn: Turn) -> Who:
        """What this turn tells of the caller."""
        if turn.n in self._put_right and Move.INTRODUCE in turn.moves:
            return Who.NAME
        if turn.n not in self._who:
            self._who[turn.n] = self._who_in(turn.said)
        return self._who[turn.n]

    def suspected(self, turn: Turn) -> tuple[Move, str] | None:
        """What words may have been meant as that made the manager careful without being heard as it, and the sentence; None
        where nothing did."""
        heard = turn.heard
        if not heard.wary or heard.aside or turn.n in self._put_right or set(turn.moves) & {*COSTLY, Move.PRY}:
            return None
        if evidence.says_only_yes(turn.said):
            return None  # whatever was heard in an “oh”, nobody can be told to say it otherwise
        pleading = next((s for s in self.sentences(turn) if evidence.pleads(s)), "")
        if pleading:
            return Move.PLEAD, pleading
        likeliest = max(sorted(COSTLY), key=lambda m: heard.scores.get(m, 0.0))
        return likeliest, self.sentence_of(likeliest, turn)

    def asked_enough(self, before: int) -> bool:
        """Whether two questions had been answered before this turn where nobody is told more than the formula: then one lets it rest."""
        answered = [t for t in self.turns if t.n < before and t.level is not None and set(t.moves) & ASKS]
        return self.could <= 1 and not self.early and len(answered) > 1

    @cached_property
    def dared(self) -> bool:
        """Whether this call is there to be hung up on, and the candidate did what it asks for."""
        goal = goal_for(self.scenario)
        pushed = any(m in t.moves for t in self.spoken for m in PUSHES)
        return goal is not None and goal.dares and self.stage is Stage.MANAGER and pushed

    @cached_property
    def undared(self) -> bool:
        """Whether this call is there to be hung up on, and was held politely."""
        goal = goal_for(self.scenario)
        return goal is not None and goal.dares and self.stage is Stage.MANAGER and not self.dared

    @property
    def goal(self) -> str:
        """What the call is on the ladder for; empty where the manager stands on none."""
        goal = goal_for(self.scenario)
        return goal.text.format(m=self.scenario.first_name) if goal else ""

    @property
    def reached(self) -> bool:
        """Whether this call came to what it is on the ladder for."""
        goal = goal_for(self.scenario)
        return goal is not None and self.ended and goal.reached(self.outcome, self.opened)

    def in_doubt(self, turn: Turn) -> bool:
        """Whether a whole turn was understood with such doubt that the manager said it back."""
        return turn.n not in self._put_right and turn.heard.echo is not None

    @cached_property
    def half_meant(self) -> list[tuple[Turn, Move]]:
        """Kind words that take themselves back."""
        return [(t, m) for t in self.spoken for m in t.moves if m in WARM and not self.meant(t, m)]

    def asks_on_reason(self, turn: Turn, move: Move) -> bool:
        """Whether a question of this turn is about the reason: “Is this a good moment?” is about the clock."""
        return not asks_nothing_yet(self.sentence_of(move, turn))

    @cached_property
    def unheard(self) -> tuple[tuple[Turn, str], ...]:
        """Sentences that ask something for any reader, in turns where no question was heard."""
        found = []
        for turn in self.spoken:
            apart = turn.heard.aside or turn.phase_before in (Phase.RECEPTION, Phase.VOICEMAIL)
            if apart or turn.n in self._put_right or set(turn.moves) & {*ASKS, Move.PRY}:
                continue
            heard = [m for m in (Move.DOOR, Move.PERMISSION, Move.ARGUE, Move.ACCUSE, Move.PLEAD) if m in turn.moves]
            pushed = any(m in PUSHES and not self.doubtful(turn, m) for m in turn.moves)
            for sentence in self.sentences(turn):
                if Move.DOOR in turn.moves and about_later(sentence):
                    continue
                if pushed and only_marked(sentence):
                    continue  # beside plain blame it is part of that, and nobody is told that it may have been a question
                if wants_to_know(sentence) and not any(sentence == self.sentence_of(m, turn) for m in heard):
                    found.append((turn, sentence))
        return tuple(found)

    @cached_property
    def first_ask(self) -> Turn | None:
        """The turn of the first question about the reason, put to the manager."""
        return next((t for t in self.spoken if ASKS & set(t.moves) and t.phase_before is not Phase.RECEPTION), None)

    @cached_property
    def foreign(self) -> tuple[int, ...]:
        """The turns in another language, in a call in which no question about the reason was heard: whether it was in them cannot
        be told."""
        return () if self.first_ask else tuple(t.n for t in self.spoken if t.heard.aside is Aside.FOREIGN)

    @cached_property
    def unclear(self) -> tuple[int, ...]:
        """The same of turns in which nothing could be made out."""
        lost = (
            t.n
            for t in self.spoken
            if not (t.heard.aside or t.heard.matter or t.heard.wary) and t.moves == (Move.OTHER,)
        )
        return () if self.first_ask else tuple(lost)

    @property
    def early(self) -> bool:
        """Whether the call came before the decision: there was nothing yet to accept or to explain."""
        return self.scenario.opening is Opening.TOO_EARLY

    @cached_property
    def told_early(self) -> int:
        """The turn in which it was said that the decision is still open (0: never)."""
        return next((t.n for t in self.turns if any("not_closed" in row for row in t.rows)), 0)

    @cached_property
    def first_answer(self) -> Turn | None:
        return next((t for t in self.turns if t.level is not None), None)

    @cached_property
    def manager_spoke_first(self) -> int:
        """The number of the turn after which the manager is on the line (0: she picked up)."""
        if self.pickup.phase is not Phase.RECEPTION:
            return 0
        return next((t.n for t in self.turns if t.phase is not Phase.RECEPTION), 0)

    def line_before(self, n: int) -> str:
        """What was said to the candidate just before turn `n`."""
        before = [t for t in (self.pickup, *self.turns) if t.n < n and t.says and t.heard.aside is not Aside.DISTRESS]
        return before[-1].says[-1] if before else ""

    def her_words(self, turn: Turn) -> str:
        """The line of this turn that answered the question."""
        from dialogs.scenes import LEVELS

        wanted = (*LEVELS, "avoid", "again", "not_closed", "email_hr", "pull_back")
        spoken = [line for line in turn.lines if line.speaker is Speaker.MANAGER]
        return next((line.text for line in spoken if line.heading in wanted), spoken[-1].text if spoken else "")

    def asked_who_before(self, turn: Turn) -> bool:
        """Whether the caller had been asked who they are before this turn."""
        asks_who = ("who_is_this", "hello")
        return any(row.split(" (")[0] in asks_who for t in self.turns if t.n < turn.n for row in t.rows)

    def put_right(self, turn: Turn) -> bool:
        """Whether the candidate has said what was meant in this turn."""
        return turn.n in self._put_right

    def quote(self, turn: Turn, move: Move | str | None = None) -> Quote:
        """The words that made the move, those very words, or the turn's own words, cut at a word when long."""
        words = self._words_of(turn, move) if isinstance(move, Move) else move or turn.said.strip()
        return quoted(turn.n, words)

    def _words_of(self, turn: Turn, move: Move) -> str:
        """The sentence that made the move; the one with the name in it, where that is the move."""
        if move is not Move.INTRODUCE:
            return self.sentence_of(move, turn)
        said = self.sentences(turn)
        who = [Who.NAME if self.voice.named_in(s) else self._who_in(s) for s in said]
        found = next((w for w in (Who.NAME, Who.MATTER) if w in who), None)
        return self.sentence_of(move, turn) if found is None else said[who.index(found)]

    def _who_in(self, words: str) -> Who:
        s = self.scenario
        return evidence.says_who(words, self.voice.name, others=f"{s.manager} {s.company} {s.receptionist}")


def _as_meant(turn: Turn, moves: tuple[Move, ...]) -> Turn:
    """The turn as the candidate says it was meant: for the review only, the call went as it was heard."""
    return turn._replace(heard=replace(turn.heard, moves=in_speaking_order(moves), aside=Aside.NONE))
