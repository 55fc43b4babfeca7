"""`runner-up progress`, `decode` and `real`, run as a user runs them; and the pictures, looked at as a machine can."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from PIL import Image

from bot.cli import main
from bot.log import Log
from bot.rendering import picture as drawn_with
from bot.rendering.picture import HEIGHT, MARKS, TALL_ENOUGH, WIDTH, mark, progress_picture, rapport
from bot.settings import BadSetting, Settings, settings
from dialogs.decode import Item
from dialogs.decode import drill as decoded
from dialogs.hearing.heard import Heard
from dialogs.likely_kinds import LikelyKinds, likely_kinds
from dialogs.moves import COSTLY
from dialogs.practice import Mood, Practice
from dialogs.progress import held, progress
from tests.managers import manager
from tests.test_review import BYE, HARBOUR, HELLO, ONWARD, READY
from tests.test_review import held as call_of


@dataclass(frozen=True)
class Ran:
    """What one run of the command came to."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The program with a log of its own."""
    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    settings.cache_clear()

    def go(*args: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode())))
        capsys.readouterr()
        code = 0
        try:
            main(list(args))
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    yield go
    settings.cache_clear()


@pytest.fixture
def a_call(tmp_path: Path, run: Run) -> str:
    """One call in that log, held well; its id."""
    practice = Practice(HARBOUR, 1)
    with Log.open(tmp_path / "log.db") as log:
        me = log.local().id
        session = log.begin(me, HARBOUR, 1, practice.begin()).result()
        for words, moves in (HELLO, READY, ONWARD, BYE):
            log.keep(me, session, practice.take(Heard.of(*moves.split(",")), words)).result()
    return session


# -- commands ------------------------------------------------------------------------------------------------


def test_progress_counts_the_calls_of_the_log(run: Run, a_call: str, tmp_path: Path) -> None:
    shown = run("progress")
    assert shown.stdout.startswith("1 call.")
    assert "openness" in shown.stdout
    told = json.loads(run("progress", "--json").stdout)
    assert told["calls"][0]["scenario"] == "harbour"
    assert {s["name"] for s in told["skills"]} >= {"opening", "groundwork", "question", "grace", "closing"}
    drawn = run("progress", "--picture", str(tmp_path / "p.png"))
    assert drawn.returncode == 0
    with Image.open(tmp_path / "p.png") as image:
        assert image.size == (WIDTH, HEIGHT)
    assert (tmp_path / "p.png").stat().st_mode & 0o077 == 0  # how somebody's calls went is theirs, as an export is
    nowhere = run("progress", "--picture", str(tmp_path / "no" / "p.png"))
    assert nowhere.returncode == 1
    assert "cannot be written" in nowhere.stderr


def test_an_empty_log_draws_nothing_and_says_so(run: Run, tmp_path: Path) -> None:
    assert "No calls yet" in run("progress").stdout
    refused = run("progress", "--picture", str(tmp_path / "p.png"))
    assert refused.returncode == 1
    assert "runner-up call" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_drill_asks_scores_and_remembers(run: Run) -> None:
    lines = [json.loads(line) for line in run("decode", "-n", "2", "--seed", "4", "--json").stdout.splitlines()]
    answers = "".join(f"{line['level']}\n90\n{line['reason_right'] + 1}\n" for line in lines)
    held = run("decode", "-n", "2", "--seed", "4", stdin=answers)
    assert held.returncode == 0
    assert held.stdout.count("Right.") >= 2
    assert json.loads(run("decode", "score", "--json").stdout)["hits"] == 1
    stopped = run("decode", "-n", "3", stdin="")
    assert stopped.returncode == 0
    assert json.loads(run("decode", "score", "--json").stdout)["count"] == 2


