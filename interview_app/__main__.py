"""Starts the program, or one of its helper processes."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line, or the helper named by the hidden argument."""
    # Nothing made on the way to the first picture is garbage; it is looked for from then on.
    gc.disable()
    if not sys.argv[1:]:
        # Most starts open the window: it does not wait for what only the others need.
        from interview_app.cli.opening import open_window

        sys.exit(open_window(None))
    _start_with_arguments()


def _start_with_arguments() -> None:
    from multiprocessing import freeze_support

    from interview_app.support.helper_process import HELPER_ARGUMENT

    freeze_support()
    if sys.argv[1] == HELPER_ARGUMENT:
        from interview_app.bootstrap.helpers import run_helper

        gc.enable()
        sys.exit(run_helper(sys.argv[2]))
    if not sys.argv[2:]:
        from interview_app.cli.opening import is_file_to_open, open_window

        if is_file_to_open(sys.argv[1]):
            sys.exit(open_window(None, sys.argv[1]))
    gc.enable()
    from interview_app.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
