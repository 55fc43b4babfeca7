"""Whatever a debrief says is true of the call: checked here from the turns alone, without the debrief's own reading of them.

Every play in tests/calls, calls of simulated candidates, and calls put together by lot from lines that are bare, rude, pleading, misspelt or half
understood: 100 of each in the suite. More of them, and with other seeds:

    RUNNER_UP_CALLS=500 pytest tests/test_debrief_holds.py
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random

import pytest

from dialogs.call import Phase
from dialogs.candidates import STYLES, hold
from dialogs.hearing import Ear
from dialogs.hearing.heard import Aside
from dialogs.ladder import goal_for
from dialogs.moves import ASKS, Move
from dialogs.practice import Practice, Turn
from dialogs.review import Debrief, parts, review
from dialogs.review.rehearsal import Key
from dialogs.scenario import Scenario, library, read_scenario
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, read_play
from tests.calls_as_typed import TYPED

CALLS = int(os.environ.get("RUNNER_UP_CALLS", "100"))
PLAYS = sorted((Path(__file__).parent / "calls").glob("*.txt"))
SCENARIOS = {name: read_scenario(path) for name, path in library().items()}
EAR = Ear("light")
PUSHES = {Move.ARGUE, Move.ACCUSE, Move.THREATEN, Move.PLEAD, Move.PRY}
TAKING = {Move.THANK, Move.ACCEPT, Move.ACKNOWLEDGE, Move.COMMIT}


def held(path: Path) -> tuple[Scenario, int, list[Turn]]:
    """The call of a play, heard now."""
    play = read_play(path.read_text(encoding="utf-8"))
    scenario = SCENARIOS[play.scenario]
    practice = Practice(scenario, play.seed, ear=EAR.hear)
    turns = [practice.begin()]
    for said in play.lines:
        if practice.ended:
            break
        if said.strip() == HANGS_UP:
            turns.append(practice.hang_up())
        else:
            turns.append(practice.hear("" if said.strip() == SAYS_NOTHING else said))
    return scenario, play.seed, turns


def simulated() -> list[tuple[Scenario, int, Sequence[Turn]]]:
    """Calls of every style with every manager in turn; every third is left in the middle, as people do."""
    calls: list[tuple[Scenario, int, Sequence[Turn]]] = []
    pairs = list(product(sorted(SCENARIOS), STYLES))
    for i in range(CALLS):
        name, style = pairs[(i * 7) % len(pairs)]
        call = hold(SCENARIOS[name], i + 1, style, EAR.hear)
        calls.append((call.scenario, call.seed, call.turns[: 2 + i % 5] if i % 3 == 2 else call.turns))
    return calls


ODD_LINES = (
    "hi", "ok", "ok ok", "yeah", "hm", "right. and?", "oh", "its me again about the job", "hello its about the interview", "im calling about the thing",
    "hi its dan from the interview last week", "Hello, this is Ruth Okafor, I interviewed for the job last week.", "kev dunn here",
    "Is this a good moment?", "sorry, is it a bad time", "ok but why", "ok but what was wrong with me", "so why didnt u pick me", "what does that mean",
    "was it my experiance or somthing else", "Could you tell me one thing I should work on?", "can you say me one thing what was missing?",
    "I want only know what I can make better.", "i realy dont get it", "please i need this job, i have two kids", "isnt there any way you could look at it again",
    "I would take anything, nights, weekends, anything.", "please just give me a chance", "thats not fair", "you lot had already decided", "That's nonsense.",
    "I had more experience than anyone you saw.", "unbelievable", "whatever", "thanks i guess", "thanks for nothing", "You'll hear from my lawyer.",
    "who got it then", "was it someone internal", "I accept the decision, no hard feelings.", "fine. i accept that", "Fair enough, thank you.", "makes sense",
    "That's a bit hard to hear.", "I'm gutted, honestly.", "I'll get the certificate this summer, thanks.", "would you keep me in mind", "May I apply again?",
    "Sorry about my tone.", "ok thank you bye", "bye", "Thank you for your time, goodbye.", "[hangs up]", "asdf qwer", "ja gut, danke",
)  # fmt: skip


def put_together() -> list[tuple[Scenario, int, Sequence[Turn]]]:
    """Calls of lines drawn by lot: what nobody would plan, and people say all the same."""
    calls: list[tuple[Scenario, int, Sequence[Turn]]] = []
    names = sorted(SCENARIOS)
    for i in range(CALLS):
        rng = Random(f"odd:{i}")
        scenario = SCENARIOS[names[i % len(names)]]
        practice = Practice(scenario, i, ear=EAR.hear)
        turns = [practice.begin()]
        for line in rng.choices(ODD_LINES, k=rng.randint(1, 7)):
            if not practice.ended:
                turns.append(practice.hang_up() if line == HANGS_UP else practice.hear(line))
        calls.append((scenario, i, turns))
    return calls


@pytest.mark.parametrize("path", PLAYS, ids=lambda p: p.stem)
def test_the_debrief_of_a_play_is_true(path: Path) -> None:
    check(*held(path))


@pytest.mark.parametrize(("manager", "lines"), TYPED)
def test_the_debrief_of_a_call_as_people_type_is_true(manager: str, lines: tuple[str, ...]) -> None:
    practice = Practice(SCENARIOS[manager], 1, ear=EAR.hear)
    turns = [practice.begin()]
    for line in lines:
        if not practice.ended:
            turns.append(practice.hear(line))
    check(SCENARIOS[manager], 1, turns)


def test_the_debriefs_of_simulated_calls_are_true() -> None:
    for scenario, seed, turns in simulated():
        check(scenario, seed, turns)


def test_the_debriefs_of_calls_put_together_by_lot_are_true() -> None:
    for scenario, seed, turns in put_together():
        check(scenario, seed, turns)


def check(scenario: Scenario, seed: int, turns: Sequence[Turn]) -> None:
    debrief = review(scenario, seed, turns, ear=EAR.hear)
    said = {t.n: t.said for t in turns}
    the_quotes_are_verbatim(debrief, said)
    the_levels_are_those_of_the_log(debrief, scenario, turns)
    the_checks_agree_with_the_moves(debrief, scenario, turns)
    what_is_doubted_was_heard_with_doubt(debrief, turns)
    one_check_does_not_contradict_another(debrief, turns)
    no_two_statements_exclude_each_other(debrief)
    little_is_not_taken_for_much(debrief, turns)
    the_better_line_is_spelled_right(debrief, turns)
    what_was_asked_is_not_said_to_be_missing(debrief, turns)
    nothing_is_settled_before_it_is_decided(debrief, scenario)
    the_better_line_fits_its_place(debrief, turns)
    the_sentences_are_whole(debrief)
    the_better_line_opens_as_far_as_it_says(debrief, scenario, seed, turns)
    the_envelope_opens_as_far_as_it_says(debrief, scenario, seed, turns)
    the_words_are_about_words(debrief, scenario)
    the_better_line_is_short_and_says_nothing_twice(debrief, turns)
    the_better_line_keeps_what_was_good(debrief, turns)
    the_last_word_speaks_of_what_was_told(debrief, turns)
    nothing_is_asked_for_that_was_given(debrief, turns)
    what_is_praised_stays(debrief)
    the_quotes_carry_what_they_show(debrief)
    who_was_known_at_once_was_known_at_once(debrief, turns)
    the_card_tells_what_was_not_done(debrief, turns)
    the_aim_is_told(debrief, scenario, turns)
    assert json.loads(json.dumps(debrief.as_json()))["opened"] == debrief.opened
    assert review(scenario, seed, turns, ear=EAR.hear) == debrief


def the_quotes_are_verbatim(debrief: Debrief, said: dict[int, str]) -> None:
    quotes = [q for c in debrief.checks for q in c.quotes]
    quotes += [debrief.change.line] if debrief.change else []
    quotes += [debrief.worked.quote] if debrief.worked else []
    for quote in quotes:
        assert quote.words in said.get(quote.turn, ""), quote
        assert quote.words.strip() or quote is (debrief.change and debrief.change.line)
    for check in debrief.checks:
        assert check.yes or 1 <= check.place <= max(len(said), 1), check
        assert not check.yes or check.place == 0


def the_levels_are_those_of_the_log(debrief: Debrief, scenario: Scenario, turns: Sequence[Turn]) -> None:
    levels = [t.level for t in turns if t.level is not None]
    assert debrief.opened == max(levels, default=0)
    assert debrief.asked == bool(levels)
    assert debrief.could == max(scenario.hidden.reachable, debrief.opened)
    for guess in debrief.guesses:
        assert len(set(guess.choices)) == len(guess.choices)
        assert 0 <= guess.right < len(guess.choices)


def the_checks_agree_with_the_moves(debrief: Debrief, scenario: Scenario, turns: Sequence[Turn]) -> None:
    """A yes is borne out by a move that the log holds; a no is not contradicted by one (but for thanks taken back)."""
    spoken = [t for t in turns if t.n and t.heard.aside not in (Aside.DISTRESS, Aside.HANG_UP, Aside.SILENCE)]
    moves = {t.n: set() if t.heard.aside else set(t.moves) for t in spoken}
    yes = {c.key: c.yes for c in debrief.checks}
    pushed = any(m & PUSHES for m in moves.values())
    assert debrief.dared is (pushed and scenario.name == "castellan")
    if debrief.dared:  # there to be hung up on: held to that, and not to courtesy
        assert {"said", "plain", "cost"} <= yes.keys() <= {"name", "said", "plain", "cost", "stayed", "question"}
        assert yes["said"]
        assert yes["cost"] is (debrief.outcome in ("cut_off", "cold"))
        assert not yes.get("stayed") or not any(t.heard.aside is Aside.HANG_UP for t in turns)
        assert yes["question"] is any(m & ASKS for m in moves.values())
        return
    assert yes["calm"] is not pushed
    if debrief.stage != "manager":
        assert 6 <= len(debrief.checks) <= 8
        assert not yes["name"] or any(Move.INTRODUCE in m for m in moves.values())
        return
    least = 5 if debrief.foreign else 6  # whether something was asked in another language cannot be told
    assert least <= len(debrief.checks) <= 8, [c.key for c in debrief.checks]
    asked = min((t.n for t in spoken if moves[t.n] & ASKS and t.phase_before is not Phase.RECEPTION), default=10**6)
    until = set().union(*(m for n, m in moves.items() if n <= asked))
    answered = next((t.n for t in turns if t.level is not None), None)
    introduced = [t.said for t in spoken if t.n <= asked and Move.INTRODUCE in moves[t.n]]
    assert not yes["name"] or introduced
    assert yes["name"] or not any(TELLS_WHO.search(said) for said in introduced), introduced
    assert not yes["time"] or Move.PERMISSION in until
    assert ("settled" in yes) is not ("patient" in yes)
    assert not yes.get("settled") or until & {Move.ACCEPT, Move.REASSURE}
    every = set().union(*moves.values())
    small = {Move.ASK_SPECIFIC, Move.PROBE} | ({Move.DOOR} if "patient" in yes else set())
    plainly = [
        t
        for t in spoken
        if moves[t.n] & {Move.ASK_SPECIFIC, Move.PROBE}
        and ONE_THING.search(t.said)
        and t.phase_before is not Phase.RECEPTION
    ]
    assert not yes.get("narrow") or every & small
    assert yes.get("narrow", True) or not plainly, plainly
    if answered is None:
        assert "onward" not in yes
        return
    after = [m for n, m in moves.items() if n > answered]
    assert not yes.get("onward") or any(m & {Move.ASK_SPECIFIC, Move.PROBE} for m in after)
    if "onward" in yes and not any(BESIDE.search(t.said) for t in spoken):
        assert yes["onward"] or not any(t.n > answered for t in plainly)
    if yes.get("took"):
        assert any(m & TAKING for m in after)
        assert not any(m & {Move.ARGUE, Move.ACCUSE, Move.THREATEN} for m in after)
    if yes.get("parting"):
        assert {Move.THANK, Move.CLOSE} <= set().union(*[moves.get(t.n, set()) for t in turns[-3:]])


TELLS_WHO = re.compile(
    r"\b(?:[Tt]his is|[Mm]y name is) [A-Z]\w+ [A-Z]|\b[A-Z]\w+ [A-Z]\w+ (?:here|speaking)\b|\b[Ii] interviewed for\b"
)
"""Words that tell any reader who is calling, or which interview it was."""
ONE_THING = re.compile(
    r"\b(?:one|an?) (?:thing|area|point|example|piece of advice)\b[^.!]*\?|\bwhich (?:part|area|one)\b", re.IGNORECASE
)
"""A small question for any reader."""
MOMENT = re.compile(
    r"\b(?:good|bad|convenient|right) (?:time|moment)\b|\b(?:a|one|two|got|have|few|couple of) (?:quick )?(?:min|minutes?|moments?|sec|seconds?)\b",
    re.IGNORECASE,
)
"""Words about whether there is time."""
BESIDE = re.compile(rf"{MOMENT.pattern}|\b(?:is that|is this|am i speaking to|who's|who is)\b[^.!]*\?", re.IGNORECASE)
"""Questions that ask nothing about the reason: for the moment, or for who is there."""
WANTED = re.compile(
    r"\b(?:one (?:thing|area|point)|improve|better|feedback|advice|reason|work on|missing|decided)\b[^?.!]*\?",
    re.IGNORECASE,
)
"""A question about the reason for any reader."""
SETTLING = re.compile(
    r"\b(?:accept|respect|contest\w*|fine with|argue)\b[^.?!]*\b(?:decision|outcome|it)\b|hard feelings|contest",
    re.IGNORECASE,
)
ASKING_ON = re.compile(r"\b(?:example|which (?:part|of|one)|a little more)\b", re.IGNORECASE)


def one_check_does_not_contradict_another(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """Asking for a moment is not asking on, and what pries is not asking for leave; what is said late is called late."""
    checks = {c.key: c for c in debrief.checks}
    for key in ("narrow", "onward"):
        if key in checks and checks[key].yes:
            for quote in checks[key].quotes:
                assert not MOMENT.search(quote.words) or WANTED.search(quote.words), checks[key]
    if debrief.dared:
        return
    if debrief.stage == "manager" and not checks["time"].yes and not checks["time"].quotes:
        asked = checks["time"].place
        late = [t for t in turns if t.n > asked and Move.PERMISSION in t.moves and MOMENT.search(t.said)]
        assert not late, checks["time"]
    pried = [q.words for q in checks["calm"].quotes] if not checks["calm"].yes else []
    if debrief.stage == "manager" and checks["time"].yes:
        assert all(q.words not in pried or MOMENT.search(q.words) for q in checks["time"].quotes), checks["time"]


def what_was_asked_is_not_said_to_be_missing(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """Where any reader sees a question, the debrief does not say without a word that there was none."""
    if debrief.stage != "manager":
        return
    answered = next((t.n for t in turns if t.level is not None), 10**6)
    for check in debrief.checks:
        if check.yes or check.quotes or check.key not in ("asked", "onward"):
            continue
        later = [t for t in turns if t.n > (0 if check.key == "asked" else answered) and not t.heard.aside]
        missed = [t for t in later if WANTED.search(t.said) and t.phase_before is not Phase.RECEPTION]
        assert not [t for t in missed if not set(t.moves) & (PUSHES | {Move.DOOR})], (check, [t.said for t in missed])
    if debrief.change and debrief.change.fault == "never asked" and any(WANTED.search(t.said) for t in turns):
        assert re.search("I missed it|did not hear|no answer by then|had not answered", debrief.change.why), (
            debrief.change
        )


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


# -- statements that exclude each other ---------------------------------------------------------------------

PUSHING = ("threat", "blame", "argue", "beg", "pry", "reception push")


def said_yes(debrief: Debrief, *keys: str) -> bool:
    return any(c.key in keys and c.yes for c in debrief.checks)


def fault(debrief: Debrief, *names: str) -> bool:
    return debrief.change is not None and debrief.change.fault in names


def sure(debrief: Debrief) -> bool:
    """Whether the change says its piece without “if you meant it otherwise”."""
    return debrief.change is not None and not debrief.change.open_to_correction


def remark(debrief: Debrief, key: str) -> str:
    return next((f"{c.note}{c.doubt}" for c in debrief.checks if c.key == key), "")


def praised_and_blamed(debrief: Debrief) -> bool:
    """Whether the words that are said to have worked are held against the candidate as well."""
    if debrief.worked is None:
        return False
    words = debrief.worked.quote
    against = [
        c
        for c in debrief.checks
        if not c.yes and words in c.quotes and not c.doubt and c.key in ("calm", "took", "onward")
    ]
    at_fault = (
        debrief.change is not None
        and debrief.change.line == words
        and fault(debrief, *PUSHING, "edge", "half thanks", "again")
    )
    return at_fault or any("all the same" not in c.note and not c.open_to_correction for c in against)


def told_far(debrief: Debrief) -> str:
    return parts(debrief)[0].text


EXCLUDE_EACH_OTHER = {
    "a push is to be changed / the call was free of pushes": lambda d: fault(d, *PUSHING) and said_yes(d, "calm"),
    "a turn may have been a push / the call was free of pushes, and not a word of that turn": lambda d: (
        fault(d, "edge") and said_yes(d, "calm") and not remark(d, "calm")
    ),
    "the question never came / a question was put": lambda d: (
        fault(d, "never asked") and sure(d) and "answer" not in d.change.why and said_yes(d, "asked", "narrow", "onward")
    ),
    "nobody knew who was calling / she knew": lambda d: fault(d, "no name") and said_yes(d, "name"),
    "no moment was asked for / it was": lambda d: fault(d, "no time") and said_yes(d, "time"),
    "the decision was not taken as settled / it was": lambda d: fault(d, "unready") and said_yes(d, "settled"),
    "no goodbye / a goodbye": lambda d: fault(d, "no goodbye", "rang off") and said_yes(d, "parting"),
    "nobody asked on / you asked on": lambda d: (
        d.change is not None and bool(re.search(r"nobody asked what it meant|answer was left standing", d.change.why)) and said_yes(d, "onward")
    ),
    "this worked / this cost you": praised_and_blamed,
    "a clear beginning / no name": lambda d: (
        d.worked is not None and bool(re.search(r"clear beginning|Your name and", d.worked.why)) and not said_yes(d, "name")
    ),
    "the card is about pushing / no push": lambda d: d.card.key in ("push", "beg", "pry") and said_yes(d, "calm"),
    "the card is about accepting first / it was accepted first": lambda d: d.card.key == "unready" and said_yes(d, "settled"),
    "the card is about the goodbye / it was said": lambda d: d.card.key == "goodbye" and said_yes(d, "parting"),
    "the card is about asking at all / it was asked": lambda d: d.card.key == "unasked" and said_yes(d, "narrow", "onward"),
    "the card is about more questions / the envelope lets it rest": lambda d: (
        d.could <= 1 and not d.early and d.card.key in ("stock", "stonewall") and said_yes(d, "onward")
    ),
    "the reason was not asked for / it was": lambda d: "not asked for" in told_far(d) and said_yes(d, "asked", "narrow", "onward"),
    "no answer goes further / another line does": lambda d: (
        "No answer goes further" in told_far(d) and ((d.change is not None and d.change.further) or bool(d.envelope.keys))
    ),
    "nothing was left / another line opens more": lambda d: (
        bool(re.match("There was nothing more|Nothing w|No words would|You heard it all", d.envelope.unlock)) and fault(d) and d.change.further
    ),
    "there is nothing to put right / a check is a no": lambda d: (
        d.change is not None and bool(re.search("Nothing here needs mending, and everything|There is nothing to put right. If", d.change.why))
        and d.yes < len(d.checks)
    ),
    "it was there to be hung up on / it is held to courtesy": lambda d: d.dared and (said_yes(d, "calm") or d.card.key != "dared"),
}  # fmt: skip
"""Pairs of statements of which a debrief may make only one."""


def no_two_statements_exclude_each_other(debrief: Debrief) -> None:
    for pair, both in EXCLUDE_EACH_OTHER.items():
        assert not both(debrief), (pair, debrief.change, debrief.worked, debrief.card, debrief.checks)


NEXT_TO_NOTHING = re.compile(r"(?:\W|\b(?:hi|hello|hey|ok|okay|yeah|yes|right|oh|hm|and|fine)\b)*", re.IGNORECASE)


def little_is_not_taken_for_much(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """“Hi” gives no name, “ok” accepts nothing; and what stands on them is not praised."""
    for key in ("name", "settled", "took", "matter"):
        for found in (c for c in debrief.checks if c.key == key and c.yes and not c.doubt):
            assert not found.quotes or not all(NEXT_TO_NOTHING.fullmatch(q.words) for q in found.quotes), found
    if debrief.worked and "opened" not in debrief.worked.why:
        assert not NEXT_TO_NOTHING.fullmatch(debrief.worked.quote.words), debrief.worked
    named = [
        t for t in turns if re.search(r"\b(?:about the (?:job|thing)|hi|hello)$", t.said) and len(t.said.split()) < 8
    ]
    for found in (c for c in debrief.checks if c.key == "name" and c.yes):
        assert not [q for q in found.quotes if q.words in {t.said for t in named}], found


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


SEAMS = re.compile(
    r"[.!?,]{2}(?<!\.\.\.)|\s\s|\s[.,!?](?!\.)|\b(\w+) \1\b|\ba [aeio]\w|\ban [bcdfgjklmnpqrstvwxz]\w|”[\w“]",
    re.IGNORECASE,
)


def the_sentences_are_whole(debrief: Debrief) -> None:
    """No double mark, doubled word or wrong article where pieces meet; what is quoted is left out."""
    told = [debrief.envelope.unlock, *(c.note for c in debrief.checks), *(c.question for c in debrief.checks)]
    told += [debrief.change.why, debrief.change.gain] if debrief.change else []
    told += [debrief.worked.why] if debrief.worked else []
    told += [part.text.splitlines()[0] for part in parts(debrief) if part.kind in ("opened", "card")]
    for text in filter(None, told):
        bare = re.sub(r"“[^”]*”", "“Q”", text)
        assert not SEAMS.search(bare), (SEAMS.search(bare), text)
        assert text[0].isupper() or text[0] in "“0123456789", text
        assert text.endswith((".", "?", "!", "”", "…")), text


def what_is_doubted_was_heard_with_doubt(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """A check only says that hearing was not sure where the log has a low score; and nothing is told of words never said."""
    for check in debrief.checks:
        if check.doubt:
            heard = [turns[q.turn].heard for q in check.quotes]
            assert any(min(h.scores[m] for m in h.moves) < 0.9 for h in heard), check
    answered = next((t.n for t in turns if t.level is not None), None)
    if any(c.key == "took" for c in debrief.checks):
        assert answered is not None
        assert any(t.n > answered and t.said.strip() for t in turns)


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


OF_THE_PERSON = re.compile(
    r"\byou(?: a|['’])re (?:a|an|so|too|very|really|not|such|good|bad|great)\b|\byour (?:fault|talent|personality|character|nature)\b|"
    r"\b(?:natural|talented|clever|stupid|weak|failed|failure|loser|hopeless|blame yourself|should have known)\b",
    re.IGNORECASE,
)


def the_words_are_about_words(debrief: Debrief, scenario: Scenario) -> None:
    told = [part.text for part in parts(debrief) if part.kind not in ("envelope",)]
    quoted = [q.words for c in debrief.checks for q in c.quotes] + [c.after for c in debrief.checks]
    quoted += [debrief.change.line.words, debrief.change.better] if debrief.change else []
    quoted += [debrief.worked.quote.words] if debrief.worked else []
    for text in told:
        for words in sorted(quoted, key=len, reverse=True):
            text = text.replace(words, "")
        assert not OF_THE_PERSON.search(text), text
        assert "{" not in text
        assert "}" not in text


# -- the better line, the praise, the card --------------------------------------------------------------------


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


NEW_QUESTION = ("again", "too near", "too early, told", "rambling")
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


NAMES_NOBODY = re.compile(r"(?:\W|\b(?:this is|it'?s|i'?m|my name is|my name's|here|um|uh|er)\b)*", re.IGNORECASE)
YES_AND_NO_MORE = re.compile(
    r"(?:\W|\b(?:no|yes|ok|okay|fine|right|it'?s (?:ok|okay|fine)|well|and|so|yeah)\b)*", re.IGNORECASE
)
OF_THE_DECISION = re.compile(
    r"\b(?:decision|decided|outcome|accept|respect|contest|argu|disput|feelings|peace|fine|ok\b|okay|sorry|apolog|tone|understand|fair|learn|upset|"
    r"angry|mad\b|problem|worries|chose|picked|mind|choice|call\b|complain|chang|reopen|push|fight|obligation|stand|grudge|moved on|went)",
    re.IGNORECASE,
)


def the_quotes_carry_what_they_show(debrief: Debrief) -> None:
    quotes = [q.words for c in debrief.checks if c.yes for q in c.quotes] + (
        [debrief.worked.quote.words] if debrief.worked else []
    )
    for words in quotes:
        assert not NAMES_NOBODY.fullmatch(words), words
    for found in (c for c in debrief.checks if c.yes and c.key in ("settled", "took") and not c.doubt):
        assert found.quotes
        for quote in found.quotes:
            assert not YES_AND_NO_MORE.fullmatch(quote.words), found
            assert found.key == "took" or OF_THE_DECISION.search(quote.words), found


def who_was_known_at_once_was_known_at_once(debrief: Debrief, turns: Sequence[Turn]) -> None:
    if debrief.worked is None or "at once who" not in debrief.worked.why:
        return
    assert debrief.stage == "manager"
    upto = [t for t in turns if 0 < t.n <= debrief.worked.quote.turn and t.phase_before is not Phase.RECEPTION]
    assert len(upto) <= 1, upto
    assert not [t for t in upto if re.search(r"who_is_this|hello \(|\bhello$", " | ".join(t.rows))]


TELLS_TO = {
    r"\bthank": {Move.THANK},
    r"\bgoodbye\b": {Move.CLOSE},
    r"what I will do": {Move.COMMIT},
    r"later on|call again": {Move.DOOR},
    r"\bask (?:\w+ )?for (?:one|an example|the other)|\bask (?:\w+ )?(?:which|one|what)|one smaller question|my one question": {
        Move.ASK_SPECIFIC,
        Move.PROBE,
    },
    r"understand|fair enough|of course|kindly": {Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE},
}
"""What a card tells one to do → the moves of one who has done it."""


def the_card_tells_what_was_not_done(debrief: Debrief, turns: Sequence[Turn]) -> None:
    if debrief.card.key not in ("stonewall", "stock", "hint", "told", "unasked", "hr", "early", "goodbye", "enough"):
        return  # what others tell is to be said instead of something that was said
    done = {m for t in turns if t.n and not t.heard.aside for m in t.moves}
    told = [moves for words, moves in TELLS_TO.items() if re.search(words, debrief.card.then)]
    half = any("take themselves back" in c.note or "otherwise" in c.note for c in debrief.checks)
    assert half or not told or not all(moves & done for moves in told), debrief.card


def the_aim_is_told(debrief: Debrief, scenario: Scenario, turns: Sequence[Turn]) -> None:
    """Where a call is there for something, the debrief says whether it came to that; and speaks of nobody as she or he."""
    text = parts(debrief)[0].text
    goal = goal_for(scenario)
    if goal and not debrief.paused:
        said = "You reached it." in text or "whole aim" in text
        assert said is (turns[-1].ended and goal.reached(debrief.outcome, debrief.opened) and not debrief.undared)
        assert said or re.search("not reached this time|counts, too|still there to try", text), text
    elif not debrief.paused and debrief.stage == "manager" and debrief.could <= 1 and not debrief.early:
        assert ("You did." in text) is (debrief.outcome in ("warm", "neutral")), text
    told = [
        debrief.card.when,
        debrief.card.then,
        *(c.note for c in debrief.checks),
        *(c.question for c in debrief.checks),
    ]
    told += [debrief.change.why, debrief.change.gain] if debrief.change else []
    for words in told:
        assert not re.search(r"\b(?:she|he|her|his|him)\b", re.sub(r"“[^”]*”", "", words), re.IGNORECASE), words


def plain(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold()).strip()
