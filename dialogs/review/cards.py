"""One if-then card: for the moment of this call that will come again in the real one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.call import Opening, Outcome
from dialogs.hearing.heard import Aside
from dialogs.moves import Move
from dialogs.patterns import Lazy, lazy
from dialogs.review.check import Check
from dialogs.review.heeded import plan_beside, too_many
from dialogs.review.quoting import hostile
from dialogs.review.story import Stage, Story

CARDS: dict[str, tuple[tuple[str, str], ...]] = {
    "voicemail": (
        ("If a machine answers", "I say my name, the job, one wish and my number, and hang up within half a minute."),
        ("If I reach the voicemail", "I leave who, what about, and a number, said slowly and twice."),
    ),
    "reception": (
        ("If somebody else picks up first", "I say my name and what it is about in the first sentence."),
        ("If reception asks what it is about", "I say: I interviewed for {job}, and I have one short question for {m}."),
    ),
    "push": (
        ("If I feel a “but” coming", "I say “thank you, that helps” and ask what would have come closer."),
        ("If I hear a reason I disagree with", "I write it down, say “fair enough”, and ask for one example."),
        ("If I notice that I am building a case", "I stop, breathe, and ask for one thing I could do better."),
    ),
    "beg": (
        ("If I want to ask for another chance", "I ask for one piece of advice instead."),
        ("If the no comes a second time", "I thank {m} and ask what to work on."),
        ("If I hear myself say “please”", "I turn it into a question that can be answered."),
    ),
    "pry": (
        ("If I want to know about the other person", "I ask what I would have needed myself."),
        ("If I am curious who it was", "I ask which strength would have made the difference."),
        ("If the other person's name is on my tongue", "I ask about my own part instead."),
    ),
    "stonewall": (
        ("If {m} may not say anything", "I show that I understand, ask for one small thing, and thank."),
        ("If all I get is policy", "I say that I understand, and ask what {m} would work on in my place."),
        ("If I hear “{her}”", "I say “I understand that”, ask one small thing, and let it go."),
    ),
    "stock": (
        ("If I hear “{her}”", "I say “fair enough” and ask which part of it I was furthest from."),
        ("If the answer could be about anyone", "I ask for one thing about me."),
        ("If I get the formula from the letter", "I take it kindly and ask one smaller question."),
    ),
    "hint": (
        ("If I get a hint", "I ask for an example of it before I thank."),
        ("If there is half an answer", "I ask for the other half: which part, and when."),
        ("If I hear “{her}”", "I ask what would have made the difference there."),
    ),
    "told": (
        ("If I am told what it was", "I write it down before I say anything else."),
        ("If I hear the real reason", "I say thank you, say what I will do about it, and then ask about later on."),
        ("If somebody is that open with me", "I answer with what I will do, not with why it was so."),
    ),
    "foreign": (
        ("If the English words do not come", "I read the one sentence I have written down before the call."),
        ("If I lose the thread in English", "I say: one moment please, and then one short sentence."),
    ),
    "silence": (
        ("If words fail me", "I say: give me a second, I would like to put this well."),
        ("If my mind goes blank", "I read my first sentence from the card."),
    ),
    "unready": (
        ("If I am about to ask why", "I first say that the decision is fine with me."),
        ("Before I ask anything", "I say that I accept the decision and only want to learn."),
        ("If {m} asks what I want", "I say “nothing that changes the decision”, and then I ask."),
        ("If my first word wants to be “why”", "I make it “I accept that” instead."),
        ("If my question is ready", "I put one sentence before it: no hard feelings."),
    ),
    "unasked": (
        ("If the goodbye comes near and I have not asked", "I ask for one thing to work on before I say it."),
        ("If it is going so well that I would rather not ask", "I ask all the same: one thing, for next time."),
        ("Before I thank for the talk", "I put my one question."),
    ),
    "unheard": (
        ("If my question goes by unanswered", "I ask it once more, in one plain sentence: what is one thing I could do better?"),
        ("If I am asked what I mean", "I say: one thing that I could do better, what would it be?"),
    ),
    "hr": (
        ("If I am sent to HR", "I say that I understand, and ask {m} for one piece of advice all the same."),
        ("If I hear “write to HR”", "I say “of course”, and ask for one thing to work on before I go."),
    ),
    "early": (
        ("If the decision is still open", "I ask when it is good to call again, and leave it there."),
    ),
    "goodbye": (
        ("When it is time to go", "I thank {m}, say goodbye, and let that be the last thing heard."),
        ("If I want to hang up", "I say “thank you for your time, goodbye” first."),
        ("If it goes badly", "I still end it with a sentence of thanks."),
    ),
    "dared": (
        ("If somebody hangs up on me", "I put the phone down too, and notice that nothing has happened to me."),
        ("If I am afraid of being hung up on", "I remember that it has happened, and that the next call began like any other."),
    ),
    "dared, and left": (
        ("If I am afraid of being hung up on", "I say it once more on purpose, and stay until the phone is down."),
        ("If my finger is on the red button", "I wait for one more sentence before I press it."),
    ),
    "enough": (
        ("If two different questions bring the same formula", "I thank {m}, say goodbye, and let it rest."),
        ("If I have asked twice and heard nothing new", "I say “thank you for your time, goodbye”, and keep my good name."),
    ),
    "all told": (
        ("When I know what it was", "I ask one more thing at most, thank {m}, and say goodbye."),
        ("If the answers begin to repeat themselves", "I say “thank you, that helps me”, and say goodbye."),
        ("If I want to ask once more what I have been told", "I write it down instead, thank {m}, and close."),
    ),
    "after": (
        ("When the phone is down", "I write {m}'s words as they were said, before I think about them."),
        ("When it is over", "I write down one thing to do this week, and the day on which I do it."),
        ("Before the next call", "I read once more what was said in this one."),
    ),
    "distress": (
        ("If it gets too much", "I hang up kindly and call a person who is on my side."),
    ),
}  # fmt: skip
"""Moment → cards for it: (if, then)."""


@dataclass(frozen=True, slots=True)
class Card:
    """What to hold in the hand next time. `key` names the moment."""

    key: str
    when: str
    then: str


def card(story: Story, found: Sequence[Check]) -> Card:
    """The card that fits this call best, and says nothing that its checks do not."""
    rng = story.rng("card")
    key = _moment(story, {check.key: check.yes for check in found})
    options = _not_done(story, _of_this_call(story, CARDS[key]))
    if not options:  # all that a card could tell was done in this call
        key = "after"
        options = CARDS[key]
    when, then = options[rng.randrange(len(options))]
    answer = story.first_answer
    her = _formula(story.her_words(answer)) if answer else ""
    if "{her}" in when and not her:
        when, then = next((option for option in options if "{her}" not in option[0]), CARDS["after"][0])
    words = {"m": story.scenario.first_name, "job": story.voice.job, "her": her}
    return Card(key, when.format(**words), then.format(**words))


def _of_this_call(story: Story, options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Without the cards for a “why” that nobody said."""
    why = story.first_ask is not None and re.search(r"\bwhy\b", story.first_ask.said, re.IGNORECASE)
    return tuple(o for o in options if why or "“why”" not in o[0])


