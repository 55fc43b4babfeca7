"""The published rubric: what the debrief checks, and by which rule.

Every check is a yes or a no that the log can show. Under any house rule and any hidden reason all of them can be yes: they look at
what the candidate did, never at what the manager chose to give. docs/rubric.md is generated from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.hearing.heard import Aside
from dialogs.review import before_manager as before
from dialogs.review import dared, grace
from dialogs.review import with_manager as manager
from dialogs.review.check import SAYS_IT_ALL, Check, Finding, doubt
from dialogs.review.story import Stage, Story


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: the question, the skill it belongs to, and the rule in plain words."""

    key: str
    skill: str
    question: str
    rule: str
    find: Callable[[Story], Finding | None]  # None: does not apply to this call


RUBRIC: dict[Stage, tuple[Criterion, ...]] = {
    Stage.MANAGER: (
        Criterion("name", "opening", "Did {m} know who was calling before you asked?",
                  "You introduce yourself in or before the turn of the first question.", manager.name),
        Criterion("time", "opening", "Did you ask whether it was a good moment, or for leave to ask?",
                  "You ask for time or leave in or before the turn of the first question.", manager.time),
        Criterion("settled", "groundwork", "Did you take the decision as settled before asking about it?",
                  "You accept the decision, or say that you are not contesting it, in or before the turn of the first question.",
                  manager.settled),
        Criterion("patient", "groundwork", "Was it easy for {m} to say that nothing is decided yet?",
                  "Only in a call that comes before the decision, in place of the check above: you show understanding after "
                  "hearing that it is still open, or ask about later on.", manager.patient),
        Criterion("asked", "question", "Did you get to your question?",
                  "Only in a call where no question about the reason was answered: you asked one all the same. "
                  "Left out when words in another language were not understood.", manager.asked),
        Criterion("narrow", "question", "Did you ask for something small: one area, one example, one piece of advice?",
                  "One of your questions names an area, asks for a fixed number of points, or leans on the last answer. "
                  "Left out when you asked nothing.", manager.narrow),
        Criterion("onward", "follow-up", "Did you ask on from the first answer?",
                  "After the first answer, a later question of yours is narrower than the first or leans on it. A guess at something else than "
                  "a hint just given is neither, and nor is the same question again. "
                  "Left out when the call is ended with that answer, or when it is said that the decision is still open.", manager.onward),
        Criterion("took", "grace", "Did you show {m} that the answer was well taken?",
                  "After the first answer you thank, accept, show understanding or say what you will do, and never argue, "
                  "blame or threaten. A plan for something else than what was told does not show it. Shown by words that came after the answer that told most, where there are any. "
                  "Left out when nothing was said after the answer.", grace.took),
        Criterion("calm", "grace", "Was the call free of pressure, blame and other people's business?",
                  "No turn argues, blames, threatens, begs or pries. A plain feeling is no fault.", grace.calm),
        Criterion("parting", "closing", "Did you end it yourself, with thanks and a goodbye?",
                  "Thanks and a goodbye stand in your last three turns, you did not ring off, and it was not ended in anger. "
                  "Left out when the call stopped because somebody was in distress.", grace.parting),
    ),
    Stage.RECEPTION: (
        Criterion("name", "opening", "Did reception get your name?", "You introduce yourself to reception.", before.name),
        Criterion("matter", "opening", "Did you say what it is about?",
                  "Your words name the interview, the job or the application.", before.matter),
        Criterion("early", "opening", "Was that in your first sentence?", "You introduce yourself in the first turn.", before.at_once),
        Criterion("kept", "question", "Did you keep your question for the manager?",
                  "You put no question about the reason, or about the future, to reception.", before.kept_back),
        Criterion("kind", "groundwork", "Was there a friendly word for reception?",
                  "You greet, thank or ask for a moment.", before.friendly),
        Criterion("calm", "grace", "Was the call free of pressure and blame?",
                  "No turn argues, blames, threatens, begs or pries.", grace.calm),
        Criterion("parting", "closing", "Did you say goodbye?", "You say goodbye, and do not ring off.", before.goodbye),
    ),
    Stage.VOICEMAIL: (
        Criterion("name", "opening", "Is your name on the machine?", "You introduce yourself.", before.name),
        Criterion("matter", "opening", "Did you say which job it is about?",
                  "Your words name the interview, the job or the application.", before.matter),
        Criterion("wants", "question", "Does {m} know what you would like?",
                  "You ask for something: a call back, a piece of advice, an answer.", before.wish),
        Criterion("number", "closing", "Can {m} reach you without looking anything up?",
                  "A telephone number or an e-mail address is in the message.", before.number),
        Criterion("short", "groundwork", "Was it short enough to be heard to the end?",
                  f"At most {before.LONGEST_MESSAGE} words in all, and at least one.", before.short),
        Criterion("calm", "grace", "Was the message free of pressure and blame?",
                  "No turn argues, blames, threatens, begs or pries.", grace.calm),
        Criterion("parting", "closing", "Does it end with thanks or a goodbye?", "You thank or say goodbye.", before.kind_end),
    ),
}  # fmt: skip
"""Stage → its checks, in the order of a call."""

