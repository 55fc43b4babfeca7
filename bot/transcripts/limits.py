"""How much of a stranger's file is read. Everything is checked before it is parsed, or while."""

from __future__ import annotations

MAX_BYTES = 2 * 1024 * 1024
MAX_TURNS = 2_000  # utterances of both sides together
MAX_WORDS = 4_096  # characters of one utterance: what a Telegram message holds
MAX_NAME = 64
MAX_DEPTH = 40  # of JSON in JSON
MAX_DIGITS = 19  # of a number: what fits 64 bits
SECONDS = 2.0  # of processor time, in a process of its own
MEMORY = 256 * 1024 * 1024
MAX_NATIVE_BYTES = 64 * 1024 * 1024  # an export of everything; what Telegram lets a bot fetch is 20 MB
