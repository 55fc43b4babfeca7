"""Who may come in, what they agree to, and what is kept before they do."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.telegram.handlers import menu
from dialogs.ladder import rungs
from tests.chat import Candidate, Desk, open_desk
from tests.chat_calls import everything


@pytest.fixture
async def closed(tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot by invitation, as it comes."""
    async with open_desk(tmp_path, admins=frozenset({99})) as desk:
        yield desk


async def test_before_consent_nothing_is_kept_of_anybody(desk: Desk) -> None:
    canary = Candidate(desk, 424242, "Kanarienvogel")
    await canary.says("/start")
    await canary.says("I have written kanarien words")
    await canary.says("/call harbour")
    await canary.sends(sticker={"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"})  # fmt: skip
    kept = everything(desk)
    assert "424242" not in kept
    assert "anarien" not in kept


async def test_consent_says_what_is_kept_and_who_reads_it_before_anything_else(desk: Desk) -> None:
    (asked,) = await Candidate(desk).says("/start")
    assert "kept word for word" in asked
    assert "90 days" in asked
    assert "you and the person who runs this bot can read them" in asked
    assert [b[:7] for b in Candidate(desk).sees[-1].buttons] == ["I agree", "What is"]


async def test_after_consent_comes_the_menu(desk: Desk) -> None:
    sam = await Candidate(desk).agrees()
    assert sam.sees[-1].buttons == ["📞 Practise a call", "Choose a manager", "My own call", "Past calls", "Help"]
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert person.agreed_to == "1"


async def test_what_the_welcome_says_of_the_first_call_is_what_its_dialling_says(desk: Desk) -> None:
    sam = await Candidate(desk).agrees()
    goal = f"What this call is for: {rungs()[0].goal}"
    assert goal in sam.sees[-1].text
    assert "hung up on" not in sam.sees[-1].text
    head, _ = await sam.taps("Practise a call")
    assert goal in head


async def test_an_old_consent_button_of_who_erased_everything_asks_anew_instead_of_counting_as_consent(
    desk: Desk,
) -> None:
    sam = Candidate(desk)
    await sam.says("/start")
    await sam.says("/call harbour")
    first, second = (shown for shown in sam.sees if "I agree, let's begin" in shown.buttons)
    await sam.taps_data("1:agree", first.number)
    await sam.says("/delete")
    await sam.taps("Yes, delete everything")
    (asked,) = await sam.taps_data("1:agree:call:harbour", second.number)
    assert "kept word for word" in asked
    assert desk.log.by_telegram(sam.id) is None
    assert second.buttons == []
    head, _ = await sam.taps("I agree")
    assert "Dana Whitfield" in head, "where they were going is not forgotten"


@pytest.mark.parametrize(("hours", "agreed"), [(23, True), (25, False), (500_000, False)])
async def test_a_consent_button_holds_for_a_day_by_telegrams_own_clock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, hours: int, agreed: bool
) -> None:
    sam = Candidate(desk)
    await sam.says("/start")
    monkeypatch.setattr(desk.log.store, "clock", lambda: datetime.now(UTC) + timedelta(days=3650))
    await sam.taps_data("1:agree", sam.sees[-1].number, max(time.time() - hours * 3600, 0))
    known = desk.log.by_telegram(sam.id)
    assert (known is not None and known.agreed) is agreed


async def test_a_link_to_a_call_leads_through_consent_to_that_call(desk: Desk) -> None:
    sam = Candidate(desk)
    (asked,) = await sam.says("/start call_castellan")
    assert "kept word for word" in asked
    head, _ = await sam.taps("I agree")
    assert "It rings." in head
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    call = desk.log.unfinished(person.id)
    assert call is not None
    assert call.scenario == "castellan"


async def test_call_leads_through_consent_too(desk: Desk) -> None:
    sam = Candidate(desk)
    await sam.says("/call harbour")
    head, _ = await sam.taps("I agree")
    assert "Dana Whitfield" in head


@pytest.mark.parametrize(
    "payload", ["call_" + "x" * 59, "call_../../etc", "in_zzz", "call_'; DROP", "nonsense", "call_"]
)
async def test_any_link_is_harmless(desk: Desk, payload: str) -> None:
    sam = Candidate(desk)
    assert await sam.says(f"/start {payload}")
    await sam.taps("I agree")
    assert await sam.says(f"/start {payload}")


async def test_a_stranger_is_told_how_to_come_in_and_once_more_and_no_oftener(closed: Desk) -> None:
    stranger = Candidate(closed)
    (told,) = await stranger.says("/start")
    assert "by invitation" in told
    (again,) = await stranger.says("/start")
    assert "by invitation" in again
    assert len(again) < len(told)
    for _ in range(3):
        assert await stranger.says("/start") == []
    assert await stranger.says("/call harbour") == []
    assert await stranger.taps_data("1:agree", 1) == []
    assert "by invitation" in closed.wire.nods[-1]["text"]
    assert closed.log.by_telegram(stranger.id) is None


async def test_the_owners_link_makes_one_owner(closed: Desk) -> None:
    code = closed.log.invite(None, role="owner").result()
    first, second = Candidate(closed), Candidate(closed, 8)
    await first.says(f"/start in_{code}")
    await first.taps("I agree")
    assert "has been used" in (await second.says(f"/start in_{code}"))[0]
    assert "start=in_" in (await first.says("/invite"))[0]
    assert "turns: 0" in (await first.says("/status"))[0]


