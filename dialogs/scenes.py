"""What can be said in a call, scene by scene: the headings of a scenario file.

A row of the call's table names a scene. The scene says who speaks, and how it joins others in one turn: a turn has one
main scene, at most one before it and one after. `manager` puts them together; docs/writing-scenarios.md lists them from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Speaker(StrEnum):
    """Whose voice a line is."""

    MANAGER = "manager"
    RECEPTION = "reception"
    MACHINE = "machine"
    COACH = "coach"  # Runner-Up itself, outside the role


class Place(StrEnum):
    """Where a scene stands when a turn has several."""

    MAIN = "main"
    BEFORE = "before"  # a reaction, said before what matters more; alone when nothing does
    AFTER = "after"  # an addition, said after what matters more; alone when nothing does


@dataclass(frozen=True, slots=True)
class Scene:
    """A heading of a scenario: when its lines are said, by whom, and how much it matters beside others (rank)."""

    about: str
    rank: int
    place: Place = Place.MAIN
    speaker: Speaker = Speaker.MANAGER
    wanted: int = 3  # lines an author should write, so that two calls in a row do not sound alike


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said to the candidate: whose voice, the words, and the heading they were written under."""

    speaker: Speaker
    text: str
    heading: str


M, B, A = Place.MAIN, Place.BEFORE, Place.AFTER
R, V = Speaker.RECEPTION, Speaker.MACHINE

LEVELS: tuple[str, ...] = ("stonewall", "stock", "hint", "specific", "candid")
"""Headings of the five disclosure levels, 0 to 4."""

