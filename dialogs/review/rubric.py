"""The published rubric: what the debrief checks, and by which rule.

Every check is a yes or a no that the log can show. Under any house rule and any hidden reason all of them can be yes: they look at
what the candidate did, never at what the manager chose to give. docs/rubric.md is generated from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dialogs.call import Opening, Phase
from dialogs.hearing.heard import Aside
from dialogs.moves import ASKS, Move
from dialogs.practice import Turn
from dialogs.review.quoting import (
    ASKING,
    CUES,
    PLAINLY_SETTLED,
    PUSHES,
    asks_for_a_moment,
    grudging,
    hostile,
    sentence_of,
    sentences,
    wants_one_thing,
)
from dialogs.review.story import Quote, Stage, Story

LONGEST_MESSAGE = 75  # words on a machine: half a minute


@dataclass(frozen=True, slots=True)
class Check:
    """One yes or no, with what shows it: the candidate's own words, or the place where such words belonged.

    `place` is the number of the turn in which it would have belonged (0 when yes); `after` is what had just been said there.
    """

    key: str
    question: str
    yes: bool
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    place: int = 0
    after: str = ""
    doubt: str = ""  # what the quoted words were taken for, where hearing was not sure of it

    @property
    def open_to_correction(self) -> bool:
        """Whether hearing may have been mistaken, so that one is asked what was meant."""
        return bool(self.doubt) or self.note in UNHEARD


Shown = list[tuple[Turn, Move | str | None]]
"""Turns that show something: by the move that was made, by the very words, or as a whole."""

Finding = tuple[bool, Shown, str, int]
"""Yes or no; what shows it; a remark; the turn where it would have belonged."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: the question, the skill it belongs to, and the rule in plain words."""

    key: str
    skill: str
    question: str
    rule: str
    find: Callable[[Story], Finding | None]  # None: does not apply to this call


# -- with the manager on the line -------------------------------------------------------------------


def _name(story: Story) -> Finding | None:
    asked = story.first_ask.n if story.first_ask else 10**9
    made = _plainest(story, story.made(Move.INTRODUCE, before=asked))
    if made:
        return True, [*made], "", 0
    late = story.made(Move.INTRODUCE)
    if late:
        return False, [(t, m) for t, m in late[:1]], "Your name came after the question.", asked
    return _unheard_name(story) or (False, [], "", 1)


def _unheard_name(story: Story) -> Finding | None:
    """A name that was given and not heard as one."""
    name = story.voice.name
    for turn in story.spoken:
        if name and name in turn.said and not story.put_right(turn):
            words = next((s for s in sentences(turn.said) if name in s), None)
            return False, [(turn, words)], NOT_HEARD_NAME, turn.n
    return None


def _time(story: Story) -> Finding | None:
    asked = story.first_ask.n if story.first_ask else 10**9
    spoke = story.manager_spoke_first
    found = [(t, m) for t, m in story.made(Move.PERMISSION, after=spoke and spoke - 1) if not _is_the_question(t)]
    if made := _plainest(story, [(t, m) for t, m in found if t.n <= asked]):
        return True, [*made], "", 0
    if found:
        return False, [*found[:1]], "You asked for a moment, but after your question.", asked
    return False, [], "", min(asked, story.manager_spoke_first + 1)


def _is_the_question(turn: Turn) -> bool:
    """Whether what was taken for asking leave is the question itself: “May I ask who got the job?”"""
    leave = sentence_of(Move.PERMISSION, turn.said)
    return not asks_for_a_moment(leave) and any(
        m in turn.moves and sentence_of(m, turn.said) == leave for m in (Move.PRY, *ASKING)
    )


