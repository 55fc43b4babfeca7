"""A file of weights: a line of JSON that says what follows, then plain bytes. Nothing in it can run.

RUNNER-UP WEIGHTS 1\\n
{"arrays": {"name": {"dtype": "i1", "shape": [3, 4], "at": 0, "size": 12}}, ...}\\n
bytes, compressed by zlib when the header says so
"""

from __future__ import annotations

import hashlib
import json
import zlib
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


def read(path: Path) -> Weights:
    """Open a file of weights. Raises Broken, or OSError when there is none."""
    with path.open("rb") as f:
        if f.read(len(MAGIC)) != MAGIC:
            raise Broken(f"{path.name} is not a file of weights")
        line = f.readline(_LONGEST_HEADER)
        try:
            about = json.loads(line)
            body = f.read()
            if about.get("zlib"):
                body = zlib.decompress(body)
        except (ValueError, AttributeError, zlib.error) as e:
            raise Broken(f"{path.name} is damaged: {e}") from e
    return Weights(about, memoryview(body))


def write(path: Path, about: dict[str, Any], arrays: dict[str, tuple[str, list[int], bytes]], *, squeeze: bool) -> str:
    """Write arrays (dtype, shape, bytes) and return the file's sha256."""
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
