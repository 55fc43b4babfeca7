"""What is looked at with the manager on the line: each function finds one check of the rubric in a call."""

from __future__ import annotations

import re

from dialogs.call import Opening, Phase
from dialogs.hearing.text import plain
from dialogs.hearing.wordings import apologises
from dialogs.moves import ASKS, COSTLY, Move
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.review.check import (
    ASKED_ALL,
    ASKED_ALL_AND_MORE,
    ASKED_BROADLY,
    ASKED_BROADLY_AND_MORE,
    ASKED_THE_SAME,
    BY_THE_JOB,
    GUESS_NO,
    GUESS_OPEN,
    MATTER_LATE,
    NAME_LATE,
    NO_NAME_FOUND,
    NOT_HEARD_ACCEPTING,
    NOT_HEARD_ASKING,
    NOT_HEARD_MOMENT,
    NOT_HEARD_NAME,
    NOT_HEARD_NARROW,
    NOT_OF_THE_DECISION,
    ONLY_WHEN_ASKED,
    ONLY_YES,
    PASSED_BY,
    SAID_AT_THE_DESK,
    Finding,
    half_note,
)
from dialogs.review.cues import CUES
from dialogs.review.evidence import Who
from dialogs.review.heeded import Guessed, asked_before, guessed, passes_by
from dialogs.review.quoting import (
    ASKING,
    LONG,
    PLAINLY_SETTLED,
    asks_for_a_moment,
    asks_for_another_time,
    grudging,
    shaped_as_question,
    wants_one_thing,
    wants_to_know,
)
from dialogs.review.story import Stage, Story


def name(story: Story) -> Finding | None:
    put_at = story.first_ask.n if story.first_ask else 10**9
    if found := named(story, story.made(Move.INTRODUCE, before=put_at)):
        return found if found[0] else unheard_name(story) or found
    late = [(t, m) for t, m in story.made(Move.INTRODUCE) if story.says_who(t) is not Who.NOTHING]
    if late:
        named_late = any(story.says_who(t) is Who.NAME for t, _ in late)
        return False, [(t, m) for t, m in late[:1]], NAME_LATE if named_late else MATTER_LATE, put_at
    return unheard_name(story) or (False, [], "", 1)


def named(story: Story, made: list[tuple[Turn, Move]]) -> Finding | None:
    """What these introductions tell of the caller: a name, only the job, or nothing that any reader would take for either."""
    told = {who: [(t, m) for t, m in made if story.says_who(t) is who] for who in Who}
    if told[Who.NAME]:
        return True, [*plainest(story, told[Who.NAME])], "", 0
    if told[Who.MATTER]:
        # The manager knows a caller by the job as well; a machine or a front desk passes on a name or none.
        if story.stage is Stage.MANAGER and story.asked_who_before(told[Who.MATTER][0][0]):
            return False, [*told[Who.MATTER][:1]], ONLY_WHEN_ASKED, told[Who.MATTER][0][0].n
        if story.stage is Stage.MANAGER:
            return True, [*plainest(story, told[Who.MATTER])], BY_THE_JOB, 0
        return False, [*told[Who.MATTER][:1]], NO_NAME_FOUND, told[Who.MATTER][0][0].n
    return (False, [*made[:1]], NO_NAME_FOUND, made[0][0].n) if made else None


def unheard_name(story: Story) -> Finding | None:
    """A name that was given and not heard as one."""
    given = story.voice
    for turn in story.spoken:
        if given.named_in(turn.said) and not story.put_right(turn):
            words = next((s for s in story.sentences(turn) if given.named_in(s)), None)
            return False, [(turn, words)], NOT_HEARD_NAME, turn.n
    return None


def time(story: Story) -> Finding | None:
    put_at = story.first_ask.n if story.first_ask else 10**9
    spoke = story.manager_spoke_first
    found = [
        (t, m) for t, m in story.made(Move.PERMISSION, after=spoke and spoke - 1) if not _is_the_question(story, t)
    ]
    if made := plainest(story, [(t, m) for t, m in found if t.n <= put_at]):
        return True, [*made], "", 0
    if found:
        return False, [*found[:1]], "You asked for a moment, but after your question.", put_at
    for turn in story.spoken:
        said = next((s for s in story.sentences(turn) if asks_for_a_moment(s)), "")
        if said and spoke < turn.n <= put_at and not turn.heard.aside and not story.put_right(turn):
            return False, [(turn, said)], NOT_HEARD_MOMENT, turn.n
    return False, [], "", min(put_at, story.manager_spoke_first + 1)


