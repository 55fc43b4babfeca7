"""Words a candidate might say, piece by piece, one piece a move: what better lines are built from.

Each piece is written with contractions and "Could"; `Voice.speak` puts it into the candidate's own habits. Several a move, so that
two debriefs in a row do not sound alike. None of them guesses the hidden reason.
"""

from __future__ import annotations

from dialogs.moves import Move

SETTLE: tuple[tuple[str, Move], ...] = (
    ("I'm fine with the decision, no hard feelings.", Move.ACCEPT),
    ("I'm not calling to contest the decision.", Move.REASSURE),
    ("I accept your decision and I'm not contesting it.", Move.REASSURE),
    ("I respect the decision, no hard feelings.", Move.ACCEPT),
    ("I accept the outcome, and I'm not here to argue.", Move.REASSURE),
    ("No hard feelings about the decision, I'd only like to learn from it.", Move.REASSURE),
)
"""Said before the question: the decision stands."""

TAKE: tuple[tuple[str, Move], ...] = (
    ("That's fair.", Move.ACCEPT),
    ("That makes sense.", Move.ACCEPT),
    ("Okay, that's fair enough.", Move.ACCEPT),
    ("I see, that makes sense.", Move.ACCEPT),
    ("All right, I can accept that.", Move.ACCEPT),
)
"""Said after an answer: it is taken."""

TAKE_BACK: tuple[tuple[str, Move], ...] = (
    ("What you told me makes sense.", Move.ACCEPT),
    ("What you told me is fair enough.", Move.ACCEPT),
)
"""The same when a question to the candidate stands between."""

LIMITS: tuple[str, ...] = (
    "I understand there's only so much you can say.",
    "I understand you may not be allowed to say much.",
    "I understand you have rules about this.",
)

ONE_THING: tuple[str, ...] = (
    "Could you tell me one thing I should work on before my next interview?",
    "If you could name one thing I should improve, what would it be?",
    "Could you tell me the one thing I should improve?",
    "What's the one thing I should improve for next time?",
    "Could you tell me one thing I could improve?",
)
"""A small question: one thing, not everything."""

FURTHER: tuple[str, ...] = (
    "Could you say a little more about that?",
    "Which part of that counted most?",
    "What would have made the difference there?",
    "Could you give me an example of that?",
)
"""A question that leans on the last answer, whatever it was."""

WHAT_TO_DO: tuple[str, ...] = (
    "What would have helped there?",
    "What would have made the difference there?",
)
"""The same once the reason is told: an example of it is no longer the question."""

FROM_FORMULA: tuple[str, ...] = (
    "Is there one area where I could have been stronger?",
    "Was there one thing that would have brought me closer?",
    "If you had to name one area, which would it be?",
)
"""After an answer that would fit anyone: there is no part of it to ask about, so one thing is asked for."""

BACK: tuple[str, ...] = (
    "May I come back to your answer: which part of it counted most?",
    "Could I go back to what you said before, and ask for an example?",
    "About your answer just now: what would have made the difference?",
)
"""The same when something else was said in between."""

STILL_OPEN: tuple[str, ...] = (
    "I understand it may not be decided yet.",
    "I understand that these things take time.",
    "I understand if you can't say anything yet.",
)
WHEN: tuple[str, ...] = (
    "If it's not decided yet, may I get in touch again later?",
    "If it's still open, may I get in touch again when it's decided?",
)
WHEN_TOLD: tuple[str, ...] = (
    "May I get in touch again in a week or two?",
    "May I get in touch again when it's decided?",
)
"""Said before there is a decision: nothing is to be accepted yet, and the question is for later."""

