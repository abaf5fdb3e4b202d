"""Print to the terminal, where text from outside could otherwise give it orders."""

from __future__ import annotations

import io
import sys
import unicodedata

import click


def printable(text: str) -> str:
    """Return a text without what a terminal obeys: control characters but for tab and line end.

    A title, a file name or a server's answer may hold escape sequences that move the cursor, change
    colors or rewrite what stands above.
    """
    return "".join(sign for sign in text if sign in "\t\n" or unicodedata.category(sign) != "Cc")


def echo(
    text: object = "", *, err: bool = False, nl: bool = True, overwrites: bool = False
) -> None:
    """Print a text as it can be read.

    ``err``: to standard error. ``nl``: end the line. ``overwrites``: in the place of the line that
    stands there, as progress does.
    """
    click.echo(("\r" if overwrites else "") + printable(str(text)), err=err, nl=nl)


def write_any_letter() -> None:
    """Have letters that the terminal's encoding lacks printed as escapes, not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