def test_a_drill_asks_again_for_what_is_no_percentage_and_tells_who_passes_what_is_behind_it(run: Run) -> None:
    (line,) = (json.loads(line) for line in run("decode", "-n", "1", "--seed", "4", "--json").stdout.splitlines())
    held = run("decode", "-n", "1", "--seed", "4", stdin=f"{line['level']}\ncertificate\n150\n60%\n\n")
    assert held.stderr.count("A number from 0 to 100, please, or just Enter.") == 2
    assert held.stdout.count("How sure are you") == 3 or held.stderr.count("How sure are you") == 3
    assert Item(**line).behind in held.stdout
    answers = {item.level: item.behind for item in decoded(2, 40)}
    assert answers[0].startswith("From this line nothing can be known. What was behind it: ")
    assert answers[3].startswith("What is behind it: ")


def test_bars_skills_and_levels_are_explained_where_they_are_shown(run: Run, a_call: str) -> None:
    shown = run("progress").stdout
    assert "Each bar is a call" in shown
    assert "0 no reason, 1 a formula, 2 a hint" in shown
    assert "groundwork: take the decision as settled" in shown
    drilled = run("decode", "-n", "1", stdin="1\n\n\n").stdout
    assert "Enter stops at any line" in drilled.splitlines()[1]
    assert "a bar a guess" in drilled
    assert "No calls with werk yet" in run("progress", "--scenario", "werk").stdout


def test_the_managers_are_listed_as_the_ladder_goes_up(run: Run) -> None:
    shown = run("scenarios")
    rungs = [line.split(".")[0] for line in shown.stdout.splitlines() if line[:1].isdigit()]
    assert rungs == list("123456789")
    assert "runner-up call NAME" in shown.stderr


def test_the_lines_of_a_call_of_ones_own_can_be_decoded(run: Run, a_call: str) -> None:
    for named in ("-", a_call):
        lines = run("decode", "--call", named, "--json").stdout.splitlines()
        assert [json.loads(line)["level"] for line in lines] == [2, 3]


def test_the_real_call_is_planned_made_and_learned_from(run: Run) -> None:
    assert "real plan" in run("real").stderr
    planned = run("real", "plan", "--company", "Harbour Mutual", "--job", "data analyst", "--fear", "exit story",
                  "--on", "tomorrow")  # fmt: skip
    assert planned.returncode == 0
    assert "leaving my last job" in planned.stdout
    assert "Harbour Mutual" in run("real").stdout
    assert run("real", "show").stdout == planned.stdout
    noted = json.loads(
        run("real", "happened", "--level", "3", "--reason", "exit story", "--told", "It was that.", "--json").stdout
    )
    assert noted["level"] == 3
    todo = [json.loads(line) for line in run("real", "todo", "--json").stdout.splitlines()]
    assert len(todo) == len(noted["todo"]) == 2
    assert run("real", "done", todo[0]["id"]).stdout.startswith("Done:")
    assert len(run("real", "todo", "--json").stdout.splitlines()) == 1
    assert run("real", "add", "Call my referee").returncode == 0
    assert "one concrete reason" in run("real").stdout


def test_what_came_of_it_is_asked_for_in_a_few_answers(run: Run) -> None:
    run("real", "plan", "--company", "Tern Ltd", "--job", "buyer")
    told = run("real", "happened", stdin="3\ncertificat\ncertificate\n2\nShe said to get it.\n")
    assert told.returncode == 0
    assert "did you mean 'certificate'?" in told.stderr
    assert "certificate" in told.stdout
    assert "Ring again in two weeks" in told.stdout, "a real possibility was named"
    assert "She said to get it." in run("real", "show").stdout
    nobody = run("real", "happened", stdin="n\n\n")
    assert nobody.returncode == 0
    assert "What was it" not in nobody.stderr


def test_a_level_is_typed_by_its_own_number_and_what_is_none_is_asked_for_again(run: Run) -> None:
    told = run("real", "happened", stdin="7\n\nyes\n2\n\n\n\n")
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("n when nobody was reached, or a level from 0 to 4") == 3
    assert "Error" not in told.stderr
    assert "  2  A hint at the direction" in told.stderr
    assert "level 2, a hint at the direction" in told.stdout


