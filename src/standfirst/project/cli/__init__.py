"""The command line: `standfirst`. One module a group of commands; Django is set up only where it is needed.

Exit codes: 0 all well · 1 it failed · 2 some inputs were refused, or problems were found · 64 wrong usage
· 78 the site folder cannot be used as it is (sysexits.h).
"""

from __future__ import annotations

import sys

import click

from standfirst import __version__
from standfirst.project.cli import front, newsroom, records, site, tokens

EXIT_FAILED = 1
EXIT_USAGE = 64


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="standfirst")
def cli() -> None:
    """The publishing platform of a reader-funded independent newsroom."""


for _command in (*site.COMMANDS, *front.COMMANDS, *newsroom.COMMANDS, *records.COMMANDS, *tokens.COMMANDS):
    cli.add_command(_command)


def main() -> None:
    """Entry point of the `standfirst` command."""
    try:
        code = cli.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
