"""What a person is told about each likely cause, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from interview_app.gui.text.plurals import translate
from interview_app.services.sound_check.causes import Cause

_TEXTS: dict[Cause, tuple[object, object]] = {
    Cause.NO_MICROPHONE: (
        QT_TRANSLATE_NOOP("causes", "No microphone was found."),
        QT_TRANSLATE_NOOP(
            "causes", "Plug one in, or connect a headset: it appears here by itself."
        ),
    ),
    Cause.NO_SOUND_SYSTEM: (
        QT_TRANSLATE_NOOP("causes", "Neither a microphone nor a speaker was found."),
        QT_TRANSLATE_NOOP(
            "causes",
            "The sound system may not be running: restart it, or the computer. As soon as it "
            "answers, this check goes on.",
        ),
    ),
    Cause.UNAVAILABLE: (
        QT_TRANSLATE_NOOP("causes", "The microphone could not be opened."),
        QT_TRANSLATE_NOOP(
            "causes",
            "Another application may be using it: close that one, or choose another microphone.",
        ),
    ),
    Cause.NO_PERMISSION: (
        QT_TRANSLATE_NOOP(
            "causes", "Only silence arrives: Mock Interview may not use the microphone."
        ),
        QT_TRANSLATE_NOOP(
            "causes",
            "Open System Settings, Privacy & Security, Microphone, allow it there, and start "
            "again.",
        ),
    ),
    Cause.MUTED: (
        QT_TRANSLATE_NOOP(
            "causes", "The microphone is open but perfectly silent: it is probably muted."
        ),
        QT_TRANSLATE_NOOP(
            "causes",
            "Look for a mute switch on the headset or a mute key on the keyboard, and at the "
            "input volume in the system's sound settings.",
        ),
    ),
    Cause.WRONG_DEVICE: (
        QT_TRANSLATE_NOOP("causes", "It may be the wrong device."),
        QT_TRANSLATE_NOOP("causes", "Choose another microphone from the list and speak again."),
    ),
    Cause.TOO_QUIET: (
        QT_TRANSLATE_NOOP("causes", "The microphone hardly hears you."),
        QT_TRANSLATE_NOOP(
            "causes",
            "Move closer to it, or raise the input volume in the system's sound settings.",
        ),
    ),
    Cause.TOO_LOUD: (
        QT_TRANSLATE_NOOP("causes", "The microphone is set too loud: the sound is cut off."),
        QT_TRANSLATE_NOOP(
            "causes",
            "Lower the input volume in the system's sound settings, or move away a little.",
        ),
    ),
    Cause.HEADSET: (
        QT_TRANSLATE_NOOP("causes", "This looks like a wireless headset."),
        QT_TRANSLATE_NOOP(
            "causes",
            "Its microphone sounds like a telephone and can swallow the first word. If words are "
            "missing, speak into the built-in microphone and keep the headset for listening.",
        ),
    ),
}
_SERIOUS = frozenset(Cause) - {Cause.HEADSET}


def sentences_of(causes: Sequence[Cause], problem: str = "") -> str:
    """What is probably wrong and what to do, a paragraph a cause; empty where all is well.

    ``problem`` is what the microphone's owner said, where it could not be had: reason and remedy.
    """
    named = [cause for cause in causes if not (problem and cause is Cause.UNAVAILABLE)]
    told = [" ".join(map(_translated, _TEXTS[cause])) for cause in named]
    return "\n".join([problem, *told] if problem else told)


def is_serious(causes: Sequence[Cause]) -> bool:
    """Whether one of these keeps an answer from being heard well."""
    return any(cause in _SERIOUS for cause in causes)


def _translated(text: object) -> str:
    return translate("causes", str(text))
