"""Words a candidate might say, piece by piece, one piece a move: what better lines are built from.

Each piece is written with contractions and "Could"; `Voice.speak` puts it into the candidate's own habits. Several a move, so that
two debriefs in a row do not sound alike. None of them guesses the hidden reason.
"""

from __future__ import annotations

from dialogs.moves import Move

SETTLE: tuple[tuple[str, Move], ...] = (
    ("I accept the decision.", Move.ACCEPT),
    ("I'm not calling to argue with the decision.", Move.REASSURE),
    ("The decision is fine with me, I accept it.", Move.ACCEPT),
    ("I'm not asking you to change anything.", Move.REASSURE),
    ("I accept the outcome, and I'm not here to contest it.", Move.ACCEPT),
    ("I'm not contesting anything, I'd only like to learn from it.", Move.REASSURE),
)
"""Said before the question: the decision stands."""

TAKE: tuple[tuple[str, Move], ...] = (
    ("That's fair.", Move.ACCEPT),
    ("That makes sense.", Move.ACCEPT),
    ("Fair enough, I accept that.", Move.ACCEPT),
    ("I see, that makes sense.", Move.ACCEPT),
    ("All right, I can accept that.", Move.ACCEPT),
)
"""Said after an answer: it is taken."""

LIMITS: tuple[str, ...] = (
    "I understand there's only so much you can say.",
    "I understand you may not be allowed to say much.",
    "I know you have rules about this, and I understand that.",
)

ONE_THING: tuple[str, ...] = (
    "Could you tell me one thing I should work on before my next interview?",
    "If you had one piece of advice for me, what would it be?",
    "Could you give me one thing to improve for next time?",
    "What's the one thing you would work on in my place?",
    "Is there one thing I could do better next time?",
)

FURTHER: tuple[str, ...] = (
    "Could you say a little more about that?",
    "Which part of that counted most?",
    "What would have made the difference there?",
    "Could you give me an example of what you mean by that?",
)

LEANING: tuple[str, ...] = (
    "When you say {word}, which part of it was I missing?",
    "When you say {word}, what would have come closer?",
    "Could you say what you mean by {word}?",
)

COMMIT: tuple[str, ...] = (
    "I'll work on that before my next interview.",
    "I'll start on that this week.",
    "I'm going to work on exactly that.",
)

DOOR: tuple[str, ...] = (
    "If a similar job comes up, may I get in touch again?",
    "Would you keep me in mind if something similar opens up?",
    "If your first choice falls through, I'd be glad to hear from you.",
)

MOMENT: tuple[str, ...] = (
    "Is this a good time?",
    "Do you have a minute?",
    "Have you got two minutes?",
    "Is now a good moment?",
)

SORRY: tuple[str, ...] = (
    "I'm sorry, that came out sharper than I meant. I'm not contesting anything.",
    "I apologise for my tone. I accept the decision.",
    "I'm sorry about that. I accept the decision, and I'm not here to argue.",
)

GOODBYE: tuple[str, ...] = (
    "{thanks} for your time. Goodbye.",
    "{thanks} for taking the call. Have a good day, goodbye.",
    "{thanks} for being straight with me. Take care, goodbye.",
)

HER_WORDS: tuple[str, ...] = (
    "qualifications", "requirements", "experience", "background", "profile", "fit", "match", "direction", "skills", "the field",
    "criteria", "preparation", "examples", "details", "detail", "answers", "the interview", "paper", "the numbers", "figures",
)  # fmt: skip
"""What an answer can be held by: the word of hers that a further question leans on."""
