"""Click in Norwegian: help pages, and one line for a command that is typed wrong.

Click has no Norwegian translation. What it says about wrong use is a handful of sentences, matched here by pattern; a
sentence that a later version words differently still comes out as a Norwegian one.
"""

from __future__ import annotations

import re

import click

_OPTION = r"[\"'](.+?)[\"']"
"""How click quotes the name it complains of."""

_SENTENCES = (
    (rf"No such option:? {_OPTION}", "Det finnes ikke noe valg «{}»."),
    (r"No such option:? (\S+?)\.?(?: |$)", "Det finnes ikke noe valg «{}»."),
    (rf"No such command {_OPTION}", "Det finnes ingen kommando «{}»."),
    (r"Missing command", "Kommandoen mangler."),
    (r"Missing argument .*PATH", "Hvilke filer eller mapper? Skriv minst én sti."),
    (rf"Missing argument {_OPTION}", "{} mangler."),
    (rf"Missing option {_OPTION}", "Valget «{}» mangler."),
    (rf"Option {_OPTION} requires", "Valget «{}» trenger en verdi."),
    (rf"Option {_OPTION} does not take", "Valget «{}» skal stå uten verdi."),
    (r"unexpected extra arguments? \((.+)\)", "Ikke ventet her: {}."),
    (
        rf"Invalid value for {_OPTION}:.*not (?:a valid integer|in the range)",
        "Valget «{}» skal være et helt tall innenfor grensene.",
    ),
)


def explain(error: click.UsageError) -> str:
    """What was wrong with a command, in one Norwegian line that says what to do.

    >>> explain(click.NoSuchOption("--plan"))
    'Det finnes ikke noe valg «--plan». Se «sakspor --help».'
    >>> explain(click.UsageError("Something new"))
    'Kommandoen er ikke skrevet riktig. Se «sakspor --help».'
    """
    if isinstance(error, WrongUse):
        return error.message
    path = error.ctx.command_path if error.ctx else "sakspor"
    return f"{_sentence(error.format_message())} Se «{path} --help»."


def _sentence(text: str) -> str:
    for pattern, sentence in _SENTENCES:
        if found := re.search(pattern, text):
            return sentence.format(*found.groups())
    return "Kommandoen er ikke skrevet riktig."


class WrongUse(click.UsageError):
    """Wrong use that this program finds itself; the message is Norwegian and says what to do."""


class _Norwegian(click.Command):
    """A command with a Norwegian help page."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Vis denne hjelpen."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Bruk: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section("Valg"):
            formatter.write_dl([record for record in records if record])


class Command(_Norwegian):
    """One of the program's commands."""


class Group(_Norwegian, click.Group):
    """The program: its commands in the order in which they are used."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kommandoer"):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)])
        super().format_options(ctx, formatter)
