"""Claims about the files of weights: data that cannot run, known by their hash, and read in part or whole alike."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from dialogs.hearing.ear import FOLDER, FULL_FILE, LIGHT_FILE
from dialogs.hearing.weights import MAGIC, Broken, read, write


def test_the_card_names_the_weights_by_their_hash():
    card = (FOLDER / "CARD.md").read_text(encoding="utf-8")
    for path in (LIGHT_FILE, FULL_FILE):
        if path.is_file():
            assert hashlib.sha256(path.read_bytes()).hexdigest() in card, path.name


def test_weights_are_data_that_cannot_run(tmp_path: Path):
    import dialogs.hearing as package

    for source in Path(package.__file__).parent.glob("*.py"):
        assert not re.search(
            r"\b(?:import pickle|pickle\.|joblib|marshal|eval\(|exec\(|np\.load|compile_command)",
            source.read_text(encoding="utf-8"),
        ), source.name
    for broken in (b"", b"\x80\x04K\x01.", MAGIC, MAGIC + b"{not json}\n", MAGIC + b'{"arrays": {}, "zlib": true}\nxx'):
        path = tmp_path / "weights.bin"
        path.write_bytes(broken)
        with pytest.raises(Broken):
            read(path)


def test_rows_looked_up_in_the_file_are_the_rows_of_the_whole(tmp_path: Path):
    path = tmp_path / "weights.bin"
    table = bytes(range(240))
    write(path, {}, {"first": ("u1", [5], b"12345"), "table": ("i1", [40, 6], table)}, squeeze=False)
    held = read(path)
    assert held.rows_of("table")([39, 0, 7]) == table[234:] + table[:6] + table[42:48]
    path.unlink()  # as an upgrade does below a running bot
    assert bytes(held.bytes_of("table")) == table
