"""A mail, or a thread of them, is read as what two people wrote to each other, oldest first."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.log import Log
from bot.transcripts import BadTranscript, Conversation
from bot.transcripts.child import parse
from bot.transcripts.mail_source import messages
from bot.transcripts.roles import WhichIsYou, with_you
from tests.kept import Run

DANA, SAM = "Dana Whitfield <dana.whitfield@harbour.example>", "Sam Ortiz <sam.ortiz@gmail.com>"
LETTER = """Dear Sam,

we have gone with another candidate, who already holds the licence.

Kind regards,
Dana Whitfield
Head of People | Harbour Mutual
+44 20 7946 0000
"""


def talk(text: str) -> Conversation:
    imported = parse(text.encode())
    assert imported.format == "mail"
    return imported.conversations[0]


def said(text: str) -> list[tuple[str, str]]:
    return [(s.who, " ".join(s.text.split())) for s in talk(text).sayings]


def test_a_header_is_no_speaker_and_the_mail_quoted_below_comes_first() -> None:
    thread = f"""From: {DANA}
To: {SAM}
Date: Tue, 24 Nov 2026 09:01:00 +0100
Subject: Re: AW: Your application

It was the licence.

On Mon, Nov 23, 2026 at 6:45 PM {SAM} wrote:
> Could I ask why?
>
> On Mon, Nov 23, 2026 at 10:12 AM Dana Whitfield <
> dana.whitfield@harbour.example> wrote:
>
>> We went with somebody else.
>> Sent from my iPhone
"""
    assert said(thread) == [
        ("Dana Whitfield", "We went with somebody else."),
        ("Sam Ortiz", "Could I ask why?"),
        ("Dana Whitfield", "It was the licence."),
    ]
    read = talk(thread)
    assert (read.you, read.title) == ("Sam Ortiz", "Your application")
    assert [s.at for s in read.sayings] == ["2026-11-23T10:12:00Z", "2026-11-23T18:45:00Z", "2026-11-24T08:01:00Z"]


def test_answers_between_quoted_lines_stand_after_what_they_answer() -> None:
    thread = """From: Dana Whitfield
Date: Tue, 24 Nov 2026 09:01:00 +0000

See below.

On 23 Nov 2026, at 18:45, Sam Ortiz wrote:
> Could I ask why?

The licence.

> And what should I do?

Get it.
"""
    assert said(thread) == [
        ("Sam Ortiz", "Could I ask why?"),
        ("Dana Whitfield", "See below. The licence."),
        ("Sam Ortiz", "And what should I do?"),
        ("Dana Whitfield", "Get it."),
    ]


@pytest.mark.parametrize(
    "divider",
    ["", "-----Original Message-----\n", "________________________________\n", "Begin forwarded message:\n\n"],
)
def test_a_reply_over_the_old_head_is_the_other_ones(divider: str) -> None:
    thread = f"Thank you, Dana. What was it?\n\nSam\n\n{divider}From: {DANA}\nSent: Monday, 23 November 2026 10:12\nTo: {SAM}\nSubject: Your application\n\n{LETTER}"
    found = said(thread)
    assert [who for who, _ in found] == ["Dana Whitfield", "Sam Ortiz"]
    assert found[0][1].endswith("Kind regards, Dana Whitfield")
    assert talk(thread).you == "Sam Ortiz"


def test_a_printed_thread_is_read_by_its_dates() -> None:
    thread = f"""Your application
2 messages
{SAM}	Mon, Nov 23, 2026 at 6:45 PM
To: {DANA}
Why?

