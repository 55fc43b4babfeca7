"""The generated parts of docs/writing-scenarios.md: each idea as a piece of a file, followed by the call it produces."""

from __future__ import annotations

from dialogs.hearing.heard import Heard
from dialogs.practice import Practice, Turn
from dialogs.scenario import HOUSES, KINDS, BadScenario, parse_scenario
from dialogs.scenario.remarks import remarks_on
from dialogs.scenario.schema import schema
from dialogs.scenes import HEADINGS, LEVELS, SCENES
from dialogs.transcript import write_play

FIRST = """\
title: Baker at Crumb Lane
manager: Hetty Marlow
company: Crumb Lane
job: baker
manner: warm
house: plain
cap: 3
reason: certificate
truth: The other finalist held the food safety certificate that the job asks for.
thought: Good hands. I'd have liked to say yes.
says:
  hint:
    - It wasn't your bread. It was something on the list of what we need.
    - Your loaves were lovely. It was more the paperwork side.
  specific:
    - The food safety certificate. They had it already.
    - You don't hold the food safety certificate yet, and the job asks for it.
"""

_Said = tuple[str, tuple[str, ...], tuple[str, ...]]

POLITE: tuple[_Said, ...] = (
    ("Hello, this is Ana Reyes, I came in about the baker's job.", ("greet", "introduce"), ()),
    ("I accept the decision. What could I have done better?", ("accept", "ask_open"), ()),
    ("Thank you. What would have changed it?", ("thank", "probe"), ()),
    ("Thanks, that helps. Goodbye.", ("thank", "close"), ()),
)
BARE: tuple[_Said, ...] = (
    POLITE[0],
    ("Why didn't I get it?", ("ask_open",), ()),
    ("Thanks. Goodbye.", ("thank", "close"), ()),
)
GUESSING: tuple[_Said, ...] = (
    POLITE[0],
    ("Was it something at lunch?", ("ask_specific",), ("manners",)),
    (
        "I accept it, and I can take it. Was it something at lunch?",
        ("accept", "reassure", "ask_specific"),
        ("manners",),
    ),
    ("That's fair. Could you say a little more?", ("accept", "probe"), ()),
    ("Thank you. So it was lunch?", ("thank", "ask_specific"), ("manners",)),
    ("Oh dear. Thank you, I'd rather know. Goodbye.", ("thank", "close"), ()),
)
SCREENED: tuple[_Said, ...] = (
    ("Hello, why didn't I get the job?", ("greet", "ask_open"), ()),
    ("This is Ana Reyes, about the baker's job.", ("introduce",), ()),
    ("Thank you. Goodbye.", ("thank", "close"), ()),
)
LATER: tuple[_Said, ...] = (
    POLITE[0],
    ("Would you keep me in mind?", ("door",), ()),
    ("Thank you. Goodbye.", ("thank", "close"), ()),
)


def first() -> str:
    """The smallest file that works, and its call."""
    return _file(FIRST) + _call(FIRST, POLITE)


def voice() -> str:
    """Lines of her own."""
    added = """\
  pickup:
    - Crumb Lane, hang on, my hands are full of flour. Hetty here.
  knows_you:
    - Oh yes, you brought the rye loaf! What can I do for you?
"""
    return _file(added) + _call(FIRST + added, POLITE[:2])


def cap() -> str:
    """A policy cap."""
    text = FIRST.replace("cap: 3", "cap: 1").partition("says:")[0] + "says: {}\n"
    return _file("cap: 1\n") + _call(text, POLITE)


def reason() -> str:
    """A kind of reason that is withheld."""
    text = FIRST.replace("reason: certificate", "reason: faux pas").partition("says:")[0]
    text = text.replace("cap: 3", "cap: 4").replace(
        "The other finalist held the food safety certificate that the job asks for.", "At lunch you sent the soup back."
    )
    added = """\
says:
  hint:
    - It was a small thing, and not about your work.
  specific:
    - It was something at lunch.
  candid:
    - You sent the soup back, and I'd made it. It sounds silly, but I minded. Next time, just leave a bit.
"""
    return _file("cap: 4\nreason: faux pas\n" + added) + _call(text + added, GUESSING)


