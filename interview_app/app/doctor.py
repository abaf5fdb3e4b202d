"""Opens every part once and says what works: the substance of ``doctor``."""

from __future__ import annotations

import platform
import shutil
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from interview_app import __version__
from interview_app.app.container import Application, open_application
from interview_app.domain.errors import InterviewAppError, RecognizerUnavailable
from interview_app.services.event_loop import EventLoop
from interview_app.services.jobs import JobContext
from interview_app.services.ports.devices import DeviceChoice, DevicesChanged
from interview_app.services.ports.player import PlaybackEnded, PlaybackFailed, PlayerEvent
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingLevel,
    RecordingUnavailable,
)
from interview_app.services.sound_check.causes import SETTLED_BLOCKS
from interview_app.support.paths import AppPaths

OK, ATTENTION, FAILED = "ok", "attention", "failed"
_DEVICE_LIMIT_S = 10.0
_PACKAGES = (
    "PySide6-Essentials",
    "faster-whisper",
    "ctranslate2",
    "pyttsx3",
    "kokoro-onnx",
    "SpeechRecognition",
    "SQLAlchemy",
)
_SCARCE_BYTES = 1_000_000_000
"""An hour of answers takes 115 MB; a model up to 1.6 GB."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One part: ``status`` is ``ok``, ``attention`` (the rest works without it) or ``failed``."""

    name: str
    status: str
    detail: str
    remedy: str = ""


def examine(data_dir: Path | None, loop: EventLoop) -> list[CheckResult]:
    """Open each part in turn; never raises for a part that does not work."""
    findings = [_versions(), _display()]
    try:
        application = open_application(data_dir, loop.post)
    except InterviewAppError as error:
        return [*findings, CheckResult("data folder", FAILED, error.message, error.remedy)]
    try:
        findings.append(_room(application.paths))
        findings.append(CheckResult("log", OK, f"{application.paths.logs} (no word of an answer)"))
        findings.append(_try("database", FAILED, lambda: _database(application)))
        findings.append(_try("guides", FAILED, lambda: _guides(application)))
        findings.extend(_sound(application, loop))
        findings.append(_try("voice", ATTENTION, lambda: _voice(application)))
        findings.append(_try("natural voices", ATTENTION, lambda: _natural_voices(application)))
        findings.append(_try("recognizer", ATTENTION, lambda: _recognizer(application)))
    finally:
        application.close()
    return findings


