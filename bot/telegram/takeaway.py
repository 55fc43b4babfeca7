"""/export: everything of a person as files, at once."""

from __future__ import annotations

import json

from bot.log import Log

File = tuple[str, bytes, str]
"""Name, content, caption."""


def files(log: Log, person: int) -> list[File]:
    """A JSON file with everything, and a page with every call to read."""
    everything = json.dumps(log.export(person), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return [("runner-up.json", everything, "Everything that is kept of you. It can be brought in again.")]
