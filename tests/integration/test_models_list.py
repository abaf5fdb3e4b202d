"""``interview-app models list`` says what is known of each model on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_app.cli.main import run
from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.services.recognition.benchmark import FiguresFile
from interview_app.support.machine import machine_name
from interview_app.support.paths import AppPaths
from tests.elsewhere import AUCKLAND

pytestmark = pytest.mark.anywhere


def test_the_list_says_what_was_measured_here_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], set_zone: Callable[[str], None]
) -> None:
    set_zone(AUCKLAND)
    data = tmp_path / "data"
    data.mkdir()
    earlier = datetime(2026, 11, 20, 12, tzinfo=UTC)
    here = ModelFigures("tiny.en", "en", machine_name(), earlier, 98, 9, 40.0, 4.0)
    later = replace(here, wrong=3, measured_at=datetime(2026, 11, 21, 12, tzinfo=UTC))
    elsewhere = replace(here, model="base.en", machine="another machine")
    FiguresFile(AppPaths(data).model_figures).add([here, elsewhere])
    FiguresFile(AppPaths(data).model_figures).add([later])

    assert run(["--data-dir", str(data), "models", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    told = "3 of 98 words wrong (3.1%) 10.0 times as fast as speech (measured 2026-11-22)"
    assert [line.strip() for line in listed if "words wrong" in line] == [told]
    assert listed[0].startswith("tiny.en")
    assert listed[1].endswith(told)

    assert run(["--data-dir", str(data), "models", "list", "--json"]) == 0
    models = {each["name"]: each["measured"] for each in json.loads(capsys.readouterr().out)}
    assert models["tiny.en"]["wrong"] == 3
    assert models["tiny.en"]["real_time_factor"] == 0.1
    assert models["base.en"] is None
