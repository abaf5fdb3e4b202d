"""Wraps the one folder into a .tar.xz that runs from any folder; prints its path."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from changes import build_date
from identity import APP_NAME, BUILD, DIST, FOLDER, VERSION, fill

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Pack with names, owners and times that do not change from build to build."""
    if not FOLDER.is_dir():
        print("Build the folder first: packaging/build.py folder", file=sys.stderr)
        return 1
    readme = BUILD / "README.txt"
    readme.write_text(fill(HERE / "README.txt.in"), encoding="utf-8")
    target = DIST / f"{APP_NAME}-{VERSION}-linux-{platform.machine()}.tar.xz"
    subprocess.run(
        [
            *("tar", "--use-compress-program=xz -1 -T0", "-cf", target, "--sort=name"),
            *("--owner=0", "--group=0", "--numeric-owner", "--mode=u+rwX,go=rX"),
            f"--mtime=@{int(build_date().timestamp())}",
            f"--transform=s,^{APP_NAME},{APP_NAME}-{VERSION},",
            f"--transform=s,^README.txt,{APP_NAME}-{VERSION}/README.txt,",
            *("-C", FOLDER.parent, FOLDER.name, "-C", readme.parent, readme.name),
        ],
        check=True,
    )
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