def _is_the_question(story: Story, turn: Turn) -> bool:
    """Whether what was taken for asking leave is the question itself, “May I ask who got the job?”, or asks when to come back."""
    leave = story.sentence_of(Move.PERMISSION, turn)
    if asks_for_another_time(leave):
        return True
    return not asks_for_a_moment(leave) and any(
        m in turn.moves and story.sentence_of(m, turn) == leave for m in (Move.PRY, *ASKING)
    )


def settled(story: Story) -> Finding | None:
    if story.early:
        return None  # there was no decision yet to take as settled
    put_at = story.first_ask.n if story.first_ask else 10**9
    taken = [
        (t, m) for t, m in story.made(Move.ACCEPT, Move.REASSURE, before=put_at) if not _takes_a_refusal(story, t, m)
    ]
    made = plainest(story, [(t, m) for t, m in taken if story.borne(t, m) and settles(story, t, m)])
    if made:
        said = story.sentence_of(made[0][1], made[0][0])
        only_sorry = SORRY.search(said) is not None and SETTLES.search(said) is None
        return True, [*made], "An apology counts, too." if only_sorry else "", 0
    half = [(t, m) for t, m in story.half_meant if m in (Move.ACCEPT, Move.REASSURE) and t.n <= put_at]
    if half:
        return False, [*half[:1]], half_note(story, half[0]), half[0][0].n
    # After an answer, “fair enough” takes the answer; only words about the decision itself came too late.
    # “I'm not arguing, I'm stating a fact”: after a push, and in one, nothing is taken as settled but by an apology.
    pushed = next((t.n for t in story.spoken if set(t.moves) & COSTLY), 10**9)
    late = [
        (t, m)
        for t, m in story.made(Move.ACCEPT, Move.REASSURE)
        if SETTLES.search(story.sentence_of(m, t)) and (t.n < pushed or SORRY.search(t.said))
    ]
    late.sort(key=lambda made: PLAINLY_SETTLED.search(story.sentence_of(made[1], made[0])) is None)
    if late:
        return False, [*late[:1]], "You said it, but after you had asked.", put_at
    for turn in story.spoken:
        plainly = [s for s in story.sentences(turn) if PLAINLY_SETTLED.search(s) and not grudging(s)]
        heard = turn.heard.aside or story.put_right(turn) or turn.phase_before is Phase.RECEPTION
        if turn.n <= put_at and plainly and not heard:
            return (
                False,
                [(turn, plainly[0])],
                NOT_HEARD_ACCEPTING,
                turn.n,
            )
    # Words that cannot be found in half a minute of speech show nobody anything.
    heard_in = [(t, m, story.sentence_of(m, t)) for t, m in taken]
    taken = [
        (t, m)
        for t, m, words in heard_in
        if not (shaped_as_question(words) or wants_to_know(words)) and len(words) <= LONG
    ]
    if taken:
        note = NOT_OF_THE_DECISION if story.borne(*taken[0]) else ONLY_YES
        return False, [*taken[:1]], note, taken[0][0].n
    desk = [
        (t, m)
        for t, m in story.made(Move.ACCEPT, Move.REASSURE)
        if t.phase_before is Phase.RECEPTION and settles(story, t, m)
    ]
    if desk:
        desk.sort(key=lambda made: PLAINLY_SETTLED.search(story.sentence_of(made[1], made[0])) is None)
        turn, plainly = desk[0][0], [s for s in story.sentences(desk[0][0]) if PLAINLY_SETTLED.search(s)]
        note = SAID_AT_THE_DESK.format(m=story.scenario.first_name)
        return False, [(turn, plainly[0]) if plainly else desk[0]], note, min(put_at, last_turn(story))
    return False, [], "", min(put_at, last_turn(story))


def _takes_a_refusal(story: Story, turn: Turn, move: Move) -> bool:
    """Whether “fair enough” takes the answer to another question, not the decision; or was said to reception."""
    if turn.phase_before is Phase.RECEPTION:
        return True
    before = next((t for t in story.turns if t.n == turn.n - 1), None)
    if before is None or SETTLES.search(story.sentence_of(move, turn)):
        return False
    return any(row.startswith(("pry_no", "door")) for row in before.rows)


