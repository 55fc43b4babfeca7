"""Replay tells what the present program makes of a call that was held, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.log import Log
from bot.replay import Kept, Present, replay_kept, replay_play
from bot.session import Session
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.practice import ENGINE, Practice
from dialogs.scenario import Scenario
from dialogs.scenes import Line, Speaker
from dialogs.transcript import read_play, write_play
from tests.managers import manager

SAID = ("Hello, Sam Ortiz here.", "Could I ask what made the difference?", "Thanks, goodbye.")
HEARD = {
    SAID[0]: Heard.of("greet", "introduce"),
    SAID[1]: Heard.of("ask_open"),
    SAID[2]: Heard.of("thank", "close"),
}


def ear(text: str, cue: Cue) -> Heard:
    return HEARD.get(text, Heard.of("other"))


def deaf(text: str, cue: Cue) -> Heard:
    return Heard.of("argue") if text == SAID[1] else ear(text, cue)


def held(scenario: Scenario, seed: int = 1) -> Kept:
    practice = Practice(scenario, seed, ear=ear)
    turns = [practice.begin(), *(practice.hear(text) for text in SAID)]
    return Kept("k7p2", seed, turns, scenario, ENGINE, "9 light")


def present(scenario: Scenario | None, version: str = "9 light", listen: object = ear) -> Present:
    return Present(lambda name: scenario, lambda weight: (version, listen))  # type: ignore[arg-type,return-value]


def test_a_call_of_the_same_scenario_rules_and_hearing_replays_without_a_difference() -> None:
    kept = held(manager())
    replayed = replay_kept(kept, present(kept.scenario))
    assert (replayed.differences, replayed.broken, replayed.notes) == ((), False, ())
    assert list(replayed.turns) == list(kept.turns)


def test_a_difference_where_nothing_is_newer_is_a_break() -> None:
    kept = held(manager())
    replayed = replay_kept(kept, present(kept.scenario, listen=deaf))
    assert replayed.broken
    assert {d.what for d in replayed.differences} == {"heard", "phase", "level", "words"}


def test_a_newer_hearing_changes_calls_without_breaking_them() -> None:
    kept = held(manager())
    replayed = replay_kept(kept, present(kept.scenario, "10 light", deaf))
    assert replayed.differences
    assert not replayed.broken
    assert replayed.notes == ("hearing was '9 light' then and is '10 light' now",)


def test_an_edited_scenario_shows_what_it_would_change() -> None:
    kept = held(manager())
    replayed = replay_kept(kept, present(manager(house="burned")))
    assert [(d.n, d.what) for d in replayed.differences if d.what == "level"] == [(2, "level")]
    assert not replayed.broken


def test_a_call_whose_scenario_is_gone_is_held_with_the_kept_one() -> None:
    kept = held(manager())
    replayed = replay_kept(kept, present(None))
    assert not replayed.differences
    assert "there is no scenario 'test' now" in replayed.notes[0]


def test_a_logged_turn_that_the_rules_cannot_have_given_is_a_break() -> None:
    kept = held(manager())
    forged = kept.turns[2]._replace(level=4)
    replayed = replay_kept(replace(kept, turns=[*kept.turns[:2], forged, kept.turns[3]]), present(kept.scenario, "10"))
    assert replayed.broken
    assert [(d.n, d.what, d.was, d.now) for d in replayed.differences] == [(2, "level", "4", "1")]


def test_a_play_that_was_written_replays_without_a_difference() -> None:
    kept = held(manager())
    play = read_play(write_play(kept.scenario, 1, kept.turns))
    assert replay_play(play, "a.txt", kept.scenario, ear).differences == ()


@pytest.mark.parametrize(
    ("wrong", "what", "n"),
    [
        ("[greet → opening]", "heard", 1),
        ("[greet, introduce → closing]", "phase", 1),
        ("[greet, introduce → opening, level 2]", "level", 1),
        ("[greet, introduce -> opening]", None, 1),
        ("[greet, introduce]", None, 1),
    ],
)
def test_a_bracket_line_is_compared_as_far_as_it_goes(wrong: str, what: str | None, n: int) -> None:
    text = f"scenario: test\n\nYou: {SAID[0]}\n     {wrong}\n"
    replayed = replay_play(read_play(text), "a.txt", manager(), ear)
    assert [(d.n, d.what) for d in replayed.differences] == ([(n, what)] if what else [])


def test_a_play_with_nothing_but_the_candidate_has_nothing_to_compare() -> None:
    text = "scenario: test\n\n" + "".join(f"You: {s}\n" for s in SAID)
    assert replay_play(read_play(text), "a.txt", manager(), ear).differences == ()


def test_words_of_hers_that_are_others_now_are_shown_side_by_side() -> None:
    text = f"scenario: test\n\nYou: {SAID[0]}\nDana: Never said.\n"
    replayed = replay_play(read_play(text), "a.txt", manager(), ear)
    assert replayed.differences[0].was == "Dana: Never said."
    assert str(replayed.differences[0]).startswith("turn 1, words: was Dana: Never said.; now Dana: ")


def test_words_after_the_end_are_a_difference() -> None:
    text = "scenario: test\n\n" + "".join(f"You: {s}\n" for s in (*SAID, "One more.", "And one."))
    replayed = replay_play(read_play(text), "a.txt", manager(), ear)
    assert [(d.n, d.what, d.now) for d in replayed.differences] == [(4, "end", "it has ended; 2 not said")]


# -- the command ----------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    from bot.settings import settings

    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    settings.cache_clear()
    yield lambda *args, **kwargs: CliRunner().invoke(cli, list(args), **kwargs)
    settings.cache_clear()


CALLS = Path(__file__).parent / "calls"


def test_a_play_of_the_candidates_lines_alone_gives_one_json_object(run) -> None:  # type: ignore[no-untyped-def]
    done = run("replay", "--json", "-", input="scenario: harbour\n\nYou: Hello, this is Sam Ortiz.\n")
    row = json.loads(done.stdout)
    assert (done.exit_code, row["file"], row["turns"], row["differences"]) == (0, "-", 1, [])


def test_check_is_quiet_and_exits_1_on_a_difference(run) -> None:  # type: ignore[no-untyped-def]
    play = "scenario: harbour\n\nYou: Hello, this is Sam Ortiz.\n     [threaten → ended]\n"
    done = run("replay", "--check", "-", input=play)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0].startswith("-: turn 1, heard: was threaten; now ")
    assert run("replay", "-", input=play).exit_code == 0


def test_one_unreadable_file_does_not_hide_the_others(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    good = tmp_path / "a.txt"
    good.write_text("scenario: harbour\n\nYou: Hello.\n")
    bad = tmp_path / "b.txt"
    bad.write_text("scenario: nobody\n\nYou: Hello.\n")
    done = run("replay", "--json", str(bad), str(good), "nosuchid")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["turns"] for r in rows] == [0, 1, 0]
    assert done.exit_code == 1
    assert "There is no scenario 'nobody'" in done.stderr


def test_a_logged_call_replays_without_a_difference(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from bot.hearing import Ears
    from bot.library import find

    version, listen = Ears("light")()
    with Log.open(tmp_path / "log.db") as log:
        session = Session.start(log, log.local().id, find("harbour"), 5, ear=listen, hearing=version)
        session.hear("Hello, this is Sam Ortiz, I interviewed for the analyst role.")
        session.hear("")
        session.hang_up()
        name = session.id
    done = run("replay", "--json", name[:5])
    row = json.loads(done.stdout)
    assert (done.exit_code, row["turns"], row["differences"], row["file"]) == (0, 3, [], name)


def test_what_was_said_to_somebody_in_distress_stays_in_the_words_it_was_said_in() -> None:
    def hears(text: str, cue: Cue) -> Heard:
        return Heard(aside=Aside.DISTRESS) if text == SAID[1] else ear(text, cue)

    scenario = manager()
    practice = Practice(scenario, 1, ear=hears)
    turns = [practice.begin(), *(practice.hear(text) for text in SAID)]
    earlier = tuple(Line(Speaker.COACH, f"Words of an earlier version, {n}.", "care") for n in (1, 2))
    turns[2] = turns[2]._replace(lines=earlier)
    kept = Kept("k7p2", 1, turns, scenario, ENGINE, "9 light")
    for version in ("9 light", "10 light"):
        replayed = replay_kept(kept, present(scenario, version, hears))
        assert (replayed.differences, replayed.broken) == ((), False)
        assert replayed.turns[2].lines == earlier
    play = read_play(write_play(scenario, 1, turns))
    again = replay_play(play, "a.txt", scenario, hears)
    assert not again.differences
    assert again.turns[2].says == turns[2].says
