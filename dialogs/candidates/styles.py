"""The ways of calling: for each style, what it does next in the call as it stands.

Every way first deals with who is on the line (`_arrive`), then with what was just said, then goes on with its own purpose.
"""

from __future__ import annotations

from collections.abc import Callable

from dialogs.call import Phase
from dialogs.candidates.talk import ACTS, Act, Talk
from dialogs.hearing.areas import AREAS

Way = Callable[[Talk], list[Act]]

UNDERSTOOD_BADLY = ("say_again", "help_along", "silence", "puzzled", "bad_line")


def _arrive(talk: Talk, *, greets: float = 0.7, asks_time: float = 0.0) -> list[Act] | None:
    """What anyone says to a machine, a receptionist or a stranger's hello; None once she knows who it is."""
    match talk.phase:
        case Phase.VOICEMAIL:
            return (
                ["greet", "intro", "message"] if talk.turns == 1 else [talk.one("thank", "close", "message"), "close"]
            )
        case Phase.RECEPTION:
            return [talk.one("intro", "matter"), "intro"] if talk.done["intro"] else ["intro"]
        case Phase.PICKUP:
            acts = ["greet"] if talk.turns == 1 and talk.chance(greets) else []
            acts.append("intro")
            return [*acts, "permission"] if talk.chance(asks_time) else acts
    return None


def model(talk: Talk) -> list[Act]:
    """Takes the decision first, asks for one thing, asks on, takes what comes, says what they will do, and goes."""
    if (acts := _arrive(talk, asks_time=0.8)) is not None:
        return acts
    before: list[Act] = ["answer"] if talk.asked else []
    if talk.phase is Phase.CLOSING:
        return ["thank", "close"]
    if talk.phase is Phase.GUARDED:
        return ["sorry"]
    if talk.heard(*UNDERSTOOD_BADLY):
        return ["ask_points"]
    if talk.heard("minute_left") and talk.asks >= 2:
        return [*before, "accept_answer", "commit"] if not talk.done["commit"] else ["thank", "close"]
    if not talk.asks:
        first = talk.one("acknowledge", "thank")
        return [*before, first, talk.one("accept", "reassure"), talk.one("ask_points", "ask_open")]
    if talk.heard("email_hr"):
        return ["acknowledge", "reassure", "ask_points"]
    if talk.heard("avoid"):
        return ["acknowledge", "reassure", talk.area()]
    if (
        talk.asks < (3 if talk.best <= 1 else 5)
        and not talk.heard("pull_back", "no_more", "again")
        and not (talk.best >= 4 or talk.heard("advice"))
    ):
        return [*before, talk.one("accept_answer", "thank", "reassure"), "probe" if talk.asks % 2 else talk.area()]
    if not talk.done["commit"]:
        return [*before, "accept_answer", "commit"]
    if not talk.done["door"] and talk.chance(0.7):
        return [*before, "door"]
    return ["thank", "close"]


def average(talk: Talk) -> list[Act]:
    """Polite, a little lost: asks broadly, half accepts, sometimes argues once or asks too often."""
    if (acts := _arrive(talk, asks_time=0.25)) is not None:
        return acts
    before: list[Act] = ["answer"] if talk.asked else []
    if talk.phase is Phase.CLOSING:
        return [talk.one("thank", "accept_answer"), "close"]
    if talk.phase is Phase.GUARDED:
        return [talk.one("sorry", "thank", "probe")] if talk.chance(0.7) else ["thank", "close"]
    if talk.heard(*UNDERSTOOD_BADLY):
        return [talk.one("ask_open", "intro", "ask_points")]
    if not talk.asks:
        acts = [talk.one("thank", "interest", "vent")] if talk.chance(0.4) else []
        acts += [talk.one("accept", "reassure")] if talk.chance(0.4) else []
        return [*before, *acts, "ask_open" if talk.chance(0.8) else talk.area()]
    if talk.asks < talk.lot.choice((2, 3, 3, 4)):
        if talk.chance(0.12):
            return [*before, talk.one("argue", "argue", "plead", "pry")]
        acts = [talk.one("accept_answer", "thank", "vent")] if talk.chance(0.5) else []
        return [*before, *acts, talk.one("probe", "probe", "ask_open", talk.area())]
    if not talk.done["door"] and talk.chance(0.4):
        return [*before, "door"]
    if not talk.done["commit"] and talk.chance(0.25):
        return [*before, "thank", "commit"]
    return [*before, "thank", "close"]