def test_who_leaves_the_questions_about_the_real_call_hears_what_to_do(run: Run) -> None:
    left = run("real", "happened", stdin="")
    assert left.returncode == 1
    assert "Nothing was noted" in left.stderr
    assert "real happened --level 2" in left.stderr


def test_nobody_knows_how_open_a_real_line_was(run: Run, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("Ana: Hello, why wasn't it me?\nKaren: It was a strong field.\n")
    session = run("sessions", "import", str(talk), "--you", "ana").stdout.strip()
    refused = run("decode", "--call", session)
    assert refused.returncode == 1
    assert f"runner-up sessions review {session}" in refused.stderr


def test_a_reminder_asked_for_in_the_terminal_is_shown_once_when_it_is_due(run: Run, tmp_path: Path) -> None:
    assert "--on tomorrow" in run("real", "plan", "--remind").stderr
    run("real", "plan", "--company", "Harbour Mutual", "--on", "2026-01-05", "--remind")
    with Log.open(tmp_path / "log.db") as log:
        assert log.due() == []  # nobody sends it to Telegram, where this person is not
    for command in (["progress"], ["call", "harbour"], ["real"]):
        told = run(*command, stdin="Hello, this is Sam Ortiz.\n").stderr
        assert ("Reminder: This was for 5 Jan 2026" in told) == (command == ["progress"])


@pytest.mark.parametrize("command", [["call", "harbour"], ["real", "todo"], ["progress", "--json"]])
def test_each_command_about_calls_shows_what_is_due(run: Run, command: list[str]) -> None:
    run("real", "happened", "--level", "1", "--remind")
    assert "Reminder" not in run(*command).stderr
    run("real", "plan", "--on", "2026-01-05", "--remind")
    told = run(*command, stdin="Hello.\n")
    assert told.stderr.count("Reminder: ") == 1
    assert "Reminder" not in told.stdout


def test_a_reminder_is_confirmed_with_what_when_where_and_how_to_stop_it(run: Run) -> None:
    planned = run("real", "plan", "--company", "Harbour Mutual", "--on", "2027-01-05", "--remind").stderr
    assert "from Tuesday 5 January 2027, 09:00 on" in planned
    assert "“Today is the day for your call to Harbour Mutual." in planned
    assert "the first call, progress or real command here says once" in planned
    stop = planned.strip().rsplit("runner-up ", 1)[1].split()
    assert stop[:2] == ["real", "cancel"]
    assert "Reminder" not in run("real", "plan", "--company", "Tern", "--on", "2027-01-06").stderr
    assert "No reminder will come." in run(*stop).stdout
    assert "not made" in run("real").stdout.splitlines()[0]
    assert "No reminder was set." in run("real", "cancel").stdout
    assert "nothing to call off" in run("real", "cancel").stderr


@pytest.mark.parametrize("over", [("cancel",), ("happened", "--level", "1")])
def test_a_call_that_is_over_leaves_the_reminder_of_another(run: Run, over: tuple[str, ...], tmp_path: Path) -> None:
    run("real", "plan", "--company", "Tern", "--on", "2027-01-05", "--remind")
    run("real", "plan", "--company", "Brook", "--on", "2027-01-05", "--remind")
    run("real", *over)
    with Log.open(tmp_path / "log.db") as log:
        assert ["Tern" in r["about"]["text"] for r in log.reminders(log.local().id)] == [True]


def test_what_came_of_it_says_which_call_it_is_filed_under(run: Run) -> None:
    run("real", "plan", "--company", "Tern Ltd", "--job", "buyer")
    which = json.loads(run("real", "list", "--json").stdout)["id"]
    asked = run("real", "happened", stdin="1\n0\n\n").stderr
    assert "This is about your call to Tern Ltd about the buyer job, planned on 20" in asked
    assert asked.index("This is about") < asked.index("What came of it?")
    assert f"Filed under {which}, your call to Tern Ltd about the buyer job." in asked
    again = run("real", "happened", which, "--level", "2").stderr
    assert "takes the place of what was noted before" in again
    on_the_spot = run("real", "happened", "--level", "1").stderr
    assert "a call that was not planned here" in on_the_spot


def test_who_leaves_the_questions_has_noted_nothing(run: Run) -> None:
    assert "No call is planned here" in run("real", "happened", stdin="").stderr
    assert run("real", "list", "--json").stdout == ""


def test_a_call_that_was_made_is_not_reminded_of(run: Run) -> None:
    run("real", "plan", "--on", "2026-01-05", "--remind")
    run("real", "happened", "--level", "1")
    assert "Reminder" not in run("progress").stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("real", "plan", "--fear", "certificat"), "did you mean 'certificate'?"),
        (("real", "plan", "--on", "someday"), "is no day"),
        (("real", "happened", "--level", "5"), "0 no reason at all, 1 a formula"),
        (("real", "happened", "--level", "1", "--door", "x"), "2 (a real possibility)"),
        (("real", "show"), "No real call is planned"),
        (("real", "done", "zzz"), "runner-up real todo"),
        (("real", "plan", "harbr"), "harbour"),
        (("decode", "--call", "nope"), "nope"),
    ],
)
def test_a_mistake_is_one_sentence(run: Run, args: tuple[str, ...], says: str) -> None:
    refused = run(*args)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""


