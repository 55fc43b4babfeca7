"""A better line, made from the candidate's own: their sentences stay, what cost them goes, one or two pieces are added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.call import Phase
from dialogs.hearing.text import plain
from dialogs.hearing.wordings import without_the_no
from dialogs.moves import Move
from dialogs.patterns import Lazy, lazy
from dialogs.practice import Turn
from dialogs.review import phrases
from dialogs.review.cues import CUES
from dialogs.review.draft import WORD, Line, capitalised
from dialogs.review.evidence import says_only_yes
from dialogs.review.quoting import (
    PLAINLY_SETTLED,
    PUSHES,
    asks_for_a_moment,
    farewell,
)
from dialogs.review.spelling import mended
from dialogs.review.standing import held, rules_out, standing
from dialogs.review.story import Stage

_BARE_SORRY = lazy(r"(?:i['’]m )?(?:so |very |really )?sorry(?: about (?:that|this))?[.!… ]*", flags=re.IGNORECASE)


class Drafting(Line):
    """A line with the pieces that can be added to it, each a move that was missing."""

    def who(self) -> Drafting:
        """Name, job and when, as far as the candidate has told them; a gap to fill in where the name was never said."""
        v = self.voice
        if Move.INTRODUCE in self.moves and not any(map(NOBODY.search, self.parts)):
            return self
        # “It's me. The one you rejected” tells nobody who, and beside a name it says the same twice; so does “You turned me down”.
        self.parts = [part for part in self.parts if not NOBODY.search(part) and without_the_no(plain(part))]
        self.moves.discard(Move.INTRODUCE)
        if v.named_in(" ".join(self.parts)):  # the name is said already: what it is about belongs to it
            self.moves.add(Move.INTRODUCE)
            return self if self._tells_the_job else self._in_front(f"It's about {v.job}.")
        if self._tells_the_job:  # what it is about is said already: the name belongs to it
            me = v.who or "my name is …"
            hello = _HELLO.match(self.parts[0])
            if hello and hello.end() < len(
                self.parts[0]
            ):  # “Hello it's about the interview”: the name comes in between
                self.parts[0] = capitalised(self.parts[0][hello.end() :])
            met = Move.GREET in self.moves and not hello
            self.parts.insert(
                0, v.speak(f"{capitalised(me) if met else f'{v.greets}, {me}'}{'' if me.endswith('…') else '.'}")
            )
            self.moves |= {Move.INTRODUCE, Move.GREET}
            return self
        if v.terse and v.who and Move.GREET not in self.moves:
            self.moves |= {Move.INTRODUCE, Move.GREET}
            return self._in_front(f"{v.greets}, {v.called} here. It's about {v.job}.")
        when = f" {v.when}" if v.when else ""
        about = f"I interviewed for {v.job}{when}"
        me = v.who or "my name is …"
        first = f"{me[0].upper()}{me[1:]}" if Move.GREET in self.moves else f"{v.greets}, {me}"
        self.moves |= {Move.INTRODUCE, Move.GREET}
        return self._in_front(f"{first}, {about}." if not v.who else f"{first}. {about}.")

    def _in_front(self, words: str) -> Drafting:
        """Who is calling comes first; only a greeting, and the name itself, stand before it."""
        at = next((i + 1 for i, p in enumerate(self.parts) if self.voice.named_in(p)), 0)
        at = at or int(bool(self.parts) and CUES[Move.GREET].search(self.parts[0]) is not None)
        self.parts.insert(at, self.voice.speak(words))
        return self

    def moment(self) -> Drafting:
        if Move.PERMISSION in self.moves or any(map(asks_for_a_moment, self.parts)):
            return self
        self.add(self.pick(phrases.MOMENT, phrases.SHORT_MOMENT), Move.PERMISSION)
        first = next(i for i, p in enumerate(self.parts) if p.endswith("?"))
        self.parts.insert(first, self.parts.pop())  # whether there is time comes before anything else that is asked
        return self

    def settle(self) -> Drafting:
        if self.story.early:  # nothing is decided yet that could be accepted
            if self.moves & {Move.ACCEPT, Move.REASSURE, Move.ACKNOWLEDGE}:
                return self
            return self.add(self.pick(phrases.STILL_OPEN, phrases.SHORT_STILL_OPEN), Move.ACKNOWLEDGE)
        if self.moves & {Move.ACCEPT, Move.REASSURE} or self._settled_before:
            return self
        if at_the_desk := self._said_at_the_desk():
            return self.add_own(at_the_desk, Move.ACCEPT)
        words, move = self.pick(phrases.SETTLE, phrases.SHORT_SETTLE)
        return self.add(words, move)

    def _said_at_the_desk(self) -> str:
        """The candidate's own words for it, where only reception has heard them."""
        if not self.own:
            return ""
        before = (t for t in self.story.spoken if t.n < self.place and t.phase_before is Phase.RECEPTION)
        said = (p for t in before if not set(t.moves) & set(PUSHES) for p in self.story.pieces(t))
        return next((p.mended for p in said if PLAINLY_SETTLED.search(p.words) and not (p.asks or p.grudging)), "")

    @property
    def _settled_before(self) -> bool:
        """Whether the decision was accepted in plain words before this turn, to the manager: once is enough."""
        before = (t for t in self.story.spoken if t.n < self.place and t.phase_before is not Phase.RECEPTION)
        return any(PLAINLY_SETTLED.search(t.said) and not set(t.moves) & set(PUSHES) for t in before)

    def take(self) -> Drafting:
        if Move.ACCEPT in self.moves:
            return self
        if not self.plain and (Move.ACKNOWLEDGE in self.moves or any(map(_FEELS_WITH.search, self.parts))):
            return self  # who has shown understanding, or feels with somebody, has taken the answer
        if Move.ANSWER in self.moves:  # after a word on what was asked back, the answer before it is named
            return self.add(*self.pick(phrases.TAKE_BACK, phrases.SHORT_TAKE_BACK))
        # “I can accept that. Oh no.” takes nothing, and “Okay. All right.” says it twice: both are left out beside it.
        self.parts = [p for p in self.parts if not (only_exclaims(p) or says_only_yes(p))]
        words, move = self.pick(self._unlike(phrases.TAKE), self._unlike(phrases.SHORT_TAKE))
        first = self.parts[0] if self.parts else ""
        if first.endswith("?") or (
            first and not any(CUES[m].search(first) for m in (Move.THANK, Move.ACCEPT, Move.GREET, Move.VENT))
        ):
            self.parts.insert(0, self.voice.speak(words))  # her answer is taken before anything of one's own is told
            self.moves.add(move)
            return self
        return self.add(words, move)

    def _unlike(self, options: Sequence[tuple[str, Move]]) -> Sequence[tuple[str, Move]]:
        """Those that do not begin as a sentence that is kept: “That's good to know. That's fair.” is no way to talk."""
        begun = {re.split(r"\W", p.replace("’", "'"))[0].casefold() for p in self.parts if p}
        return [o for o in options if re.split(r"\W", o[0])[0].casefold() not in begun] or options

    def limits(self) -> Drafting:
        if Move.ACKNOWLEDGE in self.moves or any("understand" in part for part in self.parts):
            return self
        return self.add(self.pick(phrases.LIMITS, phrases.SHORT_LIMITS), Move.ACKNOWLEDGE)

    def thank(self) -> Drafting:
        return self if Move.THANK in self.moves else self.add(f"{self.voice.thanks} for telling me.", Move.THANK)

    def ask_one(self, *, aside: bool = False) -> Drafting:
        """A small question: the candidate's own when it is narrow (unless it has to go `aside`), their way of asking when broad."""
        if self.story.early:
            fitting = phrases.WHEN_TOLD if self.story.told_early else phrases.WHEN
            return self.add(self.pick(fitting, phrases.SHORT_WHEN), Move.DOOR)
        own = "" if aside else self.own_question()
        if own:
            return self.add_own(own, Move.ASK_SPECIFIC)
        return self.add(self._narrowed() or self.pick(phrases.ONE_THING, phrases.SHORT_ONE_THING), Move.ASK_SPECIFIC)

    def ask_another(self, before: str) -> Drafting:
        """A small question that has not been asked yet: where one thing was asked for `before`, an area, and then what leans on the answer."""
        before = before.casefold()
        if self.story.early or "one thing" not in before:
            return self.ask_one()
        areas = [words for words in phrases.FROM_FORMULA if "one thing" not in words]
        if " area" not in before:
            return self.add(self.pick(areas), Move.ASK_SPECIFIC)
        return self.add(self.pick(phrases.FURTHER, phrases.SHORT_FURTHER), Move.PROBE)

    def _narrowed(self) -> str:
        """The candidate's own broad question, made small: the beginning stays, the end becomes one thing."""
        if self.turn is None or not self.own or Move.ASK_OPEN not in self.turn.moves:
            return ""
        if set(self.turn.moves) & set(PUSHES):
            return ""
        for sentence in self.story.sentences(self.turn):
            for pattern, tail in _WRAPPERS if len(sentence) <= 200 else ():
                if found := pattern.search(sentence):
                    return mended(found[0].strip() + " " + self.pick(tail), self.voice.name, self.voice.words)
        return ""

    def ask_on(self, *, anew: bool = False) -> Drafting:
        """A question that leans on her last answer; a goodbye that stood here is put off in so many words."""
        count = len(self.parts)
        self._ask_on(anew=anew)
        leaves = self.turn is not None and any(farewell(s) for s in self.story.sentences(self.turn))
        if (leaves or (self.turn is not None and Move.CLOSE in self.turn.moves)) and len(self.parts) > count:
            asked = self.parts[-1]
            first = asked if asked.startswith(("I ", "I'", "I’")) else asked[:1].lower() + asked[1:]
            self.parts[-1] = f"{BEFORE_I_GO[0]}{',' if ': ' in asked else ':'} {first}"
        elif count and len(self.parts) > count and self.parts[count - 1].endswith("?"):
            self.parts.insert(
                count - 1, self.parts.pop()
            )  # what leans on her answer comes before what leads on from it
        return self

    def _ask_on(self, *, anew: bool) -> Drafting:
        """The question itself, on one word of hers where there is one."""
        if not anew and (own := self.own_question()):
            return self.add_own(own, Move.PROBE)
        her_words, just_now = self._her_answer()
        if topic := self._topic():
            return self.add(self.pick(phrases.TOPIC).format(topic=topic), Move.ASK_SPECIFIC)
        level = self._her_level()
        leaning = held(her_words, formula=level is not None and level <= 1)
        if leaning and not self.plain and self.rng.random() < 0.8:
            return self.add(self.pick(phrases.LEANING[leaning]), Move.PROBE)
        if level is not None and level >= 3:  # the reason is told: what is left to ask is what to do about it
            return self.add(self.pick(phrases.WHAT_TO_DO, phrases.SHORT_WHAT_TO_DO), Move.PROBE)
        if level is not None and level <= 1:  # a formula has no part that could be asked about
            return self.add(self.pick(phrases.FROM_FORMULA, phrases.SHORT_ONE_THING), Move.ASK_SPECIFIC)
        options, short = phrases.FURTHER, phrases.SHORT_FURTHER
        if not just_now:  # something else was said in between
            options, short = phrases.BACK, phrases.SHORT_BACK
        if rules_out(her_words):  # “It was nothing you did”: of that there is no example
            options, short = (tuple(o for o in found if "example" not in o) for found in (options, short))
        return self.add(self.pick(options, short), Move.PROBE)

    def further(self, *, anew: bool = False) -> Drafting:
        """The answer is taken and asked on; where nothing was told, the limits are understood and one thing is asked.

        `anew`: with another question than the candidate's own.
        """
        if self._her_level() == 0:
            return self.limits().settle().ask_one(aside=anew)
        return self.take().ask_on(anew=anew)

    def _answered(self) -> Turn | None:
        return next((t for t in reversed(self.story.turns) if t.level is not None and t.n < self.place), None)

    def _her_level(self) -> int | None:
        answer = self._answered()
        return None if answer is None else answer.level

    def _her_answer(self) -> tuple[str, bool]:
        """Her last answer before this turn, and whether it was the last thing she said; no words where none is known."""
        answer = self._answered()
        if answer is None:
            return "", True
        words = self.story.her_words(answer)
        return words, words == self.story.line_before(self.place)

    def _topic(self) -> str:
        """What of their own the candidate held against the decision: it makes a better question than a rebuttal."""
        if self.turn is None or Move.ARGUE not in self.turn.moves:
            return ""
        if found := _OWN_YEARS.search(self.turn.said):
            return f"my {found[1].lower()}"
        if found := _OWN_THING.search(self.turn.said):
            return f"my {found[1].lower()}"
        return ""

    def commit(self) -> Drafting:
        if Move.COMMIT in self.moves:
            return self
        asked = [self.parts.pop()] if self.parts and self.parts[-1].endswith("?") else []
        if self.story.scenario.reason in phrases.TO_GET:
            plan = self.pick(phrases.COMMIT_TO_GET, phrases.SHORT_COMMIT_TO_GET)
        else:
            plan = self.pick(phrases.COMMIT_DIFFERENTLY, phrases.SHORT_COMMIT_DIFFERENTLY)
        self.add(plan, Move.COMMIT)
        self.parts += asked  # a question stays the last thing said
        return self

    def reply(self, words: str) -> Drafting:
        """Something to her own question, when one is open."""
        return self.add(words, Move.ANSWER) if words else self

    def helped(self) -> Drafting:
        """Says what the call was good for, by what was told in it: the last thing that is remembered."""
        answers = [t for t in self.story.turns if t.level is not None and t.n <= self.place]
        told = max((t.level or 0 for t in answers), default=0)
        if not answers:
            return self.add(self.pick(phrases.HELPED_ASKED_NOTHING), Move.THANK)
        if self.story.early:
            return self.add(self.pick(phrases.HELPED_EARLY), Move.THANK)
        if told <= 1:
            return self.add(self.pick(phrases.HELPED_LITTLE, phrases.SHORT_HELPED_LITTLE), Move.THANK)
        if told == 2 and self.story.scenario.reason not in phrases.TO_WORK_ON:  # a place to start would be none
            return self.add(self.pick(phrases.HELPED_THAT_MUCH, phrases.SHORT_HELPED_THAT_MUCH), Move.THANK)
        if told == 2:
            return self.add(self.pick(phrases.HELPED_HINT, phrases.SHORT_HELPED_HINT), Move.THANK)
        if self.story.scenario.reason not in phrases.TO_WORK_ON:
            return self.add(self.pick(phrases.HELPED_KNOWING, phrases.SHORT_HELPED_KNOWING), Move.THANK)
        if topic := self._told_topic(answers):
            about = self.pick(phrases.HELPED_ABOUT, phrases.SHORT_HELPED_ABOUT).format(topic=topic)
            return self.add(about, Move.THANK)
        return self.add(self.pick(phrases.HELPED_REASON, phrases.SHORT_HELPED_REASON), Move.THANK)

    def _told_topic(self, answers: Sequence[Turn]) -> str:
        """The thing to work on, in the word that was used when the reason was told."""
        reasons = (self.story.her_words(t) for t in answers if (t.level or 0) >= 3)
        said = {word for words in reasons for word in WORD.findall(standing(words).casefold())}
        return next((phrases.TOPICS[word] for word in phrases.TOPICS if word in said), "")

    def door(self) -> Drafting:
        return self if Move.DOOR in self.moves else self.add(self.pick(phrases.DOOR, phrases.SHORT_DOOR), Move.DOOR)

    def sorry(self) -> Drafting:
        self.parts = [p for p in self.parts if not _BARE_SORRY.fullmatch(p)]  # it is said in full here, and once
        if self.story.early:
            return self.add(self.pick(phrases.SORRY_EARLY, phrases.SHORT_SORRY_EARLY), Move.REASSURE)
        return self.add(self.pick(phrases.SORRY, phrases.SHORT_SORRY), Move.REASSURE, Move.ACCEPT)

    def goodbye(self) -> Drafting:
        if {Move.THANK, Move.CLOSE} <= self.moves:
            return self
        if Move.THANK in self.moves:
            return self.add("Bye." if self.voice.terse else "Have a good day, goodbye.", Move.CLOSE)
        thanks = self.voice.thanks
        if Move.CLOSE in self.moves and self.tail:
            return self.add(f"{thanks} for your time.", Move.THANK)  # their own goodbye comes after it
        if self.story.stage is Stage.VOICEMAIL:
            return self.add(f"{thanks}, goodbye.", Move.THANK, Move.CLOSE)
        options = self.pick(phrases.GOODBYE, phrases.SHORT_GOODBYE)
        return self.add(options.format(thanks=thanks), Move.THANK, Move.CLOSE)


