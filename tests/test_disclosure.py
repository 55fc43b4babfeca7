"""The reader of a manager's line says how open it is, and how sure it is of that."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import disclosure, hearing
from dialogs.disclosure import CONCEPTS, UNSURE, WEIGHTS, fits, read_line, tempered
from dialogs.postmortem import postmortem
from tools.disclosure.lines import EXAMINATION, written

# Written for this test, by another hand than the lines it learned from, and never taught.
PLAIN = [
        (0, "I'm not able to give any feedback about that, I'm afraid."),
        (0, "Our lawyers won't let me say why."),
        (1, "We decided to go with another candidate who was a closer match."),
        (1, "It was a very strong field this year."),
        (2, "It was more about experience, broadly speaking."),
        (3, "You don't have the pharmacy licence, and the other person does."),
        (3, "You were half an hour late for the interview."),
        (4, "You had no figures in your answers. Next time write down three results with numbers, and practise saying them."),
]  # fmt: skip


HIDDEN = [
    (3, "Thank you again for coming in last week, we all enjoyed meeting you and hearing about your work. I'm sorry to say that we have decided to offer the role to another candidate. It was close. The other person has run campaigns in French for three years, which is most of what we will be doing next year. I do wish you all the best."),
    (3, "Many thanks for your patience, and for the two long days you gave us. We talked about it for a good while and everybody spoke warmly of you. As the labs are moving to Lyon in March and you can't, we've gone another way. I hope we meet again."),
    (3, "It was a pleasure to have you here, and the children have asked after you. You'd never worked with a sign language interpreter, and two of the class need one. Thank you for your song, and good luck with everything."),
    (3, "Dear Mr Hale, we thank you for your application and for the very pleasant conversation. In the meantime the regional council has taken back its share of the money, so that the project ends in June. With our best wishes for your future."),
    (3, "I enjoyed every minute of it and so did the team. You hung up on the test customer when he swore, and that's the one thing they're strict about. Take care, and thanks for the biscuits."),
    (1, "Thank you again for coming in last week, we all enjoyed meeting you and hearing about your work. I'm sorry to say that we have decided to offer the role to another candidate. It was close, and we looked at all sides of it. I do wish you all the best."),
    (1, "We measured each of you against the same nine points, with marks from one to five, and two colleagues who hadn't met you checked the sums. Another applicant came out ahead of you. Thank you for a very good application."),
    (1, "The reasons were discussed at length and come down to this: of several excellent people we could take one. Please think of us again."),
]  # fmt: skip
"""A reason in one clause amid courtesies, and formulas in its clothes."""


def test_a_reason_in_one_clause_amid_courtesies_is_read_and_a_formula_in_its_clothes_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hearing, "_ear", hearing.Ear("full"))
    right = [read_line(line).level == level for level, line in HIDDEN]
    assert sum(right) >= 7  # one may lie between two levels when the encoder is taught anew


@pytest.mark.parametrize(("level", "line"), PLAIN)
def test_a_plain_line_is_read_as_any_reader_would(level: int, line: str) -> None:
    assert read_line(line).level == level


@settings(deadline=None, max_examples=60)  # the first line loads the encoder, and a busy machine takes its time
@given(st.text(max_size=300))
def test_any_text_has_a_level_and_chances_that_add_up(line: str) -> None:
    reading = read_line(line)
    assert reading.level in range(5)
    assert reading.sure == max(reading.chances)
    assert abs(sum(reading.chances) - 1) < 0.001
    assert 0 <= reading.answers <= 1


@pytest.mark.parametrize(
    "line", ["a " * 2048, "can't " * 700, " " * 4096, "you should " * 400, "in the " * 600, "x" * 4096]
)
def test_no_line_takes_long_to_read(line: str) -> None:
    for pattern in CONCEPTS.values():
        start = time.process_time()
        pattern.search(line)
        assert time.process_time() - start < 0.05
    start = time.process_time()
    read_line(line)
    assert time.process_time() - start < 0.5


def test_a_hand_may_be_written_in_two_forms_and_no_line_counts_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# a hand\n1 A strong field.\n- Hello.\n")
    (tmp_path / "b.jsonl").write_text(
        '{"text": "You lacked  the licence.", "level": 3}\n{"text": "A strong field.", "level": 1}\n'
    )
    lines = [(x.level, x.hand, x.text) for x in written(tmp_path)]
    assert lines == [(1, "a", "A strong field."), (None, "a", "Hello."), (3, "b", "You lacked the licence.")]
    (tmp_path / "c.jsonl").write_text('{"text": "No.", "level": 7}\n')
    with pytest.raises(ValueError, match=r"c.jsonl: 7 is no level"):
        written(tmp_path)


def test_no_line_of_the_tests_was_taught() -> None:
    taught = {x.text for x in written()}
    assert not taught & {line for _, line in PLAIN + HIDDEN}


def test_no_line_and_no_hand_of_the_examination_was_taught() -> None:
    examined, taught = written(EXAMINATION), written()
    assert len(examined) > 200
    assert not {x.text for x in examined} & {x.text for x in taught}
    assert not {x.hand for x in examined} & {x.hand for x in taught}


@pytest.mark.parametrize(("weight", "exact", "near"), [("light", 0.82, 0.93), ("full", 0.86, 0.95)])
def test_hands_of_the_examination_are_read_above_their_floor(
    weight: str, exact: float, near: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "_ear", hearing.Ear(weight))
    lines = [(x.level, read_line(x.text).level) for x in written(EXAMINATION) if x.level is not None]
    assert sum(a == b for a, b in lines) / len(lines) >= exact
    assert sum(abs(a - b) <= 1 for a, b in lines) / len(lines) >= near


@pytest.mark.parametrize("weight", ["light", "full"])
def test_what_is_told_rather_than_asked_is_right_nine_times_of_ten_and_what_it_is_sure_of_more_often(
    weight: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "_ear", hearing.Ear(weight))
    read = [(x.level, read_line(x.text)) for x in written(EXAMINATION) if x.level is not None]
    told = [level == r.level for level, r in read if r.sure >= UNSURE]
    asked = [level == r.level for level, r in read if r.sure < UNSURE]
    certain = [level == r.level for level, r in read if r.sure >= 0.95]
    assert sum(told) / len(told) >= 0.9
    assert sum(asked) / len(asked) <= 0.7
    assert len(asked) <= 0.35 * len(read)
    assert sum(certain) / len(certain) > sum(told) / len(told)


def test_where_the_two_halves_disagree_they_are_believed_less_and_with_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "_ear", hearing.Ear("full"))
    lines = [x for x in written(EXAMINATION) if x.level is not None]
    before = [read_line(x.text) for x in lines]
    temper = disclosure._held()[0].about["temper"]
    assert temper["differ"] > temper["agree"]
    monkeypatch.setitem(temper, "differ", 1000.0)
    differ = [read_line(x.text).sure < 0.3 for x in lines]  # evened out to nothing: these are the lines
    right = [x.level == r.level for x, r in zip(lines, before, strict=True)]
    at_odds = [r for r, d in zip(right, differ, strict=True) if d]
    at_one = [r for r, d in zip(right, differ, strict=True) if not d]
    assert len(at_odds) > 20
    assert sum(at_odds) / len(at_odds) < sum(at_one) / len(at_one) - 0.2


def test_evening_out_chances_leaves_the_likeliest_where_it_is() -> None:
    chances = [0.0, 0.6, 0.3, 0.1, -1e-12]
    calm, bold = tempered(chances, 2), tempered(chances, 0.5)
    assert bold[1] > 0.6 > calm[1] > calm[2] > calm[3] > calm[0] == calm[4] == 0
    assert sum(calm) == pytest.approx(1) == sum(bold)


def test_the_docs_name_the_weights_that_lie_there_by_their_hash() -> None:
    told = (Path(__file__).parents[1] / "docs" / "transcripts.md").read_text(encoding="utf-8")
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() in told


def test_the_weights_fit_the_encoder_that_lies_beside_them() -> None:
    encoder = hearing.Ear("full").encoder
    assert encoder is not None
    assert fits(encoder), "hearing was taught anew; teach the reader on it: python -m tools.disclosure.train"


def test_another_encoder_or_other_layers_leave_the_reading_to_the_light_half(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "It was more about experience, broadly speaking, than about anything you said."
    monkeypatch.setattr(hearing, "_ear", hearing.Ear("full"))
    with_encoder = read_line(line)
    monkeypatch.setattr(hearing, "_ear", hearing.Ear("light"))
    light = read_line(line)
    assert light != with_encoder
    other = hearing.Ear("full")
    other.encoder.fingerprint = "another"  # type: ignore[union-attr]
    monkeypatch.setattr(hearing, "_ear", other)
    assert read_line(line) == light
    deeper = hearing.Ear("full")
    deeper.encoder.sensed = (5,)  # type: ignore[union-attr]
    monkeypatch.setattr(hearing, "_ear", deeper)
    assert read_line(line) == light


def test_light_hearing_reads_without_numpy() -> None:
    code = (
        "import sys; from dialogs import hearing; hearing.use('light'); from dialogs.disclosure import read_line; "
        "read_line('We chose somebody else.'); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_call_without_turns_has_nothing_to_tell() -> None:
    read = postmortem([], "Dana")
    assert read.highest is None
    assert read.parts()[0] == ("How far it opened", "No answer to a question for the reason is seen in this call.")
