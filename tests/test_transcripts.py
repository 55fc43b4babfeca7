"""Transcripts of other places are read as they are, whoever is who in them, and refused in a sentence."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.transcripts import BadTranscript, Conversation, Imported, Saying
from bot.transcripts.child import parse
from bot.transcripts.keeping import as_session
from bot.transcripts.preview import told
from bot.transcripts.roles import WhichIsYou, manager_of, with_you
from bot.transcripts.sheets import FORMULA, bare, cell, csv_text
from bot.transcripts.talk import tidy
from dialogs.hearing.heard import Heard
from tests.transcribed import CHAT, EXAMPLES, said, talks


def test_a_telegram_chat_is_read_with_its_parts_and_times() -> None:
    (talk,) = talks(json.dumps(CHAT))
    assert [(s.who, s.text) for s in talk.sayings] == [
        ("Sam Ortiz", "Could I ask why?"),
        ("Dana", "No."),
        ("Dana", "[voice message, 12 s]"),
        ("Deleted account", "gone"),
    ]
    assert talk.sayings[0].at == "2026-01-01T10:00:01Z"
    assert parse(json.dumps(CHAT).encode()).skipped == 2


def test_in_a_telegram_chat_of_two_the_other_is_known_by_id() -> None:
    two = CHAT | {"messages": CHAT["messages"][:4]}  # type: ignore[index]
    assert talks(json.dumps(two))[0].you == "Sam Ortiz"


def test_telegrams_broken_escapes_are_mended_and_good_ones_left_alone() -> None:
    text = json.dumps(CHAT).replace("No.", r"N\x01o \\x41.")
    assert said(text)[1] == ("Dana", r"No \x41.")


def test_a_full_telegram_export_gives_every_chat_with_words() -> None:
    whole = {"personal_information": {}, "chats": {"list": [CHAT, {"type": "saved_messages", "messages": [{}]}]}}
    assert len(talks(json.dumps(whole))) == 1


@pytest.mark.parametrize(("text", "form", "expected"), EXAMPLES)
def test_each_form_is_seen_by_itself_and_read(text: str, form: str, expected: list[tuple[str, str]]) -> None:
    assert parse(text.encode()).format == form
    found = said(text)
    assert found[-len(expected) :] == expected
    assert said("\ufeff" + text.replace("\n", "\r\n")) == found


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest", "Archives"),
        (b"PK\x03\x04....word/document.xml", "Word and PDF"),
        (b"\x1f\x8b\x08", "Archives"),
        (b"%PDF-1.7", "plain text"),
        (b"OggS....", "transcribed"),
        (b"ID3\x03", "transcribed"),
        (b"\xff\xfa\x90", "transcribed"),
        (b"\0\0\0\x18ftypM4A ", "transcribed"),
        (b"\x89PNG\r\n", "picture"),
        (b"SQLite format 3\0", "RUNNER_UP_DB"),
        (b"<!DOCTYPE html><html>", "Machine-readable JSON"),
        (b"  <div class='message'>", "Machine-readable JSON"),
        (b"<!-- saved from a page --><!DOCTYPE html><p>Sam: hi", "Machine-readable JSON"),
        (b'<?xml version="1.0"?>\n<html xmlns="x"><p>Sam: hi', "Machine-readable JSON"),
        (b"\xff\xfeS\0a", "UTF-8"),
        ("Саша: да".encode("cp1251"), "UTF-8"),
        (b"S\x81m: hi", "UTF-8"),
        (b"Ana,hi\nBen,yo\n", "a header with 'speaker' and 'text'"),
        (b"hello, this is Ana.\nhi, Ana.\n", "Nobody is seen to speak"),
        (b"Sam: h\0i", "zero bytes"),
        (b"just words, no names", "Nobody is seen to speak"),
        (b'{"a": 1}', "in no form that is read"),
        (b'{"messages": [{"role": "user", "content": "a"}', "not valid JSON"),
        (b'{"messages": ' + b"[" * 100_000, "nested"),
        (b'{"messages": [{"role": "user", "n": ' + b"9" * 5000 + b"}]}", "digits"),
        (b'{"messages": [{"role": "user", "n": NaN}]}', "NaN"),
        (b'{"messages": [{"role": "system", "content": "a"}]}', "Nobody says anything"),
        (b'{"name": "x", "messages": []}', "no messages with words"),
        (b'{"format":"runner-up/9"}\n', "this program reads 'runner-up/1'"),
        (b'{"format":"runner-up/1"}\n{"session": 3}\n', "line 2"),
        (b"WEBVTT\n\n", "no words between the times"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nhi\n", "do not say who speaks"),
        (b"speaker,text\n", "no words in this table"),
        (b'speaker,text\nSam,"never closed\nDana,hi\n', "cannot be read"),
        (b'speaker,text\nSam,hi\nDana,"never closed', "cannot be read"),
        (b"[1, 2]", "JSON is in no form"),
        (b"[22 , 3]", "JSON is in no form"),
        (b"[1]", "JSON is in no form"),
        (b"stories:\n- story: &a s\n  steps: *a\n", "aliases"),
        (b"stories: " + b"[" * 50 + b"]" * 50, "nested"),
        (b"stories:\n- story: s\n  steps:\n  - intent: x\n", "user:"),
        (b"scenario: x\nnobody speaks\n", "cannot be read"),
        (b"Sam: a\n" * 2001, "2,000 are the most"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(BadTranscript, match=what) as refused:
        parse(data)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_transcript_is_read_in_the_encodings_of_windows(encoding: str) -> None:
    words = "Zoë Müller: “hi”, I’m Zoë\r\nFrançois: ah oui … café?\r\n"
    assert said(words.encode(encoding)) == [("Zoë Müller", "“hi”, I’m Zoë"), ("François", "ah oui … café?")]


def test_a_name_with_a_title_is_a_name_and_a_sentence_is_none() -> None:
    found = said("Mr. G. Dunne: hello\nProf. Dr. Ada Roth: hi\nSam: I asked. Then: nothing\nHe said no. And so: fine")
    assert found == [
        ("Mr. G. Dunne", "hello"),
        ("Prof. Dr. Ada Roth", "hi"),
        ("Sam", "I asked. Then: nothing\nHe said no. And so: fine"),
    ]


def test_what_a_messenger_puts_where_no_words_were_is_left_out() -> None:
    file = "12/03/24, 10:22 - Sam: <Media omitted>\n12/03/24, 10:23 - Sam: hi\n12/03/24, 10:24 - Dana: \u200eimage omitted\nThis message was deleted.\n12/03/24, 10:25 - Dana: null and void"
    assert said(file) == [("Sam", "hi"), ("Dana", "null and void")]
    assert parse(file.encode()).skipped == 3


def test_lines_that_end_as_on_an_old_mac_are_lines() -> None:
    assert said("Sam: hi\rDana: yo\r") == [("Sam", "hi"), ("Dana", "yo")]


def test_an_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(BadTranscript, match="The form 'docx' is not known"):
        parse(b"Sam: hi", "docx")


def test_a_named_form_overrides_what_is_seen() -> None:
    assert said("Sam: a\nWEBVTT: b", "text") == [("Sam", "a"), ("WEBVTT", "b")]


def talk_of(*names: str) -> Conversation:
    return Conversation(tuple(Saying(n, "x" * (i + 1)) for i, n in enumerate(names)))


# -- who is who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "you"),
    [(("You", "Dana"), "You"), (("Candidate", "Dana"), "Candidate"), (("Sam", "Hiring Manager"), "Sam"), (("Reception", "Sam", "Manager"), "Sam"),
     (("Ngozi", "Carol (Manager)"), "Ngozi"), (("Ngozi (me)", "Carol"), "Ngozi (me)")],
)  # fmt: skip
def test_a_name_that_says_who_it_is_is_believed(names: tuple[str, ...], you: str) -> None:
    assert with_you(talk_of(*names)).you == you


def test_where_the_file_does_not_say_it_is_asked_which_is_you() -> None:
    with pytest.raises(WhichIsYou, match="Which of these is you: Sam or Dana\\?") as asked:
        with_you(talk_of("Sam", "Dana"))
    assert asked.value.names == ("Sam", "Dana")
    assert with_you(talk_of("Sam", "Dana"), "dana").you == "Dana"
    with pytest.raises(BadTranscript, match="Nobody here is called 'Eve'"):
        with_you(talk_of("Sam", "Dana"), "Eve")


def test_where_one_alone_speaks_that_is_said() -> None:
    with pytest.raises(WhichIsYou, match="Only Sam speaks here"):
        with_you(talk_of("Sam"))
    assert with_you(talk_of("Sam"), "Sam").you == "Sam"


def test_an_export_of_one_turn_is_told_as_one() -> None:
    talk = parse(b"You: hi\nDana: yo").conversations[0]
    call = as_session(with_you(talk), "text", lambda text, cue: Heard(), "", datetime(2026, 11, 28, tzinfo=UTC))
    lines = list(told(Imported("native", lines=({"format": "runner-up/1"}, call))))
    assert lines[-1] == f"call {call['session']}: Dana, 1 turn"


def test_a_first_name_is_enough_where_it_is_one_persons() -> None:
    talk = Conversation((Saying("Ana Li", "Hello."), Saying("Karen Holt", "Hi."), Saying("Karen Moss", "Hi, too.")))
    assert talk.told_by("ana").you == "Ana Li"
    with pytest.raises(BadTranscript, match="Nobody here is called 'Karen'"):
        talk.told_by("Karen")


def test_the_manager_is_who_says_most_on_the_other_side() -> None:
    assert manager_of(talk_of("Reception", "Panel chair", "Ruth", "You").told_by("You")) == "Ruth"


# -- tables --------------------------------------------------------------------------------------------------------


@given(st.text(max_size=20) | st.text("=-;\t\n\r'＝ \u200ba", max_size=12))
@example("=1+1")
@example("'=1+1")
@example("''")
@example("\ufeff=1+1")
@example("a;=1+1")
@example("a\n'=1+1;;\t@x")
def test_no_cell_of_ours_begins_as_a_formula_does_and_each_reads_back(text: str) -> None:
    assert not str(cell(text)).startswith(FORMULA)
    assert bare(cell(text)) == text


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\u200b=", "\xa0=", "\x0b=", "\ufeff@"])
@pytest.mark.parametrize("before", ["", "a;", "a\t", "a\n", "a\r\n", 'a";', 'a"\n', "a,", "'"])
def test_a_formula_is_none_by_whatever_separator_the_table_is_opened(separator: str, first: str, before: str) -> None:
    table = csv_text([{"call": "x", "text": f'{before}{first}HYPERLINK("http://x.example";"a")', "level": 3}])
    signs = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=separator) for cell in row]
    if separator != ",":  # and a quote within a cell may be taken as it stands
        cells += [cell for line in table.split("\n") for cell in line.split(separator)]
    for found in cells:
        assert not found.strip('"').lstrip(" \x0b\xa0\u200b\ufeff").startswith(signs), found


def test_a_table_of_ours_is_read_again() -> None:
    rows = [{"speaker": "You", "text": "=cmd|' /C calc'!A0"}, {"speaker": "Dana", "text": 'a "b"\nc'}]
    assert said(csv_text(rows)) == [("You", "=cmd|' /C calc'!A0"), ("Dana", 'a "b"\nc')]


def test_tidy_leaves_line_breaks_and_drops_control_characters() -> None:
    assert tidy(" a\r\nb\x00\x1b[31m\x85 ") == "a\nb[31m"
