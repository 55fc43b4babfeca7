"""A real call is brought in, read, told what was meant, and becomes a scenario to try again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.log import Log
from bot.transcripts import Imported, Saying
from bot.transcripts.keeping import keep
from bot.transcripts.talk import Conversation
from dialogs.doors import opened_door
from dialogs.postmortem import telling
from tests.kept import GOOD, REAL, Run, a_call, ear


def test_a_real_call_is_brought_in_and_read_line_by_line(sessions: Run, tmp_path: Path, log: Log) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL)
    assert "Which of these is you: Sam or Dana?" in sessions("import", str(file)).stderr
    assert "you are Sam" in sessions("import", str(file), "--you", "sam", "--dry-run").stdout
    assert sessions().stdout == ""
    session = sessions("import", str(file), "--you", "sam").stdout.strip()
    row = json.loads(sessions("review", session, "--json").stdout)
    levels = [line["level"] for line in row["lines"]]
    assert levels[:2] == [1, 3]
    assert levels[-1] == 0
    assert all(0 < line["sure"] <= 1 for line in row["lines"])
    text = sessions("review", session).stdout
    for title in ("Line by line", "Where it opened", "Where it shut", "What to ask next time"):
        assert title in text
    assert [c["kind"] for c in json.loads(sessions("--json").stdout)] == ["imported"]
    assert "the other side" not in sessions("show", session, "--full").stdout


def test_a_call_that_was_brought_in_is_marked_in_the_list_and_one_that_was_practised_is_not(
    sessions: Run, tmp_path: Path, log: Log
) -> None:
    (tmp_path / "real.txt").write_text(REAL)
    session = sessions("import", str(tmp_path / "real.txt"), "--you", "sam").stdout.strip()
    practised = a_call(log, *GOOD)
    marked = {line.split()[0]: "  imported, ended " in line for line in sessions().stdout.splitlines()}
    assert marked == {session: True, practised: False}


def test_what_was_meant_in_a_real_call_and_how_open_it_was_can_be_told(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL)
    session = sessions("import", str(file), "--you", "sam").stdout.strip()
    first = json.loads(sessions("review", session, "--json").stdout)["lines"][0]
    assert "ask_specific" in sessions("meant", session, str(first["n"])).stdout
    assert sessions("meant", session, str(first["n"]), "--level", "4").exit_code == 0
    told = json.loads(sessions("review", session, "--json").stdout)["lines"][0]
    assert (told["level"], told["sure"]) == (4, 1.0)
    assert "put right by you" in sessions("review", session).stdout
    assert sessions("meant", session, "1", "vent").exit_code == 0
    assert "did you mean" not in sessions("meant", session, "1").stdout
    assert "meant:  vent" in sessions("meant", session, "1").stdout


def test_what_was_meant_in_practice_counts_in_its_review(sessions: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    before = json.loads(sessions("review", session, "--json").stdout)["debrief"]["checks"]
    assert sessions("meant", session, "1", "threaten").exit_code == 0
    after = json.loads(sessions("review", session, "--json").stdout)["debrief"]["checks"]
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
    sessions: Run, log: Log, args: tuple[str, ...], says: str
) -> None:
    session = a_call(log, *GOOD)
    done = sessions("meant", session, *args)
    assert done.exit_code == 1
    assert says in done.stderr


def test_a_transcript_of_a_real_call_replays_as_it_is_heard_now(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL)
    done = CliRunner().invoke(cli, ["replay", "--json", "--you", "Sam", str(file)])
    row = json.loads(done.stdout)
    assert (done.exit_code, row["turns"], row["differences"]) == (0, 4, [])


def test_a_real_call_becomes_a_scenario_to_try_again(sessions: Run, tmp_path: Path) -> None:
    from dialogs.scenario import read_scenario

    file = tmp_path / "real.txt"
    file.write_text(REAL)
    session = sessions("import", str(file), "--you", "sam").stdout.strip()
    made = tmp_path / "dana.yaml"
    assert sessions("scenario", session, "-o", str(made)).exit_code == 0
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


def test_a_long_line_is_quoted_by_the_sentence_that_tells_most() -> None:
    line = (
        "Thank you for coming in last week, we all enjoyed meeting you. You don't have the pharmacy licence, and the other person does. "
        "We wish you all the best and hope that our paths cross again."
    )
    assert telling(line) == "… You don't have the pharmacy licence, and the other person does. …"
    assert telling("It was a strong field. All the best.") == "It was a strong field. All the best."


MAIL = """From: Dana Whitfield <careers@harbour.example>
Subject: Your application