def _settled(story: Story) -> Finding | None:
    if story.early:
        return None  # there was no decision yet to take as settled
    asked = story.first_ask.n if story.first_ask else 10**9
    taken = [
        (t, m) for t, m in story.made(Move.ACCEPT, Move.REASSURE, before=asked) if not _takes_a_refusal(story, t, m)
    ]
    made = _plainest(story, taken)
    if made:
        said = sentence_of(made[0][1], made[0][0].said)
        only_sorry = SORRY.search(said) is not None and SETTLES.search(said) is None
        return True, [*made], "An apology counts, too." if only_sorry else "", 0
    half = [(t, m) for t, m in story.half_meant if m in (Move.ACCEPT, Move.REASSURE) and t.n <= asked]
    if half:
        return False, [*half[:1]], _half_note(half[0]), half[0][0].n
    # After an answer, “fair enough” takes the answer; only words about the decision itself came too late.
    late = [(t, m) for t, m in story.made(Move.ACCEPT, Move.REASSURE) if SETTLES.search(sentence_of(m, t.said))]
    late.sort(key=lambda made: PLAINLY_SETTLED.search(sentence_of(made[1], made[0].said)) is None)
    if late:
        return False, [*late[:1]], "You said it, but after you had asked.", asked
    for turn in story.spoken:
        plainly = [s for s in sentences(turn.said) if PLAINLY_SETTLED.search(s) and not grudging(s)]
        if turn.n <= asked and plainly and not turn.heard.aside and not story.put_right(turn):
            return (
                False,
                [(turn, plainly[0])],
                NOT_HEARD_ACCEPTING,
                turn.n,
            )
    return False, [], "", min(asked, _last_turn(story))


def _takes_a_refusal(story: Story, turn: Turn, move: Move) -> bool:
    """Whether “fair enough” takes the answer to another question, not the decision; or was said to reception."""
    if turn.phase_before is Phase.RECEPTION:
        return True
    before = next((t for t in story.turns if t.n == turn.n - 1), None)
    if before is None or SETTLES.search(sentence_of(move, turn.said)):
        return False
    return any(row.startswith(("pry_no", "door")) for row in before.rows)


def _patient(story: Story) -> Finding | None:
    """Only where the decision was still open: whether it was made easy to say so."""
    if not story.early:
        return None
    told = story.told_early
    kind = story.made(Move.ACCEPT, Move.REASSURE, Move.ACKNOWLEDGE, after=told)
    later = story.made(Move.DOOR)
    if made := _plainest(story, later or kind):
        return True, [*made], "", 0
    return False, [], "", told + 1 if told else _last_turn(story)


NOT_HEARD_ACCEPTING = "I did not hear this as accepting the decision. If you meant it so, say so."
NOT_HEARD_ASKING = "I did not hear this as a question about the reason. If you meant it so, say so."
NOT_HEARD_NAME = "I did not hear this as your name. If it was, say so."
NOT_HEARD_NARROW = "I did not hear this as a question about one thing. If you meant it so, say so."
UNHEARD = (NOT_HEARD_ACCEPTING, NOT_HEARD_ASKING, NOT_HEARD_NARROW, NOT_HEARD_NAME)
"""Remarks on words that any reader would understand and hearing did not: said instead of a plain no."""

SETTLES = re.compile(
    r"\b(?:decision|decided|outcome|accept\w*|contest\w*|argu\w*|disput\w*|hard feelings|at peace|okay with|ok with|fine with|fine by me|"
    r"respect|no obligation|not upset|not mad|not angry|you chose|picked|made (?:up )?your)\b",
    re.IGNORECASE,
)
SORRY = re.compile(r"\b(?:sorry|apolog\w+|my tone)\b", re.IGNORECASE)


def _plainest(story: Story, made: list[tuple[Turn, Move]]) -> list[tuple[Turn, Move]]:
    """The first of these that was heard without doubt and says so in its words; else the first beyond doubt; else the first."""
    if not made:
        return []
    sure = [(t, m) for t, m in made if not story.doubtful(t, m)]
    plain = [(t, m) for t, m in sure if m in ASKING or (m in CUES and CUES[m].search(sentence_of(m, t.said)))]
    return [*plain, *sure, *made][:1]


def _not_heard(story: Story, note: str, after: int = 0) -> Finding | None:
    """A question that was asked for any reader, where none was heard."""
    found = [(t, words) for t, words in story.unheard if t.n > after]
    return (False, [*found[:1]], note, found[0][0].n) if found else None


