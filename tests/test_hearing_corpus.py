"""Claims about the corpus: rows are whole, and nothing that examines has been taught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogs.hearing.text import plain
from dialogs.moves import Move

ROOT = Path(__file__).resolve().parents[1]
TEACHING, EXAMINATION = ROOT / "dialogs" / "phrases", ROOT / "tests" / "phrases"
FILES = [*sorted(TEACHING.glob("*.jsonl")), *sorted(EXAMINATION.glob("*.jsonl"))]

Triples = frozenset[tuple[str, ...]]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def texts(folder: Path) -> list[str]:
    return [json.loads(line)["text"] for path in sorted(folder.glob("*.jsonl")) for line in lines(path)]


def triples(text: str) -> Triples:
    said = [w.strip(".,!?\"'") for w in plain(text).split()]
    return frozenset(zip(said, said[1:], said[2:], strict=False))


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_row_has_words_and_known_moves(path: Path):
    for n, line in enumerate(lines(path), start=1):
        row = json.loads(line)
        at = f"{path.name}:{n}"
        assert set(row) <= {"text", "moves", "also_ok", "after", "pair", "aside"}, at
        assert row["text"].strip(), at
        assert row["moves"], at
        assert all(Move(m) for m in (*row["moves"], *row.get("also_ok", ()))), at
        assert not set(row["moves"]) & set(row.get("also_ok", ())), at
        assert row.get("aside", "") in ("", "software", "foreign", "distress"), at


def test_no_sentence_is_both_taught_and_examined():
    def bare(text: str) -> str:
        return "".join(c for c in plain(text) if c.isalnum() or c == " ")

    assert not {t for t in map(bare, texts(TEACHING)) if len(t.split()) > 3} & set(map(bare, texts(EXAMINATION)))


def test_no_examined_sentence_is_a_near_copy_of_a_taught_one():
    holders: dict[tuple[str, ...], list[int]] = {}
    taught = [triples(t) for t in texts(TEACHING)]
    for i, found in enumerate(taught):
        for triple in found:
            holders.setdefault(triple, []).append(i)
    copies = []
    for text in texts(EXAMINATION):
        mine = triples(text)
        if len(mine) < 3:
            continue
        shared: dict[int, int] = {}
        for triple in mine:
            for i in holders.get(triple, ()):
                shared[i] = shared.get(i, 0) + 1
        copies += [text for i, n in shared.items() if n / len(mine | taught[i]) >= 0.5]
    assert not copies


def test_the_corpus_is_as_large_as_it_claims_to_be():
    assert len(texts(TEACHING)) >= 6000
    assert len(list(TEACHING.glob("*.jsonl"))) >= 15
