"""Lines for the decode drill: what managers of different houses say, how open it really is, and how one can tell.

Written for the drill; none of them is said in a scenario. `kind` is the true reason behind the line (a key of scenario.KINDS); whether
the line lets one see it is another matter, and the point of the exercise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """A short exchange: what the candidate asked, what came back, its level (0-4), the reason behind it, and how to tell."""

    key: str
    house: str
    asked: str
    said: str
    level: int
    kind: str
    why: str


SAMPLES: tuple[Sample, ...] = (
    # -- level 0: refuses any reason
    Sample("hr-only", "burned", "Could you tell me what I was missing?",
           "Anything to do with that goes through HR. In writing, please.", 0, "comparison",
           "No word about the decision, only about who may speak of it. That is a rule of the house, not a sign of anything."),
    Sample("neutral-notice", "german", "May I ask what the reason was?",
           "We give no information on individual applications. I ask for your understanding.", 0, "certificate",
           "Polite and closed. In houses like this everybody hears the same sentence, the best and the worst."),
    Sample("not-my-call", "counsel", "Was it something in the interview?",
           "I'm not in a position to go into that, and I won't be next week either.", 0, "faux pas",
           "It neither confirms nor denies. “Not in a position” means: somebody has told me not to."),
    Sample("decision-stands", "burned", "Just one hint, maybe?",
           "The decision's made, the letter's out. There's nothing I can add to the letter.", 0, "years",
           "It repeats that there is a decision. About why, nothing at all."),
    Sample("policy-sorry", "counsel", "What would have helped me?",
           "I'd honestly like to say something. I've signed a thing that says I don't.", 0, "exit story",
           "Warm in tone, and still nothing said. Sympathy is not information."),
    Sample("file-closed", "german", "Could I ask for some feedback?",
           "The file has been closed on our side. We do not comment on the assessment.", 0, "overqualified",
           "“Assessment” tells you there was one, which you knew. Nothing else is in it."),
    Sample("privacy", "burned", "Who did better, and in what?",
           "I can't discuss other people, and I can't discuss you by comparison with them.", 0, "comparison",
           "Both doors are shut in one sentence: others, and you as compared with others."),
    Sample("no-feedback-stage", "agency", "Did they say anything about me?",
           "The client hasn't released any comments, so I've got nothing to pass on.", 0, "presentation",
           "A recruiter often does know more. What you were told here is still nothing."),
    # -- level 1: a formula that fits anyone
    Sample("strong-field", "uk", "Why wasn't I chosen?",
           "It was an exceptionally strong field this time.", 1, "unquantified",
           "It could be said to every applicant for every job. That is how you know a formula."),
    Sample("closer-match", "counsel", "What made the difference?",
           "The person appointed was a closer match to the role profile.", 1, "dislike",
           "“Closer match” sounds like a comparison, but it names nothing that was compared."),
    Sample("impressive-but", "counsel", "Could you tell me why?",
           "Your background is genuinely impressive, and we've decided to move forward with somebody else.", 1, "pay",
           "Praise, then the decision, and no bridge between the two. The praise is packing material."),
    Sample("keep-on-file", "plain", "Is there anything I could improve?",
           "You did nothing wrong. We'll certainly keep your details on file.", 1, "interest",
           "“Nothing wrong” would be a relief if it came with a reason. With the file, it is a goodbye."),
    Sample("better-fit", "founder", "What was it in the end?",
           "We just felt another person was the better fit for where we are right now.", 1, "answers",
           "“Fit” can code almost anything, from skills to chemistry. Until somebody says fit for what, it is a formula."),
    Sample("business-needs", "counsel", "Was there a particular reason?",
           "We hire to the needs of the business at a given time, and that's what we did.", 1, "budget",
           "True of every company on every day. There may be a budget behind it; from this line one cannot know."),
    Sample("hard-choice", "plain", "Can I ask what tipped it?",
           "Honestly, it was a really hard choice and we went back and forth.", 1, "comparison",
           "It tells you how it felt, not what it turned on. “Honestly” is no level."),
    Sample("right-direction", "uk", "What could I do better?",
           "Keep doing what you're doing. The right thing will come along.", 1, "application",
           "Kind, and empty: it would fit a person who did everything right and one who did everything wrong."),
    # -- level 2: a direction
    Sample("experience-side", "plain", "Was it more the interview or the CV?",
           "If I had to point somewhere, I'd point at experience rather than the interview.", 2, "years",
           "A broad dimension is named and another ruled out. That is a hint: now ask what kind of experience."),
    Sample("internal-breeze", "founder", "Did I ever have a real chance?",
           "Let's just say somebody already knew where the coffee machine was.", 2, "internal",
           "Said with a smile, but it says it: a person from inside. That has little to do with you."),
    Sample("second-interview", "uk", "Which part let me down?",
           "Your first conversation was very good. It was the second one people talked about.", 2, "answers",
           "A place is named, the second interview, not what happened there. One question further it may come."),
    Sample("numbers-people", "founder", "What would you have liked to hear more of?",
           "We're numbers people here. I'd have liked to see more of that side.", 2, "unquantified",
           "It names the side, not the moment. “Which result would you have liked a number for?” is the next step."),
    Sample("paper", "german", "Was something missing formally?",
           "There were formal requirements in the advertisement. I cannot say more than that.", 2, "certificate",
           "In a house that says nothing, this is a lot: it points to the list in the advertisement."),
    Sample("team-feel", "plain", "Was it about me as a person?",
           "The team has its own way, and I wasn't sure how that would go.", 2, "dislike",
           "This is as open as chemistry ever gets: coded as the team. More will not come, and it need not be about you."),
    Sample("commute", "agency", "Was there a practical reason?",
           "They did bring up the distance, I'll give you that much.", 2, "practical",
           "A recruiter passes on one word: distance. Whether it decided is still open."),
    Sample("expectations", "agency", "Did the salary matter?",
           "Expectations were, how shall I put it, a topic.", 2, "pay",
           "“Expectations” is the polite word for pay. It is a direction, not yet a statement."),
    Sample("story", "plain", "Was there something that worried you?",
           "There was a question mark somewhere in how you got from your last place to here.", 2, "exit story",
           "It points to the move between jobs without saying what was odd about it."),
    # -- level 3: one concrete reason
    Sample("criterion-four", "panel", "Could I have my marks by criterion?",
           "You were one mark short on criterion four, managing a budget. On the rest you were level or above.", 3, "qualification",
           "A criterion, a mark, a comparison with the bar. A public panel owes you this much."),
    Sample("forklift", "plain", "Was it the licence?",
           "Yes. The other one had the forklift licence in hand, and we start on Monday.", 3, "certificate",
           "A fact you can do something about, said in one breath. That is a specific reason."),
    Sample("three-years", "uk", "How far off was my experience?",
           "We asked for five years of case work and you've two. That was the difference on paper.", 3, "years",
           "Asked for, had, difference: everything is there. What is missing for more is what to do about it."),
    Sample("post-frozen", "founder", "Is there something I don't know?",
           "The post is gone. Finance froze it on Tuesday, you'd have been the one.", 3, "budget",
           "A concrete reason that is about the firm and not about you. Worth asking to be remembered."),
    Sample("left-boss", "plain", "Was it how I talked about my last job?",
           "It was. You told us three times that your old boss was hopeless.", 3, "exit story",
           "It names the thing and where it was heard. Advice would make it candid."),
    Sample("site-knowledge", "uk", "Did I seem badly prepared?",
           "You didn't know that we closed the Leeds site. That had been on the front page of our web site.", 3, "unprepared",
           "One concrete moment. You know exactly what to read before the next interview."),
    Sample("too-senior", "agency", "Was I too senior for it?",
           "Their words were: over the job by two grades, gone in a year.", 3, "overqualified",
           "A recruiter quoting the client is as specific as it gets: too senior, with their fear attached."),
    Sample("typing-test", "panel", "What about the test?",
           "The pass mark in the exercise was sixty. You had fifty-two.", 3, "qualification",
           "Two numbers and a line between them. No opinion, and nothing to argue with."),
    # -- level 4: with detail and advice
    Sample("no-figures-advice", "founder", "What would you do in my place?",
           "You said you “improved sales a lot”. By how much? We all leaned in and nothing came. Take three projects, put a number on each, "
           "and say it in the first sentence.", 4, "unquantified",
           "The moment, the effect on the listeners, and what to do: that is candid. Take it and write it down."),
    Sample("watch-clock", "founder", "Please be blunt.",
           "Twice you looked at the clock while Ana was talking. I know you had a train. She didn't. Next time say at the start when you have "
           "to leave, and nobody minds.", 4, "interest",
           "A small thing few people would tell you, with the reason it mattered and a remedy."),
    Sample("star-answer", "uk", "Which answer was it?",
           "The one about conflict. Four minutes, and we never heard how it ended. Tell it backwards: how it ended, then what you did.",
           4, "answers",
           "Which answer, what was wrong with it, and how to tell it better."),
    Sample("shirt", "plain", "I can take it, whatever it is.",
           "All right. You came straight from the gym bag, shirt and all, and the client was in the room. Hang a jacket in the car. "
           "It's silly, and it counted.", 4, "presentation",
           "Personal and fixable, which is exactly what people keep to themselves. Somebody trusted you with it."),
    Sample("cover-letter", "panel", "Is there anything in the application itself?",
           "The letter was addressed to our competitor. Two of us laughed, one didn't. Read the first line aloud before you send it; I do "
           "that with my own.", 4, "application",
           "The slip, who minded it, and a habit against it."),
    Sample("boss-line", "founder", "How should I have put it?",
           "You need one sentence for why you left, and you have ten. “I'd learned what I could there.” Stop. Then talk about us.",
           4, "exit story",
           "The reason and the exact sentence to use instead. There is no more open than that."),
    Sample("reference-advice", "agency", "Did something come back on me?",
           "One of your referees took a week to ring back and then couldn't recall the project. Nothing bad, just flat. Warn them before "
           "you name them, and send them the advert.", 4, "references",
           "A fact about the process, how it sounded, and what to do before the next time."),
)  # fmt: skip


HOUSES: dict[str, str] = {
    "counsel": "a firm whose lawyers train its managers",
    "burned": "a firm that was sued once",
    "founder": "a founder",
    "uk": "a British employer",
    "german": "a German employer",
    "panel": "a public panel",
    "agency": "a recruiter",
    "plain": "a manager of a middling firm",
}
"""Who is speaking, as the drill says it."""
