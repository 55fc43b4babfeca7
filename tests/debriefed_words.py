"""What holds of the words a debrief proposes: the better line and the lines of the envelope, each held again before it is believed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.call import Phase
from dialogs.moves import ASKS, Move
from dialogs.practice import Practice, Turn
from dialogs.review import Debrief
from dialogs.review.rehearsal import Key
from dialogs.scenario import Scenario
from tests.debriefed import EAR, PUSHES
from tests.debriefed_facts import MOMENT, ONE_THING

SETTLING = re.compile(
    r"\b(?:accept|respect|contest\w*|fine with|argue)\b[^.?!]*\b(?:decision|outcome|it)\b|hard feelings|contest",
    re.IGNORECASE,
)
ASKING_ON = re.compile(r"\b(?:example|which (?:part|of|one)|a little more)\b", re.IGNORECASE)


def nothing_is_settled_before_it_is_decided(debrief: Debrief, scenario: Scenario) -> None:
    """A call before the decision is not measured by how the decision was taken, and no better line accepts one."""
    early = scenario.opening == "too_early" and debrief.stage == "manager"
    keys = {c.key for c in debrief.checks}
    assert ("patient" in keys) is early
    if not early:
        return
    assert "settled" not in keys
    assert not debrief.envelope.keys
    if debrief.change:
        added = debrief.change.better
        for own in re.findall(r"[^.!?]+[.!?]*", debrief.change.line.words):
            added = added.replace(own.strip(), "")
        assert not SETTLING.search(added), debrief.change
        assert "formula" not in debrief.change.gain
        assert "reaches" not in debrief.change.gain


def the_better_line_fits_its_place(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """It introduces nobody twice; it asks nothing more where all was told; it does not ask for the moment in the middle."""
    change = debrief.change
    if change is None:
        return
    own = change.line.words
    for name in re.findall(r"[Tt]his is ([A-Z]\w+ [A-Z]\w+)|([A-Z]\w+ [A-Z]\w+) here", change.better):
        said = next(filter(None, name))
        assert change.better.count(said) <= max(1, own.count(said)), change.better
    before = [t.level for t in turns if t.level is not None and t.n < change.turn]
    told = before and max(before) >= debrief.could >= 2
    if told and change.fault in ("threat", "blame", "argue", "beg", "pry"):
        assert not ASKING_ON.search(change.better), change
    if before and change.turn < len(turns):
        assert not MOMENT.search(change.better), change


SLIPS = re.compile(r"\b(?:dont|didnt|isnt|wasnt|cant|im|ive|thats|whats|u|ur|pls|thx|experiance|realy|i)\b(?!['’])")


def the_better_line_is_spelled_right(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """No slip of typing stands in words to say aloud; they begin with a capital, and end with a mark."""
    words = [debrief.change.better] if debrief.change else []
    words += [k.words for k in debrief.envelope.keys]
    for line in words:
        assert not SLIPS.search(line), line
        assert line[0].isupper() or not line[0].isalpha(), line
        assert line[-1] in '.!?…)"”' or not line[-1].isalnum(), line
    if debrief.change and debrief.change.turn > 1 and debrief.change.fault not in ("reception", "voicemail"):
        known = any(Move.INTRODUCE in t.moves and not t.heard.aside for t in turns[1 : debrief.change.turn])
        own = debrief.change.line.words.casefold()
        again = re.search(r"\b(?:this is|my name is|I interviewed for)\b", debrief.change.better)
        assert not known or not again or again[0].casefold() in own, debrief.change


def again(
    scenario: Scenario, seed: int, turns: Sequence[Turn], keys: Sequence[Key], *, fresh: bool = False
) -> tuple[int, bool]:
    """The call held once more with these words in it, heard by the ear: the highest level, and whether any of them pushed."""
    practice = Practice(scenario, seed, ear=EAR.hear)
    practice.begin()
    pushed = False

    def say(words: str) -> None:
        nonlocal pushed
        if not practice.ended:
            turn = practice.hear(words)
            pushed |= bool(set(turn.moves) & PUSHES) or turn.heard.wary

    if fresh:
        for key in keys:
            say(key.words)
        return practice.highest, pushed
    for turn in turns[1:]:
        here = [k for k in keys if k.turn == turn.n]
        for key in here:
            say(key.words)
        if not any(k.instead for k in here) and not practice.ended:
            practice.take(turn.heard)
    for key in keys:
        if key.turn >= len(turns):
            say(key.words)
    return practice.highest, pushed


def the_better_line_opens_as_far_as_it_says(
    debrief: Debrief, scenario: Scenario, seed: int, turns: Sequence[Turn]
) -> None:
    change = debrief.change
    if change is None:
        return
    highest, pushed = again(scenario, seed, turns, [change.key])
    if "puts you through" in change.gain or "comes to the phone" in change.gain:
        practice = Practice.rebuild(scenario, seed, [t.heard for t in turns[1 : change.turn]], ear=EAR.hear)
        assert practice.hear(change.better).phase is not Phase.RECEPTION, change
    assert highest >= debrief.opened, change
    assert not change.further or highest > debrief.opened
    assert highest == change.opens
    assert not pushed, change.better
    assert plain(change.better) != plain(change.line.words)


def the_envelope_opens_as_far_as_it_says(
    debrief: Debrief, scenario: Scenario, seed: int, turns: Sequence[Turn]
) -> None:
    sealed = debrief.envelope
    assert sealed.truth == scenario.truth
    assert sealed.thought == scenario.thought
    assert sealed.level <= debrief.could
    if not sealed.keys:
        assert sealed.level == debrief.opened
        return
    nothing_is_asked_about_before_it_is_said(sealed.keys, turns)
    highest, pushed = again(scenario, seed, turns, sealed.keys, fresh=sealed.fresh)
    assert highest == sealed.level > debrief.opened, sealed
    assert not pushed, sealed.keys


LEANS = re.compile(r"\b(?:of that|that answer|which part|there\?|an example|about that)\b", re.IGNORECASE)


def nothing_is_asked_about_before_it_is_said(keys: Sequence[Key], turns: Sequence[Turn]) -> None:
    """A line of the envelope that leans on an answer comes after a question, in the call or among these lines."""
    asked = [t.n for t in turns if set(t.moves) & ASKS or t.level is not None]
    for i, key in enumerate(keys):
        if LEANS.search(key.words) and not key.instead:
            assert any(n < key.turn for n in asked) or any(set(k.moves) & ASKS for k in keys[:i]), keys


def runs(words: str, n: int) -> list[tuple[str, ...]]:
    """Every run of `n` words."""
    said = re.findall(r"[\w']+", words.casefold().replace("’", "'"))
    return [tuple(said[i : i + n]) for i in range(len(said) - n + 1)]


def the_better_line_is_short_and_says_nothing_twice(debrief: Debrief, turns: Sequence[Turn]) -> None:
    change = debrief.change
    if change is None:
        return
    own = turns[change.turn].said if change.turn < len(turns) else ""
    most = 70 if debrief.stage == "voicemail" else 42
    assert len(change.better.split()) <= max(most, len(own.split()) - 1), (own, change.better)
    twice = {r for r in runs(change.better, 3) if runs(change.better, 3).count(r) > max(1, runs(own, 3).count(r))}
    assert not twice, (twice, change.better)
    before = {r for t in turns[1 : change.turn] for r in runs(t.said, 4)}
    anew = (set(runs(change.better, 4)) - set(runs(own, 4))) & before
    named = any(Move.INTRODUCE in t.moves for t in turns[1 : change.turn])
    if not named:  # a name that was not understood may be said again
        name = re.search(r"[Tt]his is ((?:[A-Z]\w+ ?)+)", change.better)
        anew = {r for r in anew if not name or not set(r) & set(name[1].casefold().split())}
    assert not anew, (anew, change.better)
    if named:
        again = re.search(r"\b(?:this is [A-Z]|my name is|I interviewed for|It's about the)", change.better)
        assert not again or again[0].casefold() in own.casefold() or change.fault in ("voicemail", "reception"), change
    the_order_is_that_of_speech(change.better, own)


def the_order_is_that_of_speech(better: str, own: str) -> None:
    """Who is calling comes before the decision, and the decision before the question."""
    who = re.search(r"\b(?:I interviewed for|It's about the)\b", better)
    asked = list(re.finditer(r"[^.!?]*\b(?:one thing|example|which|would have)\b[^.!?]*\?", better))
    settled = list(re.finditer(r"not (?:calling|here|contesting)|accept the|hard feelings|fine with", better))
    added = [m for m in settled if m[0] not in own]
    if who and who[0] not in own:
        assert all(who.start() < m.start() for m in (*added, *asked)), better
    if asked:
        assert all(m.start() < asked[-1].end() for m in added), better


NEW_QUESTION = ("again", "past the hint", "all told", "too near", "too early, told", "rambling")
"""Cases in which the question itself is what is to be said otherwise."""


def the_better_line_keeps_what_was_good(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """A small question and a goodbye stand in the better line, too, or the goodbye is put off in so many words."""
    change = debrief.change
    if change is None or change.turn >= len(turns) or debrief.stage != "manager":
        return
    turn = turns[change.turn]
    alone = len([t for t in turns if t.said.strip()]) == 1  # a goodbye and nothing else: there is nothing good to keep
    if not alone and Move.CLOSE in turn.moves and re.search(r"\b(?:good)?bye\b", turn.said, re.IGNORECASE):
        assert re.search(r"\b(?:good)?bye\b|before i go", change.better, re.IGNORECASE), (turn.said, change.better)
    if change.fault in NEW_QUESTION or set(turn.moves) & PUSHES or turn.heard.wary or not set(turn.moves) & ASKS:
        return
    for asked in (s for s in re.findall(r"[^.!?]+\?", turn.said) if ONE_THING.search(s)):
        words = {w for (w,) in runs(asked, 1) if len(w) > 3}
        kept = {w for (w,) in runs(change.better, 1)}
        assert len(words & kept) >= 0.7 * len(words), (asked, change.better)


def the_last_word_speaks_of_what_was_told(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """A line to round off a call says what it was good for: that one knows where a reason came, and its word where it has one."""
    if debrief.change is None or debrief.change.fault != "round off":
        return
    better, told = debrief.change.better, max((t.level for t in turns if t.level is not None), default=-1)
    assert not re.search(r"\b(?:helped|good to talk)\b", better), better
    assert told >= 2 or not re.search(r"\b(?:know (?:what|about)|stop guessing|place to start|work on)\b", better), (
        better
    )
    assert told >= 3 or not re.search(r"\bknow (?:what|about)\b|\bwhat it was\b", better), better
    if found := re.search(r"\b(?:about|known about) (?:the|my) (\w+)", better):
        theirs = " ".join(line for t in turns for line in t.says).casefold()
        assert found[1].rstrip("s") in theirs or "refere" in theirs, better


def nothing_is_asked_for_that_was_given(debrief: Debrief, turns: Sequence[Turn]) -> None:
    change = debrief.change
    if change is None or "example" not in change.better:
        return
    own = turns[change.turn].said if change.turn < len(turns) else ""
    told = max((t.level for t in turns[1 : change.turn] if t.level is not None), default=0)
    assert told < 3 or "example" in own, change.better


def what_is_praised_stays(debrief: Debrief) -> None:
    """The words that are said to have worked are not taken out of the same turn."""
    if debrief.worked and debrief.change and debrief.worked.quote.turn == debrief.change.turn:
        assert plain(debrief.worked.quote.words).replace(" ", "") in plain(debrief.change.better).replace(" ", ""), (
            debrief.worked,
            debrief.change,
        )


def plain(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold()).strip()