{DANA}	Mon, Nov 23, 2026 at 10:12 AM
To: {SAM}
No.
"""
    assert said(thread) == [("Dana Whitfield", "No."), ("Sam Ortiz", "Why?")]


@pytest.mark.parametrize(
    "top",
    [
        "Am 23.11.2026 um 10:12 schrieb Dana Weiß <dana@werk.example>:",
        "Le lun. 23 nov. 2026 à 10:12, Dana Weiß <dana@werk.example> a écrit :",
        "El lun, 23 nov 2026 a las 10:12, Dana Weiß (<dana@werk.example>) escribió:",
        "On 2026-11-23 10:12, Dana Weiß wrote:",
        "Dana Weiß <dana@werk.example> wrote:",
        "Dana Weiß schrieb am 23.11.2026 10:12:",
        "On Monday, November 23, 2026 at 10:12:03 AM GMT+1, Weiß, Dana <dana@werk.example> wrote:",
    ],
)
def test_who_wrote_is_seen_in_other_languages_too(top: str) -> None:
    assert said(f"{top}\n> Leider nein.\n\nSchade. Warum?\n\nViele Grüße\nSam\n") == [
        ("Dana Weiß", "Leider nein."),
        ("Sam", "Schade. Warum? Viele Grüße Sam"),
    ]


def test_a_name_and_an_address_on_a_line_need_no_date() -> None:
    assert said(f"{DANA}\nNo.\n\n{SAM}\nWhy?\n") == [("Sam Ortiz", "Why?"), ("Dana Whitfield", "No.")]


@pytest.mark.parametrize(
    ("end", "address", "who"),
    [("\n\nSam", "dana@x.example", "Sam"), ("", "dana@x.example", "You"), ("", "dana@gmail.com", "Manager")],
    ids=["signed by a name alone", "below is an office", "below is a private mailbox"],
)
@pytest.mark.parametrize("mark", ["> ", ""], ids=["marked", "bare"])
def test_a_reply_without_a_head_is_never_the_one_it_answers(end: str, address: str, who: str, mark: str) -> None:
    thread = f"Thank you. Why?{end}\n\nOn Mon, 23 Nov 2026, 10:12 Dana Whitfield, <{address}> wrote:\n\n{mark}Somebody else got it.\n"
    assert [name for name, _ in said(thread)] == ["Dana Whitfield", who]


def test_mails_that_quote_each_other_say_each_thing_once() -> None:
    first = f"From: {DANA}\nDate: Mon, 23 Nov 2026 10:12:00 +0000\n\nWe went with somebody else this time.\n\n"
    second = f"From: {SAM}\nDate: Mon, 23 Nov 2026 18:45:00 +0000\n\nWhy?\n\nOn 23 Nov 2026 at 10:12, {DANA} wrote:\n> We went with somebody else this time.\n"
    assert said(second + "\n" + first) == [
        ("Dana Whitfield", "We went with somebody else this time."),
        ("Sam Ortiz", "Why?"),
    ]


def test_a_letter_without_a_head_is_told_by_who_is_greeted_and_who_signs() -> None:
    read = talk(LETTER)
    assert (read.you, read.speakers) == ("Sam", ("Dana Whitfield",))
    assert "7946" not in read.sayings[0].text
    assert said("Subject: Your application\n\n" + LETTER) == said(LETTER)


def test_what_companies_put_below_a_mail_is_left_out_and_a_postscript_is_not() -> None:
    mail = f"From: {DANA}\nSubject: x\n\nNo.\n\nBest,\nDana\nHead of People\n\nPS: The licence.\n\nThis e-mail and any attachments are confidential.\nNobody reads on.\n"
    assert said(mail) == [("Dana Whitfield", "No. Best, Dana PS: The licence.")]


@pytest.mark.parametrize(
    "words",
    [
        "Thank you.\n\nWe went with somebody who holds the licence.\n\nDana",
        "Many thanks!\nNo chance of feedback, then?\nDana",
        "Thanks again.\n\nStill no word on the test, sadly.\nDana",
        "Best wishes!\n\nLeider kein Platz mehr.\n\nDana",
        "First the good part.\n\n***\n\nNow the bad part, since you asked.",
        "One thing.\n___\nWe had two finalists.\n--\nIt was close.",
        "This message may contain hard words.\n\nIt was the test.",
        "It was the test.\n\nThis message may contain hard words.",
        "This e-mail is confidential, between us.\n\nIt was the test.",
        "This message is intended to help you.",
    ],
)
def test_no_word_is_lost_below_thanks_a_divider_or_what_sounds_like_a_notice(words: str) -> None:
    assert said(f"From: {DANA}\nSubject: x\n\n{words}\n") == [("Dana Whitfield", " ".join(words.split()))]


@pytest.mark.parametrize(
    "below",
    [
        "Thank you.\n\nDana Whitfield\nHead of People, Harbour Mutual Ltd.\n12 Quay Street, Bristol\n+44 20 7946 0000",
        "Thank you.\nDana\n***\nHarbour Mutual | Quay Street",
        "Thank you.\nDana\n-- \nWe are hiring! Have you seen our page?",
        "Thank you.\nDana\n\nThis message may contain confidential information.\n\nIf you are not the intended recipient, please delete it.",
        "Thank you.\nDana\nHarbour Mutual\nThis communication is intended solely for its addressee.\nSent from my iPhone",
    ],
)
def test_a_signature_and_notices_are_left_out_below_thanks_too(below: str) -> None:
    ((_, words),) = said(f"From: {DANA}\nSubject: x\n\nIt was the licence.\n\n{below}\n")
    assert re.fullmatch("It was the licence. Thank you. Dana( Whitfield)?", words)


@pytest.mark.parametrize(
    "text",
    [
        "Subject: Your application\n\nWe have chosen somebody else.\n",
        "> Could I ask why?\n\nThe licence.\n\n-----Original Message-----\nNo.\n",
    ],
)
def test_where_it_cannot_be_told_who_wrote_that_is_said(text: str) -> None:
    with pytest.raises(BadTranscript, match=r"cannot be told who wrote.*'From: Name'"):
        parse(text.encode())


def test_two_offices_or_two_private_boxes_are_asked_who_is_who() -> None:
    for one, other in (("a@gmail.com", "b@web.de"), ("a@harbour.example", "b@ledger.example")):
        thread = f"From: Ana <{one}>\nSubject: x\n\nNo.\n\nOn 23 Nov 2026 at 10:12, Ben <{other}> wrote:\n> Why?\n"
        with pytest.raises(WhichIsYou, match="Ben or Ana"):
            with_you(talk(thread))
    office = "From: Ana <careers@harbour.example>\nSubject: x\n\nNo.\n\nOn 23 Nov 2026 at 10:12, Ben <ben@ledger.example> wrote:\n> Why?\n"
    assert with_you(talk(office)).you == "Ben"


SOURCE = """Return-Path: <dana@harbour.example>
From: =?utf-8?q?Dana_Whitfield?= <dana@harbour.example>
To: "Ortiz, Sam" <sam@gmail.com>
Subject: =?utf-8?b?WW91ciBhcHBsaWNhdGlvbg==?=
Date: Tue, 24 Nov 2026 09:01:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: base64

