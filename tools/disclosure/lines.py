"""The lines the disclosure reader learns from: those of dialogs/phrases_manager, and what the library's managers say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from dialogs.scenario import library, read_scenario
from dialogs.scenes import LEVELS, SCENES, Speaker

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "dialogs" / "phrases_manager"
EXAMINATION = ROOT / "tests" / "phrases_manager"
"""Hands that are measured on and never taught."""

SPOKEN = frozenset(
    "abroad agency blunt british chats consultant direct feedback_calls founder hospitals managers_tell ordinary_calls owners phone "
    "phone_two plainly_retold promotion rambling recruiter_on_the_line reported retold retold_two site texts told_in_short "
    "two_parts".split()
)  # hands of talk, or told as heard; the others are letters and mails
SILENT = 450  # lines that answer nothing are many; so many of them teach enough


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its level (None: it answers nothing), whose hand it is, its words."""

    level: int | None
    hand: str
    text: str


def written(folder: Path = WRITTEN) -> list[Line]:
    """Every line of a folder, a file a hand: a level or a dash, a space, the words; or JSON Lines with text and level.

    The same words twice are taken once. Raises ValueError for a level that is none.
    """
    found: dict[str, Line] = {}
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.jsonl")]):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            level, text = _row(line) if path.suffix == ".jsonl" else _marked(line)
            if level not in (None, 0, 1, 2, 3, 4):
                raise ValueError(f"{path.name}: {level!r} is no level from 0 to 4")
            found.setdefault(text, Line(level, path.stem, text))
    return list(found.values())


def _marked(line: str) -> tuple[int | None, str]:
    mark, _, text = line.partition(" ")
    return None if mark == "-" else int(mark), text


def _row(line: str) -> tuple[int | None, str]:
    row = json.loads(line)
    return row["level"], " ".join(row["text"].split())


def of_library() -> list[Line]:
    """What the managers of the library say, by heading; other scenes answer nothing, and those near an answer are left out."""
    near = {
        "again",
        "avoid",
        "pull_back",
        "no_more",
        "not_closed",
        "email_hr",
        "email_hr_again",
        "guard",
        "hr",
        "cut_off",
    }
    near |= {"advice", "yes_that", "not_that", "pry_no", "no_reconsider", "door_courtesy", "door_real", "close_cold"}
    found = []
    for name, path in library().items():
        scenario = read_scenario(path)
        for heading, lines in scenario.lines.items():
            if heading in near or SCENES[heading].speaker is not Speaker.MANAGER:
                continue
            level = LEVELS.index(heading) if heading in LEVELS else None
            # A manner's own lines are many scenarios' at once; they are taken once.
            own = scenario.own_lines.get(heading, ())
            found += [Line(level, f"library {name}", text) for text in lines if own or level is None]
    once = list({line.text: line for line in found}.values())
    silent = [x for x in once if x.level is None]
    return [x for x in once if x.level is not None] + Random(SILENT).sample(silent, min(SILENT, len(silent)))


def mixed(lines: list[Line], count: int, seed: int) -> list[Line]:
    """Lines put together in twos: as open as the more open of both."""
    rng = Random(seed)
    answers = [x for x in lines if x.level is not None and len(x.text) < 160]
    talk = [x for x in lines if x.level is None and len(x.text) < 120]
    made = []
    plain_ones = {x.level: [y for y in answers if y.level == x.level] for x in answers}
    for _ in range(count):
        a = rng.choice(plain_ones[rng.choice((0, 1, 2, 3, 3))])
        # A formula and a refusal in one breath are read either way by fair readers, so they teach nothing.
        formal = [x for x in answers if x.level == a.level or (x.level in (0, 1) and a.level not in (0, 1))]
        b = rng.choice(talk if rng.random() < 0.35 else formal)
        if rng.random() < 0.4:
            b = Line(None, "courtesy", rng.choice(COURTESY))
        level = max(x.level for x in (a, b) if x.level is not None)
        first, second = (a, b) if rng.random() < 0.5 else (b, a)
        made.append(Line(level, "mixed", f"{first.text} {second.text}"))
    return made


# What stands around an answer in letters and says nothing: it must not count for a formula.
COURTESY = (
    "Thank you for your interest in our company.", "We appreciate the time you took to speak with us.", "Thank you for applying.",
    "We enjoyed meeting you.", "It was a pleasure talking to you.", "We wish you every success in your search.",
    "Thank you for your message.", "I hope this helps.", "I'm sorry it isn't better news.", "Best of luck with your next steps.",
    "I know this is disappointing.", "Thanks for asking.",
    "We will keep your details on file.", "Please apply again in future.",
    "We liked you.", "Don't let it discourage you.",
    "You did well in the interview.",
)  # fmt: skip


