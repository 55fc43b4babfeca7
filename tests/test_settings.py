"""The environment is read once, and a wrong value is one line that names the variable."""

from __future__ import annotations

import logging
import pwd
import sqlite3
from pathlib import Path
from typing import NoReturn

import pytest

from bot.log import open_log
from bot.redact import CHATTY, Redacting, redacted, set_up_logging
from bot.settings import BadSetting, Settings, default_db

TOKEN = "123456789:AAE" + "x7Q" * 10 + "zz"


def test_without_any_variable_everything_has_a_value() -> None:
    here = Settings.read({})
    assert here.db == default_db()
    assert (here.access, here.hearing, here.pace, here.retention_days, here.durability) == (
        "invite",
        "full",
        1,
        90,
        "full",
    )
    assert here.base_url == "https://api.telegram.org/bot"
    assert here.base_file_url == "https://api.telegram.org/file/bot"


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user of a service: no HOME, and in no list of users (systemd's DynamicUser, a container's number)."""

    def unknown(_: object) -> NoReturn:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("homeless")
def test_a_user_without_a_home_keeps_the_log_where_it_is_told_to(tmp_path: Path) -> None:
    with open_log(Settings.read({"RUNNER_UP_DB": str(tmp_path / "log.db")})) as log:
        assert log.local().id
    with pytest.raises(BadSetting, match="no home folder for the log; set RUNNER_UP_DB"):
        Settings.read({})
    with pytest.raises(BadSetting, match="RUNNER_UP_DB begins with ~"):
        Settings.read({"RUNNER_UP_DB": "~/log.db"})


@pytest.mark.parametrize("given", ["http://localhost:8081", "http://localhost:8081/", "http://localhost:8081/bot"])
def test_another_server_is_named_with_or_without_bot(given: str) -> None:
    here = Settings.read({"TELEGRAM_BASE_URL": given})
    assert here.base_url == "http://localhost:8081/bot"
    assert here.base_file_url == "http://localhost:8081/file/bot"
    assert Settings.read({"TELEGRAM_BASE_FILE_URL": "http://files/x/bot/"}).base_file_url == "http://files/x/bot"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "my token"), ("TELEGRAM_BASE_URL", "localhost"), ("TELEGRAM_BASE_FILE_URL", "ftp://x"),
        ("RUNNER_UP_SCENARIOS", "/nowhere/at/all"), ("RUNNER_UP_ACCESS", "closed"), ("RUNNER_UP_ADMINS", "12, me"),
        ("RUNNER_UP_HEARING", "half"), ("RUNNER_UP_PACE", "-1"), ("RUNNER_UP_PACE", "nan"), ("RUNNER_UP_RETENTION_DAYS", "0"),
        ("RUNNER_UP_RETENTION_DAYS", "1.5"), ("PORT", "70000"), ("RUNNER_UP_DURABILITY", "some"), ("RUNNER_UP_LOG_LEVEL", "ALL"),
        ("RUNNER_UP_DB", "a\0b"), ("TELEGRAM_BASE_URL", "http://localhost:99999"), ("TELEGRAM_BASE_URL", "http://localhost:http"),
        ("TELEGRAM_BASE_FILE_URL", "http://[::1"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_one_line_that_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.read({name: value})
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_webhook_wants_a_secret() -> None:
    with pytest.raises(BadSetting, match="WEBHOOK_SECRET"):
        Settings.read({"WEBHOOK_URL": "https://bot.example/x"})
    with pytest.raises(BadSetting, match="16 to 256"):
        Settings.read({"WEBHOOK_URL": "https://bot.example/x", "WEBHOOK_SECRET": "short"})
    assert Settings.read({"WEBHOOK_URL": "https://bot.example/x", "WEBHOOK_SECRET": "s" * 20}).port == 8080


def test_neither_token_nor_secret_shows_in_the_settings_and_a_bad_token_is_not_repeated() -> None:
    here = Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": "s3cr3t-s3cr3t-s3cr3t"})
    assert TOKEN not in repr(here)
    assert "s3cr3t" not in repr(here)
    with pytest.raises(BadSetting) as caught:
        Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN + "!"})
    assert TOKEN not in str(caught.value)


def test_values_are_read_as_what_they_are(tmp_path: Path) -> None:
    here = Settings.read({
        "RUNNER_UP_DB": "~/x.db", "RUNNER_UP_SCENARIOS": str(tmp_path), "RUNNER_UP_ADMINS": "1, 2;3", "RUNNER_UP_PACE": " 0 ",
        "RUNNER_UP_ACCESS": "Open", "RUNNER_UP_RETENTION_DAYS": "", "PORT": "443",
    })  # fmt: skip
    assert here.db == Path.home() / "x.db"
    assert (here.scenarios, here.admins, here.pace, here.access, here.port) == (tmp_path, {1, 2, 3}, 0, "open", 443)


# -- what is logged ------------------------------------------------------------------------------------------------


def line(message: str, *args: object, error: BaseException | None = None, name: str = "x") -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return Redacting(TOKEN).format(logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, info))


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/getMe", f"token {TOKEN}", f"/file/bot{TOKEN.replace(':', '%3A')}/x", f"Bot[{TOKEN}]",
        "bot987654321:" + "Zz9-_" * 8 + "/sendMessage",
    ],
)  # fmt: skip
def test_whatever_looks_like_a_token_is_withheld(text: str) -> None:
    for shown in (line("%s", text), redacted(text, TOKEN), redacted(text)):
        assert "[token]" in shown
        assert TOKEN.split(":")[1] not in shown
        assert "Zz9-_Zz9" not in shown


def test_a_traceback_names_the_error_and_the_places_but_quotes_nobody() -> None:
    try:
        try:
            int("canary of somebody")
        except ValueError as error:
            raise KeyError("canary again") from error
    except KeyError as error:
        shown = line("went wrong", error=error)
    assert "canary" not in shown
    assert "ValueError (words withheld)" in shown
    assert "KeyError (words withheld)" in shown
    assert Path(__file__).name in shown


def test_an_error_of_the_disk_keeps_its_words() -> None:
    assert "disk I/O error" in line("x", error=sqlite3.OperationalError("disk I/O error"))


def test_a_line_break_or_an_escape_in_a_name_forges_no_line() -> None:
    shown = line("name %s", "a\nERROR root: forged\x1b[31m\u2028x")
    assert shown.count("\n") == 0
    assert "\x1b" not in shown
    assert "\u2028" not in shown


def test_an_escape_of_eight_bits_reaches_no_terminal_by_the_log() -> None:
    shown = line("name %s", "a\x9b31mred\x90x\x7f")
    assert not set(shown) & {chr(c) for c in range(0x7F, 0xA0)}
    assert "red" in shown


def test_what_the_library_says_of_updates_is_named_by_its_kind() -> None:
    shown = line("Processing update %s of %d", {"text": "canary"}, 5, name="telegram.ext.Application")
    assert "canary" not in shown
    assert "<dict> of 5" in shown


def test_the_chatty_loggers_stay_quiet_at_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in CHATTY}
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    try:
        set_up_logging("DEBUG", TOKEN)
        assert all(not logging.getLogger(name).isEnabledFor(logging.INFO) for name in CHATTY)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)
        for name, old in levels.items():
            logging.getLogger(name).setLevel(old)


def test_a_log_in_memory_is_refused_in_one_line_that_says_what_to_do() -> None:
    with pytest.raises(BadSetting, match="kept in a file; name one"):
        Settings.read({"RUNNER_UP_DB": ":memory:"})
