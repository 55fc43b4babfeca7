"""Fuzz the reading of transcripts: nothing but BadTranscript ever comes out of `parse`.

    pip install atheris
    python tests/fuzz/transcripts.py tests/fuzz/corpus -max_total_time=30 -max_len=4096

In the suite the same claim is held by Hypothesis (tests/test_transcripts.py).
"""

from __future__ import annotations

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["bot.transcripts"]):
    from bot.transcripts.child import parse
    from bot.transcripts.detect import FORMATS
    from bot.transcripts.talk import BadTranscript

FORMS = [None, *FORMATS]


def one(data: bytes) -> None:
    """The first byte chooses the form, the rest is the file."""
    with suppress(BadTranscript):
        parse(data[1:], FORMS[data[0] % len(FORMS)] if data else None)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