def timid(talk: Talk) -> list[Act]:
    """Asks once, wrapped in cotton wool, takes the first answer and goes."""
    if (acts := _arrive(talk, greets=1.0)) is not None:
        return acts
    if talk.phase in (Phase.CLOSING, Phase.GUARDED):
        return ["thank", "close"]
    if talk.heard(*UNDERSTOOD_BADLY):
        return ["ask_open"]
    if not talk.asks:
        return [talk.one("acknowledge", "thank"), "ask_open"] if talk.chance(0.6) else ["ask_open"]
    if talk.asked:
        return ["answer"]
    if talk.asks == 1 and talk.chance(0.3):
        return ["accept_answer", "probe"]
    return ["accept_answer", "thank", "close"]


def rambling(talk: Talk) -> list[Act]:
    """Tells the whole story, and somewhere in it asks."""
    if talk.phase is Phase.VOICEMAIL:
        return ["intro", "long"] if talk.turns < 3 else ["long"]
    if (acts := _arrive(talk)) is not None:
        return [*acts, "long"] if talk.chance(0.6) else acts
    if talk.phase is Phase.CLOSING:
        return ["long", "close"]
    if talk.asked:
        return ["answer", "long"]
    if not talk.asks:
        return ["long", "ask_open"] if talk.chance(0.6) else ["long"]
    if talk.asks < 3:
        return ["long", talk.one("probe", "ask_open")]
    return [talk.one("long", "interest", "thank"), "close"] if talk.chance(0.5) else ["tell", "long"]


def sorry(talk: Talk) -> list[Act]:
    """Apologises for everything, asks, and apologises for having asked."""
    if (acts := _arrive(talk, greets=1.0, asks_time=0.6)) is not None:
        return acts
    if talk.phase is Phase.CLOSING:
        return ["thank", "close"]
    if talk.heard(*UNDERSTOOD_BADLY):
        return ["reassure", "ask_open"]
    before: list[Act] = ["answer"] if talk.asked else []
    if not talk.asks:
        return [*before, "acknowledge", "reassure", "ask_open"] if talk.chance(0.7) else ["acknowledge"]
    if talk.asks < 3 and talk.chance(0.6):
        return [*before, talk.one("reassure", "acknowledge", "accept"), talk.one("ask_open", "probe")]
    return [*before, talk.one("accept", "reassure"), "thank", "close"]


def terse(talk: Talk) -> list[Act]:
    """As few words as will do: name, why, which, bye."""
    if talk.phase is Phase.VOICEMAIL:
        return ["message"] if talk.turns == 1 else ["close"]
    if (acts := _arrive(talk, greets=0.2)) is not None:
        return acts
    if talk.phase is Phase.CLOSING:
        return ["close"]
    if talk.asked:
        return ["accept_answer"]
    if talk.heard("email_hr") and talk.chance(0.5):
        return ["accept_answer", "ask_points"]
    if not talk.asks or talk.heard(*UNDERSTOOD_BADLY):
        return ["ask_open"]
    if talk.asks < 3 and talk.chance(0.65):
        return [talk.one("probe", "ask_open")]
    return ["accept_answer", "close"]


def arguing(talk: Talk) -> list[Act]:
    """Meets every reason with a counter."""
    if (acts := _arrive(talk)) is not None:
        return acts
    if talk.phase is Phase.CLOSING:
        return ["argue"] if talk.chance(0.6) else ["close"]
    if talk.phase is Phase.GUARDED and talk.chance(0.35):
        return [talk.one("sorry", "ask_open", "vent")]
    if not talk.asks:
        return [talk.one("interest", "thank"), "ask_open"] if talk.chance(0.5) else ["ask_open"]
    if talk.asks < 2 and talk.chance(0.25):
        return ["probe"]
    return ["argue", "ask_open"] if talk.chance(0.3) else ["argue"]


