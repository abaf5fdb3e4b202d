"""A model that this machine cannot run is told with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_app.recognition.fitness import can_run, needed_memory
from interview_app.recognition.known_models import KNOWN_MODELS

MODELS = {model.name: model for model in KNOWN_MODELS}


def machine(folder: Path, *, free_kb: int = 16_000_000, flags: str = "fpu sse2 avx avx2") -> Path:
    """A folder like Linux's /proc."""
    (folder / "meminfo").write_text(f"MemTotal: 99 kB\nMemAvailable:   {free_kb} kB\n")
    (folder / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: {flags}\n")
    return folder


def test_a_machine_with_room_and_avx_runs_every_model(tmp_path: Path) -> None:
    here = machine(tmp_path)
    assert {can_run(model, here) for model in KNOWN_MODELS} == {None}


def test_too_little_memory_is_told_in_figures_and_a_smaller_model_still_runs(
    tmp_path: Path,
) -> None:
    here = machine(tmp_path, free_kb=1_500_000)

    assert can_run(MODELS["large-v3-turbo"], here) == "needs 2.0 GB of memory, 1.5 GB free"
    assert can_run(MODELS["small.en"], here) is None


@pytest.mark.parametrize("name", ["tiny.en", "base"])
def test_a_processor_without_avx_is_told(name: str, tmp_path: Path) -> None:
    assert can_run(MODELS[name], machine(tmp_path, flags="fpu sse2 avxx")) == (
        "needs a processor with AVX; use pocketsphinx"
    )


def test_a_system_that_tells_nothing_is_not_held_against_a_model(tmp_path: Path) -> None:
    assert can_run(MODELS["large-v3-turbo"], tmp_path) is None
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nFeatures\t: fp asimd\n")
    assert can_run(MODELS["large-v3-turbo"], tmp_path) is None


def test_the_need_of_a_measured_model_is_no_less_than_what_was_measured() -> None:
    assert needed_memory(MODELS["tiny.en"]) >= 255_000_000
    assert 410_000_000 <= needed_memory(MODELS["base"]) <= 450_000_000
