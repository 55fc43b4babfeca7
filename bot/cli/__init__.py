"""`runner-up`: nouns list, verbs act. Data on stdout, messages on stderr, exit 1 for a user's mistake.

Each command is loaded when it is named, so that `runner-up call` never imports Telegram.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from bot import __version__
from bot.cli.broken_off import BrokenOff
from bot.commands import COMMANDS, NOUNS
from bot.prog_name import as_typed, prog_name, tell
from bot.width import columns, folded


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which --help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, its module imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Raises ClickException with the nearest there is for what is misspelled."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            name = args[0]
            from difflib import get_close_matches

            # A verb without its noun, as `import`, is known as it stands; what is misspelled may be a noun or a verb.
            within = [f"{noun} {name}" for noun in NOUNS if name in self.verbs(ctx, noun)]
            close = within or get_close_matches(name, COMMANDS, n=1)
            if not close:
                verbs = {verb: noun for noun in NOUNS for verb in self.verbs(ctx, noun)}
                close = [f"{verbs[verb]} {verb}" for verb in get_close_matches(name, verbs, n=1, cutoff=0.75)]
            found = " or ".join(f"'{words}'" for words in close)
            hint = f" Did you mean {found}?" if close else " See: runner-up --help"
            raise click.ClickException(f"There is no command '{name}'.{hint}") from None

    def verbs(self, ctx: click.Context, noun: str) -> list[str]:
        """The commands of one noun."""
        group = self.get_command(ctx, noun)
        return group.list_commands(ctx) if isinstance(group, click.Group) else []

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


NO_ARGUMENTS: tuple[type[click.UsageError], ...] = tuple(
    kind for kind in [getattr(click.exceptions, "NoArgsIsHelpError", None)] if kind is not None
)
"""What click raises for a command alone; before 8.2 it prints the help itself."""


class Typed(click.HelpFormatter):
    """Help in which each command stands as it can be typed here."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        super().__init__(indent_increment, width, max_width)
        self.width = min(self.width, columns() or self.width)  # click takes no terminal for narrower than 50

    def getvalue(self) -> str:
        """The page of help, its commands as they can be typed here."""
        text = as_typed(super().getvalue())
        wide = columns()
        return text if wide is None else folded(text.rstrip("\n"), wide) + "\n"


click.Context.formatter_class = Typed


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="runner-up")
def cli() -> None:
    """Practise the follow-up call after a job rejection.

    \b
    runner-up call              a call in this terminal, now
    runner-up sessions          the calls so far
    runner-up serve             the same as a Telegram chat
    """


def main(args: Sequence[str] | None = None) -> None:
    """The entry point. A user's mistake is one sentence on stderr and exit code 1, never a traceback."""
    try:
        code = cli.main(args=args, prog_name=prog_name(), standalone_mode=False)
    except NO_ARGUMENTS as error:  # nobody's mistake: the command alone asks what there is
        click.echo(error.format_message())
        sys.exit(0)
    except click.UsageError as error:
        from bot.cli.mistakes import in_words

        tell(f"Error: {in_words(error)}")
        sys.exit(1)
    except BrokenOff as error:
        tell(f"\n{error.format_message()}")
        sys.exit(1)
    except click.ClickException as error:
        tell(f"Error: {error.format_message()}")
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo(err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say, and nothing to complain about at exit.
        sys.stdout = None
        sys.exit(141)
    except Exception as error:
        if (sentence := _known(error)) is None:
            raise
        tell(f"Error: {sentence}")
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _known(error: Exception) -> str | None:
    """The sentence of an error that is the user's or the machine's, not the program's."""
    from bot.log.faults import LogFault, NotYours
    from bot.settings import BadSetting
    from dialogs.scenario import BadScenario

    if isinstance(error, LogFault | BadSetting | BadScenario):
        return str(error)
    if isinstance(error, NotYours):
        return f"{error} See: runner-up sessions"
    return None
