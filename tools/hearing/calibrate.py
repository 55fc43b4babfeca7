"""Choose how the parts are mixed, what a score is worth, and from where a move is heard: all on hands that were left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dialogs.hearing import rules
from dialogs.hearing.judgement import CLEAR, COSTLY_GATE, GUARD_SCALE, NEVER, Judge
from dialogs.hearing.text import plain
from dialogs.moves import COSTLY, DISPLEASURE, FAMILIES, MOVES, Move
from tools.hearing.corpus import ASIDES, INDEX, LABELS, STRAIN, Row, targets

N = len(MOVES)
STRAIN_AT = INDEX[STRAIN]
LEAST_FOR_A_THREAT = 0.84
"""The lowest gate of what may end a call."""


def rule_hits(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Per row and label whether a rule fired, and per row whether the guard was heard."""
    hits = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    guards = np.zeros(len(rows), dtype=bool)
    for i, row in enumerate(rows):
        low = plain(row.text)
        for move in rules.fired(low):
            hits[i, MOVES.index(move)] = 1
            hits[i, STRAIN_AT] = max(hits[i, STRAIN_AT], move in COSTLY)
        guards[i] = bool(rules.guarded(low))
    return hits, guards


def mixed(
    light: np.ndarray, encoder: np.ndarray | None, hits: np.ndarray, lift: float, y: np.ndarray, w: np.ndarray
) -> dict[str, Any]:
    """Shares of the parts, and slope and shift per label, by the likelihood of the labels of hands left out."""
    zl = torch.from_numpy(light.astype(np.float32))
    ze = torch.from_numpy((encoder if encoder is not None else np.zeros_like(light)).astype(np.float32))
    h, ty, tw = (
        torch.from_numpy(hits * lift),
        torch.from_numpy(y.astype(np.float32)),
        torch.from_numpy(w.astype(np.float32)),
    )
    # Asides were marked by two or three hands only: left out, they leave nothing to choose by, and stay as they are.
    tw[:, N : N + len(ASIDES)] = 0
    a, b = torch.tensor(0.5 if encoder is not None else 1.0, requires_grad=True), torch.tensor(0.5, requires_grad=True)
    slope, shift = torch.ones(len(LABELS), requires_grad=True), torch.zeros(len(LABELS), requires_grad=True)
    tune = torch.optim.LBFGS([a, b, slope, shift], max_iter=200, line_search_fn="strong_wolfe")

    def price() -> torch.Tensor:
        tune.zero_grad()
        z = slope * (a * zl + (b * ze if encoder is not None else 0.0) + h) + shift
        loss = (
            (F.binary_cross_entropy_with_logits(z, ty, reduction="none") * tw).sum()
            + 30 * ((slope - 1) ** 2).sum()
            + 0.5 * (shift**2).sum()
        )
        loss.backward()
        return loss

    tune.step(price)
    return {
        "light": round(float(a), 4),
        "encoder": round(float(b), 4) if encoder is not None else 0.0,
        "rule": lift,
        "slope": {k: round(float(s), 4) for k, s in zip(LABELS, slope, strict=True)},
        "shift": {k: round(float(s), 4) for k, s in zip(LABELS, shift, strict=True)},
        "loss": round(float(price().detach()), 2),
    }


def probabilities(
    chosen: dict[str, Any], light: np.ndarray, encoder: np.ndarray | None, hits: np.ndarray
) -> np.ndarray:
    """The calibrated probabilities of rows scored by both parts."""
    total = chosen["light"] * light + chosen["rule"] * hits
    if encoder is not None:
        total = total + chosen["encoder"] * encoder
    slope = np.array([chosen["slope"][k] for k in LABELS])
    shift = np.array([chosen["shift"][k] for k in LABELS])
    return np.round(1 / (1 + np.exp(-(slope * total + shift))), 3)


def decided(chosen: dict[str, Any], p: np.ndarray, guards: np.ndarray) -> np.ndarray:
    """What the judge hears, row by row, as 0 and 1."""
    judge = Judge.of(chosen)
    found = np.zeros((len(p), N), dtype=bool)
    for i, row in enumerate(p):
        verdict = judge.decide(
            {m: float(row[k]) for k, m in enumerate(MOVES)}, float(row[STRAIN_AT]), bool(guards[i]), None
        )
        for m in verdict.moves:
            found[i, MOVES.index(m)] = True
    return found