# -- pictures ------------------------------------------------------------------------------------------------------


def test_a_call_is_drawn_with_words_beside_it() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, ("That's wrong.", "argue"))
    picture = rapport(scenario, turns, could=3)
    image = Image.open(BytesIO(picture.png))
    assert image.size == (picture.width, picture.height) == (WIDTH, HEIGHT)
    assert len(picture.png) < 60_000
    assert "turn 3, one concrete reason" in picture.alt
    assert "counter in turn 4" in picture.alt
    assert "The most that anyone gets" not in rapport(scenario, turns).alt


@pytest.mark.parametrize("count", [0, 1, 5, TALL_ENOUGH, 60])
def test_any_number_of_turns_fits(count: int) -> None:
    practice = Practice(manager(minutes=30, patience=4), 1)
    turns = [practice.begin()]
    moves = ["introduce", "accept", "ask_specific", "thank", "probe", "door", "commit"]
    while len(turns) <= count and not practice.ended:
        turns.append(practice.take(Heard.of(moves[len(turns) % len(moves)], words=1), "words"))
    picture = rapport(practice.scenario, turns, could=3)
    assert Image.open(BytesIO(picture.png)).size == (WIDTH, HEIGHT)
    assert picture.alt


def test_a_call_that_was_only_read_is_drawn_without_trust() -> None:
    nothing = Mood(None, None, None)  # type: ignore[arg-type]
    scenario, _, turns = call_of(HELLO, READY)
    read = [t._replace(mood=nothing, mood_before=nothing) for t in turns]
    assert "Trust" not in rapport(scenario, read).alt


def test_progress_is_drawn_for_any_number_of_calls() -> None:
    good = held(*call_of(HELLO, READY, ONWARD, BYE))
    machine = held(*call_of(("Hello", "greet"), scenario=manager(opening="voicemail")))
    for calls in ([good], [good, machine] * 4, [good] * 60):
        picture = progress_picture(progress(calls))
        assert Image.open(BytesIO(picture.png)).size == (WIDTH, HEIGHT)
        assert "all that could be opened" in picture.alt


def test_ink_stands_out_from_its_ground() -> None:
    for ink in (drawn_with.INK, drawn_with.FAINT, drawn_with.LINE, drawn_with.WARM, drawn_with.COSTLY):
        assert contrast(ink, drawn_with.GROUND) >= 4.5, ink


