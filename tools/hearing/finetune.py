"""Teach the encoder: fine-tune MiniLM-L6 on rows, one fit at a time, seeded.

Binary cross-entropy per label, positives weighted up, cells of `also_ok` labels weighted zero; the word table is frozen (it is most of
the file, and a corpus this size would only bend the words it happens to hold). Earlier layers learn slower than later ones.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from dialogs.hearing.text import clean
from dialogs.hearing.wordpiece import WordPiece
from tools.hearing.corpus import LABELS, Row, compositions, targets, typos
from tools.hearing.minilm import MiniLM

MOST = 64  # pieces; nine in ten utterances are shorter
_ABOUT = Path("/proc/cpuinfo")
HALF = _ABOUT.is_file() and not {"amx_bf16", "avx512_bf16"}.isdisjoint(_ABOUT.read_text(encoding="utf-8").split())
"""Whether matrices are multiplied in 16 bits while teaching: half to two thirds of the time where the processor can, slower where not."""


@dataclass(frozen=True)
class Recipe:
    """Everything a fit depends on beside its rows."""

    epochs: float = 6
    rate: float = 3e-4
    head_rate: float = 2e-3
    decay: float = 0.9  # of the rate, per layer downwards
    frozen: int = 0  # lowest layers left as they are
    batch: int = 32
    drop: float = 0.1
    positive: float = 3.0
    smooth: float = 0.02
    composed: float = 0.12  # compositions, as a share of the rows
    noised: float = 0.12  # typo copies, likewise
    hidden: float = 0.1  # of the pieces, put out of sight, others each time: no single word may decide
    seed: int = 1


def batches(lengths: list[int], size: int, draw: random.Random) -> list[list[int]]:
    """Row numbers in batches of about equal length, in a drawn order: little padding, little pattern."""
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i] + draw.uniform(0, 4), i))
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    draw.shuffle(cut)
    return cut


def padded(ids: list[list[int]]) -> tuple[Tensor, Tensor]:
    """A batch as one block of numbers, and where it is real."""
    n = max(len(i) for i in ids)
    block = torch.zeros(len(ids), n, dtype=torch.long)
    mask = torch.zeros(len(ids), n, dtype=torch.bool)
    for r, i in enumerate(ids):
        block[r, : len(i)] = torch.tensor(i)
        mask[r, : len(i)] = True
    return block, mask


def hidden(ids: list[int], share: float, mask: int, draw: random.Random) -> list[int]:
    """The pieces of one row with some of them put out of sight; never the mark at either end."""
    last = len(ids) - 1
    return [mask if 0 < at < last and draw.random() < share else piece for at, piece in enumerate(ids)]


def learned(model: MiniLM, recipe: Recipe) -> list[dict[str, object]]:
    """What is taught of a model, and how fast: the head fastest, then layer by layer downwards; the word table not at all."""
    still = [model.table, model.place, *model.layers[: recipe.frozen]]
    for part in still:
        part.requires_grad_(False)
    groups: list[dict[str, object]] = [
        {"params": list(model.head.parameters()), "lr": recipe.head_rate, "weight_decay": 0.0}
    ]
    top = len(model.layers) - 1
    groups += [
        {
            "params": list(model.layers[i].parameters()),
            "lr": recipe.rate * recipe.decay ** (top - i),
            "weight_decay": 0.01,
        }
        for i in range(recipe.frozen, top + 1)
    ]
    return groups


def goals(pool: list[Row], recipe: Recipe) -> tuple[Tensor, Tensor]:
    """What each row of the pool should score, labels smoothed, and how much each cell counts."""
    y, w = (torch.tensor(t) for t in targets(pool))
    return y * (1 - 2 * recipe.smooth) + recipe.smooth, w * (1 + (recipe.positive - 1) * y)


def fit(rows: list[Row], model: MiniLM, cut: WordPiece, recipe: Recipe) -> MiniLM:
    """Teach this model on these rows, from wherever it stands."""
    torch.manual_seed(recipe.seed)
    draw, hide = random.Random(recipe.seed), random.Random(recipe.seed + 6)
    mask_piece = cut.number["[MASK]"]
    tune = torch.optim.AdamW(learned(model, recipe))
    per_epoch = math.ceil(len(rows) * (1 + recipe.composed + recipe.noised) / recipe.batch)
    steps = int(per_epoch * recipe.epochs)
    warm = max(1, steps // 12)
    plan = torch.optim.lr_scheduler.LambdaLR(
        tune, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    step, epoch, began = 0, 0, time.time()
    model.train()
    while step < steps:
        seed = recipe.seed * 1000 + epoch
        pool = (
            rows
            + compositions(rows, int(len(rows) * recipe.composed), seed)
            + typos(rows, int(len(rows) * recipe.noised), seed)
        )
        ids = [cut(clean(r.text), MOST) for r in pool]
        goal, share = goals(pool, recipe)
        total = 0.0
        for chosen in batches([len(i) for i in ids], recipe.batch, draw):
            if step >= steps:
                break
            block, mask = padded([hidden(ids[i], recipe.hidden, mask_piece, hide) for i in chosen])
            with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
                scores = model(block, mask)
            each = F.binary_cross_entropy_with_logits(scores.float(), goal[chosen], reduction="none")
            loss = (each * share[chosen]).sum() / len(chosen)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            tune.step()
            plan.step()
            tune.zero_grad(set_to_none=True)
            total += float(loss.detach())
            step += 1
        epoch += 1
        print(f"  epoch {epoch}: loss {total / per_epoch:.3f}, {time.time() - began:.0f} s", flush=True)
    return model.eval()


@torch.no_grad()
def scores(model: MiniLM, cut: WordPiece, texts: list[str]) -> Tensor:
    """The logits of these texts, in their order."""
    ids = [cut(clean(t), MOST) for t in texts]
    found = torch.zeros(len(texts), len(LABELS))
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    for i in range(0, len(order), 64):
        chosen = order[i : i + 64]
        block, mask = padded([ids[j] for j in chosen])
        found[chosen] = model(block, mask)
    return found