def _try(name: str, otherwise: str, look: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(name, OK, look())
    except InterviewAppError as error:
        return CheckResult(name, otherwise, error.message, error.remedy)
    except Exception as error:  # noqa: BLE001 - a checkup reports bugs, it does not stop at them
        return CheckResult(name, FAILED, f"{type(error).__name__}: {error}", "Please report this.")


def _versions() -> CheckResult:
    parts = [f"Mock Interview {__version__}", f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            parts.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            continue
    return CheckResult("versions", OK, ", ".join((*parts, platform.platform(terse=True))))


def _display() -> CheckResult:
    from interview_app.support.display import has_display

    if has_display():
        return CheckResult("display", OK, "A window can be opened.")
    return CheckResult(
        "display",
        ATTENTION,
        "There is no display to open a window on.",
        "Rehearse in the terminal: interview-app rehearse it-product-manager",
    )


def _room(paths: AppPaths) -> CheckResult:
    free = shutil.disk_usage(paths.root).free
    detail = f"{paths.root} can be written to; {free / 1e9:.1f} GB are free."
    if free < _SCARCE_BYTES:
        remedy = "Free some space there: an hour of answers takes 0.1 GB, a model up to 1.6 GB."
        return CheckResult("data folder", ATTENTION, detail, remedy)
    return CheckResult("data folder", OK, detail)


def _database(application: Application) -> str:
    with application.new_unit() as unit:
        count = len(unit.sessions.summaries(limit=1))
    if application.damage is not None:
        raise application.damage
    return f"{application.paths.database} is open" + ("." if count else "; no session yet.")


def _guides(application: Application) -> str:
    guides = application.library.all()
    problems = application.library.problems()
    if problems:
        raise InterviewAppError(str(problems[0]), remedy="Mend the file or move it away.")
    told = (f"{guide.id} ({sum(1 for _ in guide.questions)} questions)" for guide in guides)
    return f"{len(guides)} can be read: {', '.join(told)}."


def _sound(application: Application, loop: EventLoop) -> list[CheckResult]:
    """Hears a moment of the chosen microphone, and plays a moment of silence on the speaker."""
    settings = application.settings_file.load()
    seen: list[RecorderEvent] = []
    application.recorder.subscribe(seen.append)
    application.recorder.listen(DeviceChoice(settings.microphone_id, settings.microphone_name))
    loop.run_until(lambda: _is_told(seen), _DEVICE_LIMIT_S)
    application.recorder.release()
    devices = next((event for event in seen if isinstance(event, DevicesChanged)), None)
    if devices is None or not (devices.microphones or devices.speakers):
        what = "does not answer" if devices is None else "names neither a microphone nor a speaker"
        remedy = (
            "Start it, or connect a headset; until then answers are typed, and questions shown."
        )
        return [CheckResult("sound", ATTENTION, f"The sound system {what}.", remedy)]
    choice = DeviceChoice(settings.speaker_id, settings.speaker_name)
    return [_microphone(devices, seen), _speaker(application, loop, devices, choice)]


def _is_told(seen: Sequence[RecorderEvent]) -> bool:
    levels = sum(isinstance(event, RecordingLevel) for event in seen)
    return levels >= SETTLED_BLOCKS or any(isinstance(e, RecordingUnavailable) for e in seen)


def _microphone(devices: DevicesChanged, seen: Sequence[RecorderEvent]) -> CheckResult:
    typed = "Answers can be typed meanwhile."
    if not devices.microphones:
        remedy = f"Connect one, or a headset. {typed}"
        return CheckResult("microphone", ATTENTION, "No microphone was found.", remedy)
    names = ", ".join(device.name for device in devices.microphones)
    refusal = next((event for event in seen if isinstance(event, RecordingUnavailable)), None)
    peaks = [event.peak for event in seen if isinstance(event, RecordingLevel)]
    if refusal is not None:
        return CheckResult("microphone", ATTENTION, f"{names}: {refusal.reason}", refusal.remedy)
    if not peaks:
        remedy = f"Restart the sound system, or choose another microphone in Settings. {typed}"
        return CheckResult("microphone", ATTENTION, f"{names}: no sound arrives.", remedy)
    if max(peaks) == 0.0:
        remedy = (
            "If it stays so when you speak, it is muted, not permitted, or the wrong one: "
            "see Settings, Sound check."
        )
        return CheckResult("microphone", ATTENTION, f"{names}: only silence arrives.", remedy)
    return CheckResult("microphone", OK, f"{names}; sound arrives.")


def _speaker(
    application: Application, loop: EventLoop, devices: DevicesChanged, choice: DeviceChoice
) -> CheckResult:
    if not devices.speakers:
        remedy = "Connect one, or headphones. Questions are shown as text meanwhile."
        return CheckResult("speaker", ATTENTION, "No speaker was found.", remedy)
    names = ", ".join(device.name for device in devices.speakers)
    seen: list[PlayerEvent] = []
    application.player.subscribe(seen.append)
    with TemporaryDirectory() as folder:
        silence = Path(folder) / "silence.wav"
        with wave.open(str(silence), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(bytes(2 * 3_200))
        application.player.play("checkup", silence, choice)
        ends = (PlaybackEnded, PlaybackFailed)
        loop.run_until(lambda: any(isinstance(e, ends) for e in seen), _DEVICE_LIMIT_S)
    failure = next((event for event in seen if isinstance(event, PlaybackFailed)), None)
    if failure is not None:
        return CheckResult("speaker", ATTENTION, f"{names}: {failure.reason}", failure.remedy)
    if not any(isinstance(event, PlaybackEnded) for event in seen):
        remedy = "Restart the sound system. Questions are shown as text meanwhile."
        return CheckResult("speaker", ATTENTION, f"{names}: it does not answer.", remedy)
    return CheckResult("speaker", OK, f"{names}; it plays.")


def _voice(application: Application) -> str:
    voices = application.voice.voices()
    speech = application.voice.render("Ready when you are.", "", 165, JobContext())
    return f"{len(voices)} are here; a sentence of {speech.duration_s:.1f} s was rendered."


def _natural_voices(application: Application) -> str:
    voice = application.voice.natural
    folder = voice.files.locate()
    first, *others = voice.voices()
    began = time.monotonic()
    speech = voice.render("Ready when you are.", first.id, 165, JobContext())
    took_s = time.monotonic() - began
    factor = voice.speed.factor
    speed = f"; {factor:.1f} s of work a second of speech" if factor else ""
    slow = ", too slow: the system's voice is used" if voice.speed.is_too_slow else ""
    return (
        f"{first.name} and {len(others)} others in {folder}; a sentence of "
        f"{speech.duration_s:.1f} s was ready after {took_s:.1f} s{speed}{slow}."
    )


def _recognizer(application: Application) -> str:
    models = application.recognition.models.list()
    installed = [model.name for model in models if model.is_installed]
    name = application.settings_file.load().model
    sound = application.voice.render("Tell me about your work.", "", 165, JobContext()).sound
    heard = application.recognition.recognizer.transcribe(sound, name, "en", JobContext())
    words = len(heard.transcript.words)
    if not words:
        raise RecognizerUnavailable(
            f"{name} heard no word in a test sentence.",
            remedy=f"Compare its files: interview-app models verify {name}",
        )
    return f"{name} heard {words} words in a test sentence; here: {', '.join(installed)}."
