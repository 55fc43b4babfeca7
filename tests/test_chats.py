"""One chat after another inside a chat, all side by side: order, the cap, pauses that a hurry cuts short, and the end."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.delivery.chats import MOST_WAITING, Chats, Rounds

SOON = 5.0  # seconds that nothing here takes


class Clerk:
    """Does what it is given, and notes when it began and ended; `slow` things take until they are let go."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.noted: list[str] = []
        self.go = asyncio.Event()
        self.chats: Chats[str] = Chats(self.work, most=most)

    async def work(self, chat: int, thing: str) -> None:
        self.noted.append(f"{chat} {thing}")
        if thing.startswith("slow"):
            await self.go.wait()
            self.noted.append(f"{chat} {thing} done")


async def test_a_chat_is_served_in_order_and_does_not_wait_for_another() -> None:
    clerk = Clerk()
    for thing in ("slow a", "b", "c"):
        assert clerk.chats.add(1, thing)
    assert clerk.chats.add(2, "x")
    await asyncio.sleep(0.02)
    assert clerk.noted == ["1 slow a", "2 x"]
    clerk.go.set()
    await asyncio.wait_for(clerk.chats.idle(), SOON)
    assert clerk.noted[2:] == ["1 slow a done", "1 b", "1 c"]


async def test_what_waits_beyond_the_cap_is_refused_unless_it_must_be_taken() -> None:
    clerk = Clerk(most=2)
    clerk.chats.add(1, "slow")
    await asyncio.sleep(0.02)
    assert [clerk.chats.add(1, t) for t in "abc"] == [True, True, False]  # what is being done does not count as waiting
    assert clerk.chats.add(1, "d", always=True)
    assert clerk.chats.add(2, "e")
    assert clerk.chats.waiting == 4
    clerk.go.set()
    await asyncio.wait_for(clerk.chats.idle(), SOON)
    assert clerk.noted == ["1 slow", "2 e", "1 slow done", "1 a", "1 b", "1 d"]
    assert clerk.chats.waiting == 0


async def test_that_it_is_too_much_is_told_once_until_the_chat_is_empty_again() -> None:
    clerk = Clerk()
    assert not clerk.chats.tell_once(1)  # nothing is going on there
    for _ in range(2):
        clerk.go.clear()
        clerk.chats.add(1, "slow")
        assert [clerk.chats.tell_once(1) for _ in range(3)] == [True, False, False]
        clerk.go.set()
        await asyncio.wait_for(clerk.chats.idle(), SOON)


async def test_a_chat_without_work_costs_nothing() -> None:
    clerk = Clerk()
    for chat in range(50):
        clerk.chats.add(chat, "a")
    await asyncio.wait_for(clerk.chats.idle(), SOON)
    assert clerk.chats._chats == {}


# -- pauses ----------------------------------------------------------------------------------------------------------


class Pausing:
    """A chat in which the first thing pauses, and how long that took."""

    def __init__(self, seconds: float) -> None:
        self.took = -1.0
        self.seconds = seconds
        self.chats: Chats[str] = Chats(self.work)

    async def work(self, chat: int, thing: str) -> None:
        if thing == "pause":
            began = time.monotonic()
            await self.chats.pause(chat, self.seconds)
            self.took = time.monotonic() - began


async def test_a_pause_lasts_as_long_as_it_should_when_nothing_comes() -> None:
    desk = Pausing(0.2)
    desk.chats.add(1, "pause")
    await asyncio.wait_for(desk.chats.idle(), SOON)
    assert desk.took > 0.19


async def test_what_comes_in_the_chat_ends_its_pause_and_what_comes_elsewhere_does_not() -> None:
    desk = Pausing(60)
    desk.chats.add(1, "pause")
    await asyncio.sleep(0.02)
    desk.chats.add(2, "elsewhere")
    await asyncio.sleep(0.05)
    assert desk.took == -1.0
    desk.chats.add(1, "here")
    await asyncio.wait_for(desk.chats.idle(), SOON)
    assert 0 < desk.took < SOON


