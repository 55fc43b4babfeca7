"""The log in a browser, for its host: Datasette over the views, read-only, on this machine alone (`runner-up[datasette]`).

    python -m bot.datasette                 http://127.0.0.1:8001, until stopped

`metadata` holds the canned queries; templates/ has the page on which a call reads as a conversation. No other SQL is allowed, and
nothing but the loopback is listened on. Datasette 1.0 changes what a template is given, so it stays below that.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dialogs.levels import LEVEL_WORDS

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
HOST = "127.0.0.1"
LEVELS = LEVEL_WORDS


def metadata(database: str) -> dict[str, Any]:
    """Titles, the canned queries and what is hidden, for the database of this name."""
    queries = {
        "transcript_of": {
            "title": "Read a call",
            "sql": (
                "SELECT t.n, t.line, t.speaker, t.text, t.moves, t.level, t.at, c.manager, c.title, c.outcome, c.started_at "
                "FROM transcript t JOIN calls c ON c.call = t.call WHERE t.call = :call ORDER BY t.n, t.line"
            ),
        },
        "latest_calls": {
            "title": "The latest calls",
            "sql": "SELECT call, started_at, scenario, outcome, highest_level, reachable_level, turns FROM calls ORDER BY started_at DESC LIMIT 200",
        },
        "levels_by_scenario": {
            "title": "How far managers opened",
            "sql": "SELECT scenario, highest_level, count(*) AS calls FROM calls WHERE kind = 'practice' GROUP BY 1, 2 ORDER BY 1, 2",
        },
        "moves_heard": {
            "title": "Which moves are heard",
            "sql": (
                "SELECT j.value AS move, count(*) AS times FROM turns, json_each(turns.heard, '$.moves') j WHERE n > 0 "
                "GROUP BY 1 ORDER BY 2 DESC"
            ),
        },
    }
    hidden = (
        "people",
        "invitations",
        "inbox",
        "outbox",
        "own_scenarios",
        "timers",
        "real_calls",
        "todo",
        "meta",
        "scenarios_seen",
    )
    return {
        "title": "Runner-Up",
        "description": "Practice calls. What you see here belongs to the people who held them.",
        "databases": {
            database: {
                "queries": queries,
                "allow_sql": False,
                "tables": {name: {"allow": False} for name in hidden} | {"calls": {"sort_desc": "started_at"}},
            }
        },
    }


def command(log: Path, folder: Path, port: int = 8001) -> list[str]:
    """The words that start Datasette over this log; its metadata is written into `folder`."""
    about = folder / "metadata.json"
    about.write_text(json.dumps(metadata(log.stem), indent=1), encoding="utf-8")
    # The name in the queries and in the template's file name is the log's own; Datasette looks for it there.
    made = folder / "templates"
    made.mkdir(exist_ok=True)
    page = (TEMPLATES / "conversation.html").read_text(encoding="utf-8")
    (made / f"query-{log.stem}-transcript_of.html").write_text(page, encoding="utf-8")
    return [
        "datasette", "serve", str(log), "--host", HOST, "--port", str(port), "--metadata", str(about),
        "--template-dir", str(made), "--setting", "default_allow_sql", "off", "--setting", "allow_download", "off",
        "--setting", "suggest_facets", "off",
    ]  # fmt: skip
