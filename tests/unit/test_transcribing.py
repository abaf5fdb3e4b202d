"""A take becomes a transcript, says that nothing was heard, or says why not; its sound stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_app.domain.errors import RecognizerUnavailable
from interview_app.domain.guide import Question
from interview_app.domain.session import AskedQuestion, Mode, Session, Take, TranscriptionStatus
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.services.export.json import take_json
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.services.ports.recognizer import LiveTranscription, RecognitionResult, WordsSoFar
from interview_app.services.recognition.transcription import TranscriptionService

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TAKE = Take("s-q01-t01", 0, 1, NOW, duration_s=10.0, sound="takes/s-q01-t01.wav")
WORDS = Segment((Word("Um,", 1.0, 1.25, 0.5), Word("hello.", 1.5, 2.0, 0.912345)))
HEARD = RecognitionResult(Transcript("en", "whisper", "base", (WORDS,)), (Span(1.0, 2.0),), 10.0)
SILENCE = RecognitionResult(Transcript("en", "whisper", "base"), (), 10.0)


class ScriptedLive:
    """A take followed, with what it comes to."""

    def __init__(self, outcome: RecognitionResult | Exception) -> None:
        self.outcome = outcome
        self.is_cancelled = False

    def finish(self, sound: Path, job: JobContext) -> RecognitionResult:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def cancel(self) -> None:
        self.is_cancelled = True


class ScriptedRecognizer:
    """A recognizer that hears what it is given, or fails with it."""

    def __init__(
        self,
        outcome: RecognitionResult | Exception,
        live_outcome: RecognitionResult | Exception | None = None,
    ) -> None:
        self.outcome = outcome
        self.live_outcome = live_outcome or outcome
        self.followed: list[ScriptedLive] = []

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def follow(
        self,
        uid: str,
        folder: Path,
        model: str,
        language: str,
        on_words: Callable[[WordsSoFar], None],
    ) -> LiveTranscription:
        """Hear what is given, or what was scripted for a take being spoken."""
        live = ScriptedLive(self.live_outcome)
        self.followed.append(live)
        on_words(WordsSoFar(f"{uid} in {model}", 0.0))
        return live

    def warm_up(self, model: str) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to end."""


def transcribed(take: Take, outcome: RecognitionResult | Exception) -> Take:
    service = TranscriptionService(ScriptedRecognizer(outcome), Path("takes"))
    return service.transcribe_take(take, Path("x.wav"), "base", "en", JobContext())


def test_a_heard_take_carries_its_words_speech_and_measures() -> None:
    take = transcribed(TAKE, HEARD)

    assert take.transcription is TranscriptionStatus.DONE
    assert take.transcript == HEARD.transcript
    assert take.speech == HEARD.speech
    assert take.measures is not None
    assert take.measures.words == 1


def test_a_silent_take_says_that_nothing_was_heard() -> None:
    take = transcribed(TAKE, SILENCE)

    assert take.transcription is TranscriptionStatus.NOTHING_HEARD
    assert take.failure is None


def test_a_failed_take_says_why_keeps_its_sound_and_can_be_transcribed_again() -> None:
    error = RecognizerUnavailable("The recognizer stopped.", remedy="Transcribe it again.")
    failed = transcribed(TAKE, error)

    assert failed.transcription is TranscriptionStatus.FAILED
    assert failed.failure == "The recognizer stopped. Transcribe it again."
    assert failed.sound == TAKE.sound
    again = transcribed(failed, HEARD)
    assert again.transcription is TranscriptionStatus.DONE
    assert again.failure is None


def test_failing_to_transcribe_again_does_not_lose_the_transcript_there_was() -> None:
    take = transcribed(transcribed(TAKE, HEARD), RecognizerUnavailable("Gone."))

    assert take.transcription is TranscriptionStatus.DONE
    assert take.transcript == HEARD.transcript
    assert take.failure == "Gone."


def test_a_cancelled_transcription_and_a_bug_pass_through() -> None:
    with pytest.raises(JobCancelled):
        transcribed(TAKE, JobCancelled())
    with pytest.raises(ZeroDivisionError):
        transcribed(TAKE, ZeroDivisionError())


def test_a_take_is_written_in_the_documented_shape() -> None:
    question = Question("q1", "Why?", sample_answer="Because.", tip="Be brief.")
    asked = (AskedQuestion(question),)
    session = Session("s", "g", "Guide", Mode.PRACTICE, asked, NOW, id=12)

    assert take_json(session, transcribed(TAKE, HEARD), "/data/takes/s.wav") == {
        "session": 12,
        "question": {"id": "q1", "prompt": "Why?"},
        "take": 1,
        "duration_s": 10.0,
        "transcription": "done",
        "failure": None,
        "transcript": {
            "text": "Um, hello.",
            "language": "en",
            "recognizer": "whisper",
            "model": "base",
            "words": [
                {"text": "Um,", "start_s": 1.0, "end_s": 1.25, "probability": 0.5},
                {"text": "hello.", "start_s": 1.5, "end_s": 2.0, "probability": 0.912},
            ],
        },
        "measures": {
            "words": 1,
            "pace_wpm": 6.0,
            "articulation_wpm": 60.0,
            "speech_s": 1.0,
            "onset_s": 1.0,
            "hesitations": [{"text": "um", "start_s": 1.0, "end_s": 1.25}],
            "crutch_phrases": [],
            "long_pauses": [],
            "repeated_words": [],
        },
        "sample_answer": "Because.",
        "notes": None,
        "tip": "Be brief.",
        "audio": "/data/takes/s.wav",
    }


def followed(
    recognizer: ScriptedRecognizer, model: str = "base"
) -> tuple[TranscriptionService, list[str]]:
    service = TranscriptionService(recognizer, Path("takes"))
    words: list[str] = []
    service.follow(TAKE.uid, model, "en", lambda so_far: words.append(so_far.text))
    return service, words


def test_a_take_heard_while_it_was_spoken_is_not_heard_again_from_its_file() -> None:
    service, words = followed(ScriptedRecognizer(RecognizerUnavailable("Not asked."), HEARD))

    take = service.transcribe_take(TAKE, Path("x.wav"), "base", "en", JobContext())

    assert words == ["s-q01-t01 in base"]
    assert take.transcript == HEARD.transcript


def test_a_recognizer_lost_in_mid_take_is_made_up_for_from_the_file() -> None:
    service, _ = followed(ScriptedRecognizer(HEARD, RecognizerUnavailable("It crashed.")))

    take = service.transcribe_take(TAKE, Path("x.wav"), "base", "en", JobContext())

    assert take.transcript == HEARD.transcript
    assert take.failure is None


def test_another_model_chosen_meanwhile_hears_the_file() -> None:
    recognizer = ScriptedRecognizer(HEARD, SILENCE)
    service, _ = followed(recognizer, "tiny.en")

    take = service.transcribe_take(TAKE, Path("x.wav"), "base", "en", JobContext())

    assert take.transcript == HEARD.transcript
    assert recognizer.followed[0].is_cancelled


def test_a_take_that_is_forgotten_is_followed_no_more() -> None:
    recognizer = ScriptedRecognizer(HEARD)
    service, _ = followed(recognizer)

    service.forget(TAKE.uid)
    service.forget(TAKE.uid)

    assert recognizer.followed[0].is_cancelled


def test_a_cancelled_live_transcript_is_not_begun_again_from_the_file() -> None:
    service, _ = followed(ScriptedRecognizer(HEARD, JobCancelled()))

    with pytest.raises(JobCancelled):
        service.transcribe_take(TAKE, Path("x.wav"), "base", "en", JobContext())
