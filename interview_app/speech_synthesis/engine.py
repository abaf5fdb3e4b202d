"""pyttsx3 inside the helper process: one engine, one utterance, one sound file.

pyttsx3 2.99 has traps that this module is built around. On Linux ``runAndWait`` returns while the
speech goes on, a reused engine writes empty files, a second text replaces the first, and an error
while writing is swallowed by the callback; so an engine serves one utterance, its end is waited
for, and the callback is watched. On macOS the file is AIFF whatever its name says.
"""

from __future__ import annotations

import contextlib
import io
import locale
import os
import sys
import threading
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview_app.speech_synthesis.pronunciations import Said
from interview_app.speech_synthesis.say_text import spoken_text
from interview_app.speech_synthesis.word_times import WordEvent, word_times

_SHORTEST_SOUND_S = 0.05
_SAMPLE_BYTES, _FULL_SCALE = 2, 32768
_AFTER_LOOP_S = 2.0
"""How long an engine without a Linux-like delay may take to report the end after its loop."""


class EngineProblem(Exception):
    """The engine could not do it; ``kind`` is ``missing``, ``voice``, ``write`` or ``failed``."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class EngineVoice:
    """A voice as the engine lists it; ``language`` as ``en-gb``, empty if unknown."""

    id: str
    name: str
    language: str


class Pyttsx3Engine:
    """The speech engine of this system, for one utterance.

    Raises:
        EngineProblem: ``missing``, it could not be started.
    """

    def __init__(self) -> None:
        try:
            if sys.platform == "win32":
                import comtypes

                comtypes.CoInitialize()
            import pyttsx3

            self._engine = pyttsx3.init()
        except Exception as error:
            raise EngineProblem("missing", f"{type(error).__name__}: {error}") from error
        self._driver = self._engine.proxy._driver  # the only way to its voices and callback
        self._is_espeak = type(self._driver).__name__ == "EspeakDriver"

    def voices(self) -> list[EngineVoice]:
        """Every voice of the engine, the default English one first."""
        listed = [
            EngineVoice(str(voice.id), str(voice.name or voice.id), _language(voice))
            for voice in self._engine.getProperty("voices")
        ]
        if not listed:
            raise EngineProblem("missing", "the speech engine has no voice")
        default = default_voice(listed, str(self._engine.getProperty("voice") or ""))
        return [default, *(voice for voice in listed if voice != default)]

    def render(
        self, text: str, voice: str, rate_wpm: int, sound: Path, said: Said = ()
    ) -> dict[str, Any]:
        """Speak into ``sound`` (WAV); the length in seconds and the words' characters and times.

        Raises:
            EngineProblem: unknown voice, file not writable, or no sound came.
        """
        chosen = find_voice(self.voices(), voice)
        self._settle()
        self._driver.setProperty("voice", chosen.id)
        self._driver.setProperty("rate", rate_wpm)
        self._settle()
        spoken = spoken_text(text, chosen.language or "en", said)
        _check_writable(sound)
        events = self._speak(spoken.text, sound)
        duration_s = _check_sound(sound)
        _level(sound)
        words = word_times(text, spoken, events, duration_s)
        return {
            "duration_s": duration_s,
            "words": [[word.start, word.end, word.start_s] for word in words],
        }

    def _settle(self) -> None:
        """Wait until espeak has taken its settings.

        It takes a rate on its own thread but a voice at once; unsettled, one utterance in 180 was
        spoken at the driver's first rate of 200 words a minute instead of the one asked for.
        """
        if self._is_espeak:
            from pyttsx3.drivers import _espeak

            _espeak.Synchronize()

    def _speak(self, text: str, sound: Path) -> list[WordEvent]:
        events: list[WordEvent] = []
        problems: list[Exception] = []
        finished = threading.Event()
        self._engine.connect("finished-utterance", lambda name, completed: finished.set())  # noqa: ARG005
        if self._is_espeak:
            self._watch_espeak(events, problems, finished)
        with contextlib.redirect_stdout(io.StringIO()):  # the driver announces its file
            self._engine.save_to_file(text, str(sound))
            self._engine.runAndWait()
            # The application kills this process when the utterance takes too long.
            finished.wait(None if self._is_espeak else _AFTER_LOOP_S)
        if problems:
            raise _as_problem(problems[0])
        return events

    def _watch_espeak(
        self, events: list[WordEvent], problems: list[Exception], finished: threading.Event
    ) -> None:
        """Read word times from the synthesis events, and notice what the callback raises."""
        from pyttsx3.drivers import _espeak

        driver_callback = self._driver._onSynth

        def on_synth(samples: Any, count: int, list_of_events: Any) -> int:  # noqa: ANN401 - C types
            index = 0
            while list_of_events[index].type != _espeak.EVENT_LIST_TERMINATED:
                event = list_of_events[index]
                if event.type == _espeak.EVENT_WORD:
                    events.append(WordEvent(event.text_position - 1, event.audio_position / 1000))
                index += 1
            try:
                return int(driver_callback(samples, count, list_of_events))
            except Exception as error:  # noqa: BLE001 - ctypes would print it and wait for ever
                problems.append(error)
                self._driver.endLoop()
                finished.set()
                return 1

        _espeak.SetSynthCallback(on_synth)


def find_voice(voices: Sequence[EngineVoice], wanted: str) -> EngineVoice:
    """The voice of that id, name or language; the first of all for ``""``.

    Raises:
        EngineProblem: ``voice``, there is none like it.
    """
    if not wanted:
        return voices[0]
    folded = wanted.casefold()
    for field in ("id", "name", "language"):
        for voice in voices:
            if getattr(voice, field).casefold() == folded:
                return voice
    raise EngineProblem("voice", wanted)


def default_voice(voices: Sequence[EngineVoice], current: str) -> EngineVoice:
    """The engine's own choice if it speaks English, else an English voice, else its choice."""
    own = next((voice for voice in voices if voice.id == current), voices[0])
    if own.language.startswith("en"):
        return own
    for language in ("en-us", "en-gb", "en"):
        for voice in voices:
            if voice.language.startswith(language):
                return voice
    return own


