"""What words do in a call: much that the model leaves open is settled by the line before them.

What it heard (a verdict) goes through these in turn: who is calling; a bare yes or no; the matters at the edge of the call and what only looks like
a push or like grace; what was waited for; what the question, the goodbye or the tale comes to. Each takes a verdict and gives one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.hearing import matters, rules, wordings
from dialogs.hearing.alone import insulted, made_of
from dialogs.hearing.asides import aside_by_rule, elsewhere
from dialogs.hearing.asked import (
    asking_parts,
    ends_as_question,
    infers,
    is_question,
    names_as_question,
    opens_as_question,
    takes_up,
    wants_advice,
)
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.judgement import CLEAR, Verdict, within
from dialogs.hearing.leaning import (
    BY_NAME,
    as_answer,
    as_guess,
    asks_no_more_than_it_pries,
    by_few_words,
    heard_little,
    how_it_stands,
    leaves_room,
    named,
    only_a_name,
    presents,
    taking_leave,
    without,
)
from dialogs.hearing.matters import Matter
from dialogs.hearing.names import given_name, names_nobody
from dialogs.hearing.shortly import shortly
from dialogs.hearing.text import clauses, words
from dialogs.moves import ASKS, COSTLY, FAMILIES, Move, in_speaking_order
from dialogs.patterns import lazy

if TYPE_CHECKING:
    from dialogs.hearing.ear import Ear, Evidence

_MORE = lazy(
    r"(?:and |ok(?:ay)?,? |some |a (?:bit|little) |any |tell me |say )?more(?:,? (?:please|pls))?[?.! ]*",
    r"(?:(?:ok(?:ay)?|yes|yeah|please|right),? )?(?:do )?(?:go on|carry on|keep going)(?:,? (?:please|pls|then))?[?.! ]*",
)
"""All of what is said to somebody who has just answered: there a bare “more” asks on, and alone it says nothing else."""
_HOW_SO = lazy(
    r"(?:(?:ok(?:ay)?|oh|hm+|so|and|but|sorry|really|right),? )?(?:how'?s that|how is that|how so|how come|in what (?:way|sense))(?: then)?[?.! ]*"
)
"""All of what is said by somebody who wants an answer explained; where there was none, “how's that?” has not caught the words."""
_AT_A_LOSS = lazy(
    r"(?:(?:um+|uh+|er+m?|hm+|well|honestly|tbh),? )?(?:idk|(?:i )?dunno|(?:i'?ve |i have |i )?(?:really )?(?:got )?no (?:idea|clue)"
    r"|(?:i'?m |i am )?not (?:really |so )?sure|(?:i )?(?:really |honestly )?(?:don'?t|do not) (?:really )?know)(?:,? (?:yet|really|tbh|honestly|sorry))?[.! ]*"
)
"""All of what is said by somebody who has no answer: where something was asked that is one, and alone it says nothing."""
_A_FIGURE = r"(?:\d[\d.,]*%?|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|(?:a |two |three )?(?:hundred|thousand|dozen))"
_FIGURES = lazy(
    rf"(?:(?:well|um+|so|like|sorry|oh|ok(?:ay)?|yes|yeah),? )?(?:from |about |around |roughly |nearly |over |under ){{0,2}}{_A_FIGURE}(?: [a-z]+){{0,2}} (?:down |up )?to (?:about |around |roughly )?{_A_FIGURE}(?: [a-z]+){{0,3}}[.! ]*"
)
"""All of what is said by somebody who gives a figure, whether she asked for it or only said that one was missing: “from nine days to five”."""
_MEANT = lazy(r"(?:(?:sorry|hm+|um+|but|and|wait),? )?(?:what|how) do you mean\b[^.?!]{0,40}[?.! ]*")
"""All of what is said by somebody who did not follow."""
_LATER = lazy(
    r"(?:^|[.,!?;] )(?:(?:and|so|but|ok(?:ay)?|well|right|sorry|oh|lovely|great|thanks?|thank you)\b,? ){0,2}(?:when|wen)"
    r"(?:'s|\W*$| (?:would|will|do|does|is|are|can|could|should|might|about|exactly|roughly)\b)",
    r"\b(?:know|idea|say|tell me|by|until|till|about) (?:exactly |roughly )?when\b(?! (?:i|you|we)\b)",
    r"\bhow (?:long|soon)\b",
    r"\bhow (?:would|will|do|does|should) (?:i|you|it|that|they|we|the \w+) (?:know|hear|find out|get (?:on|in|back)|go on|work|happen|reach|let|tell)\b",
    r"\bhear (?:from|back|about|if|by|anything)\b|(?<!\bmy )\b(?:list|openings?)\b",
    r"\b(?:reserve|ring|call me|phone me|contact|in touch|apply|re-?apply|interview(?:ed)? again"
    r"|another interview|twelve months|vacanc\w*|expires?|run out|ahead of|next in line|on file)\b",
)
"""What is asked about when the talk is of later on."""
_OF_OTHERS = lazy(r"\b(?:who|others?|how many)\b")
SHORTEST_LEAVE = 3  # words: so few take leave only by a word for it, or beyond doubt
PUT = ASKS | {Move.PRY}
NODS = frozenset({Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE, Move.OTHER})
"""What an okay alone is taken for."""
TO_A_PERSON = frozenset({Matter.WELL, Matter.WHO, Matter.MOMENT, Matter.REPEAT, Matter.RECORDED})
"""Matters that are put to whoever is on the line, though the model alone may take them for words to the software."""
CONTENT = frozenset({Move.THANK, Move.COMMIT})
"""What speaks against a feeling that was only half heard."""
READ_IN = frozenset({Move.VENT, Move.PROBE, Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE})
"""What is easily read into a matter."""
CRIES = COSTLY | {Move.VENT}
"""What one word where a name could stand is when it is none: “I'm gutted”."""
FAINTLY = 0.1
"""From what likelihood in the whole a question may be drowned in it. Below, its parts are not heard again: of 35 such (light) or 50 (full) in the examination set, one asked something."""
SIGNS = " ,.;:?!"
"""What stands at the end of words and changes nothing in what they ask."""
MENDS = frozenset({Move.ACCEPT, Move.REASSURE})
MENDS_OR_PUSHES = COSTLY | MENDS
"""What leaves no room for an apology beside it: it is one already, or the opposite."""
ONLY_SOFT = frozenset({Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE})
"""What a question is heard as when only its gentleness was."""
ASKED = ASKS | {Move.DOOR, Move.PERMISSION}
"""What is heard beside a matter, though the whole drowned it."""
NEXT_TO_NOTHING = 0.15  # a likelihood
BESIDE = FAMILIES["warm"] | {Move.GREET, Move.INTRODUCE, Move.VENT, Move.CLOSE}
"""What a question is easily drowned by."""
ARRIVING = frozenset({Move.GREET, Move.INTRODUCE})


