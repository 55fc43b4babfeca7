"""Parsing in a process of its own: its memory and processor time are bounded, its environment is empty.

Reads `{"format": …}` and a newline from standard input, then the file; writes what was read, or the sentence to refuse it with,
as JSON. Run by `bot.transcripts.bounded`.
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
from typing import Any

from bot.transcripts.detect import FORMATS, form_of, text_of
from bot.transcripts.limits import MAX_TURNS, MEMORY, SECONDS
from bot.transcripts.talk import BadTranscript, Imported

_MODULES = {"text": "plain", "csv": "table", "chat": "chatml"}


def parse(data: bytes, form: str | None = None) -> Imported:
    """What is in these bytes. Raises BadTranscript, and nothing else whatever the bytes are."""
    text = text_of(data).replace("\r\n", "\n").replace("\r", "\n")
    form = form or form_of(text)
    if form not in FORMATS:
        raise BadTranscript(f"The form '{form[:40]}' is not known; these are: {', '.join(FORMATS)}.")
    module = importlib.import_module(f"bot.transcripts.{_MODULES.get(form, form)}")
    imported: Imported = module.read(text)
    if form != "native" and imported.sayings > MAX_TURNS:
        raise BadTranscript(
            f"There are {imported.sayings:,} turns in this; {MAX_TURNS:,} are the most. Split the file."
        )
    return imported


def answer(data: bytes, form: str | None) -> dict[str, Any]:
    """What goes back to the parent."""
    try:
        return {"read": parse(data, form).as_json()}
    except BadTranscript as error:
        return {"refused": str(error)}
    except (RecursionError, MemoryError):
        return {"refused": TOO_MUCH}


TOO_MUCH = "Reading this took too much time or memory; is it really a transcript? Send only the conversation."


def main() -> None:
    """Set the bounds, read, answer."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ImportError:  # a system without limits of this kind
        pass
    try:
        head = json.loads(sys.stdin.buffer.readline())
        data = sys.stdin.buffer.read()
        _begin_to_count(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
        said = json.dumps(answer(data, head["format"])).encode("ascii")
    except MemoryError:
        said = json.dumps({"refused": TOO_MUCH}).encode("ascii")
    sys.stdout.buffer.write(said)


def _begin_to_count(seconds: float) -> None:
    """From here on it is the file that takes time: after so much of the processor's the system ends this process (SIGPROF)."""
    if hasattr(signal, "setitimer"):  # elsewhere the parent's clock has to do
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
