"""Scenarios of one's own: managers that one person wrote or made from their case, and that nobody else can call."""

from __future__ import annotations

from dataclasses import dataclass

from bot.log.saved import Saved
from bot.log.store import Store


@dataclass(frozen=True, slots=True)
class OwnScenarios:
    """Scenarios that are one person's alone, by name."""

    store: Store

    def own_scenario(self, person: int, name: str, source: str) -> Saved[None]:
        """Keep a scenario that is this person's alone; the same name replaces it."""
        return self.store.execute(
            """INSERT INTO own_scenarios (person_id, name, source, made_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (person_id, name) DO UPDATE SET source = excluded.source""",
            person, name, source, self.store.now(),
        )  # fmt: skip

    def own_scenarios(self, person: int) -> dict[str, str]:
        """This person's own scenarios: name → source."""
        rows = self.store.rows("SELECT name, source FROM own_scenarios WHERE person_id = ? ORDER BY rowid", [person])
        return {row[0]: row[1] for row in rows}

    def drop_own_scenario(self, person: int, name: str) -> Saved[None]:
        """Remove one; calls held with it stay."""
        return self.store.execute("DELETE FROM own_scenarios WHERE person_id = ? AND name = ?", person, name)
