"""The taught encoder as a file of weights: 8 bits per number with a scale per row, nothing that can run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from dialogs.hearing import weights
from dialogs.hearing.encoder import WINDOW
from tools.hearing.corpus import LABELS
from tools.hearing.minilm import MiniLM

Arrays = dict[str, tuple[str, list[int], bytes]]


def _plain(held: Arrays, name: str, value: Tensor) -> None:
    a = value.detach().numpy().astype("<f4")
    held[name] = ("<f4", list(a.shape), a.tobytes())


def _squeezed(held: Arrays, name: str, value: Tensor) -> None:
    a = value.detach().numpy()
    scale = np.maximum(np.abs(a).max(1), 1e-8) / 127
    held[name] = ("i1", list(a.shape), np.rint(a / scale[:, None]).astype(np.int8).tobytes())
    held[f"{name}.scale"] = ("<f4", [len(scale)], scale.astype("<f4").tobytes())


def export(model: MiniLM, pieces: list[str], path: Path, about: dict[str, Any]) -> str:
    """Write the file that `dialogs.hearing.encoder` reads; returns its sha256."""
    held: Arrays = {}
    _squeezed(held, "table", model.table.weight)
    _plain(held, "place", model.place.weight[:WINDOW] + model.kind)
    _plain(held, "norm.weight", model.norm.weight)
    _plain(held, "norm.bias", model.norm.bias)
    for i, layer in enumerate(model.layers):
        for name in ("qkv", "out", "up", "down"):
            _squeezed(held, f"layer{i}.{name}", getattr(layer, name).weight)
            _plain(held, f"layer{i}.{name}.bias", getattr(layer, name).bias)
        for name in ("norm1", "norm2"):
            _plain(held, f"layer{i}.{name}.weight", getattr(layer, name).weight)
            _plain(held, f"layer{i}.{name}.bias", getattr(layer, name).bias)
    _squeezed(held, "head", model.head.weight)
    _plain(held, "head.bias", model.head.bias)
    text = "\n".join(pieces).encode("utf-8")
    held["pieces"] = ("u1", [len(text)], text)
    return weights.write(path, {**about, "labels": list(LABELS)}, held, squeeze=False)
