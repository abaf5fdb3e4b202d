"""Opens every part once and says what works: the substance of ``doctor``."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from interview_app import __version__
from interview_app.bootstrap import Application, open_application
from interview_app.domain.errors import InterviewAppError
from interview_app.services.event_loop import EventLoop
from interview_app.services.jobs import JobContext
from interview_app.services.ports.devices import DeviceChoice, DevicesChanged
from interview_app.services.ports.recorder import RecorderEvent

OK, ATTENTION, FAILED = "ok", "attention", "failed"
_DEVICE_LIMIT_S = 10.0
_PACKAGES = (
    "PySide6-Essentials",
    "faster-whisper",
    "ctranslate2",
    "pyttsx3",
    "kokoro-onnx",
    "SQLAlchemy",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: ``status`` is ``ok``, ``attention`` (the rest works without it) or ``failed``."""

    name: str
    status: str
    detail: str
    remedy: str = ""


def examine(data_dir: Path | None, loop: EventLoop) -> list[Finding]:
    """Open each part in turn; never raises for a part that does not work."""
    findings = [_versions(), _display()]
    try:
        application = open_application(data_dir, loop.post)
    except InterviewAppError as error:
        return [*findings, Finding("data folder", FAILED, error.message, error.remedy)]
    try:
        findings.append(Finding("data folder", OK, str(application.paths.root)))
        findings.append(_try("database", FAILED, lambda: _database(application)))
        findings.append(_try("guides", FAILED, lambda: _guides(application)))
        findings.extend(_devices(application, loop))
        findings.append(_try("voice", ATTENTION, lambda: _voice(application)))
        findings.append(_try("natural voices", ATTENTION, lambda: _natural_voices(application)))
        findings.append(_try("recognizer", ATTENTION, lambda: _recognizer(application)))
    finally:
        application.close()
    return findings


def _try(name: str, otherwise: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, OK, look())
    except InterviewAppError as error:
        return Finding(name, otherwise, error.message, error.remedy)
    except Exception as error:  # noqa: BLE001 - a checkup reports bugs, it does not stop at them
        return Finding(name, FAILED, f"{type(error).__name__}: {error}", "Please report this.")


def _versions() -> Finding:
    parts = [f"Mock Interview {__version__}", f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            parts.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            continue
    return Finding("versions", OK, ", ".join((*parts, platform.platform(terse=True))))


def _display() -> Finding:
    from interview_app.support.display import has_display

    if has_display():
        return Finding("display", OK, "A window can be opened.")
    return Finding(
        "display",
        ATTENTION,
        "There is no display to open a window on.",
        "Rehearse in the terminal: interview-app rehearse it-product-manager",
    )


def _database(application: Application) -> str:
    with application.new_unit() as unit:
        count = len(unit.sessions.summaries(limit=1))
    return f"{application.paths.database} can be read and written" + (
        "." if count else "; no session yet."
    )


def _guides(application: Application) -> str:
    guides = application.library.all()
    problems = application.library.problems()
    if problems:
        raise InterviewAppError(str(problems[0]), remedy="Mend the file or move it away.")
    return ", ".join(f"{guide.id} ({sum(1 for _ in guide.questions)})" for guide in guides)


def _devices(application: Application, loop: EventLoop) -> list[Finding]:
    seen: list[RecorderEvent] = []
    application.recorder.subscribe(seen.append)
    application.recorder.listen(DeviceChoice())
    found = loop.run_until(
        lambda: any(isinstance(event, DevicesChanged) for event in seen), _DEVICE_LIMIT_S
    )
    remedy = "Connect one, or start the sound system; answers can be typed meanwhile."
    if not found:
        return [Finding("sound", ATTENTION, "The sound system does not answer.", remedy)]
    devices = next(event for event in seen if isinstance(event, DevicesChanged))
    answer = []
    for name, some in (("microphone", devices.microphones), ("speaker", devices.speakers)):
        if some:
            answer.append(Finding(name, OK, ", ".join(device.name for device in some)))
        else:
            answer.append(Finding(name, ATTENTION, f"No {name} was found.", remedy))
    return answer


def _voice(application: Application) -> str:
    voices = application.voice.voices()
    speech = application.voice.render("Ready when you are.", "", 165, JobContext())
    return f"{len(voices)} voices; a sentence of {speech.duration_s:.1f} s was rendered."


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
    return f"{name} heard {words} words in a test sentence; here: {', '.join(installed)}."