_HELLO = lazy(r"(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening))(?: there)?\b[,.! ]*", flags=re.IGNORECASE)
NOBODY = lazy(
    r"^(?:(?:hi|hello|hey|yes|yeah)\b[,.! ]*)?(?:it['’]?s|it is|this is) (?:just |only )?me(?: again)?\b(?!.*\binterview)"
    r"|^(?:the|that) (?:one|person|candidate|guy|girl|man|woman)(?: (?:that|who|whom))? you\b",
    flags=re.IGNORECASE,
)
"""A sentence that presents somebody as “me” or as the one that was turned down, and by nothing else."""


_EXCLAIMS = lazy(
    r"(?:oh|ah|ugh|ouch|wow|argh|hm+|well|damn|no|dear|god|my|really|what|way|man|gosh)"
    r"(?:[,.!? …]+(?:oh|ah|ugh|ouch|wow|argh|hm+|well|damn|no|dear|god|my|really|what|way|man|gosh)){0,3}[,.!?… ]*",
    flags=re.IGNORECASE,
)


_FEELS_WITH = lazy(r"\b(?:i['’]?m|i am) (?:so |very |really )?sorry\b.*\b(?:you|that|hear)\b", flags=re.IGNORECASE)


def only_exclaims(words: str) -> bool:
    """Whether a sentence is a cry and nothing else: “Oh no.”"""
    return _EXCLAIMS.fullmatch(words) is not None


