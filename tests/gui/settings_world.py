"""A Settings page and a sound check over devices that work as a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from interview_app.domain.errors import InterviewAppError
from interview_app.gui.device_list import DeviceList
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.pages.settings import SettingsPage
from interview_app.gui.pages.settings_desk import SettingsDesk
from interview_app.gui.pages.sound_check import SoundCheckDialog
from interview_app.gui.preferences import Preferences
from interview_app.gui.theme import Theme
from interview_app.services.jobs import JobContext, JobRunner
from interview_app.services.ports import Heard, ModelInfo
from interview_app.services.sound_checking import CheckParts, SoundChecking
from interview_app.support.paths import bundled
from interview_app.support.settings import SettingsFile
from tests.fakes import (
    HEADSET,
    MICROPHONE,
    FakePlayer,
    FakeRecorder,
    FakeVoice,
    transcript_of,
)

MODELS = (
    ModelInfo("tiny.en", True, 78_090_594, "en", "a package"),
    ModelInfo("base", True, 147_882_941, "many", "a package"),
    ModelInfo("small.en", False, 486_000_000, "en", "the hub"),
    ModelInfo("pocketsphinx", True, 0, "en", "comes with the application"),
)
TONE = bundled("resources", "tones", "sound-check.wav")


@dataclass
class FakeRecognizer:
    """Hears ``says`` in every sound."""

    says: str = "I led a small team and we shipped two weeks early."
    problem: InterviewAppError | None = None

    def transcribe(self, sound: Path, model: str, language: str, job: JobContext) -> Heard:
        job.check()
        if self.problem is not None:
            raise self.problem
        assert sound.exists()
        return Heard(transcript_of(self.says, language, model), (), 3.0)

    def warm_up(self, model: str) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass
class SettingsWorld:
    """The page, and everything round it that a test can make happen."""

    folder: Path
    page: SettingsPage
    file: SettingsFile
    recorder: FakeRecorder
    player: FakePlayer
    voice: FakeVoice
    recognizer: FakeRecognizer
    devices: DeviceList
    preferences: Preferences
    jobs: JobRunner
    dispatcher: Dispatcher
    opened: list[Path] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until every choice has been written."""
        self.jobs.close()

    def make_check(
        self, theme: Theme, platform: str = "linux"
    ) -> tuple[SoundChecking, SoundCheckDialog]:
        """A sound check that is not shown yet."""
        parts = CheckParts(
            self.recorder,
            self.player,
            self.recognizer,
            self.jobs,
            takes=self.folder / "takes",
            tone=TONE,
            platform=platform,
        )
        checking = SoundChecking(parts, "base")
        return checking, SoundCheckDialog(theme, checking, self.devices, self.preferences)

    def close(self) -> None:
        """Leave as the application does."""
        self.page.close_page()
        self.jobs.close()
        self.dispatcher.close()
        self.devices.close()
        self.recorder.close()
        self.player.close()


def build_settings(
    theme: Theme, folder: Path, is_microphone_taken: Callable[[], bool] = lambda: False
) -> SettingsWorld:
    """A Settings page with two microphones, its file in that folder."""
    dispatcher = Dispatcher()
    jobs = JobRunner(dispatcher.post)
    recorder = FakeRecorder(dispatcher.post, folder / "takes")
    player, voice = FakePlayer(dispatcher.post), FakeVoice(folder / "voice")
    devices = DeviceList(recorder)
    file = SettingsFile(folder / "settings.json")
    preferences = Preferences(file.load(), file.save, jobs)
    opened: list[Path] = []

    def open_folder(path: Path) -> bool:
        opened.append(path)
        return path.exists()

    desk = SettingsDesk(
        jobs=jobs,
        preferences=preferences,
        devices=devices,
        recorder=recorder,
        player=player,
        voice=voice,
        models=lambda: MODELS,
        tone=TONE,
        data_folder=folder,
        models_folder=folder / "models",
        open_folder=open_folder,
        is_microphone_taken=is_microphone_taken,
    )
    page = SettingsPage(theme, desk)
    recorder.offer(MICROPHONE, HEADSET)
    return SettingsWorld(
        folder,
        page,
        file,
        recorder,
        player,
        voice,
        FakeRecognizer(),
        devices,
        preferences,
        jobs,
        dispatcher,
        opened,
    )