def in_call(ear: Ear, text: str, seen: Evidence, judged: tuple[Verdict, Aside], cue: Cue) -> Heard:
    """One utterance after the manager's line in `cue`, of which the model alone made `judged`."""
    verdict, aside, named_only = _arriving(ear, text, seen, judged, cue)
    if named_only:
        return Heard(verdict.moves, verdict.scores, words=len(words(seen.plain)))
    if short := shortly(seen.plain, cue):
        return by_few_words(short, verdict, len(words(seen.plain)))
    verdict, aside, matter = _at_the_edge(ear, seen, (verdict, aside), cue)
    if waited_for := _waited_for(ear, text, seen.plain, (verdict, aside), cue):
        return Heard(*waited_for, words=len(words(seen.plain)))
    if aside:
        return Heard(scores=verdict.scores, aside=aside, words=len(words(seen.plain)))
    if not matter:  # what touches a matter is no answer to anything
        verdict = as_answer(verdict, seen.plain, cue) or as_guess(verdict, seen.plain, cue) or verdict
    verdict = _asked_after_all(seen.plain, verdict, cue, matter)
    verdict = _not_cut_off(seen.plain, verdict, cue)
    verdict, matter = only_told(seen.plain, verdict, matter, gave_reason=cue.gave_reason)
    takes_up_hers = cue.gave_reason and (takes_up(text, cue.line) or infers(seen.plain))
    return made_of(seen.plain, verdict, matter, takes_up_hers=takes_up_hers)


