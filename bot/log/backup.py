"""Backups: whole copies made while calls go on, each verified, the last seven kept."""

from __future__ import annotations

from pathlib import Path

KEEP = 7


def backup_folder(path: Path) -> Path:
    """Where the backups of this log lie: a folder beside it."""
    return path.with_name(path.name + ".backups")


def backups(path: Path) -> list[Path]:
    """The backups of this log, oldest first."""
    return sorted(backup_folder(path).glob("*.db"))


def latest_backup(path: Path) -> Path | None:
    """The newest backup of this log, if there is one."""
    found = backups(path)
    return found[-1] if found else None