def hostile(talk: Talk) -> list[Act]:
    """Blames, insults, and asks only to blame again."""
    if talk.phase is Phase.VOICEMAIL:
        return ["intro", "accuse"] if talk.turns == 1 else [talk.one("insult", "accuse")]
    if talk.phase is Phase.RECEPTION:
        return ["intro"] if talk.chance(0.7) else [talk.one("accuse", "insult", "argue")]
    if (acts := _arrive(talk, greets=0.4)) is not None:
        return [*acts, talk.one("accuse", "argue")] if talk.chance(0.4) else acts
    if talk.phase is Phase.CLOSING:
        return [talk.one("insult", "argue", "close")]
    if not talk.done["argue"] + talk.done["accuse"] + talk.done["insult"]:
        return (
            [talk.one("argue", "accuse"), "ask_open"] if talk.chance(0.6) else [talk.one("argue", "accuse", "insult")]
        )
    if talk.phase is Phase.GUARDED and talk.chance(0.25):
        return ["ask_open"]
    return [talk.one("insult", "accuse", "argue")]


def prying(talk: Talk) -> list[Act]:
    """Wants to know about everybody else."""
    if (acts := _arrive(talk, asks_time=0.2)) is not None:
        return acts
    if talk.phase is Phase.CLOSING:
        return [talk.one("pry", "close")]
    before: list[Act] = ["answer"] if talk.asked else []
    if talk.done["pry"] + talk.done["pry_pay"] < 2 and talk.chance(0.7):
        return [*before, talk.one("pry", "pry", "pry_pay")]
    if talk.asks < 2:
        return [*before, talk.one("ask_open", "probe", "ask_internal")]
    return ["thank", "close"]


def threatening(talk: Talk) -> list[Act]:
    """Asks once, and then names a lawyer."""
    if (acts := _arrive(talk)) is not None:
        return [*acts, "threaten"] if talk.chance(0.1) else acts
    if talk.phase is Phase.CLOSING:
        return ["threaten"]
    if not talk.asks and talk.chance(0.8):
        return ["ask_open"]
    if talk.asks < 2 and talk.chance(0.35):
        return [talk.one("probe", "argue", "edgy")]
    return ["threaten"]


_LIKELY: tuple[Act, ...] = tuple(
    act for act in ACTS if act not in ("threaten", "accuse", "insult", "hang_up", "close", "distress", "argue")
)
_RARE: tuple[Act, ...] = ("threaten", "accuse", "insult", "hang_up", "close", "distress", "argue", "argue")
_MOODS: tuple[tuple[Act, ...], ...] = (
    _LIKELY,  # anything at all
    ("unclear", "silence", "unclear", "foreign", "software", "greet", "edgy"),  # makes no sense
    ("greet", "intro", "thank", "tell", "interest", "door", "reassure", "accept", "commit"),  # friendly, asks nothing
    ("ask_open", "ask_open", "probe", "ask_points", "ask_open"),  # asks and asks
    ("pry", "plead", "vent", "edgy", "ask_open", "long", "argue"),  # a trial of patience
    ("accept", "reassure", "ask_points", "probe", "commit", "thank", "answer"),  # a clumsy friend
)


def anything(talk: Talk) -> list[Act]:
    """Does anything, by lot; some calls keep to one kind of nonsense, so that rare places are reached."""
    if talk.turns == 1:
        talk.mood = talk.lot.randrange(len(_MOODS))
        talk.known = talk.chance(0.6)
    if talk.known and talk.phase in (Phase.PICKUP, Phase.RECEPTION):
        return ["intro"]
    if talk.chance(0.04):
        return [talk.lot.choice(_RARE)]
    acts = _MOODS[talk.mood]
    count = talk.lot.choice((1, 1, 1, 2, 3))
    chosen = [talk.lot.choice(acts) for _ in range(count)]
    alone = [a for a in chosen if a in ("silence", "software", "foreign")]
    return alone[:1] or list(dict.fromkeys(chosen))