def _arriving(
    ear: Ear, text: str, seen: Evidence, judged: tuple[Verdict, Aside], cue: Cue
) -> tuple[Verdict, Aside, bool]:
    """The verdict in the light of who comes and who goes; and whether a name is all that was said."""
    verdict, aside = judged
    if Move.INTRODUCE in verdict.moves and names_nobody(seen.plain):
        verdict = without(verdict, Move.INTRODUCE)
    leaves = rules.leaving(seen.plain) or (cue.gave_reason and rules.bids_good_day(seen.plain))
    if not cue.nameless and leaves and not set(verdict.moves) & (ASKS | COSTLY | {Move.DOOR}):
        verdict = without(verdict, Move.GREET)
        verdict, aside = taking_leave(verdict), Aside.NONE if aside is Aside.FOREIGN else aside
    if cue.nameless and aside is not Aside.DISTRESS and (given := given_name(text, cue.line, ear.common)):
        foreign = elsewhere(seen.plain) or (aside is Aside.FOREIGN and bool(given.rest))
        cried = given.met and not given.rest and (verdict.wary or bool(CRIES & set(verdict.moves) - {verdict.echo}))
        if not foreign and not cried and (given.plainly or heard_little(verdict)):
            aside = aside if aside_by_rule(seen.plain) else Aside.NONE
            return _without_what_the_name_brought(ear, named(verdict, given), given.rest, cue), aside, not given.rest
    return verdict, aside, False


def _without_what_the_name_brought(ear: Ear, verdict: Verdict, rest: str, cue: Cue) -> Verdict:
    """The verdict without a costly move, or the suspicion of one, that is gone as soon as the name is: “its jaden i did the trial lesson”. A name
    is often a word that hearing never met, and what it makes of it is a guess."""
    costly = COSTLY & set(verdict.moves)
    if not (costly or verdict.wary) or not rest:
        return verdict
    left = ear.judged(ear.evidence(rest), cue)[0]
    for move in costly - set(left.moves):
        verdict = without(verdict, move)
    return verdict if left.wary or COSTLY & set(left.moves) else replace(verdict, wary=False)


def _waited_for(
    ear: Ear, text: str, low: str, judged: tuple[Verdict, Aside], cue: Cue
) -> tuple[tuple[Move, ...], dict[Move, float]] | None:
    """Moves and confidences of words that are just what the line before waits for: a name, “more”, “no idea”, how it stands."""
    verdict, aside = judged
    if cue.nameless and only_a_name(text, verdict, aside, ear.common):
        return (Move.INTRODUCE,), verdict.scores | {Move.INTRODUCE: BY_NAME}
    if cue.nameless and presents(text, verdict, aside, cue, ear.common):
        greets = (Move.GREET,) if Move.GREET in verdict.moves else ()
        return (*greets, Move.INTRODUCE), verdict.scores | {Move.INTRODUCE: BY_NAME}
    if cue.gave_reason and (_MORE.fullmatch(low) or _HOW_SO.fullmatch(low)):
        return (Move.PROBE,), verdict.scores | {Move.PROBE: BY_NAME}
    if cue.asked and not cue.nameless and (_AT_A_LOSS.fullmatch(low) or _FIGURES.fullmatch(low)):
        return (Move.ANSWER,), verdict.scores | {Move.ANSWER: BY_NAME}
    if cue.undecided and (asked := how_it_stands(low, verdict, aside)):
        faint = ASKS | {Move.OTHER, Move.PRY, Move.ANSWER}
        rest = (m for m in verdict.moves if verdict.scores[m] >= CLEAR and m not in faint)
        return in_speaking_order({*rest, asked}), verdict.scores | {asked: BY_NAME}
    return None


