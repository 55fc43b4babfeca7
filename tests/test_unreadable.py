"""The real `runner-up serve` when what comes back from Telegram cannot be read, or is not Telegram's, or is a refusal."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bot.delivery.outbox import NOT_TAKEN
from bot.delivery.poll import EX_DEAF, EX_TOKEN, NO_ANSWER_PAUSE
from bot.telegram.middleware import WENT_WRONG, WENT_WRONG_BUT_KEPT
from bot.telegram.visit import MAY_BE_MISSING
from tests.said import ASK, HELLO
from tests.serving import PATIENCE, QUICK, SHORT, agrees, asked, data, ends, in_a_call, serving, states
from tests.wire import Wire
from tests.wire.faults import UNREADABLE

SHAPES = sorted(UNREADABLE)


def drawn(wire: Wire, user: int) -> int:
    """How often a message of this user's was put in place of another."""
    return len([s for s in list(wire.sent) if s.method == "editMessageText" and s.chat == user])


def test_a_line_whose_answer_cannot_be_read_is_not_said_twice_and_its_words_are_not_asked_for_again(
    wire: Wire, tmp_path: Path
) -> None:
    with serving(wire, tmp_path, before=QUICK) as bot:
        for at, shape in enumerate(SHAPES):
            user = 70 + at
            in_a_call(wire, user)
            before = len(wire.texts(user))
            wire.fail("sendMessage", shape, chat=user)
            wire.say(user, HELLO)
            wire.until(lambda u=user, n=before: len(wire.texts(u)) > n, PATIENCE)
            wire.say(user, ASK)
            wire.until(lambda u=user, n=before: len(wire.texts(u)) > n + 1, PATIENCE)
            assert len(set(wire.texts(user))) == len(wire.texts(user)) == before + 2, shape
            assert WENT_WRONG not in wire.texts(user), shape
        assert bot.ends()[0] == 0
    assert states(tmp_path)["uncertain"] == len(SHAPES)
    assert asked(tmp_path, "SELECT count(*) FROM turns WHERE n > 0") == [(2 * len(SHAPES),)]


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
def test_a_nod_or_a_page_whose_answer_cannot_be_read_ends_no_handler(wire: Wire, tmp_path: Path, method: str) -> None:
    with serving(wire, tmp_path, before=QUICK) as bot:
        agrees(wire)
        wire.say(7, "/settings")
        wire.until(lambda: "Settings" in wire.texts(7)[-1], PATIENCE)
        button, page = data(wire, 7, "short pauses")
        other, _ = data(wire, 7, "lifelike")
        for shape in SHAPES:
            before, texts = drawn(wire, 7), len(wire.texts(7))
            wire.fail(method, shape, times=2)
            for tapped in (button, other):
                wire.tap(7, tapped, page)
            wire.until(lambda n=before: drawn(wire, 7) >= n + 2, PATIENCE)
            wire.heal()
            assert len(wire.texts(7)) == texts, shape
        wire.say(7, "/help")
        wire.until(lambda n=texts: len(wire.texts(7)) > n, PATIENCE)
        assert WENT_WRONG not in wire.texts(7)
        assert bot.ends()[0] == 0


def test_buttons_of_which_it_is_not_known_whether_they_went_hold_up_no_debrief(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=QUICK):
        for user, shape in enumerate(SHAPES, 70):
            in_a_call(wire, user)
            wire.say(user, HELLO)
            wire.say(user, "/hangup")
            wire.until(lambda u=user: "your guess" in wire.texts(u)[-1], PATIENCE)
            wire.fail("editMessageReplyMarkup", shape, times=10_000)
            wire.tap(user, *data(wire, user, "Skip the guessing"))
            wire.until(lambda u=user: "sealed envelope" in wire.texts(u)[-1], PATIENCE)
            wire.heal()
            assert WENT_WRONG not in wire.texts(user), shape


def test_a_nod_that_never_goes_well_holds_up_nothing(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=QUICK) as bot:
        agrees(wire)
        for kind in ("empty", "cut_after", "502", "between_403", "400"):
            wire.fail("answerCallbackQuery", kind, times=10_000)
            before, texts = drawn(wire, 7), len(wire.texts(7))
            wire.tap(7, *data(wire, 7, "Past calls"))
            wire.until(lambda n=before: drawn(wire, 7) > n, PATIENCE)
            wire.heal()
            wire.say(7, "/menu")
            wire.until(lambda n=texts: len(wire.texts(7)) == n + 1, PATIENCE)
        assert WENT_WRONG not in wire.texts(7)
        assert bot.process.poll() is None


@pytest.mark.parametrize("kind", ["null", "page", "cut_after", "400", "between_413"])
def test_a_file_of_an_export_that_may_not_have_arrived_keeps_the_other_from_nobody(
    wire: Wire, tmp_path: Path, kind: str
) -> None:
    with serving(wire, tmp_path, before=QUICK):
        in_a_call(wire)
        wire.fail("sendDocument", kind)
        wire.say(7, "/export")
        wire.until(lambda: wire.texts(7)[-1] == MAY_BE_MISSING, PATIENCE)
        sent = [name for s in wire.to(7, "sendDocument") for name in s.files]
        assert len(sent) == (1 if kind in ("400", "between_413") else 2)
        assert WENT_WRONG not in wire.texts(7)


