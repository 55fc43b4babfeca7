"""Fuzz for so many seconds, from seeds in every form that is read, and say how it went.

    python -m tests.fuzz.run 30

Where atheris has no wheel this says so and ends well: Hypothesis holds the same claim in the suite (tests/test_transcripts_bounded.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from bot.transcripts.detect import FORMATS
from bot.transcripts.limits import SECONDS
from tests.transcribed import EXAMPLES

HERE = Path(__file__).parent
WAIT = 60  # for the fuzzer to start and end beside its time
LARGEST = 4096  # bytes of an input; longer ones find the same lines slower
MEGABYTES = 512  # the fuzzer's own bookkeeping included


def main() -> int:
    """Fuzz; 0 when nothing but a refusal came out."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    if find_spec("atheris") is None:
        print("atheris has no wheel for this system; not fuzzed with guidance")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, (text, form, _) in enumerate(EXAMPLES):
            for first in (0, 1 + list(FORMATS).index(form)):  # once to be recognised, once by name
                (corpus / f"{number}-{first}").write_bytes(bytes([first]) + text.encode())
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.transcripts", str(corpus), f"-max_total_time={seconds}", f"-max_len={LARGEST}",
             f"-timeout={int(SECONDS)}", f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={HERE}/found-"],
            stderr=subprocess.PIPE, text=True, check=False, timeout=seconds + WAIT,
        )  # fmt: skip
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
        return 1
    runs = re.search(r"Done (\d+) runs", done.stderr)
    lines = re.findall(r"cov: (\d+)", done.stderr)
    print(
        f"{runs[1] if runs else '?'} runs in {time.monotonic() - began:.0f} s, {lines[-1] if lines else '?'} places reached, 0 uncaught"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