DARED: tuple[Criterion, ...] = (
    Criterion("name", "opening", "Did {m} know who was calling before you asked?",
              "You introduce yourself in or before the turn of the first question.", manager.name),
    Criterion("said", "nerve", "Did you say what one must not say?", "A turn argues, blames, threatens, begs or pries.", dared.said),
    Criterion("plain", "nerve", "Was it plain enough to be heard as that?",
              "One of these was heard beyond doubt, or says it plainly. Left out when none was.", dared.plain),
    Criterion("cost", "nerve", "Did {m} end the call over it?", "The call is cut off or ends in anger. Left out when nothing of the kind was said.", dared.cost),
    Criterion("stayed", "nerve", "Did you stay on the line to hear what came back?",
              "You did not ring off, and the call came to its end.", dared.stayed),
    Criterion("question", "question", "Did you put your question all the same?", "You ask about the reason, at any point.",
              dared.question),
)  # fmt: skip
"""The checks of a call that is there to be hung up on, whether something was said that one must not say or it was held politely."""

SKILLS: tuple[str, ...] = tuple(dict.fromkeys(c.skill for criteria in (*RUBRIC.values(), DARED) for c in criteria))
"""What the checks train, in the order of a call; progress is told by these."""


def checks(story: Story) -> tuple[Check, ...]:
    """Every check that applies to this call, in the order of the rubric."""
    found = []
    for criterion in DARED if story.dared or story.undared else RUBRIC[story.stage]:
        finding = criterion.find(story)
        if finding is None:
            continue
        yes, shown, note, place = finding
        question = criterion.question.format(m=story.scenario.first_name)
        quotes = tuple(dict.fromkeys(story.quote(t, m) for t, m in shown if t.said.strip()))
        place = 0 if yes else _clear_of_distress(story, min(max(place, 1), len(story.turns) + 1))
        if not (yes or quotes) and (lost := _in_another_language(story, criterion.key, place)):
            note = IN_ANOTHER_LANGUAGE.format(n=lost)
        after = story.line_before(place) if place else ""
        unsure = "" if note in SAYS_IT_ALL else doubt(story, criterion.key, shown)
        found.append(Check(criterion.key, question, yes, quotes, note, place, after, unsure, criterion.skill))
    return tuple(found)


IN_ANOTHER_LANGUAGE = "Turn {n} was in another language, so I can't tell what was in it."


def _in_another_language(story: Story, key: str, place: int) -> int:
    """The turn in which it may have been said in words that were not understood (0: none)."""
    lost = [t.n for t in story.spoken if t.heard.aside is Aside.FOREIGN]
    if key == "parting" and lost and lost[-1] == story.spoken[-1].n:
        return lost[-1]
    return place if place in lost else 0


def _clear_of_distress(story: Story, place: int) -> int:
    """This turn, or the nearest in which the person was not in distress: nobody is told what they should have said there."""
    lost = {t.n for t in story.turns if t.heard.aside is Aside.DISTRESS}
    later = next((n for n in range(place, len(story.turns) + 1) if n not in lost), None)
    if place not in lost:
        return place
    return later if later is not None else max((n for n in range(1, place) if n not in lost), default=place)


__all__ = ["DARED", "RUBRIC", "SKILLS", "Criterion", "checks"]
