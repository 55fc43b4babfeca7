"""Looking after the log: erased is gone to the last byte, a purge cannot be fooled, a backup is whole, an export comes back."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.db import db as db_command
from bot.cli.doctor import doctor
from bot.log import BadExport, ClockDoubted, Log, LogFault, NotYours
from bot.log.backup import BadBackup, backups, verify
from bot.log.store import Doors, beside
from bot.session import Session
from bot.settings import settings as read_settings
from dialogs.moves import Move
from dialogs.scenario import library, read_scenario
from tests.turns_child import ear

HARBOUR = read_scenario(library()["harbour"])
CANARY = "canarybird"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


def someone(log: Log, telegram_id: int) -> int:
    person = log.meet(telegram_id).result().id
    log.agree(person, "1").result()
    return person


def call_of(log: Log, person: int, *said: str, private: bool = False) -> str:
    session = Session.start(log, person, HARBOUR, 1, ear=ear, private=private)
    for number, text in enumerate(said):
        session.hear(f"{number} {text}")
    return session.id


def everything(log: Log, person: int, word: str) -> str:
    """Put a word wherever a person can put one."""
    session = call_of(log, person, *[f"{word} number {n}" for n in range(8)], private=True)
    log.correct(person, session, 1, [Move.THANK]).result()
    log.help(person, session, 1, "hint").result()
    log.guess(person, session, "what?", word).result()
    log.rename(person, session, word).result()
    log.own_scenario(person, word, f"title: {word}").result()
    log.plan(person, {"ask": word}).result()
    log.add_todo(person, word).result()
    log.drilled(person, word, 1, 2).result()
    log.remind(person, "call", datetime(2030, 1, 1, tzinfo=UTC), {"who": word}).result()
    log.received(1000 + person, log.person(person).telegram_id, json.dumps({"text": word})).result()
    log.post(person, [{"method": "sendMessage", "params": {"text": word}}]).result()
    log.change_settings(person, name=word).result()
    log.search(person, word)
    return session


def residue(path: Path, word: str = CANARY) -> int:
    """How often a word stands in any file of the log."""
    found = [p for p in path.parent.rglob("*") if p.is_file() and ".backups" not in str(p)]
    return sum(p.read_bytes().count(word.encode()) for p in found)


# -- erasing -----------------------------------------------------------------------------------------------------


def test_after_erasing_no_byte_is_left_in_the_file_the_index_or_the_write_ahead_log(path: Path) -> None:
    with Log.open(path) as log:
        a, b = someone(log, 1), someone(log, 2)
        everything(log, a, CANARY)
        everything(log, b, "another")
        before = log.export(b)
        assert residue(path) > 50
        done = log.erase(a)
        assert (done.calls, done.turns, done.clean) == (1, 9, True)
        assert residue(path) == 0
        assert log.export(b) == before
        assert log.by_telegram(1) is None
        assert log.check() == []
        assert len(log.search(b, "another")) > 3


def test_a_long_history_leaves_no_word_in_the_depths_of_the_search_index(path: Path) -> None:
    """Fed in many small steps the index keeps words of deleted rows, until it is squeezed."""
    with Log.open(path, durability="normal") as log:
        a, b = someone(log, 1), someone(log, 2)
        for n in range(40):
            for person in (a, b):
                call_of(log, person, *[f"{CANARY if person == a else 'other'} a{n}b{k}{CANARY[:6]}" for k in range(4)])
                log.search(person, "talk")
        assert log.erase(a).clean
        assert residue(path) == 0
        assert len(log.search(b, "other")) > 3


def test_what_was_deleted_is_cleaned_up_by_the_next_life_when_this_one_ends_in_between(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.delivery.housekeeping import keep_house

    with Log.open(path) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        monkeypatch.setattr(Log, "finish_erasing", lambda self: False)  # the end comes after the commit
        log.erase(a)
        monkeypatch.undo()
        assert residue(path) > 0
        assert log.status()["erasing_unfinished"]
        keep_house(log, 90)
        assert residue(path) == 0
        assert log.status()["erasing_unfinished"] is None


def test_nothing_of_an_erased_person_is_left_beside_the_log_either(path: Path) -> None:
    """Exports, pictures and pages are sent and not kept; a play is kept only where the person who runs the server says."""
    with Log.open(path) as log:
        a = someone(log, 1)
        session = everything(log, a, CANARY)
        from bot.telegram.takeaway import files

        assert any(CANARY.encode() in content for _, content, _ in files(log, a))
        keep_heartbeat = beside(path, ".heartbeat")
        keep_heartbeat.write_text(f"{log.now()} 1\n")
        log.backup()
        assert log.call(a, session).note == CANARY
        log.erase(a)
    left = {p.name: p.read_bytes().count(CANARY.encode()) for p in path.parent.rglob("*") if p.is_file()}
    assert {name for name, count in left.items() if count} == {backups(path)[0].name}


def test_after_deleting_one_call_no_byte_of_it_is_left_and_the_others_stay(path: Path) -> None:
    with Log.open(path) as log:
        me = log.local().id
        stays = call_of(log, me, "something else")
        goes = call_of(log, me, *[f"{CANARY} {n}" for n in range(5)])
        branch = log.branch(me, goes, 1).result()
        log.search(me, CANARY)
        assert log.delete(me, goes).clean
        assert residue(path) == 0
        assert {c.session for c in log.calls(me)} == {stays, branch}
        assert log.call(me, branch).parent is None
        with pytest.raises(NotYours):
            log.delete(me, goes)


def test_a_reader_that_holds_the_log_open_is_noticed_and_erasing_is_finished_later(path: Path) -> None:
    with Log.open(path) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        log.writer.alone(lambda d: d.execute("PRAGMA busy_timeout = 50").fetchall()).result()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM turns").fetchone()
            assert not log.erase(a).clean
            assert log.status()["erasing_unfinished"]
            reader.execute("COMMIT")
        assert log.finish_erasing()
        assert residue(path) == 0
        assert log.status()["erasing_unfinished"] is None


def test_an_erased_person_is_gone_from_the_backups_within_seven_days(path: Path, clock: Clock) -> None:
    with Log.open(path, clock=clock) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        log.backup()
        log.erase(a)
        for _ in range(8):
            clock.now += timedelta(days=1)
            made = log.backup().path
            os.utime(made, (clock.now.timestamp(), clock.now.timestamp()))
            first = backups(path)[0]
            if first.name.startswith("20260601"):
                os.utime(first, (datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp(),) * 2)
        assert all(CANARY.encode() not in p.read_bytes() for p in backups(path))
        assert len(backups(path)) == 7


def test_erasing_works_on_a_full_disk_with_the_room_set_aside(path: Path) -> None:
    with Log.open(path) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        log.keep_spare()
        spare = beside(path, ".spare")
        assert spare.stat().st_size == 8 * 1024 * 1024
        tried: list[int] = []

        def work() -> str:
            tried.append(1)
            if spare.exists():
                log.writer.alone(_full).result()
            return "done"

        def _full(db: sqlite3.Connection) -> None:
            (count,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {count}").fetchall()
            try:
                db.execute("INSERT INTO meta VALUES ('big', ?)", ["x" * 100_000])
            finally:
                db.execute("PRAGMA max_page_count = 1000000").fetchall()

        assert log._with_spare(work) == "done"
        assert len(tried) == 2
        assert not spare.exists()


# -- purge -------------------------------------------------------------------------------------------------------


def test_calls_go_when_their_time_is_over_but_not_those_to_be_kept(path: Path, clock: Clock) -> None:
    with Log.open(path, clock=clock) as log:
        me, other = log.local().id, someone(log, 2)
        old, kept = call_of(log, me, CANARY), call_of(log, me, "keep")
        longer = call_of(log, other, "longer")
        log.set_kept(me, kept).result()
        log.change_settings(other, retention_days=400).result()
        clock.now += timedelta(days=89)
        fresh = call_of(log, me, "fresh")
        assert log.purge(90).calls == 0
        clock.now += timedelta(days=2)
        assert log.purge(90, trial=True).calls == 1
        assert len(log.calls(me)) == 3
        assert log.purge(90).calls == 1
        assert {c.session for c in log.calls(me)} == {kept, fresh}
        assert old not in {c.session for c in log.calls(me)}
        assert [c.session for c in log.calls(other)] == [longer]
        assert residue(path) == 0
        assert log.check() == []


def test_a_clock_ten_years_ahead_purges_nothing(path: Path, clock: Clock) -> None:
    with Log.open(path, clock=clock) as log:
        me = log.local().id
        for _ in range(30):
            call_of(log, me)
        clock.now += timedelta(days=3650)
        with pytest.raises(ClockDoubted, match="clock"):
            log.purge(90)
        call_of(log, me)  # held under the wrong clock
        with pytest.raises(ClockDoubted, match="30 of 31"):
            log.purge(90)
        assert len(log.calls(me)) == 31
        assert log.purge(90, force=True).calls == 30


def test_a_serve_that_was_here_yesterday_doubts_a_clock_far_ahead_even_with_calls_in_it(
    path: Path, clock: Clock
) -> None:
    from bot.delivery.housekeeping import keep_house

    with Log.open(path, clock=clock) as log:
        me = log.local().id
        call_of(log, me)
        keep_house(log, 90)
        clock.now += timedelta(days=365)
        call_of(log, me)
        keep_house(log, 90)
        assert len(log.calls(me)) == 2
        clock.now -= timedelta(days=364)
        keep_house(log, 90)
        assert log.facts()["heartbeat"].startswith("2026-06-02")


# -- backup --------------------------------------------------------------------------------------------------------


def test_a_backup_made_while_turns_are_kept_is_whole_and_holds_all_that_was_acknowledged(path: Path) -> None:
    with Log.open(path, durability="normal") as log:
        me = log.local().id
        stop, kept = threading.Event(), [0]

        def talk() -> None:
            while not stop.is_set():
                call_of(log, me, "one", "two")
                kept[0] += 1

        talking = threading.Thread(target=talk)
        talking.start()
        try:
            while kept[0] < 3:
                pass
            before = kept[0]
            made = log.backup()
        finally:
            stop.set()
            talking.join()
        assert made.calls >= before
        with Log.open(made.path) as copy:
            assert copy.check() == []
            assert len(copy.calls(me)) == made.calls


def test_a_backup_does_not_overwrite_and_a_bad_one_is_told_from_a_good(path: Path, tmp_path: Path) -> None:
    with Log.open(path) as log:
        call_of(log, log.local().id)
        target = tmp_path / "copy.db"
        assert log.backup(target).calls == 1
        with pytest.raises(LogFault, match="exists"):
            log.backup(target)
        with pytest.raises(LogFault):
            log.backup(tmp_path / "nowhere" / "copy.db")
    assert verify(target, Doors()).turns == 1
    with target.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))
    with pytest.raises(BadBackup):
        verify(target, Doors())
    target.write_text("no database")
    with pytest.raises(BadBackup):
        verify(target, Doors())
    assert not list(tmp_path.glob(".*new*"))


def test_seven_backups_of_seven_days_are_kept_and_the_newest_always(path: Path) -> None:
    with Log.open(path) as log:
        for _ in range(9):
            log.backup()
        assert len(backups(path)) == 7
        for old in backups(path):
            os.utime(old, (0, 0))
        newest = log.backup().path
        assert backups(path) == [newest]


# -- check -------------------------------------------------------------------------------------------------------


def test_a_gap_and_an_index_that_does_not_fit_are_found_and_the_index_is_mended(path: Path) -> None:
    with Log.open(path) as log:
        me = log.local().id
        session = call_of(log, me, "one", "two")
        log.search(me, "one")
        log.write(lambda d: d.execute("UPDATE turns_search_content SET c0 = 'other' WHERE c0 <> ''")).result()
        assert any("search index" in fault for fault in log.check())
        log.rebuild_index()
        assert log.check() == []
        log.write(lambda d: d.execute("DELETE FROM turns WHERE n = 1")).result()
        assert log.check() == [f"call {session} has a gap in its turns"]


def test_words_that_are_kept_as_nonsense_are_found_by_the_daily_check_and_hold_up_no_start(path: Path) -> None:
    with Log.open(path) as log:
        session = call_of(log, log.local().id, "one")
    with sqlite3.connect(path) as rotten:
        rotten.execute("PRAGMA ignore_check_constraints = ON")
        rotten.execute("UPDATE turns SET heard = '{' WHERE n = 1")
    rotten.close()
    with Log.open(path) as log:
        assert log.check() == [f"call {session} has a turn that cannot be read"]
        with pytest.raises(sqlite3.IntegrityError):  # and nothing of that kind is written by ourselves
            log.write(lambda d: d.execute("UPDATE turns SET rows = '{' WHERE n = 1")).result()


# -- export and import --------------------------------------------------------------------------------------------


def test_everything_of_a_person_comes_back_from_an_export_byte_for_byte(path: Path, tmp_path: Path) -> None:
    with Log.open(path) as log:
        a = someone(log, 4_815_162_342)
        session = everything(log, a, CANARY)
        log.branch(a, session, 2).result()
        out = json.dumps(log.export(a))
        assert "4815162342" not in out
    with Log.open(tmp_path / "other.db") as log:
        b = someone(log, 7)
        log.agree(b, "1").result()
        log.restore(b, json.loads(out))
        assert _without_person(json.dumps(log.export(b))) == _without_person(out)
        assert Session.resume(log, b, session).practice.turns == 8
        assert log.check() == []
        assert log.search(b, CANARY)


def _without_person(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    del data["person"]
    return data


def test_what_comes_in_twice_gets_ids_of_its_own_and_touches_nothing_that_is_there(path: Path) -> None:
    with Log.open(path) as log:
        a, b = someone(log, 1), someone(log, 2)
        everything(log, a, CANARY)
        out = log.export(a)
        new = log.restore(b, out)
        assert set(new).isdisjoint({s["session"] for s in out["sessions"]})
        assert log.export(a) == out
        log.erase(b)
        assert log.export(a) == out


@settings(max_examples=40, deadline=None)
@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["sessions", "turns_held", "n", "session", "drills", "scenario_as_called"]), x
            )
        ),
        max_leaves=12,
    )
)
def test_nonsense_is_no_export_and_leaves_nothing_behind(data: Any) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder) / "log.db", durability="normal") as log:
        me = log.local().id
        whole = {"format": "runner-up/1"} | (data if isinstance(data, dict) else {"sessions": data})
        before = log.export(me)
        try:
            log.restore(me, whole)
        except BadExport:
            assert log.export(me) == before
        with pytest.raises(BadExport):
            log.restore(me, data if not isinstance(data, dict) else [])


def test_an_encrypted_log_shows_nothing_on_the_disk_and_opens_with_its_key_alone(path: Path) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra 'encrypted' is not installed")
    key, other = "ab" * 32, "cd" * 32
    with Log.open(path, key=key) as log:
        me = log.local().id
        everything(log, me, CANARY)
        log.backup()
        assert log.search(me, CANARY)
        assert log.check() == []
        assert all(CANARY.encode() not in p.read_bytes() for p in path.parent.rglob("*") if p.is_file())
    for wrong in (None, other):
        with pytest.raises(LogFault, match="key"):
            Log.open(path, key=wrong)
    with Log.open(path, key=key) as log:
        assert log.erase(me).clean


def test_a_key_file_is_read_strictly_and_never_quoted(tmp_path: Path) -> None:
    from bot.log.encrypted import NoKey, read_key

    file = tmp_path / "key"
    file.write_text("ab" * 32 + "\n")
    assert read_key(file) == "ab" * 32
    for bad in ("ab" * 31, "zz" * 32, "", "ab" * 33):
        file.write_text(bad)
        with pytest.raises(NoKey) as caught:
            read_key(file)
        assert not bad or bad not in str(caught.value)
    with pytest.raises(NoKey):
        read_key(tmp_path / "nowhere")


# -- the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def host(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUNNER_UP_DB", str(path))
    read_settings.cache_clear()
    return path


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(db_command, list(args))
    assert result.exit_code == code, result.output
    return result.output


def test_a_host_sees_how_the_log_stands_and_no_content(host: Path) -> None:
    with Log.open(host) as log:
        everything(log, someone(log, 1), CANARY)
    for args in ((), ("status", "--json")):
        shown = run(*args)
        assert "3.40.1" in shown or "sqlite" in shown
        assert CANARY not in shown
    assert json.loads(run("status", "--json"))["calls"] == 1
    shown = CliRunner().invoke(doctor).output
    assert CANARY not in shown
    assert "sound" in shown


def test_the_commands_back_up_check_and_purge(host: Path, tmp_path: Path) -> None:
    with Log.open(host, clock=lambda: datetime.now(UTC) - timedelta(days=100)) as log:
        call_of(log, log.local().id)
    with Log.open(host, clock=lambda: datetime.now(UTC) - timedelta(days=20)) as log:
        call_of(log, log.local().id)
    assert "verified" in run("backup")
    assert json.loads(run("backup", str(tmp_path / "x.db"), "--json"))["calls"] == 2
    assert run("check") == "All is well.\n"
    assert json.loads(run("check", str(tmp_path / "x.db"), "--json")) == {"faults": []}
    assert "1 of 2 calls" in run("purge", "--dry-run")
    assert "1 of 2 calls" in run("purge", "--yes")
    assert "0 of 1 calls" in run("purge", "--yes")
    assert "version" in run("migrate")
    (tmp_path / "bad.db").write_text("x" * 5000)
    assert "damaged" in run("check", str(tmp_path / "bad.db"), code=65)


def test_a_refusal_is_one_sentence_with_its_exit_code(host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNNER_UP_DB", str(host.parent / "nowhere" / "log.db"))
    read_settings.cache_clear()
    shown = run(code=78)
    assert shown.startswith("Error: ")
    assert shown.count("\n") == 1
    monkeypatch.setenv("RUNNER_UP_PACE", "fast")
    read_settings.cache_clear()
    assert run(code=1) == "Error: RUNNER_UP_PACE is 'fast'; it wants a number from 0 to 10\n"
    result = CliRunner().invoke(doctor, ["--json"])
    assert result.exit_code == 1
    assert "RUNNER_UP_PACE" in result.output
    read_settings.cache_clear()