SCENES: dict[str, Scene] = {
    # the phone
    "pickup": Scene("the manager answers the phone, not knowing who is calling", 50, wanted=4),
    "bad_moment": Scene("the manager answers at a bad moment, in a hurry", 50, wanted=4),
    "reception": Scene("the receptionist answers", 50, speaker=R),
    "reception_asks": Scene("the receptionist wants a name and a matter", 20, speaker=R),
    "reception_cannot": Scene("the receptionist cannot say anything about it and asks who is calling", 21, speaker=R),
    "reception_refuses": Scene("the receptionist will not put this call through", 95, speaker=R),
    "reception_bye": Scene("the receptionist says goodbye", 90, speaker=R),
    "put_through": Scene("the receptionist puts the caller through", 60, speaker=R),
    "announced": Scene("the manager takes a call that was announced by name", 60),
    "voicemail": Scene("the voicemail greeting, up to the tone", 50, speaker=V),
    "voicemail_more": Scene("the machine: message noted, go on or hang up", 40, speaker=V),
    "voicemail_end": Scene("the machine: message saved, goodbye", 90, speaker=V),
    # who is this
    "hello": Scene("the manager returns a greeting and asks who is calling", 12),
    "who_is_this": Scene("the manager is asked or told something and does not know yet who is calling", 30),
    "guesses_you": Scene("the manager has asked twice and guesses which application this is about", 32, B),
    "knows_you": Scene(
        "the manager has been told who is calling, places them, asks what the call is about", 31, wanted=4
    ),
    "back_to_it": Scene("the manager knows now who is calling, and comes back to what was asked before the name", 31),
    "recalls_you": Scene("the manager places the caller and goes straight on to the rest (no question)", 9, B),
    "hello_again": Scene("a greeting in the middle of the call", 5),
    "known_already": Scene("the caller introduces themself again", 6),
    # time
    "two_minutes": Scene("the manager is asked for a moment, and grants some", 33, wanted=4),
    "minute_left": Scene("the manager says that time is nearly up", 25, A),
    "ramble": Scene("the caller talked for long; the manager asks for the point", 24, B),
    "out_of_time": Scene("the time is up; one last sentence fits", 85, A),
    "worn_out": Scene("the manager has had enough of this call; one last sentence fits", 86, A),
    # the answer, by disclosure level
    "stonewall": Scene("level 0: refuses any reason; the legal line", 70, wanted=4),
    "stock": Scene("level 1: a formula that would fit anyone", 70, wanted=6),
    "hint": Scene("level 2: a broad dimension or a partial signal", 70, wanted=5),
    "specific": Scene("level 3: the one concrete reason", 70, wanted=5),
    "candid": Scene("level 4: the concrete reason with details and advice", 70, wanted=4),
    "again": Scene("the same question again: the same answer, shorter", 69),
    "yes_that": Scene("the caller's guess is right, and the manager may say so", 13, B),
    "not_that": Scene("the caller's guess is wrong, and the manager may say so", 13, B),
    "near_it": Scene("the caller's guess is near the reason: a yes and a no could both be wrong", 13, B),
    "avoid": Scene("the caller named the very thing the manager may not say: visible avoidance", 68, wanted=4),
    "pull_back": Scene("the manager has said two open things in a row and takes one step back", 67),
    "advice": Scene("an extra piece of advice for one who took it well and has a plan", 66, wanted=4),
    "instead": Scene(
        "the reason is told, and the caller asks what would have been better: what to say or do in place of it", 70
    ),
    "no_advice": Scene(
        "the caller asks what would have been better, and it can't be said without the reason, which isn't told", 70
    ),
    "no_more": Scene("asked once too often: nothing more to add, and towards goodbye", 84),
    "not_closed": Scene("the decision is not final yet, so nothing can be said", 68),
    "email_hr": Scene("this house sends applicants to HR by e-mail", 68),
    "email_hr_again": Scene("e-mail HR, said a second time, towards goodbye", 84),
    # reactions
    "thanked": Scene("the manager is thanked", 10, B),
    "warmed": Scene("the caller took the decision well, or said nothing is being contested", 12, B, wanted=4),
    "interest_noted": Scene("the caller is still keen", 11, B),
    "commit_noted": Scene("the caller has a plan", 14, B),
    "go_on": Scene("the caller told something unasked", 8, B),
    "asks_you": Scene("the manager's own question to the caller", 23, A),
    "answered": Scene("the manager's question was answered", 15, B),
    "kind": Scene("a feeling was shown: kind words", 34, B, wanted=4),
    "upset_first": Scene("somebody is upset before the manager knows who is calling", 10, B),
    "heard_out": Scene("a first push that comes from hurt: heard out, and the call goes on", 35, B),
    "no_reconsider": Scene("mercy or another look was asked for: kindly no", 36, B, wanted=4),
    "pry_no": Scene("asked about others, pay or internal matters: a flat no", 38, B),
    "wary": Scene("that could have been a push; the manager is careful", 16, B),
    "guard": Scene("the decision was argued with: the shutters come down", 45, B, wanted=4),
    "hr": Scene("blame: from here on it is a matter for HR", 46, B),
    "cool": Scene("friendly words while the shutters are down", 12, B),
    "mended": Scene("an honest apology: the shutters go up again", 37, B),
    # the door
    "door_courtesy": Scene("asked about the future: we'll keep your details", 40, A, wanted=4),
    "door_real": Scene("asked about the future, to a second choice: a real, specific door", 41, A),
    "door_open_process": Scene("asked about the future while the decision is still open", 41, A),
    # not understood
    "say_again": Scene("the manager did not catch that", 17, wanted=4),
    "help_along": Scene("not understood a third time running: the manager helps the caller along", 18),
    "silence": Scene("nothing was said", 17),
    "puzzled": Scene("words not meant for the manager, or another language: the manager is puzzled", 19),
    "bad_line": Scene("nothing can be made out: towards goodbye", 84),
    # at the edge of the call, in the same words everywhere
    "by_the_book": Scene("a right or an adviser was named without a threat: careful, and not offended", 30, B),
    "not_to_be_asked": Scene("the caller was asked what must not be asked: serious, and where to turn", 30, B),
    "in_writing": Scene("whom to ask for something in writing", 30, B),
    "not_recorded": Scene("whether somebody listens or records", 30, B),
    "really_me": Scene("whether this is really who it says it is", 30, B),
    "to_the_point": Scene("too private: back to the point", 30, B),
    "never_a_reason": Scene("whether it was age, origin or the like: never talked about, and where to turn", 30, B),
    "it_is_a_no": Scene("whether the caller got the job: an honest no", 30, B),
    "well_thanks": Scene("the caller asks how the manager is", 30, B),
    "take_your_time": Scene("the caller needs a moment, to write something down", 30, B),
    "repeats": Scene("the caller has not caught the last words: the same again", 65),
    "no_figures": Scene("the caller asks what the post pays: no figures on the phone", 30, B),
    "this_is": Scene("the caller asks who is speaking: name and house", 30, B),
    "anything_else": Scene("an okay and nothing else: room for more", 4),
    "go_ahead": Scene("a yes or an okay before the question: room for it", 4),
    "let_drop": Scene("a bare yes, no or okay to the manager's own question: let go, and room for more", 4),
    # goodbye
    "close_warm": Scene("goodbye after a good call", 90, A, wanted=4),
    "close_neutral": Scene("goodbye", 90, A, wanted=4),
    "close_cold": Scene("goodbye after a strained call", 92, A, wanted=4),
    "cut_off": Scene("the manager ends the call there and then", 99, wanted=4),
    "goodbye": Scene("stands for close_warm, close_neutral or close_cold, by how the call went", 90, A),
    "hung_up": Scene("the caller rang off; nothing is said", 100),
}

SILENT = frozenset({"", "hung_up", "goodbye", "repeats"})
"""Scenes that have no lines of their own."""

