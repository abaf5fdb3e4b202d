"""What the Settings page and the sound check are given to work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interview_app.gui.device_list import DeviceList
from interview_app.gui.preferences import Preferences
from interview_app.services.jobs import Jobs
from interview_app.services.ports import ModelInfo, Player, Recorder, Voice


@dataclass(frozen=True, slots=True)
class SettingsDesk:
    """Services and places; ``models`` blocks and is called inside a job.

    ``is_microphone_taken``: a session is running, whose microphone must not be touched.
    ``open_folder`` shows a folder in the system's file manager and answers whether it could.
    """

    jobs: Jobs
    preferences: Preferences
    devices: DeviceList
    recorder: Recorder
    player: Player
    voice: Voice
    models: Callable[[], Sequence[ModelInfo]]
    tone: Path
    data_folder: Path
    models_folder: Path
    open_folder: Callable[[Path], bool]
    is_microphone_taken: Callable[[], bool] = lambda: False
