"""Files of strangers are parsed in a child process, so that none can stop the program that reads them."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path

from bot.transcripts.child import TOO_MUCH
from bot.transcripts.limits import MAX_BYTES, MAX_NATIVE_BYTES, SECONDS
from bot.transcripts.talk import BadTranscript, Imported

ROOT = Path(__file__).resolve().parents[2]
STARTING = 30.0  # seconds by the clock in which a process gets going, on the busiest of machines
PATIENCE = 15  # … and gets a second of processor time over so many

logger = logging.getLogger(__name__)


class TooBusy(BadTranscript):
    """The machine did not get round to it: that says nothing about the file."""


# Out of processor time, and what too much at once does to an interpreter.
BY_THE_FILE = [-getattr(signal, name) for name in ("SIGPROF", "SIGSEGV", "SIGABRT", "SIGBUS") if hasattr(signal, name)]
BUSY = "I'm too busy to read that just now. Nothing is wrong with your file; please try again in a minute."


def read_bytes(data: bytes, filename: str = "", format: str | None = None) -> Imported:
    """The transcript in these bytes. Raises BadTranscript: one sentence that says what to do instead; TooBusy, to try again.

    Takes up to some seconds and blocks; in a coroutine: `await asyncio.to_thread(read_bytes, …)`. `filename` is only
    looked at for its ending, never used as a path.
    """
    native = format == "native" or b'"format":"runner-up/' in data[:200].replace(b" ", b"")
    most = MAX_NATIVE_BYTES if native else MAX_BYTES
    if len(data) > most:
        raise BadTranscript(f"The file is larger than {most // 1024 // 1024} MB; send only the conversation.")
    if format is None and filename.lower().endswith((".html", ".htm")):
        data = data if data.lstrip()[:1] == b"<" else b"<html>" + data
    seconds = SECONDS + len(data) / MAX_BYTES if native else SECONDS
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bot.transcripts.child import main; main()"
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and words
            [sys.executable, "-I", "-c", start, str(seconds)],
            input=json.dumps({"format": format}).encode() + b"\n" + data,
            capture_output=True,
            env={},
            timeout=STARTING + seconds * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooBusy(BUSY) from None
    if done.returncode in BY_THE_FILE:
        raise BadTranscript(TOO_MUCH)
    if done.returncode:  # ended from outside, or a fault of ours; what it wrote may quote the file
        logger.error("the process that reads a file ended with %d", done.returncode)
        raise TooBusy(BUSY)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise BadTranscript(answer["refused"])
    return Imported.from_json(answer["read"])