def contrast(a: str, b: str) -> float:
    """How far two colours are apart (WCAG 2): 4.5 can be read by most."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_costly_move_is_marked() -> None:
    assert set(MARKS) >= COSTLY
    _, _, turns = call_of(HELLO, ("You'll hear from my lawyer.", "threaten,ask_open"))
    assert mark(turns[-1])[0] == "threat"


def test_drawing_does_not_hold_up_others() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, BYE)
    rapport(scenario, turns)
    longest, last, done = 0.0, time.perf_counter(), threading.Event()
    thread = threading.Thread(target=lambda: (rapport(scenario, turns), done.set()))
    thread.start()
    while not done.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    thread.join()
    assert longest < 0.5


def test_nothing_is_drawn_or_loaded_before_it_is_asked_for() -> None:
    code = "import sys, bot.rendering.picture, dialogs.review, dialogs.progress; print('PIL' in sys.modules, 'telegram' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stdout.split() == ["False", "False"]


def test_progress_text_says_what_the_picture_says() -> None:
    calls = [held(*call_of(HELLO, READY, ONWARD, BYE, scenario=HARBOUR))]
    assert progress(calls).text in progress_picture(progress(calls)).alt


# -- a reason in one's own words -------------------------------------------------------------------------------

OWN_WORDS = (
    ("I couldn't start before June", "practical"), ("they need someone on site five days and I live two hours away", "practical"),
    ("I can't work weekends", "practical"), ("one of their own people got it", "internal"),
    ("it went to a colleague who was already there", "internal"), ("they promoted somebody from the team", "internal"),
    ("they ran out of money for the role", "budget"), ("hiring was stopped after the interviews", "budget"),
    ("the job doesn't exist any more", "budget"), ("I asked for too much money", "pay"), ("my salary expectations", "pay"),
    ("they couldn't afford me", "pay"), ("the other guy had done it for longer", "years"), ("I'm too new to this", "years"),
    ("not enough years in the trade", "years"), ("I don't have the truck licence", "certificate"),
    ("they wanted somebody with the AWS exam", "certificate"), ("missing my forklift ticket", "certificate"),
    ("my Excel isn't good enough", "qualification"), ("I couldn't do the coding task", "qualification"), ("my German is too weak", "qualification"),
    ("somebody was simply a bit better", "comparison"), ("the other finalist was stronger overall", "comparison"),
    ("they thought I'd get bored and leave", "overqualified"), ("I'm too senior for it", "overqualified"),
    ("I messed up the question about conflict", "answers"), ("I rambled when they asked about the team", "answers"),
    ("I froze on one question", "answers"), ("I gave no numbers", "unquantified"), ("too vague, no examples", "unquantified"),
    ("I couldn't say how much I saved them", "unquantified"), ("how I explained getting fired", "exit story"),
    ("I talked badly about my old boss", "exit story"), ("the gap in my CV and why I left", "exit story"),
    ("I hadn't read up on the company", "unprepared"), ("I didn't know what they make", "unprepared"),
    ("I hadn't looked at their website", "unprepared"), ("I seemed bored", "interest"), ("they thought I wasn't that keen", "interest"),
    ("I asked no questions", "interest"), ("my old manager said something bad about me", "references"),
    ("the reference from my last job", "references"), ("a typo in my cover letter", "application"),
    ("I put the wrong company name in the letter", "application"), ("spelling mistakes in my CV", "application"),
    ("I came ten minutes late", "presentation"), ("I wore trainers", "presentation"), ("my clothes weren't smart enough", "presentation"),
    ("I had spinach in my teeth", "faux pas"), ("my phone rang in the middle of it", "faux pas"), ("I told a joke that fell flat", "faux pas"),
    ("we just didn't click", "dislike"), ("they didn't like me", "dislike"), ("I wouldn't fit in with the team", "dislike"),
)  # fmt: skip
"""How people may say it: written before the reader was, and none of it is told to it. How sure it has to be was chosen with these in sight."""


def test_a_reason_in_ones_own_words_is_among_the_nearest_and_what_is_clear_is_right() -> None:
    found = [(likely_kinds(words), kind) for words, kind in OWN_WORDS]
    assert sum(kind in near.likeliest for near, kind in found) >= 0.9 * len(found)
    clear = [(near.likeliest[0], kind) for near, kind in found if near.clear]
    assert len(clear) >= 0.5 * len(found)
    assert sum(a == b for a, b in clear) >= 0.95 * len(clear)
    assert likely_kinds("asdf") == likely_kinds("") == LikelyKinds((), False)


def test_what_is_feared_and_what_came_may_be_said_in_ones_own_words(run: Run) -> None:
    planned = run("real", "plan", "--company", "Tern", "--fear", "I don't have the truck licence")
    assert "Was it a certificate I don't have yet?" in planned.stdout
    assert (
        "I take “I don't have the truck licence” as: a missing certificate or licence (certificate)." in planned.stderr
    )
    came = run("real", "happened", stdin="3\nI messed up the question about conflict\nanswers\n0\n\n")
    assert came.returncode == 0
    assert "may be several things. The nearest, with the word to type:" in came.stderr
    assert re.search(r"answers +an answer in the interview", came.stderr)
    assert "say it aloud three times" in came.stdout


def test_the_same_plan_looked_at_again_is_one_call_and_plans_are_told_apart_by_fear_and_day(run: Run) -> None:
    first = run("real", "plan", "--fear", "pay").stderr
    again = run("real", "plan", "--fear", "pay", "--other-words").stderr
    assert "Kept as" in first
    assert "Kept already as" in again
    run("real", "plan", "--fear", "years", "--on", "3d")
    run("real", "plan", "--fear", "years", "--on", "3d")
    listed = run("real").stdout.splitlines()
    assert len(listed) == 2
    assert re.search(r"planned on 20.*feared: pay", listed[0])
    assert re.search(r"planned for 20.*feared: years", listed[1])


def test_a_log_in_memory_is_refused_in_one_line_that_says_what_to_do() -> None:
    with pytest.raises(BadSetting, match="kept in a file; name one"):
        Settings.read({"RUNNER_UP_DB": ":memory:"})


FEARS = (
    ("that i talk too much", "answers"), ("she said i talked to much in the interveiw", "answers"), ("i talk to much", "answers"),
    ("my answers were too long", "answers"), ("i rambel on", "answers"), ("i was too nervous", "answers"),
    ("i had no expereince", "years"), ("not enough experience", "years"), ("salery", "pay"), ("i knew nothing about them", "unprepared"),
    ("i was late", "presentation"), ("no drivers license", "certificate"), ("i swore once", "faux pas"), ("bad chemistry", "dislike"),
    ("my refrence was bad", "references"), ("i got fired from the last job", "exit story"), ("an internal candidat got it", "internal"),
    ("the job was cut", "budget"), ("i live to far away", "practical"), ("i cant work nights", "practical"), ("overqualifed", "overqualified"),
)  # fmt: skip
UNCERTAIN = (
    "my age",
    "my accent",
    "everything",
    "i dont know",
    "the weather was bad",
    "too much of everything",
    "one of a kind",
)


@pytest.mark.parametrize(("words", "kind"), FEARS)
def test_a_fear_told_with_its_slips_of_typing_is_taken_for_what_it_is(words: str, kind: str) -> None:
    found = likely_kinds(words)
    assert (found.likeliest[0], found.clear) == (kind, True)


@pytest.mark.parametrize("words", UNCERTAIN)
def test_words_that_are_near_to_no_reason_are_never_taken_for_one(words: str) -> None:
    assert not likely_kinds(words).clear


def test_who_fears_something_unclear_is_offered_the_nearest_and_nothing_is_cut_in_a_word(run: Run) -> None:
    asked = run(
        "real", "plan", "--fear", "he looked at me in a strange way whenever the weather was mentioned by anybody"
    )
    assert asked.returncode == 1
    assert "may be several things" in asked.stderr or "which reason" in asked.stderr
    assert "weather was …'" in asked.stderr
    near = asked.stderr.split("to type:")[1].split("The others")[0]
    assert len(near.strip().splitlines()) >= 2
