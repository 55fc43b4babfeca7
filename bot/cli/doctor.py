"""`runner-up doctor`: what a host should know before and while it runs."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click

from bot import __version__
from bot.log import LogFault, open_log, utc_now
from bot.log.store import beside, unstamp
from bot.prog_name import as_typed
from bot.settings import BadSetting, Settings, settings
from bot.width import show

MB = 1024 * 1024
BACKUP_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the screen: `well` is True, False, or None for a plain fact."""

    about: str
    words: str
    well: bool | None = None


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
def doctor(as_json: bool) -> None:
    """Say on one screen whether all is well: versions, settings, log, disk, backups. Exit 1 when something is not."""
    findings = examine()
    for f in findings:
        if as_json:
            click.echo(json.dumps({"about": f.about, "words": f.words, "well": f.well}))
        else:
            mark = {True: "ok  ", False: "BAD ", None: "    "}[f.well]
            show(as_typed(f"{mark}{f.about:<12}{f.words}"))
    if any(f.well is False for f in findings):
        raise click.exceptions.Exit(1)


def examine() -> list[Finding]:
    """Every finding, also when some cannot be made."""
    found = [
        Finding("runner-up", f"{__version__} on Python {platform.python_version()}, {platform.system()}"),
        Finding("libraries", ", ".join(f"{n} {importlib.metadata.version(n)}" for n in ("transitions", "sqlite-utils", "python-telegram-bot", "aiohttp"))),
        _sqlite(),
    ]  # fmt: skip
    try:
        here = settings()
    except BadSetting as error:
        return [*found, Finding("settings", str(error), False)]
    return [*found, *_telegram(here), *_log(here), _served(here.db)]


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version_info
    # SQLite's WAL-reset bug needs two connections that write at the same instant; this program has one.
    old = " (older than 3.51.3: let no other program write to the log)" if version < (3, 51, 3) else ""
    return Finding("sqlite", f"{sqlite3.sqlite_version}{old}", version >= (3, 35))


def _telegram(here: Settings) -> list[Finding]:
    token = "set" if here.token else "not set: runner-up serve needs TELEGRAM_BOT_TOKEN; calls in the terminal do not"
    mode = f"webhook on port {here.port}" if here.webhook_url else "long polling"
    access = "anyone may practise" if here.access == "open" else "by invitation"
    return [
        Finding("token", token),
        Finding("telegram", f"{mode}; {access}; hearing {here.hearing}; pace {here.pace:g}"),
    ]


def _log(here: Settings) -> list[Finding]:
    if not here.db.exists() and not beside(here.db, ".marker").exists():
        return [Finding("log", f"{here.db}: not there yet; it is made at the first call")]
    try:
        with open_log(here) as log:
            facts = log.status()
            faults = log.check()
    except LogFault as error:
        return [Finding("log", str(error), False)]
    free = shutil.disk_usage(here.db.parent).free
    mode = here.db.stat().st_mode & 0o777
    who = "only its owner can read it" if not mode & 0o077 else f"others can read it (mode {mode:o}); chmod 600 it"
    out = [
        Finding("log", f"{here.db}: {facts['bytes'] // 1024} kB, {_calls(facts)}, {_many(facts['people'], 'person', 'people')}; {'; '.join(faults) or 'sound'}", not faults),
        Finding("rights", who, not mode & 0o077),
        Finding("disk", f"{free // MB} MB free", free > 100 * MB),
        Finding("kept for", f"{here.retention_days} days; last purge {facts['last_purge'] or 'never'}"),
        _backups(facts["backups"], facts["last_backup"]),
        Finding("waiting", f"{facts['unhandled']} updates unhandled, {facts['unsent']} answers unsent, {facts['uncertain']} uncertain, "
                           f"{facts['unreadable']} unreadable, {facts['refused']} refused"),
    ]  # fmt: skip
    if facts["erasing_unfinished"]:
        out.append(Finding("erasing", "held up by another program that reads the log; it ends when that does", False))
    return out


def _calls(facts: Mapping[str, int]) -> str:
    """How many calls were held, and beside them how often one was tried again from a turn on."""
    again = f" and {_many(facts['other_tries'], 'other try', 'other tries')}" if facts["other_tries"] else ""
    return _many(facts["calls"], "call", "calls") + again


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _backups(count: int, last: str | None) -> Finding:
    if last is None:
        return Finding("backups", "none yet; serve makes one a day, runner-up db backup makes one now")
    fresh = utc_now() - unstamp(last) < BACKUP_OLD
    return Finding("backups", f"{count}; the last of {last}", fresh)


def _served(path: Path) -> Finding:
    beat = beside(path, ".heartbeat")
    try:
        at, pid = beat.read_text("ascii").split()
    except (OSError, ValueError):
        return Finding("serve", "has not run here")
    running = _runs(int(pid))
    return Finding("serve", f"{'runs' if running else 'does not run'}; last well at {at}")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return sys.platform != "win32"