def _asked_after_all(low: str, verdict: Verdict, cue: Cue, matter: Matter) -> Verdict:
    """The verdict on a question that was heard as something else: nobody answers with one, and “is there more you may not say?” asks, however kindly."""
    if verdict.moves == (Move.ANSWER,) and not cue.curious and is_question(low):
        verdict = replace(verdict, moves=(Move.OTHER,), echo=None)
    later = cue.later and _LATER.search(low) is not None and _OF_OTHERS.search(low) is None
    if later and set(verdict.moves) & PUT and not set(verdict.moves) & COSTLY:
        about_later = {
            *verdict.moves,
            Move.DOOR,
        } - PUT  # it takes up what she has just said about that, and not the reason before it
        verdict = replace(verdict, moves=in_speaking_order(about_later), echo=None)
    if not any(c.isalnum() for c in low) and verdict.moves == (Move.ANSWER,):
        verdict = replace(verdict, moves=(Move.OTHER,), echo=None)  # a picture answers nothing on the telephone
    if not set(verdict.moves) - {verdict.echo} & (PUT | COSTLY | ASKED) and not cue.nameless and names_as_question(low):
        named = set(verdict.moves) - {Move.OTHER, Move.ANSWER, verdict.echo} | {Move.ASK_SPECIFIC}
        verdict = replace(verdict, moves=in_speaking_order(named), echo=None)
    doubted = verdict.echo is not None and not cue.nameless and ends_as_question(low)
    # The rules of the house are asked about for the reason they keep back, and what was heard in doubt beside that is read into them.
    about_rules = matter is Matter.NONE and not verdict.wary and wordings.house_rules(low) and opens_as_question(low)
    unclear = about_rules and set(verdict.moves) - ({verdict.echo} - COSTLY) <= ONLY_SOFT | {Move.OTHER}
    if unclear or (set(verdict.moves) <= ONLY_SOFT and (doubted or opens_as_question(low))):
        asked = Move.PROBE if cue.gave_reason else Move.ASK_OPEN
        verdict = replace(verdict, moves=(asked,), echo=None)
    return verdict


def _not_cut_off(low: str, verdict: Verdict, cue: Cue) -> Verdict:
    """The verdict without a goodbye that is none: before anything was told, “I won't keep you” comes before the question, and nobody is cut off by a guess."""
    if cue.gave_reason:
        bare = len(words(low)) <= SHORTEST_LEAVE and verdict.scores[Move.CLOSE] < BY_NAME
        return without(verdict, Move.CLOSE) if bare and not rules.takes_leave(low) else verdict
    if Move.CLOSE in verdict.moves and rules.be_brief(low):
        brief = in_speaking_order({*verdict.moves, Move.PERMISSION} - {Move.CLOSE})
        verdict = replace(verdict, moves=brief, echo=None)
    return without(verdict, Move.CLOSE) if verdict.echo is Move.CLOSE else verdict


def only_told(low: str, verdict: Verdict, matter: Matter, *, gave_reason: bool = False) -> tuple[Verdict, Matter]:
    """The verdict on words in which no move was made out and that touch no matter: a plain feeling, a “sorry” where nothing stands between them, a tale."""
    if matter is not Matter.NONE:
        return verdict, matter
    if verdict.moves == (Move.OTHER,) and matters.only_felt(low):
        return replace(verdict, moves=(Move.VENT,), echo=None), matter
    if wordings.withdraws(low) and not set(verdict.moves) & COSTLY:
        return replace(verdict, wary=False), Matter.TOLD
    if verdict.moves == (Move.OTHER,) and gave_reason and wordings.sees(low):
        return replace(verdict, moves=(Move.ACCEPT,), echo=None), matter
    if verdict.echo is Move.ACCEPT and not gave_reason and wordings.sees(low):
        return without(verdict, Move.ACCEPT), matter  # nothing was told that this could be drawn from
    if verdict.moves == (Move.OTHER,) and (wordings.apologises(low, strained=True) or wordings.owns_up(low)):
        return verdict, Matter.TOLD
    if _FIGURES.fullmatch(low) and Move.ANSWER not in verdict.moves:
        return replace(verdict, moves=(Move.OTHER,), sure=frozenset(), wary=False, echo=None), Matter.TOLD
    doubted = verdict.echo in FAMILIES["warm"] and set(verdict.moves) == {verdict.echo} and not wordings.takes_it(low)
    if (doubted or verdict.moves == (Move.OTHER,)) and _nothing_else(verdict) and wordings.only_tells(low):
        return replace(verdict, moves=(Move.OTHER,), echo=None), Matter.TOLD
    return verdict, matter