def knowing(talk: Talk) -> list[Act]:
    """Has a guess, often the right one: asks for it by name, soon or late, with care or without."""
    if talk.turns == 1:
        talk.mood = talk.lot.randrange(3)
    if (acts := _arrive(talk, asks_time=0.4)) is not None:
        return acts
    before: list[Act] = ["answer"] if talk.asked else []
    if talk.phase is Phase.CLOSING:
        return [talk.one("thank", "door", "ask_open", "close")]
    if talk.phase is Phase.GUARDED:
        return ["sorry"]
    if talk.asks < 4 and not talk.heard("no_more", "advice"):
        with_care: tuple[list[Act], ...] = ([], ["accept"], ["reassure", "acknowledge"])
        kind = with_care[talk.mood] if not talk.asks else ["accept_answer"] if talk.chance(0.5) else []
        return [*before, *kind, talk.guessed() if talk.chance(0.8) else "probe"]
    return ["accept_answer", "commit"] if not talk.done["commit"] else [talk.one("door", "thank"), "close"]


_Steps = tuple[tuple[Act, ...], ...]

# Calls that go where calls seldom go. A step is a choice of acts for one turn; `+` joins two acts in one breath. After the last
# step the caller says goodbye.
_ERRANDS: tuple[_Steps, ...] = (
    # greets, and greets again, and introduces themself twice
    (("greet",), ("greet", "intro"), ("intro",), ("intro", "greet"), ("greet",), ("intro",), ("thank",), ("greet",)),
    # cannot be understood at all
    (("intro",), *((("unclear", "unclear", "silence"),) * 7)),
    (("intro",), ("thank+ask_open",), *((("silence", "unclear"),) * 6)),
    # quarrels, is heard coolly, and makes it good
    (
        ("intro",), ("argue",), ("thank", "interest", "acknowledge", "ask_open"), ("thank", "commit", "interest"), ("sorry",),
        ("ask_open",), ("thank",), ("probe",), ("door",),
    ),
    (("intro",), ("ask_open",), ("argue",), ("vent", "plead", "door"), ("ask_open",), ("ask_open",), ("ask_open", "door")),
    # chats, and asks for nothing
    (("intro",), ("tell", "answer"), ("interest",), ("tell",), ("answer",), ("interest",), ("commit",), ("thank",), ("door",)),
    (("intro",), ("tell", "answer"), ("answer", "tell"), ("intro",), ("thank",), ("intro",)),
    (("permission",), ("intro",), ("interest",), ("tell",), ("reassure",), ("commit",), ("tell",)),
    # blames
    (("intro",), ("accuse",), ("ask_open", "thank"), ("sorry",), ("ask_open",), ("argue",)),
    (("intro",), ("accuse", "argue+accuse"), ("acknowledge", "thank"), ("interest", "commit"), ("thank",)),
    (("intro",), ("argue",), ("acknowledge", "thank"), ("interest", "commit"), ("greet", "intro"), ("sorry",)),
    (("intro",), ("ask_open",), ("accuse",), ("interest", "thank"), ("acknowledge",), ("insult", "accuse")),
    (("intro", "hint_at_threat"), ("hint_at_threat",), ("ask_open", "sorry"), ("hint_at_threat", "accuse")),
    (("insult", "accuse"), ("intro",), ("ask_open",)),
    # touches what lies at the edge of a call
    (("intro",), ("right",), ("ask_open",), ("protected",), ("thank",)),
    (("intro",), ("recorded", "really"), ("ask_open",), ("written",), ("nod",), ("courting",)),
    (("really", "recorded"), ("intro",), ("nod",), ("nod", "courting"), ("right", "written"), ("ask_open",)),
    # small talk, short words, and a tale
    (("who", "really"), ("intro",), ("well", "more"), ("outcome",), ("trait",), ("ask_open",), ("figures",), ("repeat",), ("moment",)),
    (("intro",), ("nod",), ("accept+ask_open",), ("nod",), ("more",), ("told",), ("told",), ("told",)),
    (("intro",), ("argue",), ("told",), ("moment", "well")),
    # asks first and gives a name late
    (("ask_open",), ("intro",), ("accept+ask_open",), ("thank",), ("nod",)),
    (("unclear",), ("unclear",), ("unclear", "ask_open"), ("intro",), ("ask_open",)),
    # a trial of patience
    (("intro",), *((("plead", "vent", "pry", "unclear", "edgy"),) * 9)),
    (("intro",), ("plead",), ("pry",), ("plead",), ("vent",), ("pry_pay",), ("plead",), ("vent", "unclear"), ("unclear",)),
    # never says who is calling
    (("thank", "ask_open"), ("ask_open", "tell"), ("interest", "permission"), ("ask_open",), ("thank",), ("ask_open", "pry")),
    (("unclear", "silence", "edgy"), ("greet", "unclear"), ("vent", "door"), ("permission",), ("ask_open",)),
    # rings off at once, or says goodbye and asks in one breath
    (("close", "ask_open+close", "thank+close"), ("intro", "close"), ("close", "ask_open+close"), ("close",)),
    (("ask_open+close",), ("ask_open+close", "intro"), ("close",)),
    (("greet",), ("close",)),
    (("intro", "greet"), ("hang_up",)),
    (("intro",), ("ask_open+close",), ("close",)),
    # names the withheld thing too early, and again
    (("intro",), ("guess",), ("guess",), ("guess",), ("thank",), ("guess",)),
    (("intro",), ("ask_open",), ("guess",), ("accept_answer",), ("guess",), ("guess",)),
    # asks the same thing over and over
    (("intro",), ("ask_open",), ("ask_open",), ("ask_open",), ("argue", "door", "argue", "accuse")),
    (("intro",), ("accept+ask_open",), ("ask_open",), ("thank",), ("ask_open",), ("pry", "ask_open")),
    # listens: lets her ask, answers, tells, answers
    (("intro",), ("accept+ask_open",), ("thank", "reassure"), ("interest", "accept"), ("tell",), ("thank",), ("commit",)),
    (("intro+permission",), ("accept", "reassure"), ("accept+ask_points",), ("accept_answer", "thank"), ("thank",), ("commit",)),
    # talks the time away, and has a last word
    (("intro",), ("long",), ("long+ask_open",), ("long",), ("long",), ("long",), ("door", "argue", "argue", "pry")),
    (("intro+long",), ("ask_open+long",), ("long", "probe"), ("long",), ("plead", "edgy"), ("door",)),
    # wants to know first of all whether it is a no
    (("outcome",), ("intro",), ("outcome",), ("outcome", "door"), ("argue",), ("outcome",), ("outcome",)),
    # rings, and cannot speak
    (("silence",),) * 6,
    # says nothing but yes and okay
    (("really",), *((("nod",),) * 6)),
    (("intro",), *((("nod",),) * 6)),
    # words that are not for her
    (("intro",), ("software", "foreign"), ("foreign",), ("software",), ("edgy",), ("edgy",), ("foreign",)),
    (("software", "foreign", "silence"), ("silence",), ("intro",), ("edgy",), ("silence",), ("edgy",)),
)  # fmt: skip


def strange(talk: Talk) -> list[Act]:
    """Takes one of the ways that hardly anybody takes, to its end."""
    steps = _ERRANDS[talk.drawn % len(_ERRANDS)]
    if talk.turns > len(steps):
        return ["close"]
    if talk.asked and talk.chance(0.6):
        return ["answer"]
    chosen = talk.lot.choice(steps[talk.turns - 1]).split("+")
    return [talk.guess if act == "guess" else act for act in chosen]


WAYS: dict[str, Way] = {
    "model": model,
    "average": average,
    "timid": timid,
    "rambling": rambling,
    "over-apologetic": sorry,
    "terse": terse,
    "arguing": arguing,
    "hostile": hostile,
    "prying": prying,
    "threatening": threatening,
    "knowing": knowing,
    "random": anything,
    "strange": strange,
}
"""Style → what it does next."""

assert all(f"ask_{area}" in ACTS for area in AREAS)  # noqa: S101  # every area can be asked about
