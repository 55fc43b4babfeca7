"""The call itself: pure. No Telegram, no SQLite, no clock, no printing, no unseeded randomness.

`practice` is the front door; `call` holds every rule that moves a call; `bot` is the shell around it.
"""
