"""What Sam says in the tests in which any good call will do."""

from __future__ import annotations

HELLO = "Hello, this is Sam Ortiz. I interviewed for the analyst role last week. Is this a good time?"
ASK = "The decision is fine with me. Could you tell me one thing I should work on?"
BYE = "Thank you, that makes sense. I will book the exam. Goodbye!"
