"""The page of a call: no script, nothing remote, and no larger than it need be."""

from __future__ import annotations

from pathlib import Path

from bot.log import Log
from bot.rendering.html import page
from bot.session import Session
from bot.transcripts.writing import html_page
from tests.kept import GOOD, NASTY, Run, a_call, ear
from tests.managers import manager


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
    from bot.rendering.html import PageCall

    call, turns, times = log.call(me, session), log.turns(me, session), log.times(me, session)
    one = len(page([PageCall(call, turns[:1], times)]).encode())
    whole = len(page([PageCall(call, turns, times)]).encode())
    assert (whole - one) / (len(turns) - 1) <= 1000


def test_a_page_of_everything_holds_every_call(sessions: Run, log: Log, tmp_path: Path) -> None:
    a_call(log, *GOOD)
    a_call(log, "hi <greet>", seed=2)
    target = tmp_path / "all.html"
    assert sessions("export", "--format", "html", "-o", str(target)).exit_code == 0
    text = target.read_text()
    assert text.count("What was said") == 2
    ids = [part.split('"')[0] for part in text.split('id="')[1:]]
    assert len(ids) == len(set(ids))
    assert sessions("export", "--format", "html", "-o", str(target)).exit_code == 1


def test_a_page_of_an_open_call_keeps_its_envelope_sealed(sessions: Run, log: Log) -> None:
    truth = manager().truth
    session = Session.start(log, log.local().id, manager(), 1, ear=ear)
    session.hear("Sam here <introduce>")
    for page_of in ([session.id], []):
        shown = sessions("export", *page_of, "--format", "html").output
        assert "Sam here" in shown
        assert "still open" in shown
        assert truth not in shown
        assert "envelope" not in shown
    session.hear("Goodbye. <thank> <close>")
    assert truth in sessions("export", session.id, "--format", "html").output