# Frames filled with what managers speak of: so that a gap is known as a gap whatever the trade.
AREAS = (
    "industry experience", "technical depth", "client work", "leadership", "communication", "team fit", "the commercial side",
    "seniority", "culture", "presentation skills", "your background", "stakeholder management", "people skills", "motivation",
    "strategic thinking", "the practical side", "availability", "your profile", "soft skills", "the written part",
)  # fmt: skip
GAPS = (
    "a nursing registration", "an HGV licence", "five years in retail banking", "a background in React", "a PMP certificate",
    "fluent Italian", "a completed master's degree", "experience with night shifts", "a security clearance", "work with toddlers",
    "management of more than ten people", "hands-on Terraform", "a valid first-aid certificate", "published research",
    "three years of B2B sales", "a CPA", "experience in a kitchen of this size", "a teaching qualification", "a work visa",
    "knowledge of pension law", "time on a CNC lathe", "a track record in fundraising",
)  # fmt: skip
SLIPS = (
    "arrived ten minutes late", "couldn't explain the gap in your CV", "spoke badly of your last boss", "didn't ask anything",
    "gave no numbers at all", "hadn't looked at our website", "interrupted the chair twice", "wore trainers to the interview",
    "left the last question blank", "contradicted your own CV", "never said what you had done yourself", "looked at your phone",
    "failed the spreadsheet test", "misspelled the company's name", "talked for nine minutes about one project",
    "answered a different question from the one we asked", "said you'd be gone in a year", "couldn't name one customer of ours",
)  # fmt: skip
ADVICE = (
    "Prepare two examples with figures and say the result first.", "Get it done this winter and apply again.",
    "I'd rehearse that answer out loud until it takes one minute.", "Bring three questions next time, and write them down.",
    "Ask your manager for a small team to lead, and put that at the top of your CV.", "Next time, say it in one sentence and stop.",
    "If you work on that, I'd gladly see you again in spring.", "My advice is to take the short course and mention the date.",
    "Have a friend play the interviewer and time you.", "Put the numbers into the first line of each project.",
)  # fmt: skip
FRAMES: dict[int, tuple[str, ...]] = {
    2: (
        "It was mainly about {a}.", "The others had somewhat more to show in terms of {a}.", "We had some doubts about {a}.",
        "Where you were a little weaker was {a}.", "It came down to {a}.", "I'd look at {a}, if I were you.",
        "The one thing the panel hesitated over was {a}.", "We went with someone stronger on {a}.", "{a}, mostly.",
        "The successful person had more to offer regarding {a}.", "Your {a} could have been stronger.", "The concern was {a}.",
    ),
    3: (
        "You don't have {g}, and the person we chose does.", "We needed {g}.", "The job asks for {g}, which you haven't got.",
        "The other candidate came with {g}.", "What was missing is {g}.", "You {s}.", "Honestly, you {s}, and that was it.",
        "In the interview you {s}.", "They noticed that you {s}.", "It was because you {s}.", "Without {g} I couldn't put you forward.",
        "The reason is simple: you {s}.", "You'd need {g} for this one.", "The hiring manager said you {s}.",
    ),
    4: (
        "You don't have {g}, and the person we chose does. {v}", "You {s}. {v}", "To be open with you, you {s}. {v}",
        "It was {g} that you lacked. {v}", "The panel noted that you {s}. The rest was good. {v}", "What cost you the job: you {s}. {v}",
        "We needed {g}, and you came second because of it. {v}",
    ),
}  # fmt: skip


def framed(count: int, seed: int) -> list[Line]:
    """Lines made of frames, areas, gaps, slips and advice, each combination at most once."""
    rng = Random(seed)
    made = []
    for level, frames in FRAMES.items():
        every = []
        for frame in frames:
            holes = {"a": AREAS, "g": GAPS, "s": SLIPS, "v": ADVICE}
            names = [n for n in holes if "{" + n + "}" in frame]
            for values in product(*(holes[n] for n in names)):
                text = frame.format(**dict(zip(names, values, strict=True)))
                every.append(text[0].upper() + text[1:])
        made += [Line(level, "framed", t) for t in rng.sample(every, min(count, len(every)))]
    return made
