"""A file of weights: a line of JSON that says what follows, then plain bytes. Nothing in it can run.

RUNNER-UP WEIGHTS 1\\n
{"arrays": {"name": {"dtype": "i1", "shape": [3, 4], "at": 0, "size": 12}}, ...}\\n
bytes, compressed by zlib when the header says so
"""

from __future__ import annotations

import json
import os
import threading
import weakref
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAGIC = b"RUNNER-UP WEIGHTS 1\n"
_LONGEST_HEADER = 2_000_000


class Broken(ValueError):
    """The file is not a file of weights, or not whole."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A read file: what its header says, and the bytes of each array."""

    about: dict[str, Any]
    body: memoryview
    path: Path
    begins: int  # where in the file the arrays begin, when they are not compressed

    def bytes_of(self, name: str) -> memoryview:
        """The bytes of one array. Raises Broken when it is not there."""
        try:
            held = self.about["arrays"][name]
            start, size = int(held["at"]), int(held["size"])
        except (KeyError, TypeError, ValueError) as e:
            raise Broken(f"no array {name!r} among the weights") from e
        if start < 0 or size < 0 or start + size > len(self.body):
            raise Broken(f"array {name!r} reaches past the end of its file")
        return self.body[start : start + size]

    def rows_of(self, name: str) -> Rows:
        """The rows of a large two-dimensional array of bytes, to be looked up in the file one by one."""
        held = self.about["arrays"][name]
        return Rows(self.path, self.begins + int(held["at"]), int(held["shape"][1]))


class Rows:
    """Rows that stay in their file: of a large table an utterance needs some twenty, and the system keeps those that are needed often."""

    def __init__(self, path: Path, begins: int, width: int) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._file)
        self._begins, self._width = begins, width
        self._seeking = threading.Lock()

    def __call__(self, numbers: Sequence[int]) -> bytes:
        """The bytes of these rows, one after the other."""
        width, begins = self._width, self._begins
        if hasattr(os, "pread"):
            return b"".join([os.pread(self._file, width, begins + n * width) for n in numbers])
        with self._seeking:  # a system without reading at a place
            return b"".join([self._one(begins + n * width) for n in numbers])

    def _one(self, place: int) -> bytes:
        os.lseek(self._file, place, os.SEEK_SET)
        return os.read(self._file, self._width)


def read(path: Path) -> Weights:
    """Open a file of weights. Raises Broken, or OSError when there is none."""
    with path.open("rb") as f:
        if f.read(len(MAGIC)) != MAGIC:
            raise Broken(f"{path.name} is not a file of weights")
        line = f.readline(_LONGEST_HEADER)
        try:
            about = json.loads(line)
            begins = f.tell()
            body = f.read()
            if about.get("zlib"):
                body = zlib.decompress(body)
        except (ValueError, AttributeError, zlib.error) as e:
            raise Broken(f"{path.name} is damaged: {e}") from e
    return Weights(about, memoryview(body), path, begins)


def write(path: Path, about: dict[str, Any], arrays: dict[str, tuple[str, list[int], bytes]], *, squeeze: bool) -> str:
    """Write arrays (dtype, shape, bytes) and return the file's sha256."""
    import hashlib  # only here: with the library behind it, it takes more memory than all of light hearing's weights

    at, held, body = 0, {}, []
    for name, (dtype, shape, data) in arrays.items():
        held[name] = {"dtype": dtype, "shape": shape, "at": at, "size": len(data)}
        body.append(data)
        at += len(data)
    whole = b"".join(body)
    head = json.dumps({**about, "zlib": squeeze, "arrays": held}, sort_keys=True, ensure_ascii=True).encode()
    blob = MAGIC + head + b"\n" + (zlib.compress(whole, 9) if squeeze else whole)
    path.write_bytes(blob)
    return hashlib.sha256(blob).hexdigest()
