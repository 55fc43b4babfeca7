"""A call is kept as a play, without the names in it."""

from __future__ import annotations

from pathlib import Path

from bot.log import Log
from bot.session import Session
from bot.transcripts.child import parse
from bot.transcripts.kept_plays import coverage, swapped
from tests.kept import GOOD, REAL, Run, a_call, ear
from tests.managers import manager


def test_a_kept_call_is_a_play_without_the_candidates_names(sessions: Run, log: Log, tmp_path: Path) -> None:
    line = "Hello, this is Maria Kowalski <greet> <introduce>, I'm at Siemens Energy, maria@x.org or +49 170 1234567."
    session = a_call(log, line, "Maria here again, why? <ask_open>")
    folder = tmp_path / "kept"
    done = sessions("keep", session, str(folder), "--claim", "A name is left out.")
    assert done.exit_code == 0, done.output
    assert folder.stat().st_mode & 0o777 == 0o700
    text = (folder / "a-name-is-left-out.txt").read_text()
    assert "# A name is left out." in text
    for secret in ("Maria", "Kowalski", "Siemens", "maria@", "1234567"):
        assert secret not in text
    assert "moves: " in done.stderr
    assert sessions("keep", session, str(folder), "--claim", "A name is left out.").exit_code == 1


def test_a_call_of_somebody_else_is_kept_only_with_their_agreement_and_stays_outside_the_log_when_they_delete(
    sessions: Run, log: Log, tmp_path: Path
) -> None:
    who = log.meet(7).result()
    log.agree(who.id, "1").result()
    line = "Hello, this is Canarina Name <greet> <introduce>, I'm at Canary Works, canary@x.org; canary words. Why? <ask_open>"
    session = Session.start(log, who.id, manager(), 1, ear=ear, hearing="1 light")
    session.hear(line)
    (public,) = log.row("SELECT public_id FROM people WHERE id = ?", [who.id]) or ("",)
    wanted = ("keep", session.id, str(tmp_path / "kept"), "--claim", "Kept.", "--person", public)
    refused = sessions(*wanted)
    assert refused.exit_code == 1
    assert "unless they agree" in refused.stderr
    assert not (tmp_path / "kept").exists()
    done = sessions(*wanted, "--agreed")
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


def test_calls_are_written_out_as_plays_and_a_play_reads_as_the_same_words(
    sessions: Run, log: Log, tmp_path: Path
) -> None:
    session = a_call(log, *GOOD)
    real = tmp_path / "real.txt"
    real.write_text(REAL)
    sessions("import", str(real), "--you", "sam")
    text = sessions("export", "--format", "play").stdout
    assert text.count("scenario: test") == 1  # a call with a real person is no play
    assert parse(text.encode(), "play").conversations[0].sayings[1].text.startswith("Sam here")
    assert sessions("export", session, "--format", "play").stdout.strip() == text.strip()


def test_a_play_without_a_claim_says_in_words_how_the_call_ended(sessions: Run, tmp_path: Path, log: Log) -> None:
    session = a_call(log, *GOOD[:2])
    held = Session.resume(log, log.local().id, session, ear=ear)
    held.hang_up()
    assert sessions("keep", session, str(tmp_path / "kept")).exit_code == 0
    (play,) = (tmp_path / "kept").glob("*.txt")
    assert play.read_text().startswith("# A call with Dana that was left without a goodbye.\n")
