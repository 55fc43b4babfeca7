"""A file of a stranger is read within bounds: in a process of its own, in a moment, whatever is in it."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.transcripts import BadTranscript, Conversation, Imported, Saying, bounded, read_bytes
from bot.transcripts.child import answer, parse
from bot.transcripts.limits import MAX_NAME, MAX_WORDS
from tests.busy import traced
from tests.transcribed import CHAT, said


@pytest.mark.parametrize(
    "data",
    [
        b"Sam: " + b"a" * 2_000_000,
        b"a: " * 600_000,
        b"x" * 2_000_000 + b": y",
        b" " * 2_000_000 + b"Sam: hi",
        b"WEBVTT\n\n" + b"<" * 500_000 + b"\n\n00:00.000 --> 00:01.000\n" + b"<v a" * 100_000,
        b"1\n" * 700_000,
        b"speaker,text\n" + b'"' * 1_500_000,
        b"stories:\n- " + b"{a: " * 40_000,
        b'{"messages":[' + b'{"role":"user","content":"a"},' * 60_000 + b"1]}",
        b"\\x01" * 500_000,
        b'{"name":"\\x01",' * 100_000,
        b"[" + b"1," * 900_000,
        b"From: a\nSubject: b\n\n" + b">" * 2_000_000,
        b"From: a\nSubject: b\n\n" + b"> " * 900 + b"x\n" + b"> a\n\nb\n" * 300_000,
        b"On wrote 1:11 wrote " * 100_000,
        b"On wrote 10:12 wrote:\n" * 90_000,
        b"From: a\nTo: b\n" * 140_000,
        b"MIME-Version: 1.0\n" + b"x-a: =?utf-8?b?" * 100_000,
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 40_000,
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"<blockquote>" * 170_000,
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"<" * 2_000_000,
        b"Subject: a\n\n" + b"Dear Sam,\nKind regards,\n" * 80_000,
        b"From: a\nSubject: b\n\n" + b"> a\nb\n" * 300_000,
        b"Sam: " + "\u202e\U0001f600é".encode() * 200_000,
    ],
)
def test_a_hostile_file_is_refused_or_read_in_a_moment(data: bytes) -> None:
    start = time.process_time()
    found = answer(data[: 2 * 1024 * 1024], None)
    assert time.process_time() - start < 2 * traced()
    assert set(found) < {"read", "refused"}


def test_names_and_words_are_cut_and_cleaned() -> None:
    ((who, text),) = said(json.dumps({"messages": [{"role": "user", "content": "a\x07b\ud800" + "c" * 9000}]}))
    assert (who, len(text)) == ("You", MAX_WORDS)
    assert text.startswith("ab\ufffdc")
    ((name, _),) = said(
        json.dumps({"name": "", "type": "x", "messages": [{"type": "message", "from": "N" * 900, "text": "a"}]})
    )
    assert len(name) == MAX_NAME


def test_a_file_is_parsed_in_a_process_of_its_own() -> None:
    imported = read_bytes(b"Sam: hi\nDana: yo", "../../etc/passwd")
    assert imported.conversations == (Conversation((Saying("Sam", "hi"), Saying("Dana", "yo"))),)
    with pytest.raises(BadTranscript, match="Machine-readable"):
        read_bytes(b"no tags at all", "messages.html")
    with pytest.raises(BadTranscript, match="larger than 2 MB"):
        read_bytes(b"a" * (2 * 1024 * 1024 + 1))


@pytest.mark.parametrize("code", ["x = [0]\nwhile 1: x = x + x", "while 1: pass"], ids=["memory", "time"])
def test_a_parser_that_never_ends_or_eats_all_memory_is_stopped(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    spoil(monkeypatch, f"exec({code!r})")
    with pytest.raises(BadTranscript, match="too much time or memory"):
        bounded.read_bytes(b"Sam: hi")


def test_only_the_reading_is_counted_not_how_long_a_process_takes_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.5)
    spoil(monkeypatch, "found(*a)", before="import time\nwhile time.process_time() < 1.5: pass")
    assert bounded.read_bytes(b"Sam: hi\nDana: yo").sayings == 2


@pytest.mark.parametrize(
    "code", ["__import__('time').sleep(9)", "__import__('os').kill(__import__('os').getpid(), 9)", "1 / 0"],
    ids=["no time", "killed", "our own fault"],
)  # fmt: skip
def test_what_happens_to_the_reader_is_not_blamed_on_the_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    if "sleep" in code:
        monkeypatch.setattr(bounded, "STARTING", 1.0)
        monkeypatch.setattr(bounded, "PATIENCE", 0)
    spoil(monkeypatch, code)
    with pytest.raises(bounded.TooBusy, match="Nothing is wrong with your file"):
        bounded.read_bytes(b"Sam: canary")
    assert "canary" not in caplog.text


def spoil(monkeypatch: pytest.MonkeyPatch, answer: str, before: str = "") -> None:
    """Another answer of the real child process; `found` is the one it would give."""
    run = bounded.subprocess.run

    def spoiled(command, **kwargs):  # type: ignore[no-untyped-def]
        code = (
            f"{before}\nimport bot.transcripts.child as c; found = c.answer; c.answer = lambda *a: {answer}; c.main()"
        )
        start = command[3].split("from bot")[0] + f"exec({code!r}, globals())"
        return run([*command[:3], start, *command[4:]], **kwargs)

    monkeypatch.setattr(bounded.subprocess, "run", spoiled)


def test_what_went_through_the_child_comes_back_the_same() -> None:
    imported = parse(json.dumps(CHAT).encode())
    assert Imported.from_json(json.loads(json.dumps(imported.as_json()))) == imported


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")))
@example(b"stories: !!python/object:os.system")
@example(b"WEBVTT\n\n99:99:99.999 --> 0")
def test_no_bytes_bring_the_parser_down(data: bytes) -> None:
    assert set(answer(data, None)) < {"read", "refused"}


PIECES = st.sampled_from(
    ['{"messages":[', '"from":"Sam"', '"text":', "[", "]", "{", "}", ",", '"', "\\x01", "Sam: ", "\n", "WEBVTT\n", "-->", "00:00.000",
     "<v Sam>", "1\n00:00:01,000 --> ", "speaker,text\n", "stories:\n- ", "story: s\n  steps:\n  - user: ", "&a ", "*a", "null", "1e999",
     "From: Sam <s@x.org>\n", "Subject: Re: x\n", "> ", ">> ", "On 1 May 2026 at 10:12, Sam wrote:\n", "MIME-Version: 1.0\n", "Content-Type: text/html\n", "\n\n",
     "Content-Type: multipart/mixed; boundary=b\n", "--b\n", "<blockquote>", "Kind regards,\n", "Dear Sam,\n", "-----Original Message-----\n", "=?utf-8?b?/w==?=",
     '"role":"user"', '"content":', '"conversations":', '{"format":"runner-up/1"}\n', '"session":"a","turns_held":[]', "\u202e", "\0"]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    st.lists(PIECES, max_size=14).map("".join),
    st.sampled_from([None, "telegram", "chat", "native", "vtt", "rasa", "csv", "mail"]),
)
def test_no_mixture_of_the_forms_brings_the_parser_down(text: str, form: str | None) -> None:
    assert set(answer(text.encode(), form)) < {"read", "refused"}
