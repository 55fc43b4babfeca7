"""What is exported is taken in again without loss, and what is spoiled is refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.cli import cli
from bot.log import Log
from bot.session import Session
from bot.transcripts import BadTranscript
from bot.transcripts.child import parse
from bot.transcripts.keeping import keep
from bot.transcripts.writing import exported, native_lines
from dialogs.moves import MOVES
from tests.kept import GOOD, REAL, Run, a_call, ear
from tests.managers import manager

# -- out and in again -----------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=40)


MOVED = st.builds(
    lambda text, moves: text + "".join(f"<{m}>" for m in moves), WORDS, st.lists(st.sampled_from(MOVES), max_size=2)
)


@hypothesis(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(calls=st.lists(st.lists(MOVED, max_size=4), min_size=1, max_size=3), note=WORDS)
def test_export_import_export_is_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, calls: list[list[str]], note: str
) -> None:
    folder = tmp_path_factory.mktemp("logs")
    with Log.open(folder / "a.db", durability="normal") as log, Log.open(folder / "b.db", durability="normal") as other:
        me, them = log.local().id, other.local().id
        names = [a_call(log, *lines, seed=i) for i, lines in enumerate(calls)]
        log.rename(me, names[0], note).result()
        log.help(me, names[0], 0, "hint").result()
        log.guess(me, names[0], "how open?", note[:20], right=True).result()
        if len(calls[0]) > 1:
            log.branch(me, names[0], 1, taken_back=True).result()
            log.correct(me, names[0], 1, ["thank"]).result()  # type: ignore[list-item]
        log.add_todo(me, note + "x").result()
        log.drilled(me, note, 1, 2).result()
        log.own_scenario(me, "own", "title: x").result()
        first = exported(log, me, [], "jsonl")
        for mine in (True, False):
            kept = keep(other, them, parse(first.encode()), mine=mine)
            if mine:
                assert exported(other, them, [], "jsonl") == first
                assert keep(other, them, parse(first.encode()), mine=True).sessions == ()
            else:
                assert (kept.sessions, kept.already) == ((), first.count("\n") - 1)


def test_a_call_that_was_erased_and_is_brought_in_twice_is_there_once(log: Log) -> None:
    me = log.local().id
    session = a_call(log, *GOOD)
    log.branch(me, session, 1, taken_back=False).result()
    first = parse(exported(log, me, [], "jsonl").encode())
    for _ in range(2):
        for call in log.calls(me, taken_back=True):
            log.delete(me, call.session)
        back = keep(log, me, first, mine=True).sessions
        assert set(back) == {call["session"] for call in first.lines[1:]}
        again = keep(log, me, first, mine=True)
        assert (again.sessions, again.already) == ((), 2)


def test_an_export_that_is_taken_in_is_marked_and_never_mixed_with_practice(log: Log, tmp_path: Path) -> None:
    session = a_call(log, *GOOD)
    first = exported(log, log.local().id, [session], "jsonl")
    with Log.open(tmp_path / "b.db", durability="normal") as other:
        me = other.local().id
        kept = keep(other, me, parse(first.encode()))
        (call,) = other.calls(me)
        assert (call.session, call.kind, kept.already) == (session, "imported", 0)
        assert other.held(me) == {}
        assert exported(other, me, [session], "jsonl") == first


def test_an_export_as_one_json_value_is_taken_in_as_well(log: Log, tmp_path: Path) -> None:
    a_call(log, *GOOD)
    whole = json.dumps(log.export(log.local().id), indent=1)
    with Log.open(tmp_path / "b.db", durability="normal") as other:
        keep(other, other.local().id, parse(whole.encode()), mine=True)
        assert exported(other, other.local().id, [], "jsonl") == exported(log, log.local().id, [], "jsonl")


SPOILED: list[tuple[str, object]] = [
    ("turns", 7), ("phase", "dancing"), ("started_at", "soon"), ("turns_held", []), ("outcome", "won"), ("outcome", 5), ("started_at", None),
    ("session", []), ("session", {}), ("session", None), ("parent", {}), ("parent", [1]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), SPOILED)
def test_a_spoiled_export_is_refused_with_its_line_and_nothing_is_kept(
    log: Log, tmp_path: Path, field: str, value: object
) -> None:
    session = a_call(log, *GOOD)
    head, line = native_lines(log, log.local().id, [session])
    spoiled = json.dumps(json.loads(line) | {field: value})
    with Log.open(tmp_path / "b.db", durability="normal") as other:
        with pytest.raises(BadTranscript, match=r"line 2|hold together|shape"):
            keep(other, other.local().id, parse(f"{head}\n{spoiled}\n".encode()))
        assert other.calls(other.local().id) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("heard", {"moves": ["dance"]}), ("level", 9), ("said", 4), ("n", 3), ("answered", [{}]), ("phase", 1)],
)
def test_a_spoiled_turn_is_refused(log: Log, field: str, value: object) -> None:
    session = a_call(log, *GOOD)
    head, line = native_lines(log, log.local().id, [session])
    call = json.loads(line)
    call["turns_held"][1][field] = value
    with pytest.raises(BadTranscript, match="line 2: this call is not whole"):
        keep(log, log.local().id, parse(f"{head}\n{json.dumps(call)}\n".encode()))


def test_a_table_of_calls_cannot_calculate(log: Log) -> None:
    a_call(log, "=1+1 <greet>")
    rows = list(csv.DictReader(io.StringIO(exported(log, log.local().id, [], "csv"))))
    assert rows[1]["text"] == "'=1+1 <greet>"


# -- a poisoned export: whatever is taken in can be read on every page afterwards -----------------------------------------


def _poisoned(log: Log) -> list[dict[str, Any]]:
    me = log.local().id
    session = a_call(log, *GOOD)
    log.correct(me, session, 1, ["thank"]).result()  # type: ignore[list-item]
    log.help(me, session, 1, "hint").result()
    log.plan(me, {"company": "x"}).result()
    log.remind(me, "call_day", datetime(2020, 1, 1, tzinfo=UTC), {"day": "2020-01-01"}).result()
    log.change_settings(me, retention_days=30).result()
    return [json.loads(line) for line in native_lines(log, me)]


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        (0, ("timers", 0, "due_at"), "0"), (0, ("timers", 0, "due_at"), "2020-01-01T00:00:00"), (0, ("timers", 0, "about"), 5),
        (0, ("timers", 0, "about", "text"), {"a": 1}), (0, ("timers",), 60), (0, ("real_calls", 0, "plan"), []),
        (0, ("real_calls", 0, "plan", "company"), ["x"]), (0, ("real_calls", 0, "made_at"), "soon"),
        (0, ("settings", "retention_days"), -1), (0, ("settings", "retention_days"), "x"),
        (1, ("corrections", 0, "moves"), "<script>"), (1, ("corrections", 0, "moves"), -1), (1, ("help_used", 0, "at"), 7),
        (1, ("turns_held", 1, "answered", 0, "text"), 5), (1, ("turns_held", 1, "answered", 0, "heading"), None),
        (1, ("turns_held", 1, "rows"), [99]), (1, ("turns_held", 1, "why"), [[]]), (1, ("turns_held", 1, "minutes"), None),
        (1, ("turns_held", 1, "said"), "\x1b]0;x\a"), (1, ("turns_held", 1, "answered", 0, "text"), "\x9b31m"),
        (1, ("manager",), "\x1b[31mX"), (1, ("title",), "\u202eX"), (1, ("scenario_as_called", "facts", "company"), "\x1bX"),
        (1, ("scenario_as_called",), None), (1, ("scenario_as_called", "facts", "reason"), "=1+1"),
        (1, ("scenario_as_called", "facts", "company"), 99), (1, ("scenario_as_called", "facts", "hidden", "trust"), None),
        (1, ("scenario_as_called", "facts", "lines", "pickup"), []), (1, ("extra",), []),
    ],
    ids=str,
)  # fmt: skip
def test_a_value_of_another_kind_in_an_export_is_refused_and_leaves_nothing_behind(
    log: Log, tmp_path: Path, line: int, path: tuple[str | int, ...], value: Any
) -> None:
    lines = _poisoned(log)
    at: Any = lines[line]
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = [at[path[-1]][0]] * value if path == ("timers",) else value
    with Log.open(tmp_path / "b.db", durability="normal") as other:
        me = other.local().id
        before = other.export(me)
        with pytest.raises(BadTranscript, match=r"line \d: "):
            keep(other, me, parse("".join(f"{json.dumps(each)}\n" for each in lines).encode()), mine=True)
        assert other.export(me) == before


def test_what_somebody_was_asked_elsewhere_is_not_asked_here(log: Log, tmp_path: Path) -> None:
    log.change_settings(log.local().id, asking="[", hints="off").result()
    first = exported(log, log.local().id, [], "jsonl")
    with Log.open(tmp_path / "b.db", durability="normal") as other:
        keep(other, other.local().id, parse(first.encode()), mine=True)
        assert dict(other.local().settings) == {"hints": "off"}


# -- our own exports as files of others ---------------------------------------------------------------------------------


def test_what_an_export_would_bring_is_told_before_it_is_brought(sessions: Run, log: Log, tmp_path: Path) -> None:
    one, two = a_call(log, *GOOD), a_call(log, *GOOD[:2], seed=2)
    file = tmp_path / "everything.jsonl"
    assert sessions("export", "-o", str(file)).exit_code == 0
    told = sessions("import", str(file), "--dry-run").stdout
    assert "form: native" in told
    assert [f"call {one}: test, 4 turns" in told, f"call {two}: test, 2 turns" in told] == [True, True]
    assert len(json.loads(sessions("--json").stdout)) == 2


def test_an_export_replays_as_its_calls_did_and_an_import_in_it_is_shown_as_it_was_kept(
    sessions: Run, log: Log, tmp_path: Path
) -> None:
    session = a_call(log, *GOOD)
    real = tmp_path / "real.txt"
    real.write_text(REAL)
    imported = sessions("import", str(real), "--you", "sam").stdout.strip()
    file = tmp_path / "everything.jsonl"
    sessions("export", "-o", str(file))
    shown = [json.loads(line) for line in CliRunner().invoke(cli, ["replay", str(file), "--json"]).stdout.splitlines()]
    assert {row["file"].rpartition("#")[2]: row["turns"] for row in shown} == {session: 4, imported: 4}
    spoiled = [json.loads(line) for line in file.read_text().splitlines()]
    call = next(c for c in spoiled[1:] if c["session"] == session)
    call["turns_held"][2]["answered"][0]["text"] = "Something she never says."
    file.write_text("".join(json.dumps(line) + "\n" for line in spoiled))
    done = CliRunner().invoke(cli, ["replay", str(file), "--json"])
    assert done.exit_code == 1
    changed = {row["file"].rpartition("#")[2]: row["differences"] for row in map(json.loads, done.stdout.splitlines())}
    assert changed[session]
    assert not changed[imported]


def test_a_branch_that_goes_out_alone_names_no_call_that_stayed(log: Log) -> None:
    session = Session.start(log, log.local().id, manager(), 1, ear=ear, hearing="1 light")
    session.hear(GOOD[0])
    branch = session.take_back()
    branch.hear(GOOD[1])
    alone = [json.loads(line) for line in native_lines(log, log.local().id, [branch.id])]
    assert alone[1]["parent"] is None
    both = [json.loads(line) for line in native_lines(log, log.local().id, [session.id, branch.id])]
    assert next(c for c in both[1:] if c["session"] == branch.id)["parent"] == session.id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: c.update(phase="nowhere"), "nowhere"), (lambda c: c.update(outcome="splendid"), "splendid"),
        (lambda c: c.update(started_at="yesterday"), "yesterday"), (lambda c: c["turns_held"].pop(1), "turns are missing"),
        (lambda c: c["turns_held"][1].update(level=7), "out of shape"), (lambda c: c["turns_held"][1].update(said=None), "out of shape"),
        (lambda c: c["scenario_as_called"]["facts"]["lines"].update(stock=[5]), ""),
        (lambda c: c["scenario_as_called"]["facts"].update(manager=" "), ""),
    ],
)  # fmt: skip
def test_a_call_that_could_not_be_read_later_is_not_taken_in(
    log: Log, change: Callable[[Any], object], says: str
) -> None:
    me = log.local().id
    a_call(log, *GOOD)
    head, call = (json.loads(line) for line in native_lines(log, me))
    change(call)
    lines = "".join(json.dumps(line) + "\n" for line in (head, call))
    with pytest.raises(BadTranscript, match="line 2: this call is not whole") as refused:
        keep(log, log.meet(9).result().id, parse(lines.encode()))
    assert says in str(refused.value)
    assert log.calls(log.meet(9).result().id) == []
