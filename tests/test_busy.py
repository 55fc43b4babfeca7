"""A limit is that limit on a machine with nothing else to do, and more only on one that has."""

from __future__ import annotations

import pytest

from tests import busy
from tests.busy import in_time


@pytest.mark.parametrize(
    ("slower", "took", "well"),
    [(1.0, 3.9, True), (1.0, 4.1, False), (1.2, 4.1, False), (1.5, 11.9, True), (1.5, 12.1, False)],
)
def test_a_limit_stretches_only_where_the_machine_is_seen_to_be_busy(
    slower: float, took: float, well: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy, "slowed", lambda: slower)
    assert in_time(took, 4) is well
