"""Errors as a person reads them: what happened, what was kept, what to do next."""

from __future__ import annotations

import logging

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from interview_app.domain.errors import (
    DatabaseTooNew,
    DataFolderUnusable,
    InterviewAppError,
    MicrophoneUnavailable,
    RecognizerUnavailable,
    RecordingFailed,
    SpeakerUnavailable,
    VoiceUnavailable,
)

_log = logging.getLogger(__name__)


_NEXT_STEPS: tuple[tuple[type[InterviewAppError], object], ...] = (
    (
        MicrophoneUnavailable,
        QT_TRANSLATE_NOOP("messages", "Plug in or choose another microphone, or type your answer."),
    ),
    (
        SpeakerUnavailable,
        QT_TRANSLATE_NOOP(
            "messages", "Choose another speaker in Settings; the question stands as text."
        ),
    ),
    (RecordingFailed, QT_TRANSLATE_NOOP("messages", "What was recorded so far is kept.")),
    (VoiceUnavailable, QT_TRANSLATE_NOOP("messages", "Questions are shown as text meanwhile.")),
    (
        RecognizerUnavailable,
        QT_TRANSLATE_NOOP("messages", "Your recording is kept; transcribe it again at any time."),
    ),
    (DatabaseTooNew, QT_TRANSLATE_NOOP("messages", "Install the newer version to open it.")),
    (DataFolderUnusable, QT_TRANSLATE_NOOP("messages", "Choose another data folder.")),
)


def sentence_of(error: Exception) -> str:
    """What to tell a person about an error: a sentence, and the next step.

    An error that is no :class:`InterviewAppError` is a bug; it is logged with its trace.
    """
    if not isinstance(error, InterviewAppError):
        _log.error("A bug", exc_info=error)
        return QCoreApplication.translate(
            "messages",
            "Something went wrong inside the application. What you recorded is kept. "
            "The log folder holds the details.",
        )
    if error.remedy:
        return f"{error.message} {error.remedy}"
    step = next((text for kind, text in _NEXT_STEPS if isinstance(error, kind)), "")
    shown = QCoreApplication.translate("messages", str(step)) if step else ""
    return f"{error.message} {shown}".strip()