def micro(found: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    """Micro-F1, cells of weight 0 left out."""
    right = (found & (y > 0) & (w > 0)).sum()
    return float(2 * right / (2 * right + (found & (y == 0) & (w > 0)).sum() + (~found & (y > 0) & (w > 0)).sum()))


def costly(found: np.ndarray, y: np.ndarray, w: np.ndarray) -> tuple[float, float]:
    """False alarms: the share of rows without displeasure in which a costly move is heard; and recall: the share of costly rows in which one is."""
    c = [MOVES.index(m) for m in COSTLY]
    d = [MOVES.index(m) for m in COSTLY | DISPLEASURE | {Move.VENT}]
    calm = ((y[:, d] == 0) & (w[:, d] > 0)).all(1)
    strained = (y[:, c] > 0).any(1)
    heard = found[:, c].any(1)
    return float(heard[calm].mean()), float(heard[strained].mean())


def gated(
    chosen: dict[str, Any], p: np.ndarray, guards: np.ndarray, y: np.ndarray, w: np.ndarray, most_alarms: float
) -> tuple[float, dict[str, float], float]:
    """The gates that hear most of what is costly at so many alarms: (recall, what a Judge needs of them, alarms)."""
    judge, four = Judge.of(chosen), [MOVES.index(m) for m in COSTLY]
    scale = np.where(guards, GUARD_SCALE, 1.0)
    own = p[:, four] * scale[:, None]
    strain = (_odds(p[:, STRAIN_AT] * scale) + _odds(1 - np.prod(1 - own, axis=1))) / 2
    net = strain - _odds(p[:, [MOVES.index(m) for m in FAMILIES["warm"]]].max(axis=1))
    enough = own >= np.array([judge.bar(MOVES[k]) for k in four])
    # A threat has the high gate alone: it may end the call.
    lighter = (own >= CLEAR) & np.array([MOVES[k] is not Move.THREATEN for k in four])
    # Real text has shown two to three times the alarms of hands left out, most of them in words with nothing kind in them: no gate is lower than this, whatever suits these.
    lowest = np.round(np.arange(COSTLY_GATE, 0.99, 0.03), 2).tolist()
    gates = [g for g in lowest if g >= LEAST_FOR_A_THREAT]
    best: tuple[float, dict[str, float], float] = (-1.0, {"gate": 1.0}, 0.0)
    for gate, alone in ((g, a) for g in gates for a in lowest if a <= g):
        through = (strain >= _log_odds(gate))[:, None] | (lighter & (strain >= _log_odds(alone))[:, None])
        for over in np.round(np.arange(0.0, 5.01, 0.5), 1).tolist():
            outweighs = enough & through & (net >= over)[:, None]
            for beyond in (*np.round(np.arange(0.88, 0.99, 0.02), 2).tolist(), NEVER):
                found = np.zeros((len(p), N), dtype=bool)
                found[:, four] = outweighs | (enough & (own >= beyond))
                alarms, recall = costly(found, y, w)
                if alarms <= most_alarms and recall > best[0]:
                    best = (recall, {"gate": gate, "alone": alone, "over": over, "beyond": beyond}, alarms)
    return best


def _odds(p: np.ndarray) -> np.ndarray:
    """Log odds, as the judge takes them."""
    held = np.clip(p, 0.0005, 0.9995)
    odds: np.ndarray = np.log(held / (1 - held))
    return odds


def _log_odds(p: float) -> float:
    return float(_odds(np.array(p)))


def thresholds(p: np.ndarray, y: np.ndarray, w: np.ndarray, own: float = 0.3) -> dict[str, float]:
    """One threshold for all (best micro-F1), drawn by `own` towards each move's best."""
    grid = np.arange(0.2, 0.71, 0.02)

    def f1(k: slice | int, t: float) -> float:
        found, yy, ww = p[:, k] >= t, y[:, k], w[:, k]
        right = (found & (yy > 0) & (ww > 0)).sum()
        return float(
            2 * right / max(1, 2 * right + (found & (yy == 0) & (ww > 0)).sum() + (~found & (yy > 0) & (ww > 0)).sum())
        )

    common = max(grid, key=lambda t: f1(slice(0, N), t))
    return {
        str(m): round(float((1 - own) * common + own * max(grid, key=lambda t: f1(k, t))), 3)
        for k, m in enumerate(MOVES)
    }


def choose(
    rows: list[Row], light: np.ndarray, encoder: np.ndarray | None, most_alarms: float = 0.015
) -> tuple[dict[str, Any], dict[str, float]]:
    """Everything a Judge needs, and what it reaches on these left-out rows."""
    y, w = (np.array(t) for t in targets(rows))
    hits, guards = rule_hits(rows)
    best: tuple[float, dict[str, Any]] | None = None
    for lift in (0.0, 0.5, 1.0, 1.5, 2.0):
        chosen = mixed(light, encoder, hits, lift, y, w)
        p = probabilities(chosen, light, encoder, hits)
        chosen |= {"threshold": thresholds(p, y, w), "gate": 0.5, "over": 0.0}
        f = micro(decided(chosen, p, guards), y[:, :N], w[:, :N])
        if best is None or f > best[0]:
            best = (f, chosen)
    assert best is not None  # noqa: S101
    chosen = best[1]
    p = probabilities(chosen, light, encoder, hits)
    # Contrast pairs are made to deceive; the gate is set on what people say unasked.
    said = np.array([not r.pair for r in rows])
    recall, gates, alarms = gated(chosen, p[said], guards[said], y[said], w[said], most_alarms)
    chosen |= gates
    found = decided(chosen, p, guards)
    return chosen, {
        "micro": micro(found, y[:, :N], w[:, :N]),
        "alarms": alarms,
        "recall": recall,
        **gates,
    }
