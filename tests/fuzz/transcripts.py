"""Fuzz the reading of transcripts: nothing but BadTranscript ever comes out of `parse`.

    make fuzz

In the suite the same claim is held by Hypothesis (tests/test_transcripts_bounded.py). An input that breaks it is left beside this file as
`found-…`, to be made a test.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["bot.transcripts"]):
    from bot.transcripts.child import _MODULES, parse
    from bot.transcripts.detect import FORMATS

    for form in FORMATS:  # imported when first asked for otherwise, and then not looked into
        importlib.import_module(f"bot.transcripts.{_MODULES.get(form, form)}")
    from bot.transcripts.talk import BadTranscript

FORMS = [None, *FORMATS]


def one(data: bytes) -> None:
    """The first byte chooses the form, the rest is the file."""
    with suppress(BadTranscript):
        parse(data[1:], FORMS[data[0] % len(FORMS)] if data else None)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