LEANING: dict[str, tuple[str, ...]] = {
    "qualifications": (
        "Which of the qualifications was I furthest from?",
        "When you say qualifications, which one was it?",
    ),
    "qualification": ("When you say qualification, which one do you mean?",),
    "requirements": ("Which of the requirements did I not meet?", "When you say requirements, which one was it?"),
    "experience": (
        "What kind of experience would have made the difference?",
        "When you say experience, which part was too thin?",
    ),
    "background": ("When you say background, which part of mine was too thin?", "What in my background was missing?"),
    "profile": ("Which part of my profile was missing?",),
    "match": ("Where exactly was I not a match?", "What would have made me a closer match?"),
    "fit": ("What would have made me a closer fit?", "When you say fit, what do you mean exactly?"),
    "direction": ("Which direction was that, if you can say?", "When you say direction, what do you mean exactly?"),
    "skills": ("Which skill would you work on first?", "When you say skills, which one was missing?"),
    "criteria": ("Which of the criteria was I furthest from?", "When you say criteria, which one was it?"),
    "numbers": ("Which numbers would you have liked to hear?", "When you say numbers, which ones do you mean?"),
    "figures": ("Which figures would you have liked to hear?",),
    "answers": ("Which of my answers do you mean?", "Which answer was it?"),
    "answer": ("Which answer was it?", "What would a better answer have sounded like?"),
    "details": ("Where would you have liked more detail?",),
    "detail": ("Where would you have liked more detail?",),
    "examples": ("Where would you have liked an example?",),
    "interview": ("Which moment of the interview do you mean?", "Which part of the interview was it?"),
    "field": ("In a field that strong, what was I missing?",),
    "needs": ("Which of those needs did I not meet?",),
    "circumstances": ("What were the circumstances, if you can say?",),
    "impression": ("What was it that gave that impression?",),
    "timing": ("What was it about the timing?",),
    "changed": ("What changed on your side?", "What was it that changed?"),
}
"""Her word → questions that hold on to it."""

TOPIC: tuple[str, ...] = (
    "Could you tell me where {topic} fell short?",
    "What was missing in {topic}?",
    "Which part of {topic} was too thin for this job?",
)
"""A rebuttal turned round: what the candidate held against the decision becomes a question."""

COMMIT: tuple[str, ...] = (
    "I'll work on that before my next interview.",
    "I'll work on that this month.",
)
COMMIT_DIFFERENTLY: tuple[str, ...] = (*COMMIT, "I'll do that differently next time.")
COMMIT_TO_GET: tuple[str, ...] = (
    "I'll look into getting that.",
    "I'll see how I can get that before I apply again.",
)

TO_WORK_ON = {
    "years", "certificate", "qualification", "answers", "unquantified", "exit story", "unprepared", "interest", "application",
    "presentation", "faux pas",
}  # fmt: skip
"""Reasons of which one can say what one will do about them; to a budget cut that would be an odd thing to say."""

TO_GET = {"years", "certificate", "qualification"}
"""Those of them that are something one has or has not yet: it can be got, and not be done differently."""

DOOR: tuple[str, ...] = (
    "If a similar job comes up, may I get in touch again?",
    "Would you keep me in mind if something similar opens up?",
    "If your first choice falls through, I'd be glad to hear from you.",
    "May I apply again when the next job like this comes up?",
)

MOMENT: tuple[str, ...] = (
    "Is this a good time?",
    "Do you have a minute?",
    "Have you got two minutes?",
    "Is now a good moment?",
)

SORRY: tuple[str, ...] = (
    "I'm sorry, that came out wrong. I accept the decision.",
    "I'm sorry for my tone. I'm not contesting the decision.",
    "I'm sorry about that. I accept the decision, and I'm not here to argue.",
)

SORRY_EARLY: tuple[str, ...] = (
    "I'm sorry, that came out wrong. I'm not here to argue, I can wait.",
    "I'm sorry for my tone. I'm not here to argue, I can wait.",
)

GOODBYE: tuple[str, ...] = (
    "{thanks} for your time. Goodbye.",
    "{thanks} for taking my call. Have a good day, goodbye.",
    "{thanks} for talking to me. Take care, goodbye.",
)

