"""The HTML page of a call and the Datasette view, looked at by axe-core in a headless Chromium. Skipped, and said, without one."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.datasette import CLOSED, command, metadata
from bot.log import Log
from bot.transcripts.writing import html_page
from tests.browser import Browser, browser, missing
from tests.kept import GOOD, NASTY, a_call
from tests.serving import free_port

needs_browser = pytest.mark.skipif(bool(missing()), reason=missing())
needs_datasette = pytest.mark.skipif(importlib.util.find_spec("datasette") is None, reason="datasette is not installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    with Log.open(tmp_path_factory.mktemp("log") / "runner-up.db", durability="normal") as log:
        a_call(log, NASTY, *GOOD[1:])
        yield log


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_a_page_has_no_accessibility_violation_and_fetches_nothing(
    chromium: Browser, log: Log, tmp_path: Path, width: int, dark: bool
) -> None:
    file = tmp_path / "call.html"
    file.write_text(html_page(log, log.local().id), encoding="utf-8")
    chromium.open(file.as_uri(), width=width, dark=dark)
    assert chromium.run("return performance.getEntriesByType('resource').length") == 0
    assert chromium.run("return document.scripts.length") == 0
    assert chromium.run("return document.documentElement.scrollWidth") <= width
    assert chromium.violations() == []


def test_the_canned_queries_run_on_the_views(log: Log) -> None:
    about = metadata("runner-up")["databases"]["runner-up"]
    session = log.calls(log.local().id)[0].session
    for query in about["queries"].values():
        assert log.rows(query["sql"], {"call": session} if ":call" in query["sql"] else ())  # type: ignore[arg-type]


def test_datasette_listens_on_the_loopback_alone_and_takes_no_other_sql(tmp_path: Path) -> None:
    words = command(Path("/x/runner-up.db"), tmp_path)
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert words[words.index("default_allow_sql") + 1] == "off"
    assert not {"-i", "--immutable", "--root"} & set(words)


@pytest.fixture(scope="module")
def site(log: Log, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    words = command(log.path, tmp_path_factory.mktemp("site"), port)
    served = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/runner-up"
    finally:
        served.terminate()
        served.wait(20)


@needs_datasette
def test_in_datasette_other_sql_and_peoples_rows_are_refused(site: str) -> None:
    for address in (f"{site}.json?sql=select+1", f"{site}/people.json"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address, timeout=20)  # noqa: S310


def test_all_tables_of_a_log_are_closed_and_the_views_are_not(log: Log) -> None:
    there = log.rows("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')")
    assert {row[1] for row in there if row[0] == "table"} <= set(CLOSED)
    assert {row[1] for row in there if row[0] == "view"} == {"calls", "transcript"}


def got(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as page:  # noqa: S310
        return str(page.read().decode())


@needs_datasette
def test_in_datasette_every_link_of_the_first_page_leads_somewhere(site: str, log: Log) -> None:
    session = log.calls(log.local().id)[0].session
    top = site.rpartition("/")[0]
    links = set(re.findall(r'href="(/[^"]*)"', got(f"{top}/")))
    assert {"/runner-up/latest_calls", "/runner-up/transcript_of", "/runner-up/calls"} <= links
    for link in links:
        got(f"{top}{link}")
    assert f'href="/runner-up/transcript_of?call={session}"' in got(f"{site}/latest_calls")


PAGES = (
    "/",
    "",
    "/latest_calls",
    "/levels_by_scenario",
    "/moves_heard",
    "/transcript_of",
    "/transcript_of?call=none",
    "/people",
)


@needs_datasette
@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_in_datasette_no_page_has_a_violation_or_scrolls_sideways(
    chromium: Browser, site: str, log: Log, width: int, dark: bool
) -> None:
    session = log.calls(log.local().id)[0].session
    for page in (*PAGES, f"/transcript_of?call={session}"):
        chromium.open(f"{site}{page}" if page != "/" else site.rpartition("/")[0], width=width, dark=dark)
        assert chromium.run("return document.documentElement.scrollWidth") <= width, page
        assert chromium.violations() == [], page
        paper = chromium.run("return getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(20, 24, 29)") is dark, page


@needs_datasette
@needs_browser
def test_in_datasette_a_call_that_is_not_there_is_said(chromium: Browser, site: str) -> None:
    chromium.open(f"{site}/transcript_of?call=zzzz", width=320, dark=False)
    assert "There is no call “zzzz”" in chromium.run("return document.querySelector('main').innerText")


@needs_datasette
@needs_browser
def test_in_datasette_a_call_reads_as_a_conversation(chromium: Browser, site: str, log: Log) -> None:
    session = log.calls(log.local().id)[0].session
    chromium.open(f"{site}/transcript_of?call={session}", width=800, dark=False)
    assert chromium.run("return document.querySelectorAll('.talk li').length") >= 8
    assert chromium.run("return document.querySelectorAll('.talk li.you').length") == 4
    assert "<script>alert(1)</script>" in chromium.run("return document.querySelector('.talk li.you').innerText")


@needs_datasette
@needs_browser
def test_in_datasette_the_level_of_an_answer_is_told_once_under_its_last_line(
    chromium: Browser, site: str, log: Log
) -> None:
    session = a_call(log, *GOOD)
    told = {turn.n for turn in log.turns(log.local().id, session) if turn.level is not None}
    chromium.open(f"{site}/transcript_of?call={session}", width=800, dark=False)
    words = chromium.run("return [...document.querySelectorAll('.talk li')].map(x=>x.innerText).join(' ')")
    assert len(re.findall(r"this answer: level \d, \w+", words)) == len(told) > 0
