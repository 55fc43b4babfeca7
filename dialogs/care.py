"""What is said when somebody is in distress: outside the role, short, and with a place to go."""

from __future__ import annotations

CARE = (
    "I'm stepping out of the role for a moment. What you just wrote sounds heavier than a job. You don't have to carry "
    "it alone, and it is all right to tell somebody today: a friend, a doctor, or a crisis line.",
    "In the US and Canada you can call or text 988, in the UK and Ireland call Samaritans on 116 123, in the EU the emergency "
    "number is 112. Elsewhere findahelpline.com lists lines by country. They are free and people answer.",
    "The call is paused where it stood. If you want to go on with it, just say the next thing to her; if not, that is fine too.",
)
"""Three short messages: the human line, where to find help, the way back."""
