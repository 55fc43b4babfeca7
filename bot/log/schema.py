"""The tables of the log, as migrations that are applied in one go under BEGIN IMMEDIATE.

Everything of a person hangs from their row in `people` and goes with it (ON DELETE CASCADE); nothing is shared between
people or between calls, so that erasing is plain. The Telegram id stands in `people` alone. Turns are ordered by `n`, never
by time. Times are UTC, ISO 8601. `docs/log.md` describes the tables and views for readers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.log.encrypted import plain

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x52755570  # "RuUp"

NAME = "runner-up"
STEPS: dict[str, Callable[[Database], None]] = {}
"""Every migration by its name, in order."""


def _migration(step: Callable[[Database], None]) -> Callable[[Database], None]:
    STEPS[step.__name__] = step
    return step


def _run(db: Database, *statements: str) -> None:
    # One statement at a time: executescript() would commit in the middle of a migration.
    for statement in statements:
        db.conn.execute(statement)


_TRANSCRIPT = """CREATE VIEW transcript AS
    SELECT s.public_id AS call, t.n, 0 AS line, 'You' AS speaker, t.said AS text,
           (SELECT group_concat(value, ', ') FROM json_each(t.heard, '$.moves')) AS moves, t.phase, t.level, t.at
    FROM turns t JOIN sessions s ON s.id = t.session_id WHERE t.n > 0
    UNION ALL
    SELECT s.public_id, t.n, a.key + 1,
           CASE json_extract(a.value, '$.speaker') WHEN 'manager' THEN s.manager WHEN 'reception' THEN 'Reception'
                WHEN 'machine' THEN 'Voicemail' WHEN 'coach' THEN 'Runner-Up'
                ELSE json_extract(a.value, '$.speaker') END,
           json_extract(a.value, '$.text'), NULL, t.phase, t.level, t.at
    FROM turns t JOIN sessions s ON s.id = t.session_id, json_each(t.answered) a
    ORDER BY call, n, line"""


@_migration
def m001_people(db: Database) -> None:
    """Who practises here, who was invited, and small facts of the log itself."""
    _run(
        db,
        """CREATE TABLE people (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            public_id TEXT NOT NULL UNIQUE,
            telegram_id INTEGER UNIQUE,          -- NULL: the one person at this machine's terminal
            role TEXT NOT NULL CHECK (role IN ('owner', 'guest')),
            created_at TEXT NOT NULL,
            agreed_at TEXT,                      -- NULL: nothing but the id may be kept
            agreed_to TEXT,                      -- version of the privacy text
            blocked_at TEXT,                     -- the person blocked the bot
            rows_consent_at TEXT,                -- agreed that own corrections may be exported as labelled rows
            settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings))
        ) STRICT""",
        "CREATE UNIQUE INDEX one_local_person ON people ((telegram_id IS NULL)) WHERE telegram_id IS NULL",
        """CREATE TABLE invitations (
            code TEXT PRIMARY KEY,
            role TEXT NOT NULL CHECK (role IN ('owner', 'guest')),
            made_by INTEGER REFERENCES people (id) ON DELETE CASCADE,
            made_at TEXT NOT NULL,
            expires_at TEXT,
            uses_left INTEGER NOT NULL CHECK (uses_left >= 0)
        ) STRICT""",
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    )


@_migration
def m002_calls(db: Database) -> None:
    """Scenarios as they were when called, sessions and their turns."""
    _run(
        db,
        """CREATE TABLE scenarios_seen (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,  -- NULL: of the library; else private
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            source TEXT NOT NULL,
            facts TEXT NOT NULL CHECK (json_valid(facts))  -- all fields and every line, so that old calls replay
        ) STRICT""",
        "CREATE UNIQUE INDEX scenario_seen_once ON scenarios_seen (version, name, ifnull(person_id, 0))",
        "CREATE INDEX scenarios_seen_of_person ON scenarios_seen (person_id)",
        """CREATE TABLE own_scenarios (
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            made_at TEXT NOT NULL,
            PRIMARY KEY (person_id, name)
        ) STRICT""",
        """CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            public_id TEXT NOT NULL UNIQUE,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            scenario_id INTEGER REFERENCES scenarios_seen (id),
            scenario TEXT NOT NULL,
            version TEXT NOT NULL,
            title TEXT NOT NULL,
            manager TEXT NOT NULL,
            seed INTEGER NOT NULL,
            engine TEXT NOT NULL,
            hearing TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('practice', 'imported', 'model')),
            parent_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
            parent_turn INTEGER,                 -- the turn that was taken back or tried again
            taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)),  -- left for the branch
            kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1)),              -- not touched by the purge
            started_at TEXT NOT NULL,
            last_at TEXT NOT NULL,
            ended_at TEXT,
            turns INTEGER NOT NULL DEFAULT 0,    -- n of the last turn; the pick-up is 0
            phase TEXT NOT NULL,
            outcome TEXT,
            highest_level INTEGER NOT NULL DEFAULT 0,
            reachable_level INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra))  -- what an import brought along
        ) STRICT""",
        "CREATE INDEX sessions_of_person ON sessions (person_id, id)",
        "CREATE INDEX sessions_unfinished ON sessions (person_id, id) WHERE ended_at IS NULL AND taken_back = 0",
        "CREATE INDEX sessions_by_scenario ON sessions (scenario_id)",
        "CREATE INDEX sessions_by_parent ON sessions (parent_id)",
        """CREATE TABLE turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the search index counts on it
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            n INTEGER NOT NULL CHECK (n >= 0),
            said TEXT NOT NULL,
            heard TEXT NOT NULL CHECK (json_valid(heard)),
            phase_before TEXT NOT NULL,
            phase TEXT NOT NULL,
            level INTEGER,
            trust_before REAL,                   -- openness 1-4, patience 0-4, minutes left; NULL in an import
            patience_before REAL,
            minutes_before REAL,
            trust REAL,
            patience REAL,
            minutes REAL,
            rows TEXT NOT NULL CHECK (json_valid(rows)),
            why TEXT NOT NULL CHECK (json_valid(why)),
            answered TEXT NOT NULL CHECK (json_valid(answered)),  -- [{speaker, heading, text}, …]
            ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
            outcome TEXT,
            at TEXT NOT NULL,
            update_id INTEGER UNIQUE,
            UNIQUE (session_id, n)
        ) STRICT""",
    )


@_migration
def m003_review(db: Database) -> None:
    """What hangs on a call: hints used, corrections, guesses; and what comes after it."""
    _run(
        db,
        """CREATE TABLE help_used (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            n INTEGER NOT NULL,                  -- after this turn
            kind TEXT NOT NULL CHECK (kind IN ('hint', 'words')),
            at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX help_used_in ON help_used (session_id)",
        """CREATE TABLE corrections (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            n INTEGER NOT NULL,
            moves TEXT NOT NULL CHECK (json_valid(moves)),  -- what was meant
            at TEXT NOT NULL,
            PRIMARY KEY (session_id, n)
        ) STRICT""",
        """CREATE TABLE debrief_guesses (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            guess TEXT NOT NULL,
            right INTEGER CHECK (right IN (0, 1)),
            at TEXT NOT NULL,
            PRIMARY KEY (session_id, question)
        ) STRICT""",
        """CREATE TABLE drills (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            line TEXT NOT NULL,
            guess INTEGER NOT NULL,
            level INTEGER NOT NULL,
            sure REAL,
            at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX drills_of_person ON drills (person_id)",
        """CREATE TABLE real_calls (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            public_id TEXT NOT NULL UNIQUE,
            plan TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(plan)),
            due_at TEXT,
            happened_at TEXT,
            level INTEGER,
            told TEXT NOT NULL DEFAULT '',
            answers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)),
            made_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX real_calls_of_person ON real_calls (person_id)",
        """CREATE TABLE todo (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            public_id TEXT NOT NULL UNIQUE,
            text TEXT NOT NULL,
            made_at TEXT NOT NULL,
            done_at TEXT
        ) STRICT""",
        "CREATE INDEX todo_of_person ON todo (person_id)",
        """CREATE TABLE timers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            due_at TEXT NOT NULL,
            about TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(about)),
            fired_at TEXT,
            made_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX timers_due ON timers (due_at) WHERE fired_at IS NULL",
        "CREATE INDEX timers_of_person ON timers (person_id)",
    )


@_migration
def m004_delivery(db: Database) -> None:
    """What Telegram sent and is not yet answered, and what is said and not yet sent."""
    _run(
        db,
        """CREATE TABLE inbox (
            update_id INTEGER PRIMARY KEY,
            person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,  -- NULL: has not agreed, so nothing else is kept
            raw TEXT NOT NULL DEFAULT '',        -- blanked when handled
            state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'done', 'refused', 'skipped')),
            tries INTEGER NOT NULL DEFAULT 0,    -- lives of the program that ended over it, or near
            got_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state IN ('waiting', 'held')",
        "CREATE INDEX inbox_of_person ON inbox (person_id)",
        """CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            session_id INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
            n INTEGER,                           -- the turn it answers in
            payload TEXT NOT NULL,               -- what is sent; blanked when sent, the words stand in the turn
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'uncertain', 'failed')),
            resent INTEGER NOT NULL DEFAULT 0 CHECK (resent IN (0, 1)),
            message_id INTEGER,
            made_at TEXT NOT NULL,
            sent_at TEXT
        ) STRICT""",
        "CREATE INDEX outbox_waiting ON outbox (person_id, id) WHERE state = 'waiting'",
        "CREATE INDEX outbox_of_session ON outbox (session_id, n)",
        "CREATE INDEX outbox_of_person ON outbox (person_id)",
    )


