"""Starts the program, or one of its helper processes."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line, or the helper named by the hidden argument."""
    if not sys.argv[1:]:
        # Most starts open the window: it does not wait for what only the others need.
        _open_window("")
    from multiprocessing import freeze_support

    from interview_app.support.helper_process import HELPER_ARGUMENT

    gc.enable()  # the frozen program starts without
    freeze_support()
    if sys.argv[1] == HELPER_ARGUMENT:
        from interview_app.app.helpers import run_helper

        sys.exit(run_helper(sys.argv[2]))
    if not sys.argv[2:]:
        from interview_app.cli.opening import is_file_to_open

        if is_file_to_open(sys.argv[1]):
            _open_window(sys.argv[1])
    from interview_app.cli.main import run

    sys.exit(run(sys.argv[1:]))


def _open_window(file: str) -> NoReturn:
    # Nothing made on the way to the first picture is garbage; it is looked for from then on.
    gc.disable()
    from interview_app.cli.opening import open_window

    sys.exit(open_window(None, file))


if __name__ == "__main__":
    main()
