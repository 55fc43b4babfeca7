"""A question that somebody broke off."""

from __future__ import annotations

import click


class BrokenOff(click.ClickException):
    """Somebody pressed Ctrl-C at a question, which is no mistake: the line is ended, and it is said what that means."""