def house() -> str:
    """A house style."""
    return _file("house: panel\n") + _call(FIRST.replace("house: plain", "house: panel"), BARE)


def opening() -> str:
    """Who answers."""
    text = FIRST.replace("says:", "opening: reception\nreceptionist: Joe\nsays:")
    return _file("opening: reception\nreceptionist: Joe\n") + _call(text, SCREENED)


def door() -> str:
    """A second choice."""
    added = "  door_real:\n    - Our Tuesday baker leaves in May. Ring me then, and I mean it.\n"
    text = FIRST.replace("says:", "second choice: yes\nsays:") + added
    return _file("second choice: yes\nsays:\n" + added) + _call(text, LATER)


def check() -> str:
    """What check says to a file with mistakes."""
    wrong = FIRST.replace("manner: warm", "manner: warmly").replace("  hint:", "  hnt:").replace("cap: 3", "cap: 7")
    found: list[str]
    try:
        parse_scenario(wrong, name="crumb")
        found = []
    except BadScenario as error:
        found = [str(fault) for fault in error.faults]
    added = "  candid:\n    - The certificate, and everything else I thought.\n"
    odd = [str(r) for r in remarks_on(parse_scenario(FIRST + added, name="crumb"))]
    return f"```text\n{chr(10).join(found)}\n```\n\nand\n\n```text\n{chr(10).join(odd)}\n```\n"


def headings() -> str:
    """Every heading, when it is said, and how many lines are wanted."""
    rows = [f"| `{h}` | {s.about} | {s.speaker} | {s.wanted} |" for h, s in SCENES.items() if h in HEADINGS]
    return "\n".join(["| heading | said when | by | lines |", "|---|---|---|---|", *rows]) + "\n"


def fields() -> str:
    """Every field of a file."""
    made = schema()
    needed = set(made["required"])
    rows = [
        f"| `{name}` | {'yes' if name in needed else ''} | {about['description']} |"
        for name, about in made["properties"].items()
    ]
    return "\n".join(["| field | needed | what it is |", "|---|---|---|", *rows]) + "\n"


def kinds() -> str:
    """Kinds of reason, with what they cost; and house styles."""
    rows = [
        f"| `{name}` | {k.about} | {k.price if k.price <= 4 else 'never'} | {k.ceiling} |" for name, k in KINDS.items()
    ]
    styles = [f"| `{name}` | {about} | {start} |" for name, (start, about) in HOUSES.items()]
    return (
        "\n".join(["| reason | what it is | trust it costs (1-4) | told up to level |", "|---|---|---|---|", *rows])
        + "\n\n"
        + "\n".join(["| house | what it is | begins at level |", "|---|---|---|", *styles])
        + "\n"
    )


def levels() -> str:
    """The five levels."""
    rows = [f"| {n} | `{name}` | {SCENES[name].about.partition(': ')[2]} |" for n, name in enumerate(LEVELS)]
    return "\n".join(["| level | heading | she |", "|---|---|---|", *rows]) + "\n"


def _file(text: str) -> str:
    return f"```yaml\n{text.rstrip()}\n```\n\n"


def _call(text: str, lines: tuple[_Said, ...]) -> str:
    # The moves are given, so that this page says the same whatever hearing makes of the words.
    scenario = parse_scenario(text, name="crumb")
    practice = Practice(scenario, 1)
    turns: list[Turn] = [practice.begin()]
    for said, moves, areas in lines:
        if not practice.ended:
            turns.append(practice.take(Heard.of(*moves, areas=areas), said))
    play = write_play(scenario, 1, turns, notes=True).partition("\n\n")[2]
    return f"```text\n{play.rstrip()}\n```\n"
