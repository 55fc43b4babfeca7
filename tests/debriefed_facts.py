"""What holds of the statements of a debrief about the call: quotes, levels, checks, praise, the card, the aim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.call import Phase
from dialogs.hearing.areas import areas_in, names_surely
from dialogs.hearing.heard import Aside
from dialogs.ladder import goal_for
from dialogs.moves import ASKS, Move
from dialogs.practice import Turn
from dialogs.review import Debrief, parts
from dialogs.scenario import Scenario
from tests.debriefed import PUSHES, TAKING


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
    if debrief.distressed:  # nobody is measured in it
        assert any(t.heard.aside is Aside.DISTRESS for t in turns)
        assert (debrief.checks, debrief.guesses, debrief.change) == ((), (), None)
        return
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
    if debrief.undared:  # politeness is no fault of it
        assert {"said", "question"} <= yes.keys() <= {"name", "said", "stayed", "question"}
        assert not yes["said"]
        assert debrief.change is None
        assert "There was nothing to lose here" in "".join(part.text for part in parts(debrief)) or debrief.paused
        return
    plainly = any(t.heard.wary and PUSHES_ANYBODY.search(t.said) for t in spoken)
    assert yes["calm"] is not pushed or (plainly and not yes["calm"]), (
        "only words that push for any reader count unheard"
    )
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
        said_before = {t.n: [u.said for u in spoken if u.n < t.n] for t in plainly}
        anew = [t for t in plainly if not any(same_question(t.said, said) for said in said_before[t.n])]
        assert yes["onward"] or not any(t.n > answered for t in anew)
    if yes.get("took"):
        assert any(m & TAKING for m in after)
        assert not any(m & {Move.ARGUE, Move.ACCUSE, Move.THREATEN} for m in after)
    if yes.get("parting"):
        assert {Move.THANK, Move.CLOSE} <= set().union(*[moves.get(t.n, set()) for t in turns[-3:]])


PUSHES_ANYBODY = re.compile(
    r"\b(?:liars?|lying|nonsense|rubbish|unfair|lawyer|solicitor|strongest person|no sense|(?:not|isn['’]t|can['’]t be) (?:true|right|it)|ridiculous|pathetic"
    r"|disgust\w*|joke|idiots?|disagree|don['’]t agree|how (?:can|dare)|wast(?:ed|ing)|better than|more than qualified|never (?:even )?gave)\b",
    re.IGNORECASE,
)
"""Words that blame or argue for any reader, whatever was heard in them."""


def same_question(now: str, then: str) -> bool:
    """Whether most of the longer words of one stand in the other."""
    a, b = ({w for w in re.findall(r"[\w']+", text.casefold()) if len(w) > 3} for text in (now, then))
    return "?" in then and len(a & b) >= 0.5 * len(a)


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


def one_check_does_not_contradict_another(debrief: Debrief, turns: Sequence[Turn]) -> None:
    """Asking for a moment is not asking on, and what pries is not asking for leave; what is said late is called late."""
    checks = {c.key: c for c in debrief.checks}
    for key in ("narrow", "onward"):
        if key in checks and checks[key].yes:
            for quote in checks[key].quotes:
                assert not MOMENT.search(quote.words) or WANTED.search(quote.words), checks[key]
    if debrief.dared or debrief.undared:
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
    "it was there to be hung up on / it is held to courtesy": lambda d: d.dared and (said_yes(d, "calm") or not d.card.key.startswith("dared")),
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


def the_card_tells_what_was_not_done(debrief: Debrief, scenario: Scenario, turns: Sequence[Turn]) -> None:
    if debrief.card.key not in ("stonewall", "stock", "hint", "told", "unasked", "hr", "early", "goodbye", "enough"):
        return  # what others tell is to be said instead of something that was said
    elsewhere = {  # a plan about another area than the one that decided it leaves a plan to be made
        t.n for t in turns if names_surely(t.said) and scenario.hidden.area not in areas_in(t.said)
    }
    done = {
        m for t in turns if t.n and not t.heard.aside for m in t.moves if not (m is Move.COMMIT and t.n in elsewhere)
    }
    told = [moves for words, moves in TELLS_TO.items() if re.search(words, debrief.card.then)]
    half = any("take themselves back" in c.note or "otherwise" in c.note for c in debrief.checks)
    assert half or not told or not all(moves & done for moves in told), debrief.card


def the_aim_is_told(debrief: Debrief, scenario: Scenario, turns: Sequence[Turn]) -> None:
    """Where a call is there for something, the debrief says whether it came to that; and speaks of nobody as she or he."""
    text = parts(debrief)[0].text
    goal = goal_for(scenario)
    if goal:
        said = "You reached it." in text or "whole aim" in text
        came = turns[-1].ended and goal.reached(debrief.outcome, debrief.opened) and not debrief.undared
        missed = [check.key for check in debrief.checks if not check.yes and check.key in goal.parts]
        assert said is (came and not missed), text
        assert bool(came and missed) is ("What is still to try" in text), text
        assert said or re.search("not reached this time|counts, too|still (?:there )?to try", text), text
    elif debrief.stage == "manager" and debrief.could <= 1 and not debrief.early:
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