def _asked(story: Story) -> Finding | None:
    if story.first_answer is not None:
        return None
    asking = ASKS | {Move.DOOR} if story.early else ASKS  # before a decision, the question is when to call again
    made = [(t, m) for t in story.spoken for m in t.moves if m in asking]
    if made:
        return True, [*made[:1]], "", 0
    if story.foreign:
        return None  # whether it was asked cannot be told
    return _not_heard(story, NOT_HEARD_ASKING) or (False, [], "", _last_turn(story))


def _narrow(story: Story) -> Finding | None:
    made = _plainest(story, _narrower(story))
    if made:
        return True, [*made], "", 0
    if story.first_ask is None:
        return (False, [], "", _last_turn(story)) if story.distressed else None
    small = [(t, words) for t, words in story.unheard if wants_one_thing(words)]
    if small:
        return False, [*small[:1]], NOT_HEARD_NARROW, small[0][0].n
    return False, [(story.first_ask, Move.ASK_OPEN)], "", story.first_ask.n


def _narrower(story: Story, after: int = 0) -> list[tuple[Turn, Move]]:
    """Where a narrow question was asked about the reason."""
    made = story.made(Move.ASK_SPECIFIC, Move.PROBE, after=after)
    return [(t, m) for t, m in made if story.asks_on_reason(t, m)]


def _onward(story: Story) -> Finding | None:
    answer = story.first_answer
    if answer is None or answer.phase in (Phase.CLOSING, Phase.ENDED):
        return None  # she ended it there; there was no room to ask on
    if story.scenario.opening is Opening.TOO_EARLY:
        return None  # to insist would be the mistake
    made = _plainest(story, _narrower(story, after=answer.n))
    if made:
        return True, [*made], "", 0
    if found := _not_heard(story, NOT_HEARD_ASKING, after=answer.n):
        return found
    again = [(t, m) for t in story.spoken if t.n > answer.n for m in t.moves if m is Move.ASK_OPEN]
    if again:
        return False, [*again[:1]], "This asked for everything again.", again[0][0].n
    return False, [], "", answer.n + 1


def _took(story: Story) -> Finding | None:
    answer = story.first_answer
    if answer is None or not any(t.n > answer.n and t.said.strip() for t in story.spoken):
        return None  # nothing was said after it, so nothing can be told
    taking = (Move.THANK, Move.ACCEPT, Move.ACKNOWLEDGE, Move.COMMIT)
    countered = [
        (t, m) for t in story.spoken if t.n > answer.n for m in t.moves if m in (Move.ARGUE, Move.ACCUSE, Move.THREATEN)
    ]
    if countered:
        return False, [*countered[:1]], MET_WITH[countered[0][1]], countered[0][0].n
    made = _plainest(story, story.made(*taking, after=answer.n))
    if made:
        return True, [*made], "", 0
    half = [(t, m) for t, m in story.half_meant if m in taking and t.n > answer.n]
    if half:
        return False, [*half[:1]], _half_note(half[0]), half[0][0].n
    return False, [], "", answer.n + 1


def _calm(story: Story) -> Finding | None:
    pushed = [(t, m) for t in story.spoken for m in t.moves if m in PUSHES]
    pushed.sort(key=lambda made: story.doubtful(*made))  # what is beyond doubt is shown first
    if pushed:
        return False, [(t, m) for t, m in pushed[:2]], PUSHED[pushed[0][1]], pushed[0][0].n
    return True, [], "", 0


def _clear_of_distress(story: Story, place: int) -> int:
    """This turn, or the nearest in which the person was not in distress: nobody is told what they should have said there."""
    lost = {t.n for t in story.turns if t.heard.aside is Aside.DISTRESS}
    later = next((n for n in range(place, len(story.turns) + 1) if n not in lost), None)
    if place not in lost:
        return place
    return later if later is not None else max((n for n in range(1, place) if n not in lost), default=place)


def _half_note(pair: tuple[Turn, Move]) -> str:
    turn, move = pair
    if hostile(sentence_of(move, turn.said)):
        return SAID_OTHERWISE
    return HALF_SAID


HALF_SAID = "Half said: these words take themselves back."
SAID_OTHERWISE = "Something kind was heard here, but the words say otherwise."