HELPED_ABOUT: tuple[str, ...] = (
    "What you said about {topic} is what I'll take with me.",
    "Now I know about {topic}, and that's what I rang for.",
    "Without this call I'd never have known about {topic}.",
)
"""What the call was good for, by the word of her answer that can be worked on."""
HELPED_REASON: tuple[str, ...] = (
    "Now I know what to work on, and that's what I rang for.",
    "You've told me something I can work on.",
)
HELPED_KNOWING: tuple[str, ...] = (
    "It helps to know what it was, so I needn't go on guessing.",
    "Now that I know what it was, I can stop guessing.",
)
HELPED_HINT: tuple[str, ...] = (
    "You've given me something to think about.",
    "That gives me a place to start.",
)
HELPED_THAT_MUCH: tuple[str, ...] = (
    "You've given me something to think about.",
    "I'm glad to know that much.",
)
HELPED_LITTLE: tuple[str, ...] = (
    "I know you couldn't say more, and I'm glad I asked.",
    "I'd sooner have asked you than gone on wondering.",
)
HELPED_EARLY: tuple[str, ...] = ("I'm glad I asked, and I'll wait to hear.",)
HELPED_ASKED_NOTHING: tuple[str, ...] = ("It was good of you to take my call.",)
TOPICS: dict[str, str] = {
    "certificate": "the certificate", "licence": "the licence", "license": "the license", "degree": "the degree",
    "registration": "the registration", "figures": "the figures", "figure": "the figures", "numbers": "the numbers",
    "letter": "the letter", "references": "my references", "referee": "my references", "website": "the website",
}  # fmt: skip
"""Her word → how the candidate takes it up: things one can work on, each a word that she said herself."""

REPLY: tuple[str, ...] = ("I'd have to think about that one.",)
"""Said to a question of hers when the answer is the candidate's alone to give."""

# -- the same for somebody of few words ---------------------------------------------------------------

SHORT_SETTLE: tuple[tuple[str, Move], ...] = (
    ("I'm fine with the decision.", Move.ACCEPT),
    ("I accept the decision.", Move.ACCEPT),
    ("I'm not contesting it.", Move.REASSURE),
    ("No hard feelings.", Move.REASSURE),
)
SHORT_TAKE: tuple[tuple[str, Move], ...] = (
    ("Fair enough.", Move.ACCEPT),
    ("That's fair.", Move.ACCEPT),
    ("Makes sense.", Move.ACCEPT),
)
SHORT_TAKE_BACK: tuple[tuple[str, Move], ...] = (("What you said is fair.", Move.ACCEPT),)
SHORT_LIMITS: tuple[str, ...] = ("I know you can't say much.", "I understand you have rules.")
SHORT_ONE_THING: tuple[str, ...] = (
    "What's one thing I should improve?",
    "One thing I could do better?",
    "What's the one thing to work on?",
    "Could you name one thing?",
)
SHORT_FURTHER: tuple[str, ...] = ("Which part counted most?", "Which part, mainly?", "Could you give me an example?")
SHORT_WHAT_TO_DO: tuple[str, ...] = ("What would have helped there?", "What would you do in my place?")
SHORT_BACK: tuple[str, ...] = (
    "Back to your answer: which part counted most?",
    "About your answer: could you give me an example?",
)
SHORT_STILL_OPEN: tuple[str, ...] = ("I know it may still be open.",)
SHORT_WHEN: tuple[str, ...] = ("May I get in touch again later?",)
SHORT_COMMIT_DIFFERENTLY: tuple[str, ...] = ("I'll work on that.", "I'll do that differently next time.")
SHORT_COMMIT_TO_GET: tuple[str, ...] = ("I'll look into that.", "I'll work on that.")
SHORT_DOOR: tuple[str, ...] = ("May I apply again?", "Would you keep me in mind?")
SHORT_MOMENT: tuple[str, ...] = ("Do you have a minute?", "Is now a good time?")
SHORT_SORRY: tuple[str, ...] = ("Sorry, that came out wrong. I accept the decision.",)
SHORT_SORRY_EARLY: tuple[str, ...] = ("Sorry, that came out wrong. I can wait.",)
SHORT_GOODBYE: tuple[str, ...] = ("{thanks}, bye.", "{thanks} for your time, bye.")
SHORT_HELPED_ABOUT: tuple[str, ...] = ("Now I know about {topic}.",)
SHORT_HELPED_REASON: tuple[str, ...] = ("Now I know what to work on.",)
SHORT_HELPED_KNOWING: tuple[str, ...] = ("Now I can stop guessing.",)
SHORT_HELPED_HINT: tuple[str, ...] = ("That gives me a place to start.",)
SHORT_HELPED_THAT_MUCH: tuple[str, ...] = ("I'm glad to know that much.",)
SHORT_HELPED_LITTLE: tuple[str, ...] = ("I'm glad I asked.",)
