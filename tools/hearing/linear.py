"""Teach the light ear: one-vs-rest logistic regression over n-grams, all labels in one fit, in torch; then 8 bits a weight."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from dialogs.hearing import weights
from dialogs.hearing.light import grams
from dialogs.hearing.text import plain
from tools.hearing.corpus import LABELS, Row, compositions, targets, typos


@dataclass(frozen=True)
class Recipe:
    """Everything a fit depends on beside its rows."""

    composed: float = 0.3
    noised: float = 0.5
    strength: float = 4.0  # C of a logistic regression: larger trusts the rows more
    balance: float = 0.5  # 0: as frequent as they are, 1: every label as if half the rows had it
    words_in: int = 2  # rows a word n-gram must be in
    letters_in: int = 4
    table: int = 40000  # n-grams kept
    steps: int = 120  # until it stands still: at 40 it still hung on the order in which numbers were added
    seed: int = 1


@dataclass(frozen=True)
class Linear:
    """A fitted table: n-grams with idf, and a weight per n-gram and label."""

    names: list[str]
    idf: np.ndarray
    rows: np.ndarray
    bias: np.ndarray

    def scores(self, texts: list[str]) -> np.ndarray:
        """The logits of these texts."""
        block = _block([plain(t) for t in texts], {g: i for i, g in enumerate(self.names)}, self.idf)
        return (block @ torch.from_numpy(self.rows)).numpy() + self.bias


def _block(texts: list[str], number: dict[str, int], idf: np.ndarray) -> Tensor:
    """Texts as a sparse block: square root of the count times idf, words and letters each of length one."""
    at, values, ends = [], [], [0]
    for text in texts:
        for counts in grams(text):
            found = [(number[g], c**0.5 * float(idf[number[g]])) for g, c in counts.items() if g in number]
            norm = sum(v * v for _, v in found) ** 0.5
            at += [i for i, _ in found]
            values += [v / norm for _, v in found]
        ends.append(len(at))
    return torch.sparse_csr_tensor(
        torch.tensor(ends), torch.tensor(at), torch.tensor(values, dtype=torch.float32), size=(len(texts), len(number))
    )


def _solve(block: Tensor, y: Tensor, w: Tensor, recipe: Recipe) -> tuple[Tensor, Tensor]:
    """The weights that fit best under an L2 price on their size."""
    k = y.shape[1]
    found = (y * w).sum(0).clamp(min=1)
    share = found / w.sum(0)
    lift = ((1 - share) / share) ** recipe.balance
    cost = w * (1 + (lift - 1) * y)
    rows = torch.zeros(block.shape[1], k, requires_grad=True)
    bias = torch.log(share / (1 - share)).clone().requires_grad_(True)
    turned = block.to_sparse_coo().t().coalesce().to_sparse_csr()

    class Times(torch.autograd.Function):
        @staticmethod
        def forward(ctx, m):  # type: ignore[no-untyped-def]
            return block @ m

        @staticmethod
        def backward(ctx, g):  # type: ignore[no-untyped-def]
            return turned @ g

    tune = torch.optim.LBFGS([rows, bias], max_iter=recipe.steps, history_size=8, line_search_fn="strong_wolfe")

    def price() -> Tensor:
        tune.zero_grad()
        z = Times.apply(rows) + bias
        loss = (F.binary_cross_entropy_with_logits(z, y, reduction="none") * cost).sum() * recipe.strength + 0.5 * (
            rows**2
        ).sum()
        loss = loss / 1000
        loss.backward()
        return loss

    tune.step(price)
    return rows.detach(), bias.detach()


def fit(rows: list[Row], recipe: Recipe) -> Linear:
    """Fit on rows and what is made of them; once with every n-gram, once with the ones that matter."""
    torch.manual_seed(recipe.seed)
    pool = (
        rows
        + compositions(rows, int(len(rows) * recipe.composed), recipe.seed)
        + typos(rows, int(len(rows) * recipe.noised), recipe.seed)
    )
    texts = [plain(r.text) for r in pool]
    df: Counter[str] = Counter()
    for text in texts:
        for counts in grams(text):
            df.update(counts.keys())
    names = sorted(g for g, n in df.items() if n >= (recipe.words_in if g.startswith("w ") else recipe.letters_in))
    y, w = (torch.tensor(t) for t in targets(pool))

    def weighed(chosen: list[str]) -> np.ndarray:
        return np.array([np.log((1 + len(texts)) / (1 + df[g])) + 1 for g in chosen], dtype=np.float32)

    idf = weighed(names)
    first, bias = _solve(_block(texts, {g: i for i, g in enumerate(names)}, idf), y, w, recipe)
    if len(names) > recipe.table:
        worth = (first.abs().amax(1) * torch.tensor([df[g] ** 0.5 for g in names])).numpy()
        keep = sorted(np.argsort(-worth, kind="stable")[: recipe.table])
        names = [names[i] for i in keep]
        idf = weighed(names)
        first, bias = _solve(_block(texts, {g: i for i, g in enumerate(names)}, idf), y, w, recipe)
    return Linear(names, idf, first.numpy(), bias.numpy())


def export(model: Linear, path: Path, about: dict[str, object]) -> str:
    """Write the table with 8 bits a weight; returns the sha256 of the file."""
    order = sorted(range(len(model.names)), key=lambda i: crc32(model.names[i].encode()))
    keys = np.array([crc32(model.names[i].encode()) for i in order], dtype="<u4")
    keep = np.concatenate([[True], keys[1:] != keys[:-1]])
    rows = model.rows[order][keep]
    scale = np.maximum(np.abs(rows).max(0), 1e-6) / 127
    packed = (np.rint(rows / scale).astype(np.int16) + 128).astype(np.uint8)
    idf = np.rint(model.idf[order][keep] * 1000).astype("<u2")
    return weights.write(
        path,
        {
            **about,
            "labels": list(LABELS),
            "scale": [float(f"{s:.7g}") for s in scale],
            "bias": [float(f"{b:.6f}") for b in model.bias],
        },
        {
            "keys": ("<u4", [int(keep.sum())], keys[keep].tobytes()),
            "idf": ("<u2", [int(keep.sum())], idf.tobytes()),
            "rows": ("u1", list(packed.shape), packed.tobytes()),
        },
        squeeze=True,
    )