BEFORE_I_GO = ("Before I go", "before I go")
"""How a goodbye is put off by a question."""


_ASKING_TAILS = (
    "one thing I should work on for my next interview?",
    "one thing that would have made me the stronger choice?",
    "one thing I could do better next time?",
)


_WANTING_TAILS = (
    "one thing I could do better next time.",
    "one thing I should work on before my next interview.",
)


_WRAPPERS: tuple[tuple[Lazy, tuple[str, ...]], ...] = (
    (lazy(r"(?:[^,.;?]*, )?\b(?:could|can|would|will) you (?:please |possibly |maybe |just )?(?:tell me|give me|share)\b", flags=re.I),
     _ASKING_TAILS),
    (lazy(r"(?:[^,.;?]*, )?\b(?:I'd|I’d|I would) (?:really )?(?:like|love) to (?:know|hear)\b", flags=re.I), _WANTING_TAILS),
)  # fmt: skip


_NUMBER_WORDS = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"


_OWN_YEARS = lazy(rf"\b({_NUMBER_WORDS} years(?: (?:of|in) \w+)?)\b", flags=re.I)


_OWN_THING = lazy(
    r"\bmy ((?:\w+ )?(?:experience|degree|cv|resume|résumé|portfolio|answers|test|references|skills|training|results|background))\b",
    flags=re.I,
)