SAID_BY_ALL: dict[str, tuple[str, ...]] = {
    "by_the_book": (
        "That's your good right, and I don't take it amiss. The formal side has to go in writing.",
        "You may, of course. Anything formal goes in writing, so I'll be careful with my words here.",
        "That's fair. The official way is in writing, and on the phone I can only speak for myself.",
    ),
    "not_to_be_asked": (
        "If you were asked that, it shouldn't have been. I can't go into it on the phone; please put it in writing, so that it's looked into.",
        "Nobody ought to be asked that. Please say so in writing. I mustn't judge it by myself on the phone.",
        "I'm sorry if that was asked. It's not a question for an interview, and in writing it gets a proper answer.",
    ),
    "in_writing": (
        "Ask for that by e-mail, at the address on the letter. Then it gets an answer in writing.",
        "I can't promise you anything in writing myself. Write to the address on the letter, with the job in the subject line.",
        "For that it's the address on the letter. Ask what they have on you in writing, and they'll tell you how it goes.",
    ),
    "not_recorded": (
        "No, I'm not recording. It's only you and me.",
        "Nobody's listening in, and I'm not taping anything.",
        "No recording here. Just the two of us on the line.",
    ),
    "really_me": (
        "Yes, it's really me.",
        "You've got the right number, yes.",
        "Yes, that's us, and you've got me.",
    ),
    "to_the_point": (
        "I'd like to keep this to the job, please.",
        "Let's stay with work, shall we?",
        "That's not what this call is for. Let's keep to the interview.",
    ),
    "never_a_reason": (
        "Nothing of that kind may ever count, and I mustn't go into it on the phone. If you think it did, put it in writing, and it will be looked into.",
        "That's nothing anybody may be judged by. If it worries you, please write to the address on the letter and say so.",
        "I won't talk about anything like that, for anybody, because it must never play a part. If you believe it did, write, and you'll get a proper answer.",
    ),
    "it_is_a_no": (
        "No, I'm afraid not. I'm sorry.",
        "It's a no. I'm sorry, that should have been plainer.",
        "No. I'm sorry you have to hear it twice.",
    ),
    "well_thanks": (
        "I'm fine, thank you for asking.",
        "All right, thank you. Kind of you to ask.",
        "Not too bad, thanks.",
    ),
    "take_your_time": (
        "Take your time.",
        "No hurry at all. I'm listening.",
        "I'm still here. Whenever you're ready.",
    ),
    "no_figures": (
        "Figures aren't mine to give out on the phone. HR can tell you what the post pays.",
        "I can't give you numbers, sorry. What the post pays, HR will tell you.",
        "I leave the figures to HR. They'll tell you what the post pays.",
    ),
    "this_is": (
        "It's {manager} here, {company}.",
        "You've got {manager}, at {company}.",
        "{manager} speaking, for {company}.",
    ),
    "near_it": (
        "Not quite.",
        "Not exactly.",
        "Not that as such.",
    ),
    "upset_first": (
        "I'm sorry, you've had a hard time of it.",
        "That doesn't sound good. I'm sorry.",
        "Oh dear. Let's take it slowly.",
    ),
    "heard_out": (
        "I hear you, and I'm sorry it went like that.",
        "You may say that to me. I won't hold it against you.",
        "I can understand that. I'm sorry.",
        "That's hard, and I won't argue with you about it.",
    ),
    "back_to_it": (
        "Now, what was it you asked?",
        "So. You had a question.",
        "Now then, your question.",
    ),
    "go_ahead": (
        "Go ahead. What would you like to know?",
        "So, what was it you wanted to ask?",
        "I'm listening. What is it?",
    ),
    "let_drop": (
        "You don't have to answer that. Is there anything else you'd like to know?",
        "That's all right, I only wondered. Was there something else?",
        "Never mind that one. What else would you like to know?",
    ),
    "anything_else": (
        "Is there anything else you'd like to ask?",
        "Was there something else?",
        "Anything else you'd like to know?",
    ),
}
"""What every manager says at the edge of the call, in much the same words, as people do where they have to be careful."""

HEADINGS: tuple[str, ...] = tuple(h for h in SCENES if h not in SILENT and h not in SAID_BY_ALL)
"""Every heading an author may write lines under, in the order of a call."""

ECHOES: dict[str, tuple[str, ...]] = {
    "asking": (
        "So you're asking what tipped the balance.",
        "You'd like to know what made the difference, if I follow.",
        "If I hear you right, it's the reason you're after.",
    ),
    "displeasure": (
        "You're not happy with how it went, I gather.",
        "I can hear that this sits badly with you.",
        "So it doesn't sit right with you.",
    ),
    "door": (
        "You're asking about later on, I take it.",
        "So you'd like to stay in touch, if I follow.",
        "You mean whether something else might come up.",
    ),
}
"""What she says before her answer when she understood with some doubt: her reading, so that it can be corrected."""

NOTHING_NEW: tuple[str, ...] = (
    "It's fair to ask. It comes down to the same thing.",
    "You didn't miss anything. It's that, and nothing beside it.",
    "I see why you'd ask. It's the same thing, seen closer.",
)
"""What she says before the reason when all she has to tell was told already: other words for it, and no second reason."""

COMMON = frozenset({"echo", "nothing_new", *SAID_BY_ALL})
"""What a manager says in words that are the same in every scenario, by the heading they are logged under."""
