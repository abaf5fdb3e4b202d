"""What the Settings page and the sound check are given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.gui.device_list import DeviceList
from interview_app.gui.preferences import Preferences
from interview_app.services.jobs import JobContext, Jobs
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.player import Player
from interview_app.services.ports.pronunciations import PronunciationList
from interview_app.services.ports.recorder import Recorder
from interview_app.services.ports.voice import Voice
from interview_app.services.recognition.benchmark_recording import BenchmarkRecording
from interview_app.services.recognition.models import ModelManager


@dataclass(frozen=True, slots=True)
class SettingsContext:
    """Services and places of the Settings page.

    ``model_manager``, ``known_figures``, ``try_out`` and the calls of ``pronunciations`` block and
    are called inside jobs.

    ``reading_file`` is where the sound of the last reading stands, once there is one.

    ``is_microphone_taken``: a session is running, whose microphone must not be touched.
    ``open_folder`` shows a folder in the system's file manager and answers whether it could.
    """

    jobs: Jobs
    preferences: Preferences
    devices: DeviceList
    recorder: Recorder
    player: Player
    voice: Voice
    pronunciations: PronunciationList
    clock: Clock
    model_manager: Callable[[], ModelManager]
    reading: BenchmarkRecording
    reading_file: Path
    known_figures: Callable[[], tuple[ModelFigures, ...]]
    try_out: Callable[[str, JobContext], None]
    tone: Path
    data_folder: Path
    open_folder: Callable[[Path], bool]
    is_microphone_taken: Callable[[], bool] = lambda: False
    voice_manager: Callable[[], ModelManager] | None = None
    """Fetches the natural voices, where they can be had."""
