"""smoke.py proves a package with what `make package` installs, and says what it leaves out."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from interview_app.support.paths import APP_NAME
from tests.packaging.scripts import PACKAGING, ROOT, run

WITHOUT = """
import sys
refused = sys.argv[1].split()

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuse())
sys.path.insert(0, sys.argv[2])
import smoke
"""


def locked(name: str) -> set[str]:
    text = (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))


def modules_for_development_only() -> list[str]:
    extra = locked("dev") - locked("app") - locked("package")
    return [
        module
        for module, names in packages_distributions().items()
        if all(re.sub(r"[-_.]+", "-", name).lower() in extra for name in names)
    ]


def test_it_needs_nothing_but_what_make_package_installs() -> None:
    refused = modules_for_development_only()
    assert {"psutil", "pytest", "hypothesis"} <= set(refused)
    done = run(sys.executable, "-c", WITHOUT, " ".join(refused), PACKAGING)
    assert done.returncode == 0, done.stderr


def test_a_wrong_version_is_called_broken(tmp_path: Path) -> None:
    program = tmp_path / APP_NAME
    program.write_text("#!/bin/sh\necho interview-app, version 0.0.0\n", encoding="utf-8")
    program.chmod(0o755)
    done = run(sys.executable, PACKAGING / "smoke.py", program)
    assert done.returncode == 1
    assert done.stderr.startswith("BROKEN: it says")


PROGRAM = """#!/bin/sh
export PYTHONPATH='{root}'
if [ "$1 $2" = "models list" ]; then
  echo '{models}'
else
  exec '{python}' -m interview_app "$@"
fi
"""


def test_a_model_that_is_not_carried_is_told(tmp_path: Path) -> None:
    models = json.dumps([{"name": "base", "installed": True}])
    program = tmp_path / APP_NAME
    text = PROGRAM.format(root=ROOT, models=models, python=sys.executable)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    done = run(sys.executable, PACKAGING / "smoke.py", program, "--whole", limit_s=200)
    assert "models: left out: the artefact carries no model tiny.en" in done.stdout, done.stderr
    assert done.returncode == 1, "with --whole that is a failure"
