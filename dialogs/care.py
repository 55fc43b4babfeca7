"""What is said when somebody is in distress: outside the role, short, and with a place to go."""

from __future__ import annotations

_HEAVIER = (
    "What you just wrote sounds heavier than a job. You don't have to carry it alone, and it is all right to tell somebody "
    "today: a friend, a doctor, or a crisis line."
)
_WHERE = (
    "In the US and Canada you can call or text 988, in the UK and Ireland call Samaritans on 116 123, in the EU the emergency "
    "number is 112. Elsewhere findahelpline.com lists lines by country. They are free and people answer."
)

CARE = (
    f"I'm stepping out of the role for a moment. {_HEAVIER}",
    _WHERE,
    "The call is paused where it stood. You can go on with it when you want to, or leave it for today. Either is fine.",
)
"""Three short messages: the human line, where to find help, the way back; the shell says by which step."""

OUTSIDE = (_HEAVIER, _WHERE)
"""The same where no role is played: outside a call, and at the door, before anybody was let in or agreed to anything."""

WAITS = (
    "The call is paused where it stood, and {name} doesn't hear what you write now. You can go on with it when you want to, "
    "or leave it for today. Either is fine."
)
"""The way back where it takes a step of its own, so that the next words reach nobody by mistake."""

AFTER_THE_CALL = (
    f"This call had something in it that matters more than a job. Nothing in it is scored, and nothing is to be corrected: it stays as it was.\n"
    f"You don't have to carry it alone, and it is all right to tell somebody today: a friend, a doctor, or a crisis line. {_WHERE}"
)
"""What is said instead of a debrief, whether the call went on after distress or not."""

MEANWHILE = (
    "{name} doesn't hear this, and I don't keep it. I'm only a practice program, and what you carry deserves a person: "
    "somebody you trust, or one of the lines above. The call waits.",
    "The call still waits, and there is no hurry with it. If today is hard, let somebody near you know, even with one short "
    "message.",
)
"""What is answered, in turn, to what is written while the call waits."""

ONCE_MORE = "Let me say it once more, because it matters: please don't stay alone with this. " + _WHERE
"""What is answered when what is written meanwhile is distress again."""

A_PERSON = "I'm only a practice program, and just now a person can do more for you: somebody near you, or one of the lines above."
"""What is answered for a while after distress to words of somebody who has not come in."""

AFTERWARDS = f"{A_PERSON} When you feel like practising again, /start is here."
"""The same to words of somebody who has, outside a call."""