@pytest.mark.parametrize("kind", ["between_302", "between_401", "between_403", "between_404"])
def test_a_page_from_somebody_on_the_way_is_no_word_of_telegrams(wire: Wire, tmp_path: Path, kind: str) -> None:
    """No call is ended as if its person had blocked the bot, no process as if its token were bad."""
    with serving(wire, tmp_path, before=QUICK) as bot:
        in_a_call(wire)
        wire.fail("sendMessage", kind, times=3)
        wire.fail("getUpdates", kind)
        wire.say(7, HELLO)
        wire.until(lambda: len(wire.texts(7)) == 5, PATIENCE)
        assert bot.process.poll() is None
        assert asked(tmp_path, "SELECT count(*) FROM sessions WHERE ended_at IS NOT NULL") == [(0,)]


def pauses_after(wire: Wire, shape: str) -> list[float]:
    """How long it was each time from an answer of this shape to the next question."""
    return [then - at for (at, kind), (then, _) in pairwise(list(wire.polled)) if kind == shape]


def test_updates_that_cannot_be_read_are_asked_for_again_but_not_at_full_speed(wire: Wire, tmp_path: Path) -> None:
    assert NO_ANSWER_PAUSE >= 1.0
    with serving(wire, tmp_path, before="import bot.delivery.poll as p\np.NO_ANSWER_PAUSE = 0.2\n") as bot:
        in_a_call(wire)
        for at, shape in enumerate(SHAPES):
            wire.fail("getUpdates", shape, times=2)
            wire.say(7, HELLO if at == 0 else ASK)
            wire.until(lambda s=shape: len(pauses_after(wire, s)) == 2, PATIENCE)
            assert min(pauses_after(wire, shape)) >= 0.19, shape
            wire.until(lambda n=at: len(wire.texts(7)) > 4 + n, PATIENCE)
        assert bot.ends()[0] == 0


@pytest.mark.parametrize("shape", ["page", "null"])
def test_a_telegram_that_can_never_be_read_ends_it_for_the_supervisor(wire: Wire, tmp_path: Path, shape: str) -> None:
    with serving(wire, tmp_path, before=SHORT) as bot:
        in_a_call(wire)
        wire.fail("getUpdates", shape, times=10_000)
        assert ends(bot) == EX_DEAF
        assert "no answer that can be read" in bot.err.read_text()


def test_a_start_at_which_nothing_can_be_read_is_told_in_a_line(wire: Wire, tmp_path: Path) -> None:
    wire.fail("getMe", "page", times=10_000)
    with serving(wire, tmp_path, before=QUICK) as bot:
        assert ends(bot) == EX_DEAF
        assert "Traceback" not in bot.err.read_text()


def test_a_token_that_is_refused_in_the_middle_of_an_update_leaves_it_to_the_next_life(
    wire: Wire, tmp_path: Path
) -> None:
    wire.files["talk"] = b"Sam: Hello, is this a good time?\nDana: It is, go on."
    with serving(wire, tmp_path) as bot:
        agrees(wire)
        wire.fail("getFile", "401")
        wire.message(7, document={"file_id": "talk", "file_unique_id": "u", "file_name": "talk.txt", "file_size": 50})
        assert ends(bot) == EX_TOKEN
    with serving(wire, tmp_path):
        wire.until(lambda: "Which of these is you?" in wire.texts(7)[-1], PATIENCE)


FAILS_AFTER = """
import bot.telegram.handlers.ongoing_call as oncall
async def after(visit, session, turn, then=oncall.after, times=[]):
    times.append(1)
    if len(times) == 1:
        raise RuntimeError("after the commit")
    await then(visit, session, turn)
oncall.after = after
"""


def test_who_was_heard_is_not_asked_to_say_it_again_by_a_handler_that_fails(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=FAILS_AFTER) as bot:
        in_a_call(wire)
        wire.say(7, HELLO)
        wire.until(lambda: wire.texts(7)[-1] == WENT_WRONG_BUT_KEPT, PATIENCE)
        assert wire.texts(7)[-2].startswith("Dana: ")  # what she answered comes first
        wire.say(7, ASK)
        wire.until(lambda: wire.texts(7)[-1].startswith("Dana: "), PATIENCE)
        assert bot.ends()[0] == 0
    assert asked(tmp_path, "SELECT count(*) FROM turns WHERE n > 0") == [(2,)]


FAILS_BEFORE = """
import bot.telegram.handlers.past_calls as past
async def broken(visit):
    raise RuntimeError("before anything was kept")
past.calls = broken
"""


def test_who_was_not_heard_is_asked_to_try_again(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=FAILS_BEFORE, fresh=True):  # before anything is imported
        agrees(wire)
        wire.say(7, "/calls")
        wire.until(lambda: wire.texts(7)[-1] == WENT_WRONG, PATIENCE)


def test_a_message_that_telegram_refuses_comes_without_what_it_may_not_like(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path) as bot:
        in_a_call(wire)
        wire.say(7, HELLO)
        wire.until(lambda: len(wire.texts(7)) == 5, PATIENCE)
        wire.say(7, "/hangup")
        wire.until(lambda: "your guess" in wire.texts(7)[-1], PATIENCE)
        for times, marks, buttons in ((1, False, True), (2, True, False), (3, False, False)):
            wire.fail("sendMessage", "400", times=times)
            wire.say(7, "/settings")
            wire.until(lambda: "Settings" in wire.texts(7)[-1], PATIENCE)
            (sent,) = wire.to(7)[-1:]
            assert ("entities" in sent.params, "reply_markup" in sent.params) == (marks, buttons)
            wire.say(7, "/menu")
            wire.until(lambda: "Settings" not in wire.texts(7)[-1], PATIENCE)
        wire.fail("sendMessage", "400", times=4)
        wire.say(7, "/settings")
        wire.until(lambda: wire.texts(7)[-1] == NOT_TAKEN, PATIENCE)
        assert bot.ends()[0] == 0
    assert states(tmp_path)["failed"] == 1
