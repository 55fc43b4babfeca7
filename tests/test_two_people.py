"""Two people and a stranger use one bot in any order: nothing one receives holds the other's words, nothing one does changes the
other's things, and who deletes everything is gone to the last byte.

The bot, its handlers and its log are the real ones; only Telegram is recorded (tests/chat.py). Every word a person can put
somewhere carries a canary of theirs; forged taps carry whatever any button ever carried to anybody.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.log import Log, NotYours
from bot.settings import Settings
from bot.telegram.app import COMMANDS, OWNERS, WITHOUT_CONSENT
from dialogs.moves import Move
from tests.chat import EAR, TOKEN, Candidate, Desk
from tests.lengths import runs

PEOPLE = ("ann", "ben")
EVERYBODY = (*PEOPLE, "eve")  # eve never agrees to anything
CANARY = {name: f"canary{name}bird" for name in EVERYBODY}
SAYINGS = (
    "Hello, this is {0} Ortiz calling.", "Is this a good moment, {0}?", "Could I ask why you decided against {0}?", "Was it the interview, {0}?",
    "Thank you, that helps {0}.", "I accept that, {0}.", "That's discrimination, {0}!", "{0}", "Yes {0}", "Goodbye, {0}!", "3",
)  # fmt: skip
SLOW = {"progress"}  # draws a picture; one of it is enough for a day
COMMON = sorted(set(COMMANDS) | set(WITHOUT_CONSENT) | set(OWNERS))

anybody = st.sampled_from(EVERYBODY)
somebody = st.sampled_from(PEOPLE)
any_number = st.integers(0, 10**6)


def transcript_of(canary: str, number: int) -> bytes:
    """A real call that somebody brings in."""
    return (
        f"You: Hello, this is {canary} {number}.\nDana: Hello.\nYou: Could I ask why?\nDana: No, {canary}.\n".encode()
    )


class TwoPeople(RuleBasedStateMachine):
    """What is received is looked at after every step, and what the others own as well."""

    @initialize()
    def come_in(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "log.db"
        self.log = Log.open(self.path, durability="normal")
        self.stack = AsyncExitStack()
        wanted = Settings(token=TOKEN, db=self.path, hearing="light", pace=0.0, access="open")
        self.desk = Desk(self.log, wanted, EAR.hear)
        self.do(self.stack.enter_async_context(self.desk))
        self.people = {name: Candidate(self.desk, 7 + at, name.title()) for at, name in enumerate(EVERYBODY)}
        self.taps: list[tuple[str, str, int]] = []  # whose, what it carries, under which message
        self.files: dict[str, bytes] = {}
        self.looked_at = 0
        self.owned: dict[str, str] = {}
        self.actor = "ann"
        for name in PEOPLE:
            self.actor = name
            self.do(self.people[name].agrees())
            self.look()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def act(self, name: str, work: Callable[[Candidate], Coroutine[Any, Any, Any]]) -> None:
        self.actor = name
        self.do(work(self.people[name]))

    # -- what may be done ------------------------------------------------------------------------------

    @rule(name=anybody, words=st.sampled_from(SAYINGS))
    def says(self, name: str, words: str) -> None:
        self.act(name, lambda who: who.says(words.format(CANARY[name])))

    @rule(name=anybody, scenario=st.sampled_from(["harbour", "surprise", "nobody"]))
    def calls(self, name: str, scenario: str) -> None:
        self.act(name, lambda who: who.says(f"/call {scenario}"))

    @rule(name=somebody)
    def holds_a_whole_call(self, name: str) -> None:
        async def call(who: Candidate) -> None:
            await who.says("/hangup")
            await who.says("/call harbour")
            for words in (SAYINGS[0], SAYINGS[2], SAYINGS[9]):
                await who.says(words.format(CANARY[name]))

        self.act(name, call)

    @rule(name=anybody, command=st.sampled_from([c for c in COMMON if c not in SLOW]))
    def commands(self, name: str, command: str) -> None:
        self.act(name, lambda who: who.says(f"/{command}"))

    @rule(
        name=anybody,
        word=st.sampled_from(["Ortiz", "canary*", '"Hello" OR "interview"', "said:why", "%", "answered:*"]),
    )
    def searches(self, name: str, word: str) -> None:
        """For words that everybody says beside their canary."""
        self.act(name, lambda who: who.says(f"/search {word}"))

    @rule(name=somebody)
    def makes_a_call_of_their_own(self, name: str) -> None:
        async def answer(who: Candidate) -> None:
            await who.says("/hangup")
            await who.says("/own")
            for _ in range(10):
                await who.says(f"{CANARY[name]} and more")

        self.act(name, answer)

    @rule(name=somebody, tells=st.booleans())
    def plans_a_real_call_and_tells_of_it(self, name: str, tells: bool) -> None:
        async def plan(who: Candidate) -> None:
            await who.says("/hangup")
            await who.says("/plan")
            person = self.person(name)
            planned = [r for r in self.log.real_calls(person) if r.happened_at is None] if person is not None else []
            if not planned:
                await who.taps_data("1:real:due:1", who.last)
            elif tells:
                await who.taps_data(f"1:real:door:{planned[0].id}:4:0:0", who.last)
                await who.says(f"She said to {CANARY[name]} that it was the interview.")

        self.act(name, plan)

    @rule(name=anybody, other=somebody, verb=st.sampled_from(["off", "card", "came", "door"]))
    def forges_a_tap_on_what_the_other_has_planned(self, name: str, other: str, verb: str) -> None:
        person = self.person(other)
        if person is None or name == other:
            return
        forged = [f"1:real:{verb}:{real.id}:4:0:0" for real in self.log.real_calls(person)]
        forged += [f"1:todo:{thing['id']}" for thing in self.log.todo(person)]
        forged += [f"1:set:forget:{timer['id']}" for timer in self.log.reminders(person)]
        for data in forged:
            self.act(name, lambda who, data=data: who.taps_data(data, who.last))  # type: ignore[misc]

    @rule(name=anybody, at=any_number)
    def taps_a_button_of_theirs(self, name: str, at: int) -> None:
        mine = [t for t in self.taps if t[0] == name and self.may_tap(name, t[1])]
        if mine:
            _, data, message = mine[-1 - at % min(len(mine), 12)]
            self.act(name, lambda who: who.taps_data(data, message))

    @rule(name=anybody, at=any_number, theirs=st.booleans())
    def forges_a_tap(self, name: str, at: int, theirs: bool) -> None:
        others = [t for t in self.taps if t[0] != name and self.may_tap(name, t[1])]
        if others:
            _, data, message = others[at % len(others)]
            under = message if theirs else self.people[name].last
            self.act(name, lambda who: who.taps_data(data, under))

    @rule(name=anybody, other=anybody, verb=st.sampled_from(
        ["show", "debrief", "again", "anew", "keep", "guess", "words", "hangup", "leave", "go_on", "meant", "level", "todo", "picture"]),
        at=any_number)  # fmt: skip
    def forges_a_tap_on_a_call_of_the_others(self, name: str, other: str, verb: str, at: int) -> None:
        ids = self.ids(other)
        if ids and other != name:
            self.act(name, lambda who: who.taps_data(f"1:{verb}:{ids[at % len(ids)]}:1:0", who.last))

    @rule(name=anybody)
    def edits(self, name: str) -> None:
        if self.people[name].last:
            self.act(name, lambda who: who.edits(f"What I meant was {CANARY[name]}, could I ask why?"))

    @rule(name=anybody, number=st.integers(0, 3))
    def brings_a_transcript_in(self, name: str, number: int) -> None:
        self.sends_file(name, "talk.txt", transcript_of(CANARY[name], number))

    @precondition(lambda self: bool(getattr(self, "files", None)))
    @rule(name=somebody)
    def brings_their_export_back(self, name: str) -> None:
        if name in self.files:
            self.sends_file(name, "export.json", self.files[name])

    def sends_file(self, name: str, called: str, content: bytes) -> None:
        number = f"{name}-{next(self.desk.wire.numbers)}"
        self.desk.wire.files[number] = content
        file = {"file_id": number, "file_unique_id": number, "file_name": called, "file_size": len(content)}
        self.act(name, lambda who: who.sends(document=file))

    @rule(name=somebody, other=somebody, at=any_number)
    def asks_the_log_for_a_call_of_the_others(self, name: str, other: str, at: int) -> None:
        me, ids = self.person(name), self.ids(other)
        if me is None or not ids or name == other:
            return
        session = ids[at % len(ids)]
        log = self.log
        for refused in (
            lambda: log.call(me, session), lambda: log.turns(me, session), lambda: log.scenario(me, session),
            lambda: log.rebuild(me, session), lambda: log.branch(me, session, 1).result(), lambda: log.delete(me, session),
            lambda: log.export_call(me, session), lambda: log.rename(me, session, "x").result(),
            lambda: log.correct(me, session, 1, [Move.THANK]).result(), lambda: log.set_kept(me, session).result(),
        ):  # fmt: skip
            with pytest.raises(NotYours):
                refused()
        log.end(me, session).result()

    @rule(name=somebody)
    def deletes_everything(self, name: str) -> None:
        async def delete(who: Candidate) -> None:
            await who.says("/delete")
            await who.taps("Yes, delete")

        if self.person(name) is None:  # gone already, by a tap on a button of the other's
            self.act(name, lambda who: who.agrees())
        self.act(name, delete)
        assert self.person(name) is None
        found = [p for p in Path(self.folder.name).rglob("*") if p.is_file()]
        assert sum(p.read_bytes().count(CANARY[name].encode()) for p in found) == 0
        self.owned.pop(name, None)
        self.files.pop(name, None)
        self.look()
        self.act(name, lambda who: who.agrees())

    @staticmethod
    def may_tap(name: str, data: str) -> bool:
        """Eve stays a stranger: she leaves "I agree" alone, which is anybody's to tap."""
        return name != "eve" or not data.startswith("1:agree")

    # -- what must hold --------------------------------------------------------------------------------

    def person(self, name: str) -> int | None:
        found = self.log.by_telegram(self.people[name].id)
        return found.id if found is not None else None

    def ids(self, name: str) -> list[str]:
        person = self.person(name)
        return [] if person is None else [s["session"] for s in self.log.export(person)["sessions"]]

    @invariant()
    def nobody_receives_the_others_words_and_nobody_changes_the_others_things(self) -> None:
        if hasattr(self, "actor"):
            self.look()

    def look(self) -> None:
        owners = {p.id: name for name, p in self.people.items()}
        for method, params in self.desk.wire.requests[self.looked_at :]:
            receiver = owners.get(params.get("chat_id"), self.actor)
            received = str(params)
            for other in EVERYBODY:
                assert other == receiver or CANARY[other] not in received, (method, receiver, received)
            for content in (v for v in params.values() if isinstance(v, bytes)):
                if b'"format"' in content[:200]:
                    self.files[receiver] = content
            for row in (params.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if "callback_data" in button:
                        self.taps.append((receiver, button["callback_data"], self.desk.wire.shown[-1].number))
        self.looked_at = len(self.desk.wire.requests)
        for name in EVERYBODY:
            person = self.person(name)
            owned = "" if person is None else json.dumps(self.log.export(person))
            for other in EVERYBODY:
                assert other == name or CANARY[other] not in owned, (name, other)
            assert name == self.actor or self.owned.get(name, "") == owned, f"{self.actor} changed what is {name}'s"
            self.owned[name] = owned
        assert self.person("eve") is None or not self.log.person(self.person("eve") or 0).agreed

    def teardown(self) -> None:
        if not hasattr(self, "loop"):
            return
        assert not any("went wrong" in s.text for s in self.desk.wire.shown)
        assert self.log.check() == []
        self.do(self.stack.aclose())
        self.log.close()
        self.loop.close()
        self.folder.cleanup()


TwoPeople.TestCase.settings = settings(
    max_examples=runs(short=15, long=100),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # what fails is told as it was: making it smaller takes minutes
)
TestTwoPeople = pytest.mark.timeout(600)(TwoPeople.TestCase)