async def test_there_is_no_pause_while_something_waits_already_or_in_a_chat_without_work() -> None:
    desk = Pausing(60)
    desk.chats.add(1, "pause")
    desk.chats.add(1, "waits")
    await asyncio.wait_for(desk.chats.idle(), SOON)
    await asyncio.wait_for(desk.chats.pause(3, 60), SOON)
    assert 0 <= desk.took < SOON


# -- the end ---------------------------------------------------------------------------------------------------------


async def test_closing_finishes_what_is_being_done_and_begins_nothing() -> None:
    clerk = Clerk()
    clerk.chats.add(1, "slow")
    clerk.chats.add(1, "next")
    await asyncio.sleep(0.02)
    asyncio.get_running_loop().call_later(0.05, clerk.go.set)
    await asyncio.wait_for(clerk.chats.close(SOON), SOON)
    clerk.chats.add(1, "late")
    clerk.chats.add(2, "late")
    await asyncio.sleep(0.02)
    assert clerk.noted == ["1 slow", "1 slow done"]


async def test_what_does_not_end_in_time_is_broken_off() -> None:
    clerk = Clerk()
    clerk.chats.add(1, "slow")
    await asyncio.sleep(0.02)
    began = time.monotonic()
    await asyncio.wait_for(clerk.chats.close(0.1), SOON)
    assert time.monotonic() - began > 0.09
    clerk.go.set()
    await asyncio.sleep(0.02)
    assert clerk.noted == ["1 slow"]


async def test_closing_ends_pauses_and_lets_no_new_one_begin() -> None:
    desk = Pausing(60)
    desk.chats.add(1, "pause")
    await asyncio.sleep(0.02)
    await asyncio.wait_for(desk.chats.close(SOON), SOON)
    assert 0 < desk.took < SOON

    late = Pausing(60)
    closing = asyncio.create_task(late.chats.close(SOON))
    late.chats.add(1, "pause")
    await asyncio.sleep(0)
    await asyncio.wait_for(asyncio.gather(closing, late.chats.pause(1, 60)), SOON)


async def test_with_nothing_to_do_closing_takes_no_time() -> None:
    await asyncio.wait_for(Clerk().chats.close(60), SOON)


# -- rounds ----------------------------------------------------------------------------------------------------------


async def in_rounds(rounds: Rounds, count: int) -> list[list[int]]:
    """Let so many go a step; gives who went in which round of the event loop."""
    loop, now, went = asyncio.get_running_loop(), 0, dict[int, list[int]]()
    ticking = True

    def tick() -> None:
        nonlocal now
        now += 1
        if ticking:
            loop.call_soon(tick)

    async def go(number: int) -> None:
        await rounds.step()
        went.setdefault(now, []).append(number)

    tick()
    await asyncio.gather(*(go(n) for n in range(count)))
    ticking = False
    return [went[n] for n in sorted(went)]


async def test_so_many_go_in_a_round_and_the_others_in_the_next_ones_in_their_order() -> None:
    rounds = Rounds(3)
    for _ in range(2):  # also when nobody came for a while
        groups = await in_rounds(rounds, 10)
        assert [n for group in groups for n in group] == list(range(10))
        assert [len(group) for group in groups] == [3, 3, 3, 1]
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("given_up", [0, 1, 2])
async def test_who_has_given_up_waiting_takes_nobodys_place(given_up: int) -> None:
    rounds = Rounds(1)
    tasks = [asyncio.create_task(rounds.step()) for _ in range(4)]
    await asyncio.sleep(0)
    for task in tasks[1 : 1 + given_up]:
        task.cancel()
    await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), SOON)
    assert [task.cancelled() for task in tasks] == [False, *[True] * given_up, *[False] * (3 - given_up)]


async def test_rounds_rest_when_nobody_comes() -> None:
    rounds = Rounds(2)
    await rounds.step()
    assert rounds._counting
    await asyncio.sleep(0.01)
    assert not rounds._counting  # an idle bot would else use a whole core
