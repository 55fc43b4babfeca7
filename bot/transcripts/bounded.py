"""Files of strangers are parsed in a child process, so that none can stop the program that reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bot.transcripts.child import TOO_MUCH
from bot.transcripts.limits import MAX_BYTES, MAX_NATIVE_BYTES, SECONDS
from bot.transcripts.talk import BadTranscript, Imported

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 5  # a loaded machine gives a process its seconds over so many times as many


def read_bytes(data: bytes, filename: str = "", format: str | None = None) -> Imported:
    """The transcript in these bytes. Raises BadTranscript: one sentence that says what to do instead.

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
            timeout=seconds * PATIENCE,
            check=False,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise BadTranscript(TOO_MUCH) from None
    if "refused" in answer:
        raise BadTranscript(answer["refused"])
    return Imported.from_json(answer["read"])
