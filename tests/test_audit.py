"""What the audit of `make test` (tools/audit.py) finds in planted faults, and what it does with judgements that rot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.audit import doors, judge, secrets

# Put together here, so that the audit of this very file stays clean.
TOKEN = "7061234567:" + "AAF" + "q9Zk3Lw8" * 4
KEY = "-----BEGIN RSA PRIVATE " + "KEY-----"
PLANTED = f'''
import subprocess

TOKEN = "{TOKEN}"


class Shop:
    def order(self, what):
        subprocess.call("order " + what, shell=True)


def sort(db, column):
    return db.execute(f"@ * FROM turns ORDER BY {{column}}")
'''.replace("@", "SELECT")


@pytest.mark.filterwarnings(
    "ignore:The verify_requirements:DeprecationWarning"
)  # of the library that finds bandit's rules
def test_a_shell_and_a_query_with_a_word_in_it_are_found_and_named_by_their_function(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(PLANTED)
    found = {finding for finding, _ in doors(tmp_path, ["planted.py"])}
    assert {("B602", "planted.py: Shop.order"), ("B608", "planted.py: sort")} <= found


def test_a_token_and_a_private_key_are_found_in_code_and_among_sentences(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(PLANTED)
    (tmp_path / "lines.jsonl").write_text(f'{{"text": "hello"}}\n{{"text": "mine is {TOKEN} by the way"}}\n')
    (tmp_path / "notes.md").write_text(f"{KEY}\nMIIEow\n")
    lines = [line for _, line in secrets(tmp_path, ["planted.py", "lines.jsonl", "notes.md"])]
    assert "planted.py:4: Telegram Bot Token" in lines
    assert "lines.jsonl:2: Telegram Bot Token" in lines
    assert "notes.md:1: Private Key" in lines
    assert not any(TOKEN in line for line in lines)


def test_what_is_judged_passes_once_and_a_second_of_its_kind_in_the_same_function_does_not() -> None:
    found = (("B608", "log.py: sort"), "log.py:3: B608")
    judgement = {"rule": "B608", "why": "a column of our own", "where": ["log.py: sort"]}
    assert judge([found], [judgement]) == []
    assert len(judge([found, found], [judgement])) == 1


def test_a_judgement_about_nothing_or_without_a_reason_is_an_error() -> None:
    judgement = {"rule": "B608", "why": "a column of our own", "where": ["log.py: gone"]}
    assert "not found any more" in judge([], [judgement])[0]
    assert "no reason" in judge([], [judgement | {"why": "fine"}])[0]