def _nothing_else(verdict: Verdict) -> bool:
    """Whether there is next to nothing in the words that pushes or asks: a plea that was not made out is no tale."""
    return not verdict.wary and max(verdict.scores.get(m, 0.0) for m in COSTLY | ASKED | {Move.PRY}) < NEXT_TO_NOTHING


def _at_the_edge(ear: Ear, seen: Evidence, judged: tuple[Verdict, Aside], cue: Cue) -> tuple[Verdict, Aside, Matter]:
    """What was heard, without what only looks like a push or like grace; and the matter it touches."""
    verdict, aside = judged
    matter = matters.named(seen.plain)
    # Once she has given a reason, “is that experience?” asks about what she said, named or not.
    if matter is Matter.NONE and cue.nameless and not cue.gave_reason and matters.asks_who(seen.plain, ear.common):
        matter = Matter.WHO
        if seen.plain.count("?") == 1 and Move.ASK_SPECIFIC in verdict.moves:
            verdict = without(verdict, Move.ASK_SPECIFIC)
    if matter is Matter.NONE and not cue.gave_reason and any(map(_MEANT.fullmatch, clauses(seen.plain))):
        matter = Matter.REPEAT  # nothing was told that could mean anything
    spoken_to = matter is Matter.REALLY or (matter in TO_A_PERSON and not aside_by_rule(seen.plain))
    if aside is Aside.DISTRESS or (aside and not spoken_to):
        return verdict, aside, Matter.NONE
    if matter is Matter.NOD and not set(verdict.moves) <= NODS:
        matter = Matter.NONE
    if matter is not Matter.NONE and verdict.echo is Move.VENT:
        verdict = without(verdict, Move.VENT)  # what the matter is about sounds strained by itself
    slight = rules.slighting(seen.plain)
    off = matters.not_meant(matter, seen.plain, bool(slight) or Move.ACCUSE in seen.ruled)
    if matter is not Matter.NONE and (said := _beside(ear, seen, verdict, matter, cue)):
        off -= said
        verdict = replace(verdict, moves=in_speaking_order({*verdict.moves, *(said & ASKED)} - {Move.OTHER}))
    if matter is Matter.PROTECTED and Move.THREATEN not in verdict.sure and not matters.announces(seen.plain):
        off |= {Move.THREATEN}
    if matter and Move.THREATEN in verdict.moves and Move.THREATEN not in off:
        # A hint with a lawyer in it, and nothing announced: one guarded answer before it ends the call.
        hinted = matter in (Matter.RIGHT, Matter.PROTECTED) and not matters.announces(seen.plain)
        sure = verdict.sure - {Move.THREATEN} if hinted else verdict.sure
        return replace(verdict, sure=sure), aside, Matter.NONE
    if COSTLY & set(verdict.moves) or verdict.wary:
        verdict = _without_the_no(ear, seen, verdict, cue)
    own = wordings.about_oneself(seen.plain, pried=Move.PRY in verdict.moves)
    rest = matters.after_nod(seen.plain)
    tipped = wordings.have_tipped(seen.plain)
    if own is None and (tipped or wants_advice(seen.plain)):
        own = Move.PROBE
    if own is Move.PROBE and not cue.gave_reason:
        own = Move.ASK_OPEN
    openly = tipped and ASKS & set(verdict.moves) == {Move.ASK_OPEN}  # what would have tipped it leans on the answer
    if (
        own
        and matter in (Matter.NONE, Matter.FIGURES)
        and (openly or leaves_room(seen.plain, verdict, own, seen.ruled))
    ):
        kept = set(verdict.moves) - {Move.PRY, Move.OTHER, Move.ARGUE, Move.PLEAD, Move.ANSWER, verdict.echo}
        kept -= {Move.ASK_OPEN} if openly else ASKS - seen.ruled.keys() if own is Move.DOOR else set()
        verdict = replace(
            verdict, moves=in_speaking_order({*kept, own}), sure=verdict.sure & kept, echo=None, wary=False
        )
    if Move.INTRODUCE in seen.ruled and verdict.moves == (Move.ARGUE,) and not verdict.sure:
        verdict = replace(verdict, moves=(Move.INTRODUCE,), echo=None)  # “we talked twice” says who one is
    doubted_feeling = verdict.moves == (verdict.echo,) == (Move.VENT,) and Move.ACCUSE not in seen.ruled
    if Move.PRY in seen.ruled and not verdict.sure and (doubted_feeling or verdict.moves == (Move.ACCUSE,)):
        verdict = replace(verdict, moves=(Move.PRY,), echo=None, wary=False)  # that is asked, and nobody is blamed
    if Move.COMMIT in seen.ruled and Move.THREATEN in verdict.moves and Move.THREATEN not in seen.ruled:
        planned = {*verdict.moves, Move.COMMIT} - {Move.THREATEN}  # a plan of one's own, whomever one means to speak to
        verdict = replace(verdict, moves=in_speaking_order(planned), sure=verdict.sure - {Move.THREATEN})
    if wordings.owns_up(seen.plain) and not (COSTLY & seen.ruled.keys() or slight or rules.in_hard_words(seen.plain)):
        off |= COSTLY - {Move.THREATEN}
        verdict = replace(verdict, wary=verdict.wary and Move.THREATEN in verdict.moves)
    if asks_no_more_than_it_pries(seen.plain, verdict, seen.ruled):
        verdict = replace(verdict, moves=(Move.PRY,), echo=None)
    taken_back = wordings.apologises(seen.plain, strained=False) or (cue.strained and wordings.takes_back(seen.plain))
    if taken_back and not (COSTLY & seen.ruled.keys()):
        off |= COSTLY - {Move.THREATEN}  # what is taken back is named in it
        verdict = replace(verdict, moves=tuple(m for m in verdict.moves if m not in off) or (Move.OTHER,))
    if verdict.echo in MENDS and cue.strained:
        verdict = without(verdict, verdict.echo)  # a shut door is not opened by a guess
    kept = set(verdict.moves) - {Move.OTHER, Move.ANSWER, Move.VENT, verdict.echo}
    if wordings.apologises(seen.plain, cue.strained) and not kept & MENDS_OR_PUSHES:
        verdict = replace(verdict, moves=in_speaking_order({*kept, Move.REASSURE}), echo=None, wary=False)
    if drowned := _drowned(ear, seen, verdict, matter, cue):
        verdict = replace(
            verdict, moves=in_speaking_order({*verdict.moves, *drowned} - {Move.OTHER, Move.ANSWER}), echo=None
        )
    in_civil_words = wordings.civil(seen.plain) and Move.ACCUSE not in seen.ruled
    if Move.ACCUSE in verdict.sure and (in_civil_words or not rules.insulting(seen.plain)):
        verdict = replace(
            verdict, sure=verdict.sure - {Move.ACCUSE}
        )  # blame it is, and no abuse: it ends no call by itself
    if Move.REASSURE in verdict.moves and rules.blunt_oneself(seen.plain):
        off |= {Move.REASSURE}
    if Move.ACCEPT in verdict.moves and rules.own_merit(seen.plain):
        off |= {Move.ACCEPT}
    if Move.VENT in verdict.moves and CONTENT & set(verdict.moves) and verdict.scores[Move.VENT] < CLEAR:
        off |= {Move.VENT}  # who thanks for it or has a plan may be moved, and is not in need of comfort
    if matter is not Matter.NONE and verdict.echo in READ_IN:
        verdict = without(verdict, verdict.echo)  # the matter is plain, and what was read into it beside is not
    verdict = insulted(seen.plain, verdict)
    before_asking = bool(rest) and {Move.ACCEPT} < set(verdict.moves) and bool(set(verdict.moves) & ASKS)
    if before_asking and Move.ACCEPT not in ear.judged(ear.evidence(rest), cue)[0].moves:
        off |= {Move.ACCEPT}
    return within(verdict, off, bool(slight), not matters.only_felt(seen.plain)), Aside.NONE, matter


