"""What commands share: the application over the named data folder, and its loop."""

from __future__ import annotations

import json
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from interview_app.app.container import Application, open_application
from interview_app.cli.output import echo
from interview_app.services.event_loop import EventLoop
from interview_app.support.settings import Settings


class Context:
    """Builds the application when a command first needs it."""

    def __init__(self, data_dir: Path | None) -> None:
        self.data_dir = data_dir

    @cached_property
    def loop(self) -> EventLoop:
        """Where events of devices and jobs come back."""
        return EventLoop()

    @cached_property
    def application(self) -> Application:
        """Every part of the application.

        Raises:
            DataFolderUnusable: the data folder cannot be used.
        """
        return open_application(self.data_dir, self.loop.post)

    @cached_property
    def settings(self) -> Settings:
        """The person's choices."""
        return self.application.settings_file.load()

    def close(self) -> None:
        """End what was built."""
        if "application" in self.__dict__:
            self.application.close()
            if self.application.damage is not None:
                echo(str(self.application.damage), err=True)


def print_json(value: Any, *, is_line: bool = False) -> None:  # noqa: ANN401 - any JSON value
    """Print a value as JSON, on one line or indented."""
    # Where the terminal lacks letters, JSON has escapes of its own that every reader knows.
    is_narrow = "utf" not in (sys.stdout.encoding or "").casefold()
    echo(json.dumps(value, ensure_ascii=is_narrow, indent=None if is_line else 2))


pass_context = click.make_pass_decorator(Context)