Dear Sam,

You don't have the driving licence, and the other finalist does.
Get it this winter and apply again in spring.

Kind regards,
Dana
"""


def test_a_scenario_of_a_mail_has_its_words_as_they_would_be_said(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(MAIL)
    session = sessions("import", str(file)).stdout.strip()
    made = sessions("scenario", session).stdout
    assert "You don't have the driving licence, and the other finalist does. Get it this winter" in made
    for word in ("Dear", "regards"):
        assert word not in made
    assert "before your first letter" in " ".join(sessions("review", session).stdout.split())


def test_a_letter_has_no_goodbye_before_which_something_could_be_asked(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(MAIL.replace(" and apply again in spring", ""))
    session = sessions("import", str(file)).stdout.strip()
    told = " ".join(sessions("review", session).stdout.split())
    assert "As the last sentence: “If something falls through, or opens later" in told
    assert "goodbye" not in told.lower()
    assert "outcome: not noted" in told
    assert "Ask. One sentence" not in told  # she has told the reason: what to ask is about that


def test_a_door_that_the_manager_opened_is_taken_up_and_not_asked_for(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(MAIL)
    session = sessions("import", str(file)).stdout.strip()
    told = " ".join(sessions("review", session).stdout.split())
    assert "Dana opened a door: “Get it this winter and apply again in spring.” Take it up in so many words" in told
    assert "may I write to you" not in told


@pytest.mark.parametrize(
    ("line", "door"),
    [
        ("It was close. Do try us again in the spring. Bye now.", "Do try us again in the spring."),
        ("I’d have no hesitation in telling you to apply again.", "I’d have no hesitation in telling you to apply again."),
        ("If she drops out I'll ring you first.", "If she drops out I'll ring you first."),
        ("There's another post coming up in June.", "There's another post coming up in June."),
        ("We will keep your details on file.", ""),
        ("I don't expect another post to come up in the spring.", ""),
        ("Please don't contact us about this again.", ""),
        ("I'm sorry, can you say that again?", ""),
        ("We've had to look again at headcount.", ""),
        ("I'd like to thank you again for coming in.", ""),
    ],
)  # fmt: skip
def test_an_invitation_is_a_door_and_a_courtesy_or_a_no_is_none(line: str, door: str) -> None:
    assert opened_door(line) == door


def test_of_a_long_letter_a_scenario_says_what_tells_something(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    kind = "It was a great pleasure to have you here, and everybody who met you has spoken warmly of you since. "
    file.write_text(MAIL.replace("You don't", 3 * kind + "You don't"))
    session = sessions("import", str(file)).stdout.strip()
    says = sessions("scenario", session).stdout.partition("says:")[2]
    assert "great pleasure" not in says
    assert "licence" in says


def test_the_truth_of_a_made_scenario_is_the_reason_and_not_the_advice_alone(sessions: Run, tmp_path: Path) -> None:
    file = tmp_path / "real.txt"
    advice = "Get the licence this winter, put the date at the top of your CV, and apply again in spring."
    file.write_text(
        REAL.split("Sam: That is unfair")[0] + f"Sam: Thank you. What would you do in my place?\nDana: {advice}\n"
    )
    session = sessions("import", str(file), "--you", "sam").stdout.strip()
    made = sessions("scenario", session).stdout
    truth = next(line for line in made.splitlines() if line.startswith("truth:"))
    assert truth.endswith(f"You didn't have the driving licence, and the other finalist did. {advice}")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Recruiter", "The recruiter told"),
        ("Dana Whitfield", "Dana told"),
        ("HR", "HR told"),
        ("Mrs Hart", "Mrs Hart told"),
        ("Mr. G. Dunne", "Mr. Dunne told"),
        ("Whitfield, Dana (HR)", "Dana told"),
        ("SPEAKER_01", "The other side told"),
        ("+44 7700 900123", "The other side told"),
    ],
)
def test_the_review_speaks_of_a_recruiter_without_a_name_as_the_recruiter(
    sessions: Run, tmp_path: Path, name: str, called: str
) -> None:
    file = tmp_path / "real.txt"
    file.write_text(REAL.split("Sam: That is unfair")[0].replace("Dana:", f"{name}:"))
    session = sessions("import", str(file), "--you", "sam").stdout.strip()
    assert f"{called} you the reason." in " ".join(sessions("review", session).stdout.split())