def patient(story: Story) -> Finding | None:
    """Only where the decision was still open: whether it was made easy to say so."""
    if not story.early:
        return None
    told = story.told_early
    kind = story.made(Move.ACCEPT, Move.REASSURE, Move.ACKNOWLEDGE, after=told)
    later = story.made(Move.DOOR)
    if made := plainest(story, later or [(t, m) for t, m in kind if story.borne(t, m)]):
        return True, [*made], "", 0
    return False, [], "", told + 1 if told else last_turn(story)


def settles(story: Story, turn: Turn, move: Move) -> bool:
    """Whether the words that were taken so speak of the decision, of not contesting it, or are an apology."""
    words = story.sentence_of(move, turn)
    if story.put_right(turn) or any(p.search(words) for p in (SETTLES, ACCEPTS, PLAINLY_SETTLED)):
        return True
    # “Sorry to be a pain” asks pardon for the call, and says nothing of the decision.
    pushed = any(set(t.moves) & COSTLY for t in story.spoken if t.n < turn.n)
    return SORRY.search(words) is not None and (pushed or apologises(plain(words), strained=False))


SETTLES = lazy(
    r"\b(?:a no\b|decision|decided|outcome|accept\w*|contest\w*|argu\w*|disput\w*|hard feelings|at peace|okay with|ok with|fine with|fine by me|"
    r"respect|having a go|no obligation|no (?:fuss|drama|quarrel|row|trouble)|not upset|not mad|not angry|you chose|picked|made (?:up )?your)\b",
    flags=re.IGNORECASE,
)
"""Words that speak of the decision, or of not fighting it."""
ACCEPTS = lazy(
    r"\b(?:understand\w*|(?:my|at) peace|no (?:problem|worries|grudge)|fair(?: enough| play)?|(?:not|[a-z]{2,5}n['’]t) (?:\w+ ){0,3}(?:chang\w*|complain\w*|reopen\w*|fight\w*|push\w*)|to learn|moved on|"
    r"(?<!hope )(?<!hope that )(?<!if )(?:it['’]?s|i['’]?m) (?:(?:all|totally|really|absolutely|perfectly|just) )?(?:fine|ok|okay|alright|all right|cool)\b(?! to\b)|having a go|"
    r"(?:right|your) (?:call|choice)|stands|went (?:to|with))\b",
    flags=re.IGNORECASE,
)
"""“It's fine” takes a decision so; “I hope it's all right that I ring” wishes that the call be."""
SORRY = lazy(r"\b(?:sorry|apolog\w+|my tone)\b", flags=re.IGNORECASE)


def plainest(story: Story, made: list[tuple[Turn, Move]]) -> list[tuple[Turn, Move]]:
    """The first of these that was heard without doubt and says so in its words; else the first beyond doubt; else the first."""
    if not made:
        return []
    sure = [(t, m) for t, m in made if not story.doubtful(t, m)]
    plain = [(t, m) for t, m in sure if m in ASKING or (m in CUES and CUES[m].search(story.sentence_of(m, t)))]
    return [*plain, *sure, *made][:1]


def _not_heard(story: Story, note: str, after: int = 0) -> Finding | None:
    """A question that was asked for any reader, where none was heard."""
    found = [(t, words) for t, words in story.unheard if t.n > after]
    return (False, [*found[:1]], note, found[0][0].n) if found else None


def asked(story: Story) -> Finding | None:
    if story.first_answer is not None:
        return None
    asking = ASKS | {Move.DOOR} if story.early else ASKS  # before a decision, the question is when to call again
    made = [(t, m) for t in story.spoken for m in t.moves if m in asking and t.phase_before is not Phase.RECEPTION]
    if made:
        return True, [*made[:1]], "", 0
    if story.foreign:
        return None  # whether it was asked cannot be told
    waited = not story.ended and bool(story.spoken) and Move.PERMISSION in story.spoken[-1].moves
    return _not_heard(story, NOT_HEARD_ASKING) or (False, [], "", last_turn(story) + waited)