def _language(voice: Any) -> str:  # noqa: ANN401 - each driver has its own kind of voice
    """``en-gb`` from ``en_GB``, length-prefixed bytes or the Windows number ``809``."""
    first: object = next(iter(voice.languages or ()), "")
    text = first.decode("utf-8", "ignore") if isinstance(first, bytes) else str(first or "")
    text = text.strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08 ")
    if text[:1].isdigit():
        with contextlib.suppress(ValueError):
            text = locale.windows_locale.get(int(text, 16), text)
    if not text and "english" in str(voice.name).lower():
        text = "en"
    return text.replace("_", "-").lower()


def _check_writable(sound: Path) -> None:
    try:
        with sound.open("wb"):
            pass
    except OSError as error:
        raise EngineProblem("write", error.strerror or str(error)) from error


def _as_problem(error: Exception) -> EngineProblem:
    cause = error.__context__ if isinstance(error.__context__, OSError) else error
    if isinstance(cause, OSError):
        return EngineProblem("write", cause.strerror or str(cause))
    return EngineProblem("failed", f"{type(error).__name__}: {error}")


def _check_sound(sound: Path) -> float:
    """The length in seconds of a WAV file that holds more than silence."""
    _make_wav(sound)
    try:
        with wave.open(os.fspath(sound), "rb") as file:
            duration_s = file.getnframes() / file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise EngineProblem("failed", f"the sound cannot be read: {error}") from error
    if duration_s < _SHORTEST_SOUND_S or not any(frames):
        raise EngineProblem("failed", f"the sound is empty ({duration_s:.2f} s)")
    return duration_s


def _level(sound: Path) -> None:
    """Bring a checked WAV file to the loudness all voices have; other than 16-bit mono stays."""
    import numpy as np

    from interview_app.speech_synthesis.loudness import levelled

    with wave.open(os.fspath(sound), "rb") as file:
        form = file.getparams()
        frames = file.readframes(form.nframes)
    if form.sampwidth != _SAMPLE_BYTES or form.nchannels != 1:
        return
    samples = np.frombuffer(frames, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)
    level = (levelled(samples, form.framerate) * (_FULL_SCALE - 1)).astype("<i2").tobytes()
    try:
        with wave.open(os.fspath(sound), "wb") as file:
            file.setparams(form)
            file.writeframes(level)
    except OSError as error:
        raise EngineProblem("write", error.strerror or str(error)) from error


def _make_wav(sound: Path) -> None:
    """Turn AIFF, which macOS writes under any name, into 16-bit WAV."""
    with sound.open("rb") as file:
        kind = file.read(4)
    if kind != b"FORM":
        return
    import soundfile

    samples, rate = soundfile.read(os.fspath(sound), dtype="int16")
    soundfile.write(os.fspath(sound), samples, rate, format="WAV", subtype="PCM_16")
