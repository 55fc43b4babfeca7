"""`runner-up serve`: the bot, answering Telegram until it is stopped."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click


@click.command()
def serve() -> None:
    """Answer Telegram until stopped.

    The token is read from TELEGRAM_BOT_TOKEN. Messages are fetched by long polling, or taken by a webhook when WEBHOOK_URL and
    WEBHOOK_SECRET are set. SIGTERM ends it within four seconds.

    \b
    TELEGRAM_BOT_TOKEN=123456:ABC… runner-up serve
    """
    from bot.settings import BadSetting, settings

    try:
        here = settings()
    except BadSetting as error:
        raise click.ClickException(f"{error}.") from None
    if here.hearing == "light":
        # sqlite-utils imports numpy wherever it is installed, for the names of its types: 15 MiB that nobody here uses.
        sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    # It does so before the encoder can say it: more threads only wait for each other over matrices this small.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.cli.opened import refused
    from bot.log import LogFault
    from bot.redact import set_up_logging

    try:
        if not here.token:
            raise click.ClickException(
                "TELEGRAM_BOT_TOKEN is not set. Talk to @BotFather in Telegram to get one, or practise here: runner-up call"
            )
        set_up_logging(here.log_level, here.token)
        from bot.telegram.running import serve as run

        code = run(here)
    except LogFault as error:
        raise refused(error) from None
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End at once: the log is closed and all is said. Python would first wait for every thread, whatever it is at, and then take
    itself apart, which under load takes longer than a supervisor waits."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