def _beside(ear: Ear, seen: Evidence, verdict: Verdict, matter: Matter, cue: Cue) -> frozenset[Move]:
    """What is said beside a matter, heard by itself: “how are you?” takes nothing from the question after it. What is costly is judged in the whole;
    and a question heard in the whole is one beside the matter when a part that asks is heard so too, be it in doubt."""
    rest = matters.beside(matter, seen.plain)
    if not words(rest):
        return frozenset()
    left, aside = ear.judged(ear.evidence(rest), cue)
    said = set() if aside or left.echo else set(left.moves)
    if asked := set(verdict.moves) & ASKS - said:
        for part in asking_parts(rest, apart=False):
            said |= asked & set(ear.judged(ear.evidence(part), cue)[0].moves)
    return frozenset(said - COSTLY - {Move.PRY, Move.OTHER})


def _without_the_no(ear: Ear, seen: Evidence, verdict: Verdict, cue: Cue) -> Verdict:
    """The verdict without pushes that were only read into “you turned me down”, which says what the call is about: they stay where the rest
    makes them, and what the rest asks is heard."""
    rest = wordings.without_the_no(seen.plain)
    if rest.strip(SIGNS) == seen.plain.strip(SIGNS) or Move.THREATEN in verdict.sure:  # nothing was taken out
        return verdict
    left = ear.judged(ear.evidence(rest), cue)[0] if words(rest) else None
    if left is not None and (left.wary or COSTLY & set(left.moves)):
        return verdict
    kept = set(verdict.moves) - COSTLY | (set(left.moves) & (ASKS | {Move.DOOR}) if left else set())
    return replace(verdict, moves=in_speaking_order(kept or {Move.OTHER}), sure=verdict.sure - COSTLY, wary=False)