MET_WITH: dict[Move, str] = {
    Move.ARGUE: "This was heard as arguing with the answer.",
    Move.ACCUSE: "This was heard as blame, after the answer.",
    Move.THREATEN: "This was heard as a threat, after the answer.",
}
PUSHED: dict[Move, str] = {
    Move.THREATEN: "This was heard as a threat.",
    Move.ACCUSE: "This was heard as blame.",
    Move.ARGUE: "This was heard as arguing against the decision.",
    Move.PLEAD: "This was heard as asking for another decision.",
    Move.PRY: "This asked about other people or the firm's own matters.",
}


def _parting(story: Story) -> Finding | None:
    if story.distressed and not story.ended:
        return None  # stopped for a better reason than the call
    last = [t for t in story.spoken if t.n > len(story.turns) - 3]
    warm = [(t, m) for t in last for m in t.moves if m is Move.THANK and story.meant(t, m)]
    bye = [(t, m) for t in last for m in t.moves if m is Move.CLOSE]
    cut = bool(story.turns) and any(row.startswith(("cut_off", "close_cold")) for row in story.turns[-1].rows)
    if warm and bye and not story.hung_up and not cut:
        if any(t is bye[-1][0] for t, _ in warm):
            return True, [(bye[-1][0], None)], "", 0
        return True, [*warm[-1:], *bye[-1:]], "", 0
    if cut:
        return False, [], "The call was cut short before there was a goodbye.", len(story.turns)
    if not story.ended:
        return False, [], "The call was left before there was a goodbye.", len(story.turns) + 1
    if story.hung_up:
        return False, [], "The line went dead without a goodbye.", len(story.turns)
    half = [(t, m) for t, m in story.half_meant if m is Move.THANK and t in last]
    if half:
        return False, [*half[-1:]], _half_note(half[-1]), half[-1][0].n
    if bye and not warm:
        return False, [*bye[-1:]], "A goodbye, without a word of thanks beside it.", bye[-1][0].n
    if warm:
        return False, [*warm[-1:]], "Thanks, but no goodbye.", _last_turn(story)
    return False, [], "", _last_turn(story)


def _last_turn(story: Story) -> int:
    return max(1, story.spoken[-1].n if story.spoken else 1)


# -- reception ----------------------------------------------------------------------------------------

MATTER = re.compile(
    r"\b(?:interview\w*|appl(?:y|ied|ication)|position|role|job|vacanc\w+|post|opening|candidate|hiring|shortlist\w*)\b",
    re.I,
)
_NUMBER = re.compile(r"(?:\d[\s().\-/]*){6,}|[\w.+\-]+@[\w\-]+\.\w+|\bmy (?:number|mobile|cell|e-?mail) is\b", re.I)
WANTS = re.compile(
    r"\b(?:call|ring|phone|reach|get back|speak|talk|hear|feedback|advice|question|ask|put me through|word with)\b",
    re.I,
)


def number_in(said: str) -> str:
    """The telephone number or address in these words, as it was said; empty when there is none."""
    found = _NUMBER.search(said)
    return found[0].strip() if found else ""


def _words_that(story: Story, pattern: re.Pattern[str]) -> Shown:
    found: Shown = []
    for turn in story.spoken:
        if pattern.search(turn.said):
            found.append((turn, next((s for s in sentences(turn.said) if pattern.search(s)), None)))
    return found


def _r_name(story: Story) -> Finding | None:
    made = story.made(Move.INTRODUCE)
    return (True, [*made[:1]], "", 0) if made else _unheard_name(story) or (False, [], "", 1)


def _r_matter(story: Story) -> Finding | None:
    made = _words_that(story, MATTER)
    return (True, made[:1], "", 0) if made else (False, [], "", 1)


def _r_early(story: Story) -> Finding | None:
    first = story.turns[:1]
    if first and Move.INTRODUCE in first[0].moves:
        return True, [(first[0], Move.INTRODUCE)], "", 0
    return False, [], "", 1


def _r_kept_back(story: Story) -> Finding | None:
    asked = [(t, m) for t in story.spoken for m in t.moves if m in ASKS | {Move.DOOR}]
    if asked:
        return False, [*asked[:1]], "Reception cannot answer this.", asked[0][0].n
    return True, [], "", 0


