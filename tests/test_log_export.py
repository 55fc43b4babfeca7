"""Everything of a person comes back from an export, and nonsense is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.log import BadExport, Log
from bot.session import Session
from tests.logged import someone
from tests.traces import CANARY, everything


def test_everything_of_a_person_comes_back_from_an_export_byte_for_byte(path: Path, tmp_path: Path) -> None:
    with Log.open(path) as log:
        a = someone(log, 4_815_162_342)
        session = everything(log, a, CANARY)
        log.branch(a, session, 2).result()
        out = json.dumps(log.export(a))
        assert "4815162342" not in out
    with Log.open(tmp_path / "other.db") as log:
        b = someone(log, 7)
        log.agree(b, "1").result()
        log.restore(b, json.loads(out))
        assert _without_person(json.dumps(log.export(b))) == _without_person(out)
        assert Session.resume(log, b, session).practice.turns == 8
        assert log.check() == []
        assert log.search(b, CANARY)


def _without_person(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    del data["person"]
    return data


def test_what_comes_in_twice_gets_ids_of_its_own_and_touches_nothing_that_is_there(path: Path) -> None:
    with Log.open(path) as log:
        a, b = someone(log, 1), someone(log, 2)
        everything(log, a, CANARY)
        out = log.export(a)
        new = log.restore(b, out)
        assert set(new).isdisjoint({s["session"] for s in out["sessions"]})
        assert log.export(a) == out
        log.erase(b)
        assert log.export(a) == out


@settings(max_examples=40, deadline=None)
@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["sessions", "turns_held", "n", "session", "drills", "scenario_as_called"]), x
            )
        ),
        max_leaves=12,
    )
)
def test_nonsense_is_no_export_and_leaves_nothing_behind(data: Any) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder) / "log.db", durability="normal") as log:
        me = log.local().id
        whole = {"format": "runner-up/1"} | (data if isinstance(data, dict) else {"sessions": data})
        before = log.export(me)
        try:
            log.restore(me, whole)
        except BadExport:
            assert log.export(me) == before
        with pytest.raises(BadExport):
            log.restore(me, data if not isinstance(data, dict) else [])
