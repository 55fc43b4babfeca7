"""Reminders come at nine in the morning by the clock of whoever asked for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from bot.local_time import IN_BETWEEN, WHOLE_HOURS, now_there, zone_of
from bot.log.timers import Due
from bot.telegram.handlers import real_call
from tests.chat import Candidate, Desk

INDIA = timezone(timedelta(hours=5, minutes=30))
NEW_YORK = timezone(timedelta(hours=-5))


def asked(sam: Candidate) -> dict[str, datetime]:
    """What is to come: kind → when."""
    person = sam.desk.log.by_telegram(sam.id)
    assert person is not None
    return {r["kind"]: datetime.fromisoformat(r["due_at"]) for r in sam.desk.log.reminders(person.id)}


async def sets_clock(sam: Candidate, minutes: int) -> None:
    """Taps the time that a clock this far from UTC shows."""
    await sam.says("/settings")
    await sam.taps("Set my clock")
    if minutes in IN_BETWEEN:
        await sam.taps("My minutes are different")
    page = sam.sees[-1]
    (button,) = [b for row in page.markup["inline_keyboard"] for b in row if b["callback_data"] == f"1:clock:{minutes}"]
    zone, now = timezone(timedelta(minutes=minutes)), datetime.now(UTC)
    assert button["text"] in {now_there(now, zone), now_there(now - timedelta(seconds=59), zone)}
    await sam.taps_data(button["callback_data"], page.number)


async def test_the_day_of_the_call_is_reminded_of_at_nine_there(sam: Candidate) -> None:
    await sets_clock(sam, 330)
    await sam.says("/plan")
    assert f"{now_there(datetime.now(INDIA), INDIA)[:6]}" in sam.sees[-1].text
    await sam.taps("Tomorrow")
    due = asked(sam)["call_day"].astimezone(INDIA)
    assert (due.hour, due.minute) == (9, 0)
    assert due.date() == datetime.now(INDIA).date() + timedelta(days=1)


async def test_who_never_set_a_clock_is_told_what_is_assumed(sam: Candidate) -> None:
    await sam.says("/plan")
    assert "(a guess)" in sam.sees[-1].text
    assert "My clock shows another time" in sam.sees[-1].buttons
    await sam.taps("Tomorrow")
    assert asked(sam)["call_day"].astimezone().hour == 9


async def test_setting_the_clock_moves_what_was_asked_for(sam: Candidate, desk: Desk) -> None:
    await sam.says("/plan")
    await sam.taps("In a week")
    day = asked(sam)["call_day"].astimezone().date()
    await sets_clock(sam, -300)
    due = asked(sam)["call_day"].astimezone(NEW_YORK)
    assert (due.date(), due.hour) == (day, 9)
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert zone_of(person.settings) == NEW_YORK
    (planned,) = desk.log.real_calls(person.id)
    assert planned.due_at == f"{asked(sam)['call_day']:%Y-%m-%dT%H:%M:%S.000Z}"


async def test_two_weeks_later_is_at_nine_too_and_asked_for_once(sam: Candidate) -> None:
    await sets_clock(sam, 330)
    await sam.says("/plan")
    await sam.taps("Just a card")
    await sam.taps("Yes, I made it")
    for label in ("One concrete reason", "certificate", "Nothing was said"):
        await sam.taps(label)
    later, page = next(
        (b["callback_data"], s)
        for s in sam.sees
        for row in s.markup.get("inline_keyboard", [])
        for b in row
        if "two weeks" in b["text"]
    )
    for _ in range(2):
        await sam.taps_data(later, page.number)
    person = sam.desk.log.by_telegram(sam.id)
    assert person is not None
    (timer,) = sam.desk.log.reminders(person.id)
    due = datetime.fromisoformat(timer["due_at"]).astimezone(INDIA)
    assert (due.date() - datetime.now(INDIA).date(), due.hour) == (timedelta(days=14), 9)
    assert "at nine in the morning" in page.text


async def test_a_call_that_will_not_be_made_is_not_reminded_of(sam: Candidate) -> None:
    await sam.says("/plan")
    await sam.taps("Tomorrow")
    await sam.taps("Not any more")
    assert asked(sam) == {}


async def test_every_offset_in_use_can_be_tapped_and_no_other(sam: Candidate, desk: Desk) -> None:
    for minutes in (*WHOLE_HOURS, *IN_BETWEEN):
        await sets_clock(sam, minutes)
        assert f"{now_there(desk.log.clock(), timezone(timedelta(minutes=minutes)))[:3]}" in sam.sees[-1].text
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    before = person.settings
    for forged in ("1:clock:7", "1:clock:99999", "1:clock:-", "1:clock:840x", "1:clock:-720"):
        await sam.taps_data(forged, sam.sees[-1].number)
    known = desk.log.by_telegram(sam.id)
    assert known is not None
    assert known.settings == before


async def test_a_reminder_that_comes_late_says_so(sam: Candidate, desk: Desk) -> None:
    person: Any = desk.log.by_telegram(sam.id)
    late = (desk.log.clock() - timedelta(days=2)).isoformat()
    (said,) = real_call.reminder(desk.house, person, Due(1, person.id, "call_day", late, {"text": "Today is the day."}))
    assert said.text.startswith("This was for ")
    (said,) = real_call.reminder(desk.house, person, Due(1, person.id, "call_day", desk.log.now(), {}))
    assert said.text.startswith("Today is the day")