@_migration
def m005_search(db: Database) -> None:
    """Search over what was said and answered, fed by the writer when it is idle; what is deleted leaves it at once."""
    _run(
        db,
        'CREATE VIRTUAL TABLE turns_search USING fts5 (said, answered, tokenize = "unicode61 remove_diacritics 2")',
        """CREATE TRIGGER turns_leave_search AFTER DELETE ON turns BEGIN
            DELETE FROM turns_search WHERE rowid = old.id;
        END""",
        "INSERT INTO meta (key, value) VALUES ('searchable_to', '0')",
    )


@_migration
def m006_views(db: Database) -> None:
    """What a person reads with sqlite3 or Datasette. No Telegram id in them."""
    _run(
        db,
        """CREATE VIEW calls AS
            SELECT s.public_id AS call, p.public_id AS person, s.scenario, s.title, s.manager, s.kind, s.started_at,
                   s.ended_at, s.turns, ifnull(s.outcome, 'unfinished') AS outcome, s.highest_level, s.reachable_level,
                   s.taken_back, o.public_id AS branch_of, s.parent_turn AS branch_at, s.seed, s.version, s.engine,
                   s.hearing, s.note
            FROM sessions s JOIN people p ON p.id = s.person_id LEFT JOIN sessions o ON o.id = s.parent_id""",
        _TRANSCRIPT,
    )