Tm8gY2Fm6S4=
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="../../notes.txt"

Secret: notes
--b--
"""


def test_a_saved_mail_is_read_in_its_encodings_without_its_attachments() -> None:
    assert said(SOURCE) == [("Dana Whitfield", "No café.")]
    assert (talk(SOURCE).you, talk(SOURCE).title) == ("Sam Ortiz", "Your application")
    later = SOURCE.replace("24 Nov", "23 Nov").replace("Tm8gY2Fm6S4=", "Rmlyc3Q=")
    box = f"From dana@x Tue Nov 24 09:01:00 2026\n{SOURCE}\nFrom dana@x Mon Nov 23 09:01:00 2026\n{later}"
    assert [words for _, words in said(box)] == ["First", "No café."]


def test_a_mail_without_words_is_refused() -> None:
    empty = SOURCE.replace("Tm8gY2Fm6S4=", "")
    with pytest.raises(BadTranscript, match="no words in this mail"):
        parse(empty.encode())


def test_a_talk_in_which_somebody_says_who_wrote_stays_a_talk() -> None:
    for text in (
        "Sam: hi\nDana: On Monday she wrote:\n  no\nSam: ok",
        "Sam: Dear Dana,\nDana: Hi\nSam: Best,\nSam",
        "Sam: Why?\nDana: I wrote to you at 10:30 to say this:\nit was the licence.\nSam: I see.",
        "Sam: Why?\nDana: On Monday at 10:30 she wrote:\nit was the licence.",
        "Sam: Why?\nDana: Wait.\nOn 23 Nov 2026 at 10:12, she wrote:\nit was the licence.\nSam: I see.",
        "Sam: Why?\nDana: Wait.\n____________________\nDana: It was the licence.\nSam: I see.",
    ):
        assert parse(text.encode()).format == "text", text
    pasted = "Sam: Why?\nDana: Wait.\nSam: Yes?\n\nOn 23 Nov 2026 at 10:12, Dana <dana@harbour.example> wrote:\n> No.\n"
    assert parse(pasted.encode()).format == "mail"


def test_a_rejection_by_mail_is_reviewed_though_nobody_asked(sessions: Run, tmp_path: Path, log: Log) -> None:
    file = tmp_path / "no.eml"
    file.write_text(
        LETTER.replace("we have gone with another candidate, who", "you don't have the licence, and the other person")
    )
    session = sessions("import", str(file)).stdout.strip()
    (line,) = json.loads(sessions("review", session, "--json").stdout)["lines"]
    assert line["level"] == 3
    assert [c.highest_level for c in log.calls(log.local().id)] == [3]
    assert "level 3 of 4" in sessions("review", session).stdout


def test_a_name_in_an_alphabet_that_does_not_exist_is_taken_as_it_stands() -> None:
    source = "MIME-Version: 1.0\nFrom: =?utf-\u07e38?q?Dana_W?= <dana@example.org>\nTo: sam@example.org\n\nWe chose somebody with more experience."
    assert [words for _, words in messages(source)] == ["We chose somebody with more experience."]