_ADVISED: tuple[tuple[Lazy, frozenset[Move]], ...] = (
    (lazy(r"\bthanks?\b"), frozenset({Move.THANK})),
    (lazy(r"\bgoodbye\b"), frozenset({Move.CLOSE})),
    (lazy(r"what I will do"), frozenset({Move.COMMIT})),
    (lazy(r"later on|call again"), frozenset({Move.DOOR})),
    (lazy(r"\bask\b.*\b(?:one|which|example|other half|small|smaller|what)\b|put my one question|ask what would"),
     frozenset({Move.ASK_SPECIFIC, Move.PROBE})),
    (lazy(r"understand|fair enough|of course|take it kindly"), frozenset({Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE})),
)  # fmt: skip
"""What the second half of a card tells one to do → the moves that do it, any of them."""
_INSTEAD = (
    "all told",
    "unheard",
    "push",
    "beg",
    "pry",
    "dared",
    "dared, and left",
    "unready",
    "voicemail",
    "reception",
    "distress",
    "silence",
    "foreign",
)
"""Moments whose cards put something in the place of what was said: what else was done in the call is no matter."""


def _not_done(story: Story, options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The cards that tell something the candidate has not done in this call."""
    if any(set(options) <= set(CARDS[key]) for key in _INSTEAD):
        return options
    beside = {t.n for t in story.spoken if plan_beside(story, t)}  # a plan for something else is still to be made
    done = {
        m
        for t in story.spoken
        if not t.heard.aside
        for m in t.moves
        if story.meant(t, m) and not (m is Move.COMMIT and t.n in beside)
    }
    return tuple(
        o
        for o in options
        if not (told := [m for p, m in _ADVISED if p.search(o[1])]) or not all(m & done for m in told)
    )


def _moment(story: Story, yes: Mapping[str, bool]) -> str:
    made = {m for t in story.spoken for m in t.moves if not story.doubtful(t, m)}
    if story.distressed:
        return "distress"
    if story.stage is Stage.VOICEMAIL:
        return "voicemail"
    if story.early and story.stage is Stage.MANAGER:
        return "early"
    if story.dared:
        return "dared" if story.outcome in (Outcome.CUT_OFF, Outcome.COLD) else "dared, and left"
    plainly = any(hostile(found[1]) for t in story.spoken if (found := story.suspected(t)))
    if plainly or made & {Move.ARGUE, Move.ACCUSE, Move.THREATEN}:
        return "push"
    if story.stage is Stage.RECEPTION:
        return "reception"
    for move, key in ((Move.PLEAD, "beg"), (Move.PRY, "pry")):
        if move in made:
            return key
    if story.foreign:
        return "foreign"
    if not story.spoken or all(
        t.heard.aside is Aside.SILENCE or (t.moves == (Move.OTHER,) and not t.heard.matter) for t in story.spoken
    ):
        return "silence"
    if story.scenario.opening is Opening.EMAIL_HR and story.opened <= 1:
        return "hr"
    if story.first_ask is None and not story.unheard:
        return "unasked"
    if story.first_ask is None:
        return "unheard"
    if story.hung_up:
        return "goodbye"
    if story.asked_enough(len(story.turns) + 1):
        return "enough"
    if story.could > 1 and too_many(story):
        return "all told"
    if story.opened >= 3:
        return "told"
    if not yes.get("settled", True):
        return "unready"
    if story.first_answer is None:
        return "goodbye" if not yes.get("parting", True) else "stonewall"
    return ("stonewall", "stock", "hint")[story.opened]


_HEARD_ELSEWHERE = lazy(
    r"\b(?:better|closer|right|best|strong\w*|good) (?:fit|match\w*|field|candidates?|people)\b|\bdirection\b|\bqualifications?\b|"
    r"\bmore experience\b|\banother (?:candidate|applicant|person)\b|\bsomebody else\b|\bsomeone else\b|\bpolicy\b",
    flags=re.IGNORECASE,
)


def _formula(words: str) -> str:
    """Her line, if a card can hold it and another manager might say it: what only she would say helps nobody in the real call."""
    line = words.strip().rstrip(".!?")
    return line if len(line) <= 80 and _HEARD_ELSEWHERE.search(line) else ""