async def test_an_invitation_lets_one_person_in(closed: Desk) -> None:
    owner = Candidate(closed, 99)
    await owner.agrees()
    (invitation,) = await owner.says("/invite")
    payload = invitation.split("start=")[1].split()[0]
    guest, another = Candidate(closed, 5), Candidate(closed, 6)
    assert "kept word for word" in (await guest.says(f"/start {payload}"))[0]
    await guest.taps("I agree")
    assert "has been used" in (await another.says(f"/start {payload}"))[0]
    assert closed.log.by_telegram(6) is None


async def test_who_is_in_already_and_tries_a_link_takes_it_from_nobody(closed: Desk) -> None:
    owner, guest, late = Candidate(closed, 99), Candidate(closed, 5), Candidate(closed, 6)
    await owner.agrees()
    links = [(await owner.says("/invite"))[0].split("start=")[1].split()[0] for _ in range(2)]
    await guest.says(f"/start {links[0]}")
    for known in (owner, guest):
        assert await known.says(f"/start {links[1]}")
    assert "kept word for word" in (await late.says(f"/start {links[1]}"))[0]
    assert "has been used" in (await Candidate(closed, 8).says(f"/start {links[1]}"))[0]


async def test_who_is_taken_from_the_list_of_owners_owns_nothing_any_more(tmp_path: Path) -> None:
    async with open_desk(tmp_path, admins=frozenset({99})) as desk:
        owner = await Candidate(desk, 99).agrees()
        assert "turns: 0" in (await owner.says("/status"))[0]
    async with open_desk(tmp_path, admins=frozenset({98})) as desk:
        gone = Candidate(desk, 99)
        for command in ("/status", "/invite"):
            assert "don't know that command" in (await gone.says(command))[0]


@pytest.mark.parametrize("way", ["edited", "group", "caption"])
async def test_an_invitation_is_taken_up_by_a_message_in_a_private_chat_alone(closed: Desk, way: str) -> None:
    code = closed.log.invite(None).result()
    stranger = Candidate(closed, 6)
    words = f"/start in_{code}"
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    if way == "edited":
        await stranger.says("/start")
        await stranger.edits(words)
    elif way == "group":
        await stranger.says(words, chat={"id": -5, "type": "group", "title": "x"})
    else:
        photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
        await stranger.sends(photo=photo, caption=words, caption_entities=entities)
    assert closed.log.by_telegram(6) is None
    assert closed.log.redeem(code, 7).result() is not None, "and it is not used up"


async def test_an_owner_who_leaves_is_told_how_the_bot_gets_an_owner_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        code = desk.log.invite(None, role="owner").result()
        owner = Candidate(desk)
        await owner.says(f"/start in_{code}")
        await owner.taps("I agree")
        await owner.says("/delete")
        told = (await owner.taps("Yes, delete everything"))[0]
    assert "the next start of runner-up serve prints a link" in told
    assert "invitation" not in told


async def test_who_was_invited_and_leaves_is_told_how_to_come_back(closed: Desk) -> None:
    code = closed.log.invite(None).result()
    guest = Candidate(closed, 5)
    await guest.says(f"/start in_{code}")
    await guest.taps("I agree")
    await guest.says("/delete")
    assert "ask for a new invitation" in (await guest.taps("Yes, delete everything"))[0]
    assert "by invitation" in (await guest.says("/start"))[0]


async def test_the_owners_commands_are_unknown_to_others(sam: Candidate) -> None:
    unknown = await sam.says("/zzz")
    assert await sam.says("/invite") == unknown
    assert await sam.says("/status") == unknown


async def test_an_admin_by_setting_needs_no_invitation(closed: Desk) -> None:
    owner = await Candidate(closed, 99).agrees()
    assert "How this bot is doing" in (await owner.says("/status"))[0]


async def test_status_has_counts_and_no_content(closed: Desk) -> None:
    owner = await Candidate(closed, 99).agrees()
    await owner.says("/call harbour")
    await owner.says("Hello, this is Xenophon Zyx.")
    (status,) = await owner.says("/status")
    assert "Xenophon" not in status
    assert "calls: 1" in status


async def test_help_lists_what_the_command_menu_lists(sam: Candidate) -> None:
    (text,) = await sam.says("/help")
    for name, about in menu.COMMANDS:
        assert f"/{name} – {about}" in text
    assert "/invite" not in text


async def test_every_listed_command_is_answered(sam: Candidate) -> None:
    unknown = await sam.says("/zzz")
    for name, _ in menu.COMMANDS:
        answer = await sam.says(f"/{name}")
        assert answer, name
        assert answer != unknown, name


async def test_start_again_is_answered_with_the_menu(sam: Candidate) -> None:
    assert await sam.says("/start") == ["What would you like to do?"]


async def test_privacy_names_the_operator_and_needs_no_consent(tmp_path: Path) -> None:
    async with open_desk(tmp_path, operator="Ada, ada@example.org", access="open") as desk:
        (page,) = await Candidate(desk).says("/privacy")
        assert "Ada, ada@example.org" in page
        assert "/delete removes it for good" in page
        assert Candidate(desk).sees[-1].buttons == ["I agree, let's begin"]
