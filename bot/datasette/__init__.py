"""The log in a browser, for its host: Datasette over the views, read-only, on this machine alone (`runner-up[datasette]`).

    python -m bot.datasette                 http://127.0.0.1:8001, until stopped

`metadata` holds the canned queries; templates/ has the pages: where to begin, lists of which each call leads to its words, and a call as
a conversation. No other SQL is allowed, of the tables only the two views can be looked into, and nothing but the loopback is listened on. Datasette 1.0 changes what a template is given, so it stays below that.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dialogs.call import Outcome
from dialogs.endings import ended
from dialogs.levels import LEVEL_SHORT

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
HOST = "127.0.0.1"
LISTS = ("latest_calls", "levels_by_scenario", "moves_heard")
CLOSED = (
    "people invitations meta scenarios_seen own_scenarios sessions turns help_used corrections debrief_guesses drills real_calls todo "
    "timers inbox outbox sqlite_sequence _sqlite_migrations turns_search turns_search_data turns_search_idx turns_search_content "
    "turns_search_docsize turns_search_config"
).split()
"""Tables nobody looks into here: ids of people, the mail, and what only the program reads. The views have what a coach needs."""


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
            "description": "The newest 200, with the highest level that was reached and the highest that could be.",
            "sql": "SELECT call, started_at, scenario, outcome, highest_level, reachable_level, turns FROM calls ORDER BY started_at DESC LIMIT 200",
        },
        "levels_by_scenario": {
            "title": "How far managers opened",
            "description": "Practice calls by the highest level that was reached in them: "
            + ", ".join(f"{k} {words}" for k, words in enumerate(LEVEL_SHORT))
            + ".",
            "sql": (
                "SELECT scenario, count(*) AS calls, sum(highest_level = 0) AS level_0, sum(highest_level = 1) AS level_1, "
                "sum(highest_level = 2) AS level_2, sum(highest_level = 3) AS level_3, sum(highest_level = 4) AS level_4 "
                "FROM calls WHERE kind = 'practice' GROUP BY 1 ORDER BY 1"
            ),
        },
        "moves_heard": {
            "title": "Which moves are heard",
            "description": "What candidates' words did, over all calls.",
            "sql": (
                "SELECT j.value AS move, count(*) AS times FROM turns, json_each(turns.heard, '$.moves') j WHERE n > 0 "
                "GROUP BY 1 ORDER BY 2 DESC"
            ),
        },
    }
    return {
        "title": "Runner-Up",
        "description": "Practice calls. What you see here belongs to the people who held them.",
        "databases": {
            database: {
                "queries": queries,
                "allow_sql": False,
                "tables": {name: {"allow": False} for name in CLOSED} | {"calls": {"sort_desc": "started_at"}},
            }
        },
    }


def command(log: Path, folder: Path, port: int = 8001) -> list[str]:
    """The words that start Datasette over this log; its metadata is written into `folder`."""
    about = folder / "metadata.json"
    about.write_text(json.dumps(metadata(log.stem), indent=1), encoding="utf-8")
    made = folder / "templates"
    made.mkdir(exist_ok=True)
    for source, names in _pages(log.stem).items():
        page = (TEMPLATES / source).read_text(encoding="utf-8")
        page = page.replace("@DB@", quote(log.stem)).replace("@LEVELS@", json.dumps(LEVEL_SHORT))
        page = page.replace("@ENDED@", json.dumps({str(outcome): ended(outcome) for outcome in Outcome}))
        for name in names:
            (made / name).write_text(page, encoding="utf-8")
    return [
        "datasette", "serve", str(log), "--host", HOST, "--port", str(port), "--metadata", str(about),
        "--template-dir", str(made), "--setting", "default_allow_sql", "off", "--setting", "allow_download", "off",
        "--setting", "suggest_facets", "off",
    ]  # fmt: skip


def _pages(name: str) -> dict[str, list[str]]:
    """Which of our templates is which of Datasette's: it looks for them by the database's name, which is the log's own."""
    return {
        "base.html": ["base.html"],
        "error.html": ["error.html", "404.html"],
        "start.html": ["index.html", f"database-{name}.html"],
        "listing.html": [f"query-{name}-{query}.html" for query in LISTS],
        "conversation.html": [f"query-{name}-transcript_of.html"],
    }