@_migration
def m007_fewer_pages(db: Database) -> None:
    """A turn writes fewer pages: no counter of ids for turns, update numbers indexed only where there are any, and no
    index of the inbox but its numbers (it holds two days, so that a start and erasing may look through it)."""
    columns = """id, session_id, n, said, heard, phase_before, phase, level, trust_before, patience_before, minutes_before, trust,
        patience, minutes, rows, why, answered, ended, outcome, at, update_id"""
    _run(
        db,
        "DROP VIEW transcript",  # it names the table that is made anew, and is made anew with it
        """CREATE TABLE turns_lean (
            id INTEGER PRIMARY KEY,              -- the newest turn's may be used again when it is deleted: see the trigger
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            n INTEGER NOT NULL CHECK (n >= 0),
            said TEXT NOT NULL,
            heard TEXT NOT NULL CHECK (json_valid(heard)),
            phase_before TEXT NOT NULL,
            phase TEXT NOT NULL,
            level INTEGER,
            trust_before REAL,                   -- openness 1-4, patience 0-4, minutes left; NULL in an import
            patience_before REAL,
            minutes_before REAL,
            trust REAL,
            patience REAL,
            minutes REAL,
            rows TEXT NOT NULL CHECK (json_valid(rows)),
            why TEXT NOT NULL CHECK (json_valid(why)),
            answered TEXT NOT NULL CHECK (json_valid(answered)),  -- [{speaker, heading, text}, …]
            ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
            outcome TEXT,
            at TEXT NOT NULL,
            update_id INTEGER,
            UNIQUE (session_id, n)
        ) STRICT""",
        f"INSERT INTO turns_lean ({columns}) SELECT {columns} FROM turns ORDER BY id",  # noqa: S608 - our own words
        "DROP TABLE turns",
        "ALTER TABLE turns_lean RENAME TO turns",
        "CREATE UNIQUE INDEX turns_of_update ON turns (update_id) WHERE update_id IS NOT NULL",
        # The index must not claim an id that the next turn will get.
        """CREATE TRIGGER turns_leave_search AFTER DELETE ON turns BEGIN
            DELETE FROM turns_search WHERE rowid = old.id;
            UPDATE meta SET value = (SELECT CAST(ifnull(max(id), 0) AS TEXT) FROM turns) WHERE key = 'searchable_to'
                AND CAST(value AS INTEGER) > (SELECT ifnull(max(id), 0) FROM turns);
        END""",
        _TRANSCRIPT,
        "DROP INDEX inbox_of_person",
        "DROP INDEX inbox_waiting",
    )


def migrations() -> Migrations:
    """All of them as sqlite-utils applies them. It is loaded when there is something to apply: it brings half a second of imports
    where numpy is installed, and a log that is up to date needs none of it."""
    from sqlite_utils import Migrations

    made = Migrations(NAME)
    for step in STEPS.values():
        made()(step)
    return made


def known() -> tuple[str, ...]:
    """The names of all migrations of this program, in order."""
    return tuple(STEPS)


VERSION = len(known())


def applied(db: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the migrations a file has had, in order; none when it is new."""
    there = db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if there is None:
        return ()
    rows = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", [NAME])
    return tuple(name for (name,) in rows)


def migrate(db: sqlite3.Connection) -> bool:
    """Bring the file up to this program, all or nothing. Says whether anything was done."""
    if applied(db) == known():
        return False
    from sqlite_utils import Database

    db.execute("BEGIN IMMEDIATE")
    try:
        migrations().apply(Database(plain(db)))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return True
