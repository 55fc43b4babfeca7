"""Calls are listed, read, searched, exported and taken in again without loss, and deleted for good."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.cli import cli
from bot.html import page
from bot.library import find
from bot.log import Log
from bot.session import Session
from bot.transcripts import BadTranscript, Imported, Saying
from bot.transcripts.child import parse
from bot.transcripts.keeping import keep
from bot.transcripts.plays import coverage, swapped
from bot.transcripts.talk import Conversation
from bot.transcripts.writing import exported, html_page, native_lines
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import MOVES
from tests.managers import manager

Run = Callable[..., Result]


def ear(text: str, cue: Cue) -> Heard:
    """Moves by their names, so that a call can be steered."""
    named = [m for m in MOVES if f"<{m}>" in text]
    return Heard.of(*(named or ["other"]))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "log.db", durability="normal") as log:
        yield log


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    from bot.settings import settings

    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    settings.cache_clear()
    yield lambda *args, **kwargs: CliRunner().invoke(cli, ["sessions", *args], **kwargs)
    settings.cache_clear()


def a_call(log: Log, *lines: str, seed: int = 1) -> str:
    session = Session.start(log, log.local().id, manager(), seed, ear=ear, hearing="1 light")
    for line in lines:
        if not session.ended:
            session.hear(line)
    return session.id


GOOD = (
    "Sam here <greet> <introduce>",
    "I'm fine with it <accept>, why? <ask_open>",
    "Which part? <ask_specific>",
    "Bye <close>",
)


# -- the list -------------------------------------------------------------------------------------------


def test_an_empty_log_says_how_to_begin(run: Run) -> None:
    done = run()
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No calls yet. Start one: runner-up call\n")


def test_a_noun_alone_lists_the_latest_first(run: Run, log: Log) -> None:
    first, second = a_call(log, *GOOD), a_call(log, "threat <threaten>", seed=2)
    lines = run().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [second, first]
    assert "cut off by the manager" in lines[0]
    assert "level 3 of 3" in lines[1] or "level 2 of 3" in lines[1]
    assert len(run("-n", "1").stdout.splitlines()) == 1


def test_calls_are_chosen_by_scenario_outcome_level_and_day(run: Run, log: Log) -> None:
    good, bad = a_call(log, *GOOD), a_call(log, "threat <threaten>", seed=2)
    assert [r["session"] for r in json.loads(run("--outcome", "cut_off", "--json").stdout)] == [bad]
    assert [r["session"] for r in json.loads(run("--level", "2+", "--json").stdout)] == [good]
    assert json.loads(run("--scenario", "nobody", "--json").stdout) == []
    assert len(json.loads(run("--since", "today", "--json").stdout)) == 2
    assert json.loads(run("--since", "2999-01-01", "--json").stdout) == []


@pytest.mark.parametrize(
    ("option", "value"), [("--level", "5"), ("--level", "soon"), ("--since", "soonish"), ("--outcome", "x")]
)
def test_a_choice_that_is_none_is_refused_in_a_sentence(run: Run, option: str, value: str) -> None:
    done = run(option, value)
    assert done.exit_code != 0
    assert "Traceback" not in done.output


def test_the_list_is_an_array_lines_or_a_table_for_machines(run: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    (row,) = json.loads(run("--json").stdout)
    assert json.loads(run("--nl").stdout) == row
    (cells,) = csv.DictReader(io.StringIO(run("--csv").stdout))
    assert (row["session"], cells["session"], cells["scenario"]) == (session, session, "test")


# -- reading --------------------------------------------------------------------------------------------


def test_a_call_is_read_by_the_beginning_of_its_id(run: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    text = run("show", session[:5]).stdout
    assert "You:  Sam here" in text
    assert "Dana: Dana Whitfield" in text or "Dana:" in text
    assert text == run("show").stdout
    full = run("show", "--full").stdout
    assert "[greet, introduce → opening]" in full
    assert "because " in full
    assert len(run("show", "--short").stdout.splitlines()) < 9


def test_show_as_json_carries_every_turn(run: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    row = json.loads(run("show", session, "--json").stdout)
    assert (row["session"], row["turns"]) == (session, 4)
    assert row["transcript"][1]["moves"] == ["greet", "introduce"]


def test_a_call_that_is_not_there_is_one_sentence(run: Run, log: Log) -> None:
    done = run("show", "99")
    assert (done.exit_code, done.stderr) == (1, "Error: No session 99. See: runner-up sessions\n")


def test_the_review_follows_the_call_and_why_tells_the_rules(run: Run, log: Log) -> None:
    a_call(log, *GOOD)
    text = run("review").stdout
    assert "How far it opened" in text
    assert "The sealed envelope" in text
    assert "Turn by turn" in run("review", "--why").stdout
    assert json.loads(run("review", "--json").stdout)["debrief"]["opened"] >= 1


@pytest.mark.parametrize("words", ['"', "wasn't", "AND", "c++", "-x", "NEAR(", "*", "a:b", "\0", "'", "^", "{}"])
def test_no_words_are_a_mistake_to_search_for(run: Run, log: Log, words: str) -> None:
    a_call(log, f"well {words.replace(chr(0), '')} then <greet>")
    done = run("search", "--", words)
    assert (done.exit_code, done.exception) == (0, None)


def test_a_search_finds_what_was_said_and_what_was_answered(run: Run, log: Log) -> None:
    session = a_call(log, "the spinach story <greet>")
    assert session in run("search", "spinach").stdout
    assert [r["n"] for r in json.loads(run("search", "Whitfield", "--json").stdout)] == [0]
    assert run("search", "nowhere").stderr == "Nothing found.\n"


def test_a_deleted_call_is_gone(run: Run, log: Log) -> None:
    session = a_call(log, "the spinach story <greet>")
    assert "--yes" in run("delete", session).stderr
    assert run("delete", session, "--yes").exit_code == 0
    assert run("search", "spinach").stdout == ""
    assert b"spinach" not in log.path.read_bytes()


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


# -- a real call ----------------------------------------------------------------------------------------

REAL = """\
Sam: Hello, this is Sam Ortiz. I interviewed for the post last week.
Dana: Oh hi Sam. What can I do for you?
Sam: I'm fine with the decision. Could I ask what made the difference?
Dana: It was a strong field, and another candidate was a better match.
Sam: Was it more my experience, or something in the interview?
Dana: You didn't have the driving licence, and the other finalist did.
Sam: That is unfair and you know it. I will talk to my lawyer.
Dana: I can't comment on that. Goodbye.
"""


def test_a_real_call_is_brought_in_and_read_line_by_line(run: Run, tmp_path: Path, log: Log) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL)
    assert "Which of these is you: Sam or Dana?" in run("import", str(file)).stderr
    assert "you are Sam" in run("import", str(file), "--you", "sam", "--dry-run").stdout
    assert run().stdout == ""
    session = run("import", str(file), "--you", "sam").stdout.strip()
    row = json.loads(run("review", session, "--json").stdout)
    levels = [line["level"] for line in row["lines"]]
    assert levels[:2] == [1, 3]
    assert levels[-1] == 0
    assert all(0 < line["sure"] <= 1 for line in row["lines"])
    text = run("review", session).stdout
    for title in ("Line by line", "Where it opened", "Where it shut", "What to ask next time"):
        assert title in text
    assert [c["kind"] for c in json.loads(run("--json").stdout)] == ["imported"]
    assert "the other side" not in run("show", session, "--full").stdout


def test_what_was_meant_in_a_real_call_and_how_open_it_was_can_be_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL)
    session = run("import", str(file), "--you", "sam").stdout.strip()
    first = json.loads(run("review", session, "--json").stdout)["lines"][0]
    assert "ask_specific" in run("meant", session, str(first["n"])).stdout
    assert run("meant", session, str(first["n"]), "--level", "4").exit_code == 0
    told = json.loads(run("review", session, "--json").stdout)["lines"][0]
    assert (told["level"], told["sure"]) == (4, 1.0)
    assert "put right by you" in run("review", session).stdout
    assert run("meant", session, "1", "vent").exit_code == 0
    assert "did you mean" not in run("meant", session, "1").stdout
    assert "meant:  vent" in run("meant", session, "1").stdout


def test_what_was_meant_in_practice_counts_in_its_review(run: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    before = json.loads(run("review", session, "--json").stdout)["debrief"]["checks"]
    assert run("meant", session, "1", "threaten").exit_code == 0
    after = json.loads(run("review", session, "--json").stdout)["debrief"]["checks"]
    calm = [next(c["yes"] for c in checks if c["key"] == "calm") for checks in (before, after)]
    assert calm == [True, False]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("1", "ask_specifc"), "did you mean 'ask_specific'?"),
        (("99", "thank"), "turns. See: runner-up sessions show"),
        (("1", "--level", "2"), "In a practice call the level is known"),
    ],
)
def test_a_meaning_that_cannot_be_is_refused_in_a_sentence(
    run: Run, log: Log, args: tuple[str, ...], says: str
) -> None:
    session = a_call(log, *GOOD)
    done = run("meant", session, *args)
    assert done.exit_code == 1
    assert says in done.stderr


def test_a_transcript_of_a_real_call_replays_as_it_is_heard_now(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL)
    done = CliRunner().invoke(cli, ["replay", "--json", "--you", "Sam", str(file)])
    row = json.loads(done.stdout)
    assert (done.exit_code, row["turns"], row["differences"]) == (0, 4, [])


def test_a_real_call_becomes_a_scenario_to_try_again(run: Run, tmp_path: Path) -> None:
    from dialogs.scenario import read_scenario

    file = tmp_path / "real.txt"
    file.write_text(REAL)
    session = run("import", str(file), "--you", "sam").stdout.strip()
    made = tmp_path / "dana.yaml"
    assert run("scenario", session, "-o", str(made)).exit_code == 0
    scenario = read_scenario(made)
    assert scenario.first_name == "Dana"
    assert scenario.own_lines["specific"] == ("You didn't have the driving licence, and the other finalist did.",)


def test_an_import_of_several_talks_gives_several_calls(log: Log) -> None:
    talk = Conversation((Saying("You", "Hello <greet>"), Saying("Dana", "Yes?")))
    kept = keep(log, log.local().id, Imported("text", (talk, talk)), ear=ear)
    assert len(kept.sessions) == 2
    assert all(c.kind == "imported" for c in log.calls(log.local().id))


def test_an_old_transcript_is_not_purged_the_day_it_comes(log: Log) -> None:
    talk = Conversation((Saying("You", "Hello <greet>", at="2019-01-01T10:00:00Z"), Saying("Dana", "Yes?")))
    keep(log, log.local().id, Imported("text", (talk,)), ear=ear)
    (call,) = log.calls(log.local().id)
    assert call.started_at.startswith("2019-01-01")
    assert log.purge(90, trial=True).calls == 0


# -- kept as a play -------------------------------------------------------------------------------------


def test_a_kept_call_is_a_play_without_the_candidates_names(run: Run, log: Log, tmp_path: Path) -> None:
    line = "Hello, this is Maria Kowalski <greet> <introduce>, I'm at Siemens Energy, maria@x.org or +49 170 1234567."
    session = a_call(log, line, "Maria here again, why? <ask_open>")
    folder = tmp_path / "kept"
    done = run("keep", session, str(folder), "--claim", "A name is left out.")
    assert done.exit_code == 0, done.output
    text = (folder / "a-name-is-left-out.txt").read_text()
    assert "# A name is left out." in text
    for secret in ("Maria", "Kowalski", "Siemens", "maria@", "1234567"):
        assert secret not in text
    assert "moves: " in done.stderr
    assert run("keep", session, str(folder), "--claim", "A name is left out.").exit_code == 1


def test_a_call_of_somebody_else_is_kept_only_with_their_agreement_and_stays_outside_the_log_when_they_delete(
    run: Run, log: Log, tmp_path: Path
) -> None:
    who = log.meet(7).result()
    log.agree(who.id, "1").result()
    line = "Hello, this is Canarina Name <greet> <introduce>, I'm at Canary Works, canary@x.org; canary words. Why? <ask_open>"
    session = Session.start(log, who.id, manager(), 1, ear=ear, hearing="1 light")
    session.hear(line)
    (public,) = log.row("SELECT public_id FROM people WHERE id = ?", [who.id]) or ("",)
    wanted = ("keep", session.id, str(tmp_path / "kept"), "--claim", "Kept.", "--person", public)
    refused = run(*wanted)
    assert refused.exit_code == 1
    assert "unless they agree" in refused.stderr
    assert not (tmp_path / "kept").exists()
    done = run(*wanted, "--agreed")
    assert done.exit_code == 0, done.output
    assert "outside the log, where /delete cannot reach it" in done.stderr
    assert log.erase(who.id).clean
    assert [p for p in tmp_path.glob("log.db*") if p.is_file() and b"canary" in p.read_bytes().lower()] == []
    text = (tmp_path / "kept" / "kept.txt").read_text()
    assert [w in text for w in ("Canarina", "Canary Works", "canary@x.org")] == [False] * 3
    assert "canary words" in text  # what is neither a name nor a company stays, as docs/promises.md says


def test_a_replacement_takes_whole_words_only() -> None:
    assert swapped("Ann Lee and Anna, Lee's", [("Ann Lee", "Sam Ortiz")]) == "Sam Ortiz and Anna, Ortiz's"
    assert swapped("Maria said Maria", [("Maria Kowal", "Sam Ortiz")]) == "Sam said Sam"


def test_coverage_names_what_no_play_shows_yet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("scenario: harbour\n\nYou: hi\n     [greet → opening]\n")
    lines = list(coverage(tmp_path, ear))
    assert lines[0].startswith("1 play in ")
    assert "not yet: introduce" in lines[1]
    (tmp_path / "b.txt").write_text("scenario: harbour\n\nYou: It's Sam. <introduce>\nYou: <threaten>\n")
    fewer, more = (next(x for x in found if "rules:" in x) for found in (lines, list(coverage(tmp_path, ear))))
    assert int(more.split()[1]) > int(fewer.split()[1])


# -- the page -------------------------------------------------------------------------------------------

NASTY = "<script>alert(1)</script>&\"'\u202eabc http://x.example/ <img src=x onerror=1> <greet>"


def test_a_page_has_no_script_nothing_remote_and_no_telegram_id(log: Log) -> None:
    person = log.knock(987654321) if hasattr(log, "knock") else None
    assert person is None or person
    a_call(log, NASTY, *GOOD[1:])
    text = html_page(log, log.local().id)
    assert "<script" not in text
    assert "<img" not in text
    for remote in ('src="', "url(", "@import", "<link", 'href="http'):
        assert remote not in text
    assert "default-src 'none'" in text
    assert "987654321" not in text
    assert '<html lang="en">' in text
    assert text.count("<h1>") == 1


def test_a_page_costs_at_most_a_kilobyte_a_turn(log: Log) -> None:
    session = a_call(log, *["Could I ask about it in one more sentence, as people do? <greet>"] * 4)
    me = log.local().id
    from bot.html import Held

    call, turns, times = log.call(me, session), log.turns(me, session), log.times(me, session)
    one = len(page([Held(call, turns[:1], times)]).encode())
    whole = len(page([Held(call, turns, times)]).encode())
    assert (whole - one) / (len(turns) - 1) <= 1000


def test_a_page_of_everything_holds_every_call(run: Run, log: Log, tmp_path: Path) -> None:
    a_call(log, *GOOD)
    a_call(log, "hi <greet>", seed=2)
    target = tmp_path / "all.html"
    assert run("export", "--format", "html", "-o", str(target)).exit_code == 0
    text = target.read_text()
    assert text.count("What was said") == 2
    ids = [part.split('"')[0] for part in text.split('id="')[1:]]
    assert len(ids) == len(set(ids))
    assert run("export", "--format", "html", "-o", str(target)).exit_code == 1


def test_a_page_of_an_open_call_keeps_its_envelope_sealed(run: Run, log: Log) -> None:
    truth = manager().truth
    session = Session.start(log, log.local().id, manager(), 1, ear=ear)
    session.hear("Sam here <introduce>")
    for page_of in ([session.id], []):
        shown = run("export", *page_of, "--format", "html").output
        assert "Sam here" in shown
        assert "still open" in shown
        assert truth not in shown
        assert "envelope" not in shown
    session.hear("Goodbye. <thank> <close>")
    assert truth in run("export", session.id, "--format", "html").output


def test_an_outcome_is_told_in_plain_words(run: Run, log: Log) -> None:
    a_call(log, "You will hear from my lawyer. <threaten>")
    for told in (run(), run("show"), run("export", "--format", "html")):
        assert "cut off by the manager" in told.output
        assert "cut_off" not in told.output


def test_two_tries_of_a_call_are_laid_side_by_side(run: Run, tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        me = log.local().id
        first = Session.start(log, me, manager(), 1, ear=ear)
        first.hear("Sam here <introduce>")
        first.hear("Nonsense, I was better <argue>")
        again = first.take_back(2)
        again.hear("It is fine. What could I improve? <accept> <ask_open>")
    shown = run("compare", again.id)
    assert shown.exit_code == 0, shown.output
    assert "Turn 1, the same in both: Sam here" in shown.output
    assert "Nonsense, I was better" in shown.output
    assert "What could I improve?" in shown.output
    latest, by_the_first = run("compare"), run("compare", first.id)
    assert latest.output == by_the_first.output == shown.output, "one need not know an ID"
    assert run("compare", again.id, first.id).output == shown.output
    assert "trusts you" in shown.output
    ours = "\n".join(line for line in shown.output.splitlines() if not line.startswith(" "))
    known = rf"{first.id}|{again.id}|20\d\d-\d\d-\d\d \d\d:\d\d|[Tt]urn \d|level \d"
    told = re.sub(known, "", ours)
    assert not re.search(r"\d", told), "no figure but times, turns and levels"


def test_each_call_laid_side_by_side_speaks_under_its_own_managers_name(run: Run, log: Log) -> None:
    one = a_call(log, *GOOD)
    other = Session.start(log, log.local().id, find("ward"), 1, ear=ear, hearing="1 light")
    other.hear(GOOD[0])
    shown = run("compare", one, other.id).output
    ours = manager().manager.split()[0]
    assert {name for name in (ours, "Jan") if f" {name}: " in shown} == {ours, "Jan"}


def test_the_latest_debrief_is_that_of_the_latest_call_that_is_over(run: Run, log: Log) -> None:
    over, begun = a_call(log, *GOOD), a_call(log, *GOOD[:2], seed=2)
    assert run("review", begun).exit_code == 1
    latest = run("review")
    assert latest.exit_code == 0, latest.output
    assert latest.output == run("review", over).output


def test_without_a_second_try_comparing_says_how_to_make_one(run: Run, log: Log) -> None:
    refused = run("compare")
    assert refused.exit_code == 1
    assert "no second try" in refused.output
    alone = a_call(log, *GOOD)
    refused = run("compare", alone)
    assert refused.exit_code == 1
    assert f"runner-up sessions compare {alone} ID" in refused.output


# -- our own exports as files of others ---------------------------------------------------------------------------------


def test_what_an_export_would_bring_is_told_before_it_is_brought(run: Run, log: Log, tmp_path: Path) -> None:
    one, two = a_call(log, *GOOD), a_call(log, *GOOD[:2], seed=2)
    file = tmp_path / "everything.jsonl"
    assert run("export", "-o", str(file)).exit_code == 0
    told = run("import", str(file), "--dry-run").stdout
    assert "form: native" in told
    assert [f"call {one}: test, 4 turns" in told, f"call {two}: test, 2 turns" in told] == [True, True]
    assert len(json.loads(run("--json").stdout)) == 2


def test_an_export_replays_as_its_calls_did_and_an_import_in_it_is_shown_as_it_was_kept(
    run: Run, log: Log, tmp_path: Path
) -> None:
    session = a_call(log, *GOOD)
    real = tmp_path / "real.txt"
    real.write_text(REAL)
    imported = run("import", str(real), "--you", "sam").stdout.strip()
    file = tmp_path / "everything.jsonl"
    run("export", "-o", str(file))
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


def test_calls_are_written_out_as_plays_and_a_play_reads_as_the_same_words(run: Run, log: Log, tmp_path: Path) -> None:
    session = a_call(log, *GOOD)
    real = tmp_path / "real.txt"
    real.write_text(REAL)
    run("import", str(real), "--you", "sam")
    text = run("export", "--format", "play").stdout
    assert text.count("scenario: test") == 1  # a call with a real person is no play
    assert parse(text.encode(), "play").conversations[0].sayings[1].text.startswith("Sam here")
    assert run("export", session, "--format", "play").stdout.strip() == text.strip()


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
