"""A Settings page and a sound check over devices that work as a test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from interview_app.domain.errors import InterviewAppError
from interview_app.gui.device_list import DeviceList
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.preferences import Preferences
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.page import SettingsPage
from interview_app.gui.sound_check.dialog import SoundCheckDialog
from interview_app.gui.theme import Theme
from interview_app.recognition.downloads import ModelDownloads
from interview_app.recognition.known_models import KnownModel
from interview_app.recognition.model_manager import RecognizerModelManager
from interview_app.recognition.models import ModelStore
from interview_app.services.jobs import JobContext, JobRunner
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.services.recognition.benchmark import FiguresFile, ModelBenchmark
from interview_app.services.recognition.benchmark_recording import BenchmarkRecording
from interview_app.services.recognition.models import ModelManager
from interview_app.services.sound_check.sound_check import SoundCheckDependencies, SoundCheckRunner
from interview_app.speech_synthesis.pronunciations import Pronunciations
from interview_app.support.paths import bundled
from interview_app.support.settings import SettingsFile
from tests.fakes import (
    HEADSET,
    MICROPHONE,
    FakeClock,
    FakePlayer,
    FakeRecorder,
    FakeVoice,
    transcript_of,
)
from tests.hub import CONFIG, WEIGHTS, small_model

MODELS = (
    small_model("tiny.en", "en", WEIGHTS[:256_000]),
    small_model("base", "many", WEIGHTS[:512_000]),
    small_model("small.en", "en", WEIGHTS),
)
INSTALLED = MODELS[:2]
NO_HUB = "http://127.0.0.1:9"
MACHINE = "Test processor, 2 cores"
TONE = bundled("resources", "tones", "sound-check.wav")


@dataclass
class FakeRecognizer:
    """Hears ``says`` in every sound, or what a model of its own is said to hear."""

    says: str = "I led a small team and we shipped two weeks early."
    problem: InterviewAppError | None = None
    hears: dict[str, str] = field(default_factory=dict)
    """By model."""
    broken: dict[str, InterviewAppError] = field(default_factory=dict)
    """What goes wrong with a model, by its name."""
    asked: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    """While it is clear, transcripts wait."""

    def __post_init__(self) -> None:
        self.gate.set()

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        self.asked.append(model)
        job.on_cancel(self.gate.set)
        self.gate.wait(20)
        job.check()
        problem = self.broken.get(model, self.problem)
        if problem is not None:
            raise problem
        assert sound.exists()
        says = self.hears.get(model, self.says)
        return RecognitionResult(transcript_of(says, language, model), (), 3.0)

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
    store: ModelStore
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
    ) -> tuple[SoundCheckRunner, SoundCheckDialog]:
        """A sound check that is not shown yet."""
        parts = SoundCheckDependencies(
            self.recorder,
            self.player,
            self.recognizer,
            self.jobs,
            takes=self.folder / "takes",
            tone=TONE,
            platform=platform,
        )
        checking = SoundCheckRunner(parts, "base")
        return checking, SoundCheckDialog(theme, checking, self.devices, self.preferences)

    def close(self) -> None:
        """Leave as the application does."""
        self.recognizer.gate.set()
        self.page.close_page()
        self.jobs.close()
        self.dispatcher.close()
        self.devices.close()
        self.recorder.close()
        self.player.close()


def put_in_place(store: ModelStore, model: KnownModel) -> None:
    """Have a model's files stand where a fetch puts them."""
    folder = store.folder / model.name
    folder.mkdir(parents=True)
    for file in model.files:
        content = CONFIG if file.name == "config.json" else WEIGHTS[: file.size]
        (folder / file.name).write_bytes(content)


def build_settings(
    theme: Theme,
    folder: Path,
    is_microphone_taken: Callable[[], bool] = lambda: False,
    address: str = NO_HUB,
    obstacles: Mapping[str, str] = MappingProxyType({}),
    voice_manager: ModelManager | None = None,
) -> SettingsWorld:
    """A Settings page with two microphones and two models, its files in that folder.

    ``address`` is where models are fetched; ``obstacles`` say why a model cannot run, by name.
    """
    dispatcher = Dispatcher()
    jobs = JobRunner(dispatcher.post)
    recorder = FakeRecorder(dispatcher.post, folder / "takes")
    player, voice = FakePlayer(dispatcher.post), FakeVoice(folder / "voice")
    devices = DeviceList(recorder)
    file = SettingsFile(folder / "settings.json")
    preferences = Preferences(file.load(), file.save, jobs)
    opened: list[Path] = []
    recognizer = FakeRecognizer()
    store = ModelStore(folder / "models", MODELS)
    for model in INSTALLED:
        put_in_place(store, model)
    model_manager = RecognizerModelManager(
        store,
        ModelDownloads(store, stall_limit_s=5, pauses_s=(0.01,)),
        address,
        lambda model: obstacles.get(model.name),
    )
    measuring = ModelBenchmark(
        recognizer, model_manager.states, FiguresFile(folder / "figures.json"), FakeClock(), MACHINE
    )
    reading_file = folder / "cache" / "reading.wav"

    def open_folder(path: Path) -> bool:
        opened.append(path)
        return path.exists()

    context = SettingsContext(
        jobs=jobs,
        preferences=preferences,
        devices=devices,
        clock=FakeClock(),
        recorder=recorder,
        player=player,
        voice=voice,
        pronunciations=Pronunciations(folder / "pronunciations.json"),
        model_manager=lambda: model_manager,
        reading=BenchmarkRecording(recorder, jobs, measuring, folder / "takes", reading_file),
        reading_file=reading_file,
        known_figures=measuring.known,
        try_out=measuring.try_out,
        tone=TONE,
        data_folder=folder,
        open_folder=open_folder,
        is_microphone_taken=is_microphone_taken,
        voice_manager=(lambda: voice_manager) if voice_manager is not None else None,
    )
    page = SettingsPage(theme, context)
    recorder.offer(MICROPHONE, HEADSET)
    return SettingsWorld(
        folder,
        page,
        file,
        recorder,
        player,
        voice,
        recognizer,
        store,
        devices,
        preferences,
        jobs,
        dispatcher,
        opened,
    )
