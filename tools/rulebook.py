"""The published rules: docs/rules.md and docs/rubric.md, made from what the program goes by."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import call, manager
from dialogs.call import FEEL, LIVE, TABLE, Call, Phase
from dialogs.levels import LEVEL_WORDS
from dialogs.moves import MEANINGS
from dialogs.plain_words import DID
from dialogs.review.rubric import DARED, RUBRIC
from dialogs.review.story import Stage
from dialogs.scenario import HOUSES, KINDS
from dialogs.scenes import LEVELS


def rules() -> str:
    """docs/rules.md: every rule that moves a call."""
    return "\n".join([*_rules_head(), *_levels(), *_moves(), *_feel(), *_kinds(), *_houses(), *_table(), ""])


def rubric() -> str:
    """docs/rubric.md: what the debrief checks, and how."""
    return "\n".join([*_rubric_head(), *_rubric_tables(), *_rubric_cost(), ""])


# -- the rules ----------------------------------------------------------------------------------------


def _rules_head() -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield (
        "Nothing about a call is hidden but the manager's reason. This page is generated from the tables that the program goes by; "
        "`/why` in a call shows which of them fired."
    )


def _levels() -> Iterator[str]:
    yield "\n## How much is given away\n"
    yield "| level | name | what you get |\n|---|---|---|"
    for level, name in enumerate(LEVELS):
        yield f"| {level} | {name} | {LEVEL_WORDS[level]} |"
    yield ""
    yield f"- The first answer to an unprepared question goes as far as the house does by itself (below), in most of them {LEVEL_WORDS[manager.STOCK]}."
    yield (
        "- A question that was prepared, by taking the decision as settled or saying that nothing is contested, gets one level more from a trust "
        f"of {manager.BEGINNING:g} on, which is also what a mute house wants for the formula."
    )
    yield (
        "- After that, one answer goes up by at most one level, and only for a question that names an area or asks on, or where the answer before "
        "was taken well."
    )
    yield (
        f"- A hint costs a trust of {manager.HINT_TRUST:g}, or the price of the reason where that is told as a hint; the reason itself costs its price."
    )
    yield (
        f"- Advice on top of a reason costs {manager.CANDID_MARGIN:g} more trust, and a question that names an area or asks on. A reason told as advice "
        f"shows itself without it {manager.CANDID_MARGIN:g} below its price."
    )
    yield "- A question put together with a feeling or a plea gets a level less, as long as that leaves the formula: kind words, less content."
    yield "- Above the policy cap nothing is said, whatever the trust."
    yield "- A machine tells nothing (level 0 is all there is), and while the process is still open there is only the formula (level 1)."
    yield "  The debrief looks at the call and not at the level, so all its checks can be a yes there too."


def _moves() -> Iterator[str]:
    yield "\n## The moves\n"
    yield "Whatever you say is heard as some of these, often several at once.\n"
    yield "| move | the candidate … | not this |\n|---|---|---|"
    for move, meaning in MEANINGS.items():
        yield f"| `{move}` | {meaning.what} | {meaning.not_this} |"


def _feel() -> Iterator[str]:
    c = Call()
    yield "\n## What words do to trust, patience and time\n"
    yield (
        f"Trust goes from {call.LOWEST_TRUST:g} to {call.HIGHEST_TRUST:g} and begins at {c.trust:g}, patience from 0 to 4. What is welcome "
        "counts in full the first time, half the second, nothing after that; what costs, costs every time. A turn takes "
        f"{call.MINUTES_A_TURN:g} minutes and a minute for {call.WORDS_A_MINUTE} words; more than {call.RAMBLING_WORDS} words in one go "
        "cost half a point of patience. A threat that may not have been one costs half, and so does a first push that comes from hurt."
    )
    yield "\n| what you do | trust | patience | minutes |\n|---|---|---|---|"
    for move, effect in FEEL.items():
        yield f"| {DID[move]} (`{move}`) | {_signed(effect.trust)} | {_signed(effect.patience)} | {_signed(effect.minutes)} |"
    yield "\nMoves that are not in the list change none of the three."


def _kinds() -> Iterator[str]:
    yield "\n## What a reason costs\n"
    yield "The more you could do about it, the less likely you are to hear it. Prices are in trust.\n"
    yield "| kind of reason | what it is | price | told as | at most | |\n|---|---|---|---|---|---|"
    for name, kind in KINDS.items():
        if kind.ceiling < kind.told_at:
            yield f"| {name} | {kind.about} | – | never | {kind.ceiling} {LEVELS[kind.ceiling]} | |"
            continue
        narrow = "only after a narrow question" if kind.needs_narrow else ""
        told = f"{kind.told_at} {LEVELS[kind.told_at]}"
        yield f"| {name} | {kind.about} | {kind.price:g} | {told} | {kind.ceiling} {LEVELS[kind.ceiling]} | {narrow} |"


def _houses() -> Iterator[str]:
    yield "\n## House styles\n"
    yield "| house | first answer | what it is |\n|---|---|---|"
    for name, (start, about) in HOUSES.items():
        yield f"| {name} | {start} {LEVELS[start]} | {about} |"


def _table() -> Iterator[str]:
    yield "\n## The table of the call\n"
    yield (
        "For what was heard in a phase, the first row whose condition holds is taken. No row in “to” means that the phase "
        "stays. The moves of one sentence are taken one after another, what softens before what strains, then the question, and a goodbye last."
    )
    matters = ", ".join(f"`{m}`" for m in call.MATTERS)
    yield (
        "\nNo moves are `hang_up` (the caller rings off), `time_up` and `worn_out` (the minutes or the patience are spent), `silence` (nothing was said), "
        "`puzzle` (words to the software, or another language), `wary` (something may have been a push, and was not clear), and what touches the edge of "
        f"the call: {matters}."
    )
    yield "\n| in | on | if | to | what happens | why |\n|---|---|---|---|---|---|"
    for row in TABLE:
        phases = "any live phase" if set(LIVE) <= set(row.phases) else ", ".join(row.phases)
        when = row.when.replace("_", " ")
        triggers = ", ".join(f"`{t}`" for t in row.triggers)
        yield f"| {phases} | {triggers} | {when} | {row.to or ''} | {row.scene.replace('_', ' ')} | {row.why} |"
    conditions = sorted({row.when for row in TABLE if row.when})
    yield "\nWhere a condition needs more words:\n"
    for name in conditions:
        if told := " ".join((getattr(Call, name).__doc__ or "").split()):
            yield f"- *{name.replace('_', ' ')}*: {told}"
    yield f"\nPhases: {', '.join(Phase)}."


def _signed(value: float) -> str:
    return f"{value:+g}" if value else ""


# -- the rubric ---------------------------------------------------------------------------------------

_STAGES = {
    Stage.MANAGER: ("With the manager on the line", "the manager"),
    Stage.RECEPTION: ("When the call ends at reception", "the manager"),
    Stage.VOICEMAIL: ("When a machine answers", "the manager"),
}


def _rubric_head() -> Iterator[str]:
    yield "# The rubric"
    yield ""
    yield (
        "What the debrief checks after a call, and by which rule. Each check is a yes or a no that the log can show, with your own words "
        "beside it, or the place where such words belonged. They look at what was said, not at how much the manager gave: all of them "
        "can be a yes under every house rule. This page is generated from the checks themselves."
    )
    yield ""
    yield (
        "“In or before the turn of the first question” counts what was said in the same breath. Kind words that take themselves back "
        "(“thanks, I guess”) do not count as kind. If hearing was mistaken and you put it right, the checks go by what you meant. "
        "Where any reader sees a question, a name or an acceptance and none was heard, the debrief shows the words and says so. The other way "
        "round, “ok” alone accepts nothing and “hi” gives no name, whatever was heard in them."
    )
    yield ""
    yield (
        "Where a call stands on the ladder, its aim is called reached only when every part of it that a check looks at is a yes; where the end was "
        "reached another way, the debrief says what was reached and what is still to try. The ladder itself goes on by how the call came out."
    )


def _rubric_cost() -> Iterator[str]:
    yield "\n## What it costs\n"
    yield (
        "A debrief holds the call again with other words in it, some three times, from the turn that changes, and hears each new line once: one or two of "
        "them mostly, nine at most. What cannot come first is neither drafted nor held. `python -m tools.debrief_time` takes the plays and a hundred "
        "simulated calls. On 2026-11-29, on a busy machine: 4.0 ms of the processor in the median, 7.6 ms for the slowest of "
        "twenty, 11.7 ms at most. The goal is 20 ms."
    )


def _rubric_tables() -> Iterator[str]:
    tables = [(*_STAGES[stage], criteria) for stage, criteria in RUBRIC.items()]
    for title, m, criteria in [
        *tables,
        ("Where the call is there to be hung up on", "the manager", DARED),
    ]:
        yield f"\n## {title}\n"
        yield "| check | skill | it is a yes when |\n|---|---|---|"
        for c in criteria:
            yield f"| {c.question.format(m=m)} | {c.skill} | {c.rule} |"
