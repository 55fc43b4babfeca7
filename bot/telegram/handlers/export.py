"""/export: everything of a person as files, at once."""

from __future__ import annotations

import json

from bot.log import Log

File = tuple[str, bytes, str]
"""Name, content, caption."""


def files(log: Log, person: int) -> list[File]:
    """A JSON file with everything, and a page with every call to read."""
    everything = json.dumps(log.export(person), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    made = [
        ("runner-up.json", everything, "Everything that is kept of you. Sent to me as a file, it is brought in again.")
    ]
    if log.calls(person, limit=1):
        from bot.transcripts.writing import (
            html_page,  # few export, so what writes pages is loaded by the first who does
        )

        page = html_page(log, person).encode("utf-8", "replace")
        made.append(("runner-up.html", page, "The same calls as a page to read."))
    return made
