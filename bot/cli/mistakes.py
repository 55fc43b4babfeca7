"""What was typed wrongly on the command line, in a sentence that says what to type instead."""

from __future__ import annotations

from difflib import get_close_matches

import click

from dialogs.patterns import lazy

_EXTRA = lazy(r"Got unexpected extra arguments? \((.+)\)")
_SAID = (
    # how click says it → how it is said here
    (_EXTRA, r"'\1' is more than this takes. Words that belong together need quotes."),
    (lazy(r"Option '(.+)' requires an argument\."), r"\1 needs a value after it."),
    (lazy(r"Option '(.+)' does not take a value\."), r"\1 stands by itself, without a value."),
    (lazy(r"'(.*)' is not a valid (?:integer|float)(?: range)?\."), r"'\1' is no number."),
    (lazy(r"(\S+) is not in the range (\d+)<=x<=(\d+)\."), r"\1 is not between \2 and \3."),
    (lazy(r"(\S+) is not in the range x>=(\d+)\."), r"\1 is less than \2."),
)  # fmt: skip


def in_words(error: click.UsageError) -> str:
    """The mistake and the next step."""
    return f"{_what(error)} See: {_command(error)} --help"


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        # The dashes that all of them begin with make no option like another.
        near = {option.lstrip("-"): option for option in error.possibilities or ()}
        found = get_close_matches(error.option_name.lstrip("-"), near, n=1)
        close = f" Did you mean {near[found[0]]}?" if found else ""
        return f"There is no option {error.option_name}.{close}"
    if isinstance(error, click.MissingParameter):
        param = error.param
        named = param.make_metavar(error.ctx) if param is not None and error.ctx is not None else ""
        return f"Something is missing here: {named.strip('[].')}."
    if (wrong := _no_command(error)) is not None:
        return wrong
    said = error.message.strip()
    for pattern, words in _SAID:
        said = pattern.sub(words, said)
    said = said if said.endswith((".", "?", "!")) else f"{said}."
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{error.param.opts[0] if error.param.param_type_name == 'option' else error.param.human_readable_name}: {said}"
    return said


def _no_command(error: click.UsageError) -> str | None:
    """A word after a noun such as `sessions` that is none of its commands, and so fell to the one that lists."""
    ctx, found = error.ctx, _EXTRA.fullmatch(error.message.strip())
    group = ctx.parent.command if ctx is not None and ctx.parent is not None else None
    if ctx is None or found is None or ctx.command.name != getattr(group, "default_cmd_name", None):
        return None
    known = sorted(getattr(group, "commands", {}))
    word = found[1].split()[0]
    close = get_close_matches(word, known, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else f" There are: {', '.join(known)}."
    return f"There is no command '{word}' here.{hint}"


def _command(error: click.UsageError) -> str:
    ctx = error.ctx
    if ctx is not None and ctx.parent is not None and _no_command(error) is not None:
        ctx = ctx.parent
    return ctx.command_path if ctx is not None else "runner-up"