def _r_kind(story: Story) -> Finding | None:
    made = story.made(Move.GREET, Move.THANK, Move.PERMISSION)
    return (True, [*made[:1]], "", 0) if made else (False, [], "", 1)


def _r_parting(story: Story) -> Finding | None:
    made = story.made(Move.CLOSE)
    if made and not story.hung_up:
        return True, [*made[-1:]], "", 0
    return False, [], "", _last_turn(story)


# -- the machine ---------------------------------------------------------------------------------------


def _v_wants(story: Story) -> Finding | None:
    made: Shown = [(t, m) for t in story.spoken for m in t.moves if m in ASKS | {Move.DOOR, Move.PERMISSION}]
    made = made or _words_that(story, WANTS)
    return (True, made[:1], "", 0) if made else (False, [], "", 1)


def _v_number(story: Story) -> Finding | None:
    made = _words_that(story, _NUMBER)
    return (True, made[:1], "", 0) if made else (False, [], "", _last_turn(story))


def _v_short(story: Story) -> Finding | None:
    words = sum(len(t.said.split()) for t in story.spoken)
    if not words:
        return False, [], "Nothing was left on the machine.", 1
    if words <= LONGEST_MESSAGE:
        return True, [], f"{words} words in all.", 0
    return False, [], f"{words} words; {LONGEST_MESSAGE} fill half a minute.", _last_turn(story)


def _v_parting(story: Story) -> Finding | None:
    made = story.made(Move.THANK, Move.CLOSE)
    return (True, [*made[-1:]], "", 0) if made else (False, [], "", _last_turn(story))


RUBRIC: dict[Stage, tuple[Criterion, ...]] = {
    Stage.MANAGER: (
        Criterion("name", "opening", "Did {m} know who was calling before you asked?",
                  "You introduce yourself in or before the turn of the first question.", _name),
        Criterion("time", "opening", "Did you ask whether it was a good moment, or for leave to ask?",
                  "You ask for time or leave in or before the turn of the first question.", _time),
        Criterion("settled", "groundwork", "Did you take the decision as settled before asking about it?",
                  "You accept the decision, or say that you are not contesting it, in or before the turn of the first question.",
                  _settled),
        Criterion("patient", "groundwork", "Was it easy for {m} to say that nothing is decided yet?",
                  "Only in a call that comes before the decision, in place of the check above: you show understanding after "
                  "hearing that it is still open, or ask about later on.", _patient),
        Criterion("asked", "question", "Did you get to your question?",
                  "Only in a call where she answered no question about the reason: you asked one all the same. "
                  "Left out when words in another language were not understood.", _asked),
        Criterion("narrow", "question", "Did you ask for something small: one area, one example, one piece of advice?",
                  "One of your questions names an area, asks for a fixed number of points, or leans on her last answer. "
                  "Left out when you asked nothing.", _narrow),
        Criterion("onward", "follow-up", "Did you ask on from the first answer?",
                  "After her first answer, a later question of yours is narrower than the first or leans on what she said. "
                  "Left out when she ends the call with that answer, or says that the decision is still open.", _onward),
        Criterion("took", "grace", "Did you show {m} that the answer was well taken?",
                  "After her first answer you thank, accept, show understanding or say what you will do, and never argue, "
                  "blame or threaten. Left out when nothing was said after the answer.", _took),
        Criterion("calm", "grace", "Was the call free of pressure, blame and other people's business?",
                  "No turn argues, blames, threatens, begs or pries. A plain feeling is no fault.", _calm),
        Criterion("parting", "closing", "Did you end it yourself, with thanks and a goodbye?",
                  "Thanks and a goodbye stand in your last three turns, you did not ring off, and she did not end it in anger. "
                  "Left out when the call stopped because somebody was in distress.", _parting),
    ),
    Stage.RECEPTION: (
        Criterion("name", "opening", "Did reception get your name?", "You introduce yourself to reception.", _r_name),
        Criterion("matter", "opening", "Did you say what it is about?",
                  "Your words name the interview, the job or the application.", _r_matter),
        Criterion("early", "opening", "Was that in your first sentence?", "You introduce yourself in the first turn.", _r_early),
        Criterion("kept", "question", "Did you keep your question for the manager?",
                  "You put no question about the reason, or about the future, to reception.", _r_kept_back),
        Criterion("kind", "groundwork", "Was there a friendly word for reception?",
                  "You greet, thank or ask for a moment.", _r_kind),
        Criterion("calm", "grace", "Was the call free of pressure and blame?",
                  "No turn argues, blames, threatens, begs or pries.", _calm),
        Criterion("parting", "closing", "Did you say goodbye?", "You say goodbye, and do not ring off.", _r_parting),
    ),
    Stage.VOICEMAIL: (
        Criterion("name", "opening", "Is your name on the machine?", "You introduce yourself.", _r_name),
        Criterion("matter", "opening", "Did you say which job it is about?",
                  "Your words name the interview, the job or the application.", _r_matter),
        Criterion("wants", "question", "Does {m} know what you would like?",
                  "You ask for something: a call back, a piece of advice, an answer.", _v_wants),
        Criterion("number", "closing", "Can {m} reach you without looking anything up?",
                  "A telephone number or an e-mail address is in the message.", _v_number),
        Criterion("short", "groundwork", "Was it short enough to be heard to the end?",
                  f"At most {LONGEST_MESSAGE} words in all, and at least one.", _v_short),
        Criterion("calm", "grace", "Was the message free of pressure and blame?",
                  "No turn argues, blames, threatens, begs or pries.", _calm),
        Criterion("parting", "closing", "Does it end with thanks or a goodbye?", "You thank or say goodbye.", _v_parting),
    ),
}  # fmt: skip
"""Stage → its checks, in the order of a call."""

