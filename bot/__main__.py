"""The command line."""

from __future__ import annotations

import asyncio
import sys

import click

from bot import config, logs
from bot.check import check, schema
from bot.config import ConfigFault, DatabaseSettings, Settings
from bot.content_command import content
from bot.demo.command import demo

EXIT_UNREACHABLE = 69  # EX_UNAVAILABLE: trying again later makes sense
EXIT_CONFIG = 78  # EX_CONFIG of sysexits.h: a service manager should not try again


@click.group(context_settings={"max_content_width": 100})
@click.version_option(package_name="offramp")
def cli() -> None:
    """Offramp turns an article about a dangerous standoff into quizzes, debates and a sober brief.

    \b
    Try it now, without a Discord account:   offramp demo
    Run it on Discord:                       DISCORD_TOKEN=... offramp run
    """


@cli.command(epilog="Example: DISCORD_TOKEN=... offramp run")
def run() -> None:
    """Run the bot on Discord until it is stopped.

    \b
    DISCORD_TOKEN          the bot token from Discord's developer portal (needed)
    OFFRAMP_DATABASE_URL   where scores are kept; a file in your data folder if not set
    OFFRAMP_PACKS          more folders of packs
    OFFRAMP_LOG_LEVEL      debug, info, warning or error (info if not set)
    """
    from bot.start import Unreachable, run_bot  # discord.py takes half a second to import: only where it is needed

    settings = config.load(Settings)
    token = settings.require_token()
    logs.start(settings.log_level)
    try:
        asyncio.run(run_bot(settings, token))
    except Unreachable as error:
        click.echo(str(error), err=True)
        sys.exit(EXIT_UNREACHABLE)


@cli.command(epilog="Example: OFFRAMP_DATABASE_URL=sqlite:///offramp.db offramp migrate")
def migrate() -> None:
    """Bring the database to the newest schema; `run` does this too."""
    from bot.start import open_database

    open_database(config.load(DatabaseSettings)).close()
    click.echo("The database is up to date.")


cli.add_command(check)
cli.add_command(schema)
cli.add_command(content)
cli.add_command(demo)


def main() -> None:
    """Run the command line; a wrong configuration is one line and exit code 78."""
    try:
        cli.main(prog_name="offramp", standalone_mode=True)
    except ConfigFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(EXIT_CONFIG)


if __name__ == "__main__":
    main()