def narrow(story: Story) -> Finding | None:
    later = [(t, m) for t, m in story.made(Move.DOOR) if not asks_for_a_moment(story.sentence_of(m, t))]
    if story.early and later:
        return True, [*later[:1]], "", 0  # before a decision the small question is when to call again
    found = _narrower(story)
    # A guess is a small question; where another was asked, it is shown by that.
    others = [(t, m) for t, m in found if guessed(story, t) in (Guessed.YES, Guessed.NONE)]
    if made := plainest(story, others) or plainest(story, found):
        note = _OF_GUESS.get(guessed(story, made[0][0]), "").format(m=story.scenario.first_name)
        return True, [*made], note, 0
    if story.first_ask is None:
        return None
    if small := _small_unheard(story):
        return False, [*small[:1]], NOT_HEARD_NARROW, small[0][0].n
    return False, [(story.first_ask, Move.ASK_OPEN)], "", story.first_ask.n


_OF_GUESS = {Guessed.NO: GUESS_NO, Guessed.OPEN: GUESS_OPEN}


def _small_unheard(story: Story, after: int = 0) -> list[tuple[Turn, str]]:
    """Small questions for any reader, in turns where none was heard, or one about everything."""
    heard = [
        (t, words)
        for t in story.spoken
        if Move.ASK_OPEN in t.moves and not t.heard.aside and not story.put_right(t)
        for words in (story.sentence_of(Move.ASK_OPEN, t),)
    ]
    return [(t, words) for t, words in (*heard, *story.unheard) if t.n > after and wants_one_thing(words)]


def _narrower(story: Story, after: int = 0) -> list[tuple[Turn, Move]]:
    """Where a narrow question was asked about the reason."""
    made = story.made(Move.ASK_SPECIFIC, Move.PROBE, after=after)
    made = [(t, m) for t, m in made if t.phase_before is not Phase.RECEPTION]
    return [
        (t, m)
        for t, m in made
        if story.asks_on_reason(t, m) and not _broad_for_all(story, t, m) and not _pries(story, t, m)
    ]


def _pries(story: Story, turn: Turn, move: Move) -> bool:
    """Whether the words that are taken for a small question are those that pried: what is held against somebody is no skill of theirs."""
    pried = Move.PRY in turn.moves and not story.doubtful(turn, Move.PRY)
    return pried and story.sentence_of(Move.PRY, turn) == story.sentence_of(move, turn)


def _broad_for_all(story: Story, turn: Turn, move: Move) -> bool:
    """Whether a question that names nothing was heard as a broad one too, and rather so."""
    scores = turn.heard.scores
    broad = Move.ASK_OPEN in turn.moves and scores.get(Move.ASK_OPEN, 0.0) > scores.get(move, 1.0)
    return broad and not story.borne(turn, move)


def onward(story: Story) -> Finding | None:
    answer = story.first_answer
    if answer is None or answer.phase in (Phase.CLOSING, Phase.ENDED):
        return None  # she ended it there; there was no room to ask on
    if story.scenario.opening is Opening.TOO_EARLY:
        return None  # to insist would be the mistake
    asked = _narrower(story, after=answer.n)
    again = [(t, m) for t, m in asked if asked_before(story, t)]
    asked = [made for made in asked if made not in again]
    if made := plainest(story, [(t, m) for t, m in asked if not passes_by(story, t)]):
        return True, [*made], "", 0
    if asked:
        return False, [*asked[:1]], PASSED_BY.format(m=story.scenario.first_name), asked[0][0].n
    if found := _not_heard(story, NOT_HEARD_ASKING, after=answer.n):
        return found
    if small := _small_unheard(story, after=answer.n):
        return False, [*small[:1]], NOT_HEARD_NARROW, small[0][0].n
    if again:
        return False, [*again[:1]], ASKED_THE_SAME, again[0][0].n
    broad = [(t, m) for t in story.spoken if t.n > answer.n for m in t.moves if m is Move.ASK_OPEN]
    if broad:
        turn = broad[0][0]
        more = (turn.level or 0) > (story.past.call_before(turn.n).given or 0)
        anew = any(Move.ASK_OPEN in t.moves for t in story.spoken if t.n < turn.n)
        note = (ASKED_ALL, ASKED_ALL_AND_MORE) if anew else (ASKED_BROADLY, ASKED_BROADLY_AND_MORE)
        return False, [*broad[:1]], note[more], turn.n
    return False, [], "", answer.n + 1


def last_turn(story: Story) -> int:
    """The number of the last turn in which something was said; 1 where nothing was."""
    return max(1, story.spoken[-1].n if story.spoken else 1)
