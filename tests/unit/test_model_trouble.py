"""A model that makes no transcript is told of, with the one to use instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_app.domain.errors import InterviewAppError, NotASound, RecognizerUnavailable
from interview_app.domain.session import Take, TranscriptionStatus
from interview_app.domain.transcript import Segment, Transcript, Word
from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import (
    LiveTranscription,
    ModelInfo,
    RecognitionResult,
    WordsSoFar,
)
from interview_app.services.recognition.model_failures import (
    ModelFailed,
    ModelFailure,
    ModelFailures,
    ModelUnfit,
)
from interview_app.services.recognition.models import model_for
from interview_app.services.recognition.transcription import TranscriptionService

TAKE = Take("s-q01-t01", 0, 1, datetime(2026, 11, 22, 10, tzinfo=UTC), sound="takes/a.wav")
SOUND = Path("takes/a.wav")
MODELS = (
    ModelInfo("pocketsphinx", True, 0, "en"),
    ModelInfo("tiny.en", True, 78_000_000, "en"),
    ModelInfo("base", True, 148_000_000, "many"),
    ModelInfo("small.en", False, 486_000_000, "en"),
    ModelInfo("large-v3-turbo", True, 1_621_000_000, "many"),
)
CRASH = RecognizerUnavailable("The recognizer stopped in the middle of its work.")


class Recognizer:
    """Hears a word with every model but those that are broken; notes which were asked."""

    def __init__(self, *broken: str, error: InterviewAppError = CRASH, failures: int = 99) -> None:
        """The broken models fail so many times."""
        self.broken = broken
        self.error = error
        self.failures = failures
        self.asked: list[tuple[str, str]] = []

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        self.asked.append((model, language))
        if model in self.broken and self.failures:
            self.failures -= 1
            raise self.error
        words = Segment((Word("hello", 0.0, 0.4, 0.9),))
        return RecognitionResult(Transcript(language, "whisper", model, (words,)), (), 1.0)

    def follow(
        self,
        uid: str,
        folder: Path,
        model: str,
        language: str,
        on_words: Callable[[WordsSoFar], None],
    ) -> LiveTranscription:
        return _Live(self, model, language)

    def warm_up(self, model: str) -> None: ...

    def close(self) -> None: ...


class _Live:
    """A take followed: heard by the recognizer when it ends."""

    def __init__(self, recognizer: Recognizer, model: str, language: str) -> None:
        self._recognizer = recognizer
        self._model = model
        self._language = language

    def finish(self, sound: Path, job: JobContext) -> RecognitionResult:
        return self._recognizer.transcribe(sound, self._model, self._language, job)

    def cancel(self) -> None: ...


def build(recognizer: Recognizer) -> tuple[TranscriptionService, list[ModelFailure]]:
    told: list[ModelFailure] = []
    trouble = ModelFailures(lambda: MODELS, lambda call: call())
    trouble.subscribe(told.append)
    return TranscriptionService(recognizer, Path("takes"), on_failure=trouble.note), told


@pytest.mark.parametrize(
    ("model", "language", "instead"),
    [
        ("large-v3-turbo", "en", "base"),
        ("base", "en", "tiny.en"),
        ("tiny.en", "en", "pocketsphinx"),
        ("base", "de", ""),
        ("pocketsphinx", "en", ""),
        ("small.en", "en", "base"),
    ],
)
def test_the_next_smaller_model_is_named_and_where_the_model_is_missing_the_best(
    model: str, language: str, instead: str
) -> None:
    service, told = build(Recognizer(model))
    take = service.transcribe_take(TAKE, SOUND, model, language, JobContext())
    assert take.transcription is TranscriptionStatus.FAILED
    assert told == [ModelFailed(model, CRASH.message, instead)]


def test_a_smaller_model_that_cannot_run_here_either_is_not_offered() -> None:
    told: list[ModelFailure] = []
    unable = {model.name for model in MODELS} - {"pocketsphinx"}
    no_avx = ModelFailures(lambda: MODELS, lambda call: call(), lambda: unable)
    no_avx.subscribe(told.append)
    no_avx.note("base", "en", RecognizerUnavailable("The model crashed at once."))
    assert told == [ModelFailed("base", "The model crashed at once.", "pocketsphinx")]


def test_a_crash_that_is_made_up_for_from_the_file_is_not_told() -> None:
    service, told = build(Recognizer("base", failures=1))
    service.follow(TAKE.uid, "base", "en", lambda _words: None)
    take = service.transcribe_take(TAKE, SOUND, "base", "en", JobContext())
    assert take.transcription is TranscriptionStatus.DONE
    assert told == []


def test_a_model_that_crashes_again_and_again_is_told_once_for_each_take() -> None:
    service, told = build(Recognizer("base"))
    for _ in range(3):
        service.follow(TAKE.uid, "base", "en", lambda _words: None)
        service.transcribe_take(TAKE, SOUND, "base", "en", JobContext())
    assert [told_of.instead for told_of in told] == ["tiny.en"] * 3


def test_a_guide_in_another_language_is_followed_and_heard_by_a_model_that_knows_it() -> None:
    recognizer = Recognizer()
    service = TranscriptionService(
        recognizer, Path("takes"), model_for=lambda name, lang: model_for(MODELS, name, lang)
    )
    service.follow(TAKE.uid, "tiny.en", "de", lambda _words: None)
    take = service.transcribe_take(TAKE, SOUND, "tiny.en", "de", JobContext())
    assert recognizer.asked == [("base", "de")], "heard once, live"
    assert take.transcript is not None
    assert take.transcript.model == "base"


def test_a_sound_that_is_none_is_no_fault_of_a_model() -> None:
    service, told = build(Recognizer("base", error=NotASound("It holds no sound.")))
    service.transcribe_take(TAKE, SOUND, "base", "en", JobContext())
    assert told == []


@pytest.mark.parametrize(
    ("model", "language", "expected"),
    [
        ("tiny.en", "de", [ModelUnfit("tiny.en", "de", "base")]),
        ("tiny.en", "en-GB", []),
        ("base", "de", []),
        ("pocketsphinx", "fr", [ModelUnfit("pocketsphinx", "fr", "base")]),
    ],
)
def test_a_session_in_a_language_the_model_does_not_hear_is_told(
    model: str, language: str, expected: list[ModelFailure]
) -> None:
    told: list[ModelFailure] = []
    trouble = ModelFailures(lambda: MODELS, lambda call: call())
    trouble.subscribe(told.append)
    trouble.look_at(model, language)
    assert told == expected


def test_with_no_model_for_the_language_that_is_said() -> None:
    told: list[ModelFailure] = []
    trouble = ModelFailures(lambda: MODELS[:2], lambda call: call())
    trouble.subscribe(told.append)
    trouble.look_at("tiny.en", "de")
    assert told == [ModelUnfit("tiny.en", "de", "")]
