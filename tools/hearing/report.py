"""How well hearing hears: `make hearing-report`, or `python -m tools.hearing.report [FILE …] [--weight light] [--totals]`.

Without a file the examination set is measured. A file holds one row a line: text, moves, and optionally also_ok and aside. With --totals only the sums are
printed, nothing of the rows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

from dialogs.hearing.ear import Ear, full_fits
from dialogs.moves import MOVES
from tools.hearing.corpus import EXAMINATION, ROOT, TEACHING, Row, read
from tools.hearing.measure import Figures, measure, of_move

COST = """
import json, sys, time
def rss():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
before = rss()
t, w = time.process_time(), time.perf_counter()
from dialogs.hearing import ear
e = ear.Ear(sys.argv[1]); e.ready()
load, wall = time.process_time() - t, time.perf_counter() - w
texts = json.load(sys.stdin)
e.hear(texts[0])
spent = []
for text in texts:
    t = time.thread_time(); e.hear(text); spent.append((time.thread_time() - t) * 1000)
spent.sort()
t = time.perf_counter(); e.hear("could you tell me why, and what else? " * 110); longest = time.perf_counter() - t
after = rss()
print(json.dumps({"load_cpu_ms": round(load * 1000), "load_wall_ms": round(wall * 1000), "cpu_ms_p50": round(spent[len(spent) // 2], 2),
  "cpu_ms_p99": round(spent[int(len(spent) * .99)], 2), "ms_for_4096_characters": round(longest * 1000, 1), "rss_added_mb": round((after - before) / 1024, 1)}))
"""


def cost(weight: str, texts: list[str]) -> dict[str, float]:
    """What this weight costs in a fresh process with one thread: to load, per utterance, in memory."""
    env = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), "PATH": ""}
    run = subprocess.run(  # noqa: S603  # fixed words
        [sys.executable, "-c", COST, weight],
        input=json.dumps(texts),
        env=env,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def totals(figures: Figures) -> str:
    """The sums in a few lines."""
    lines = [
        f"rows {figures.rows} · micro-F1 {figures.micro:.3f} · macro-F1 {figures.macro:.3f} · by family {figures.family_micro:.3f} · ECE {figures.ece:.3f}",
        f"costly false alarms {figures.false_alarms}/{figures.calm} ({figures.false_alarm_rate:.1%}) · costly recall {figures.strain_heard}/{figures.strained} ({figures.costly_recall:.1%})",
        f"answered {figures.answered / max(1, figures.rows):.0%}, first choice right {figures.top_right / max(1, figures.answered):.0%}",
    ]
    told = [f"{name} {t.right}/{t.rows} (false {t.alarms})" for name, t in figures.asides.items() if t.rows or t.alarms]
    if told:
        lines.append("asides: " + ", ".join(told) + f"; moved by the software {figures.moved_by_software}")
    return "\n".join(lines)


def table(figures: Figures, errors: dict[str, float]) -> str:
    """Precision, recall, F1 and calibration per move and family, and the commonest confusions, as Markdown."""
    lines = ["| move | rows | precision | recall | F1 | ECE |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {m} | {t.rows} | {t.precision:.2f} | {t.recall:.2f} | {t.f1:.2f} | {errors[str(m)]:.3f} |"
        for m, t in figures.moves.items()
    ]
    lines += ["", "| family | rows | precision | recall | F1 |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {t.rows} | {t.precision:.2f} | {t.recall:.2f} | {t.f1:.2f} |"
        for name, t in sorted(figures.families.items(), key=lambda i: -i[1].rows)
    ]
    common = [f"{a} → {b} ({n})" for (a, b), n in figures.confusions.most_common(15)]
    return "\n".join([*lines, "", "Commonest confusions (meant → heard instead): " + ", ".join(common)])


def pairs(rows: list[Row], hear: object) -> str:
    """Of contrast pairs, how often the calm half was heard as costly."""
    calm = [
        r
        for r in rows
        if r.pair
        and not r.moves & {"argue", "accuse", "threaten", "plead", "vent"}
        and not r.maybe & {"argue", "accuse", "threaten", "plead", "vent"}
    ]
    wrong = sum(bool({str(m) for m in hear(r.text).moves} & {"argue", "accuse", "threaten", "plead"}) for r in calm)  # type: ignore[operator]
    return f"pairs: the calm half heard as costly {wrong}/{len(calm)}"


def examined(weight: str, *, tables: bool) -> str:
    """The examination set heard in one weight, as Markdown."""
    ear = Ear(weight)  # type: ignore[arg-type]
    hear = lru_cache(maxsize=None)(ear.hear)
    rows = read(EXAMINATION)
    figures = measure(rows, hear)
    hands = []
    for hand in sorted({r.hand for r in rows}):
        theirs = [r for r in rows if r.hand == hand]
        hands.append(f"{hand} {measure(theirs, hear).micro:.3f} ({len(theirs)})")
    parts = [
        f"### Examination set, {weight}",
        "- " + totals(figures).replace("\n", "\n- "),
        "- by hand: " + ", ".join(hands),
    ]
    if tables:
        parts += ["", table(figures, {str(m): of_move(figures, rows, hear, m) for m in MOVES})]
    return "\n".join(parts)


def doc() -> str:
    """The generated part of docs/hearing.md."""
    taught = read(TEACHING)
    count = Counter(m for r in taught for m in r.moves)
    lines = [
        f"Taught: {len(taught):,} rows by {len({r.hand for r in taught})} hands, {sum(len(r.moves) > 1 for r in taught):,} with several moves, "
        f"{sum(len(r.text.split()) >= 15 for r in taught):,} with 15 words or more, {len({(r.hand, r.pair) for r in taught if r.pair})} contrast pairs.",
        "Rows per move: " + ", ".join(f"{m} {count[str(m)]}" for m in MOVES) + ".",
        "",
    ]
    weights = ("full", "light") if full_fits() else ("light",)
    lines += [examined(w, tables=w == weights[0]) + "\n" for w in weights]
    texts = [r.text for r in read(EXAMINATION)][:300]
    costs = {w: cost(w, texts) for w in weights}
    names = list(costs["light"])
    lines += [
        "### Cost",
        "",
        "One thread, fresh process; memory is what import, weights and use add to an empty interpreter.",
        "",
        "| | " + " | ".join(weights) + " |",
        "|---|" + "---|" * len(weights),
    ]
    lines += [f"| {n.replace('_', ' ')} | " + " | ".join(str(costs[w][n]) for w in weights) + " |" for n in names]
    return "\n".join(lines)


def write_doc() -> None:
    """Write the generated part into docs/hearing.md, between its marks."""
    path = ROOT / "docs" / "hearing.md"
    before, _, rest = path.read_text(encoding="utf-8").partition("<!-- figures -->")
    _, _, after = rest.partition("<!-- /figures -->")
    path.write_text(f"{before}<!-- figures -->\n{doc()}\n<!-- /figures -->{after}", encoding="utf-8")


def main() -> None:
    """Measure the examination set, or the files that are named."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--weight", choices=("light", "full"))
    ask.add_argument("--totals", action="store_true")
    ask.add_argument("--cost", action="store_true")
    ask.add_argument("--doc", action="store_true", help="write the figures into docs/hearing.md")
    given = ask.parse_args()
    if given.doc:
        write_doc()
        return
    ear = Ear(given.weight)
    hear = lru_cache(maxsize=None)(ear.hear)
    for path in given.files or [EXAMINATION]:
        rows = read(path)
        figures = measure(rows, hear)
        print(f"## {path.name}, {ear.weight}\n\n{totals(figures)}")
        if any(r.pair for r in rows):
            print(pairs(rows, hear))
        if not given.totals:
            print("\n" + table(figures, {str(m): of_move(figures, rows, hear, m) for m in MOVES}))
    if given.cost:
        texts = [r.text for r in read(EXAMINATION)][:300]
        for weight in ("light", "full") if full_fits() else ("light",):
            print(weight, json.dumps(cost(weight, texts)))


if __name__ == "__main__":
    main()
