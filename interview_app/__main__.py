"""Starts the program, or one of its helper processes."""

from __future__ import annotations

import gc
import sys
from multiprocessing import freeze_support

from interview_app.support.helper_process import HELPER_ARGUMENT


def main() -> None:
    """Run the command line, or the helper named by the hidden argument."""
    freeze_support()
    if sys.argv[1:2] == [HELPER_ARGUMENT]:
        from interview_app.bootstrap.helpers import run_helper

        sys.exit(run_helper(sys.argv[2]))
    if not sys.argv[2:]:
        # Most starts open the window: it does not wait for what only commands need.
        # Nothing made on the way to the first picture is garbage; it is looked for from then on.
        gc.disable()
        from interview_app.cli.opening import is_file_to_open, open_window

        if not sys.argv[1:]:
            sys.exit(open_window(None))
        if is_file_to_open(sys.argv[1]):
            sys.exit(open_window(None, sys.argv[1]))
        gc.enable()
    from interview_app.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