SKILLS: tuple[str, ...] = tuple(dict.fromkeys(c.skill for criteria in RUBRIC.values() for c in criteria))
"""What the checks train, in the order of a call; progress is told by these."""


def checks(story: Story) -> tuple[Check, ...]:
    """Every check that applies to this call, in the order of the rubric."""
    found = []
    for criterion in RUBRIC[story.stage]:
        finding = criterion.find(story)
        if finding is None:
            continue
        yes, shown, note, place = finding
        question = criterion.question.format(m=story.scenario.first_name)
        quotes = tuple(dict.fromkeys(story.quote(t, m) for t, m in shown if t.said.strip()))
        place = 0 if yes else _clear_of_distress(story, min(max(place, 1), len(story.turns) + 1))
        after = story.line_before(place) if place else ""
        doubt = "" if note in (HALF_SAID, SAID_OTHERWISE) else _doubt(story, criterion.key, shown)
        found.append(Check(criterion.key, question, yes, quotes, note, place, after, doubt))
    return tuple(found)


TAKEN_FOR: dict[Move, str] = {
    Move.INTRODUCE: "saying who you are", Move.PERMISSION: "asking for a moment", Move.THANK: "thanks",
    Move.ACCEPT: "taking the answer well", Move.REASSURE: "saying that you don't contest it", Move.ACKNOWLEDGE: "understanding",
    Move.COMMIT: "saying what you will do", Move.ASK_OPEN: "a question about everything", Move.ASK_SPECIFIC: "a question about one thing",
    Move.PROBE: "a question about the last answer", Move.CLOSE: "a goodbye", Move.GREET: "a greeting",
    Move.DOOR: "a question about later on", Move.ARGUE: "an argument", Move.ACCUSE: "blame", Move.THREATEN: "a threat",
    Move.PLEAD: "a plea", Move.PRY: "a question about other people",
}  # fmt: skip
"""What words were taken for, where that was not sure."""


def _doubt(story: Story, key: str, shown: Shown) -> str:
    """What the words that show it were taken for, if hearing was not sure of any of them."""
    made = [(t, m) for t, m in shown if isinstance(m, Move) and m in TAKEN_FOR]
    unsure = [m for t, m in made if story.doubtful(t, m)]
    if not unsure or len(unsure) < len(made):
        return ""
    return "accepting the decision" if key == "settled" and unsure[0] is Move.ACCEPT else TAKEN_FOR[unsure[0]]


__all__ = ["LONGEST_MESSAGE", "RUBRIC", "SKILLS", "Check", "Criterion", "checks", "number_in"]