def _drowned(ear: Ear, seen: Evidence, verdict: Verdict, matter: Matter, cue: Cue) -> set[Move]:
    """What is asked in a part of the words and was not heard in the whole: beside thanks and kindness, or in a row of questions of which one pries.
    Each part that asks is heard by itself."""
    heard = set(verdict.moves)
    in_a_row = Move.PRY in heard or matter is Matter.WRITTEN
    pries = {Move.PRY} if heard <= ARRIVING or Move.PRY in seen.ruled else set()
    beside = heard <= BESIDE and "?" in seen.plain
    if heard & (ASKS | COSTLY | {Move.DOOR, Move.PERMISSION}) or not (in_a_row or beside):
        return set()
    if max(verdict.scores[m] for m in ASKED | pries) < FAINTLY:
        return set()  # a part that asks leaves a trace in the whole
    parts = asking_parts(seen.plain, apart=in_a_row)
    if [part.strip(SIGNS) for part in parts] == [seen.plain.strip(SIGNS)]:
        return set()  # one question, and it was heard
    found: set[Move] = set()
    for part in parts:
        alone = ear.judged(ear.evidence(part), cue)[0]
        if Move.PRY not in alone.moves and alone.echo is None:  # only a question that is clear by itself was drowned
            found |= set(alone.moves) & ASKED
        elif pries and alone.echo is None and Move.PRY in alone.moves:
            found.add(Move.PRY)  # a question that cannot be answered was asked all the same
    return found
