"""A talk of another place, read."""

from __future__ import annotations

from bot.transcripts import Conversation
from bot.transcripts.child import parse


def talks(data: str | bytes, form: str | None = None) -> tuple[Conversation, ...]:
    return parse(data.encode() if isinstance(data, str) else data, form).conversations


def said(data: str | bytes, form: str | None = None) -> list[tuple[str, str]]:
    return [(s.who, s.text) for talk in talks(data, form) for s in talk.sayings]


CHAT = {
    "name": "Dana",
    "type": "personal_chat",
    "id": 5,
    "messages": [
        {"id": 1, "type": "service", "date": "2026-01-01T10:00:00", "actor": "Sam", "action": "phone_call", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2026-01-01T10:00:01",
            "date_unixtime": "1767261601",
            "from": "Sam Ortiz",
            "from_id": "user9",
            "text": ["Could I ask ", {"type": "bold", "text": "why"}, "?"],
            "text_entities": [{"type": "plain", "text": "Could I ask "}],
        },
        {"id": 3, "type": "message", "date": "2026-01-01T10:00:09", "from": "Dana", "from_id": "user5", "text": "No."},
        {
            "id": 4,
            "type": "message",
            "from": "Dana",
            "from_id": "user5",
            "text": "",
            "media_type": "voice_message",
            "duration_seconds": 12,
            "file": "(File not included)",
        },
        {"id": 5, "type": "message", "from": None, "from_id": "user7", "text": "gone"},
        {"id": 6, "type": "unsupported"},
    ],
}

EXAMPLES = [
    ("Sam: hi\nDana: Hello,\n  who is it?\n\nSam: Sam", "text", [("Sam", "hi"), ("Dana", "Hello,\nwho is it?"), ("Sam", "Sam")]),
    ("[10:02] **Sam:** hi\n12/03/24, 10:22 - Dana: yo", "text", [("Sam", "hi"), ("Dana", "yo")]),
    ("\u200e[12/03/2024, 10:22:15\u202fAM] Sam \U0001f600: hi\n3/12/24, 10:23\u202fPM - Dana: yo\nnow", "text",
     [("Sam \U0001f600", "hi"), ("Dana", "yo\nnow")]),
    ("[Sam Ortiz] 10:02:11\nhello\n\n[Dana] 10:02:30\nhi", "copied", [("Sam Ortiz", "hello"), ("Dana", "hi")]),
    ("Sam, [22.11.2026 10:33]\nhello\nyou\n\nDana, [22 Nov 2026, 10:34]\nhi", "copied", [("Sam", "hello\nyou"), ("Dana", "hi")]),
    ("Speaker 1  0:03\nhello\n\nDana W  1:02:03\nhi", "copied", [("Speaker 1", "hello"), ("Dana W", "hi")][1:]),
    ("WEBVTT - x\n\nNOTE hi: there\n\n1\n00:00.000 --> 00:02.000\n<v Sam>Hello &amp; <i>so</i></v>\n\n00:02.000 --> 00:04.000\n<v Sam>on</v>\n",
     "vtt", [("Sam", "Hello & so on")]),
    ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:left\nSam: a\n- Dana: b\n", "vtt", [("Sam", "a"), ("Dana", "b")]),
    ("1\n00:00:01,000 --> 00:00:02,000\nSam: a\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n", "srt", [("Sam", "a b")]),
    ("1\n00:00:01,000 --> 00:00:02,000\n<b>SAM:</b> a\n{\\an8}b\n>> <i>DANA: c</i>\n", "srt", [("SAM", "a b"), ("DANA", "c")]),
    ("sep=;\nSpeaker Name;Transcript\nSam;a, b: c\n", "csv", [("Sam", "a, b: c")]),
    ("\n \nsep=;\n\nwho, or what;speaker;text\nx;Sam;a, b: c\n", "csv", [("Sam", "a, b: c")]),
    ('speaker,text\nSam,"ok" then\nDana,I said "no"\n', "csv", [("Sam", "ok then"), ("Dana", 'I said "no"')]),
    ("[22 Nov 2026, 10:33] Dana: hello\n[22 Nov 2026, 10:34] Sam: hi\n", "text", [("Dana", "hello"), ("Sam", "hi")]),
    ("speaker;text\nSam;\"a;\nb\"\nDana;'=1+1\n", "csv", [("Sam", "a;\nb"), ("Dana", "=1+1")]),
    ("call,who,message,time\nx,Sam,a,10:00\ny,Sam,b,\n", "csv", [("Sam", "a"), ("Sam", "b")]),
    ('{"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":"b"}]}\n',
     "chat", [("You", "a"), ("Manager", "b")]),
    ('{"role":"user","content":"a"}\n{"role":"assistant","content":"b"}\n', "chat", [("You", "a"), ("Manager", "b")]),
    ("Time;Who;What was said\n1;Sam;a\n2;Dana;b\n", "csv", [("Sam", "a"), ("Dana", "b")]),
    ('[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]', "chat", [("You", "a"), ("Manager", "b")]),
    ('{"conversations":[{"from":"human","value":"a"},{"from":"gpt","value":"b"}]}', "sharegpt", [("You", "a"), ("Manager", "b")]),
    ('stories:\n- story: s\n  steps:\n  - user: |\n      I am [Sam](name), [x]{"entity": "y"}\n    intent: i\n  - action: utter\n', "rasa", [("You", "I am Sam, x")]),
    ("From: Dana W <d@x.org>\nTo: Sam <s@gmail.com>\nSubject: No\n\nThe licence.\n\nOn 23 Nov 2026 at 10:12, Sam <s@gmail.com> wrote:\n> Why?\n", "mail",
     [("Sam", "Why?"), ("Dana W", "The licence.")]),
    ("MIME-Version: 1.0\nFrom: =?utf-8?q?Dana_W?= <d@x.org>\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>No=2C <b>so=\nrry</b>.</p><blockquote>On 23 Nov 2026 at 10:12, Sam wrote:<br>Why?</blockquote>",
     "mail", [("Sam", "Why?"), ("Dana W", "No, sorry.")]),
    ("# A claim\nscenario: harbour\n\nDana: Hi.\nYou:  hello\n      [greet → opening]\nDana: Yes?\n", "play", [("Dana", "Hi."), ("You", "hello"), ("Dana", "Yes?")]),
]  # fmt: skip
"""A small file in every form, the form it is in, and what is said at its end."""
