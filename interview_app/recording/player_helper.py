"""The helper process that owns the speaker.

Messages in: ``play`` (serial, path, device, start_s, course), ``pause``, ``resume``, ``seek``
(serial, position_s), ``change`` (serial, course), ``stop``. A course is ``speed``, ``left_out``
(pairs of seconds) and ``loop`` (such a pair, or null). Messages out, each with the last
``serial``: ``started``, ``position`` (position_s), ``ended``, ``stalled`` and ``failed`` (reason,
remedy, is_device).
"""

from __future__ import annotations

import time
from pathlib import Path

import soundfile
from PySide6.QtCore import QCoreApplication, QIODevice, QObject, Qt, QTimer
from PySide6.QtMultimedia import (
    QAudio,
    QAudioDevice,
    QAudioFormat,
    QAudioSink,
    QMediaDevices,
)

from interview_app.domain.transcript import Span
from interview_app.recording.devices import chosen
from interview_app.recording.helper_loop import HelperLoop
from interview_app.recording.sound_feed import SoundFeed
from interview_app.services.ports.player import PlaybackOptions
from interview_app.support.helper_process import HelperChannel, Message

_BUFFER_US = 200_000
"""Long enough for a busy machine; a pause drops what is in it."""
_TICK_MS = 20
_STALL_S = 1.0
"""A sound server that died is not reported: nothing played for this long means that it did."""
_ON_ITS_WAY_S = 0.02
"""What the sound server has taken is heard so much later (20–30 ms measured on PulseAudio)."""
_LAST_SOUND_S = 0.05
"""What has left the buffer still has this way to the ear."""


class SpeakerDevice(QObject):
    """The sound being played. Pausing gives up the device; resuming starts it again."""

    def __init__(self, channel: HelperChannel) -> None:
        super().__init__()
        self._channel = channel
        self._media_devices = QMediaDevices(self)
        QMediaDevices.audioOutputs()  # reaches the sound server now, not at the first sound
        self._feed: SoundFeed | None = None
        self._sink: QAudioSink | None = None
        self._stream: QIODevice | None = None
        self._device: QAudioDevice | None = None
        self._format = QAudioFormat()
        self._serial = 0
        self._start_s = 0.0
        self._played_s = 0.0
        self._advanced_at = 0.0
        self._ticks = 0
        self._is_started = False
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def obey(self, message: Message) -> None:
        """Do what the application asks."""
        match message["do"]:
            case "play":
                self._play(message)
            case "pause":
                self._pause()
            case "resume":
                self._begin(self._start_s)
            case "seek":
                self._serial = message["serial"]
                self._seek(message["position_s"])
            case "change":
                self._serial = message["serial"]
                self._change(message["course"])
            case "stop":
                self._stop()

    def _play(self, message: Message) -> None:
        self._stop()
        self._serial = message["serial"]
        self._is_started = False
        path = Path(message["path"])
        try:
            self._feed = SoundFeed(path)
        except (OSError, soundfile.LibsndfileError):
            self._fail(
                f"The sound file {path.name} cannot be played.",
                "It may be missing or damaged; the text stays.",
                is_device=False,
            )
            return
        self._device = chosen(QMediaDevices.audioOutputs(), message["device"])
        if self._device is None:
            self._fail(
                "No speaker was found.",
                "Plug in headphones or a speaker, and see that the sound system runs.",
            )
            return
        self._choose_format(self._feed, self._device)
        self._feed.take_course(_course_of(message["course"]))
        self._begin(message["start_s"])

    def _choose_format(self, feed: SoundFeed, device: QAudioDevice) -> None:
        self._format = QAudioFormat()
        self._format.setSampleRate(feed.rate)
        self._format.setChannelCount(feed.channels)
        self._format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(self._format):
            return
        self._format = device.preferredFormat()
        is_float = self._format.sampleFormat().name == QAudioFormat.SampleFormat.Float.name
        if not is_float:
            self._format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        feed.prepare(self._format.sampleRate(), self._format.channelCount(), is_float=is_float)

    def _begin(self, position_s: float) -> None:
        if self._feed is None or self._device is None or self._sink is not None:
            return
        self._start_s = min(max(0.0, position_s), self._feed.duration_s)
        self._played_s = 0.0
        self._feed.start_at(self._start_s)
        sink = QAudioSink(self._device, self._format, self)
        sink.setBufferSize(self._format.bytesForDuration(_BUFFER_US))
        self._stream = sink.start()
        # By name: the error given is of another enum class than QAudio's and equals none of it.
        if self._stream is None or sink.error().name != QAudio.Error.NoError.name:
            sink.deleteLater()
            self._fail(
                f"The speaker “{self._device.description()}” cannot be opened.",
                "Choose another speaker, or close the program that holds it.",
            )
            return
        self._sink = sink
        self._advanced_at = time.monotonic()
        self._tick()
        self._timer.start()

    def _pause(self) -> None:
        if self._sink is not None:
            self._look()
            self._start_s = self._heard_s
            self._close_sink()
            self._say_position(self._start_s)

    def _change(self, playback_options: Message) -> None:
        if self._feed is None:
            self._say("ended")
            return
        is_playing = self._sink is not None
        if is_playing:
            self._pause()
        self._feed.take_course(_course_of(playback_options))
        if is_playing:
            self._begin(self._start_s)

    def _seek(self, position_s: float) -> None:
        if self._feed is None:
            self._say("ended")
            return
        is_playing = self._sink is not None
        self._close_sink()
        self._start_s = max(0.0, position_s)
        if is_playing:
            self._begin(position_s)

    def _stop(self) -> None:
        self._close_sink()
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()

    def _close_sink(self) -> None:
        self._timer.stop()
        sink, self._sink, self._stream = self._sink, None, None
        if sink is not None:
            sink.reset()  # drops what is buffered: silent at once
            sink.deleteLater()

    def _tick(self) -> None:
        self._fill()
        has_advanced = self._look()
        if has_advanced and not self._is_started:
            self._is_started = True
            self._say("started")
        self._ticks += 1
        if self._is_started and self._ticks % 2 == 0:
            self._say_position(self._heard_s)
        waited_s = time.monotonic() - self._advanced_at
        if self._is_drained():
            if waited_s > _LAST_SOUND_S:
                if self._feed is not None:
                    self._say_position(self._feed.duration_s)
                self._stop()
                self._say("ended")
        elif waited_s > _STALL_S:
            self._stop()
            self._say("stalled")

    @property
    def _heard_s(self) -> float:
        if self._feed is None:
            return self._start_s
        return self._feed.place_after(max(0.0, self._played_s - _ON_ITS_WAY_S))

    def _fill(self) -> None:
        if self._sink is None or self._stream is None or self._feed is None:
            return
        frame = self._format.bytesPerFrame()
        sound = self._feed.peek(self._sink.bytesFree() // frame * frame)
        if sound:
            self._feed.skip(max(0, self._stream.write(sound)))

    def _look(self) -> bool:
        """Note how much has been played; whether it is more than before."""
        if self._sink is None:
            return False
        played_s = self._sink.processedUSecs() / 1e6
        has_advanced = played_s > self._played_s
        if has_advanced:
            self._played_s = played_s
            self._advanced_at = time.monotonic()
        return has_advanced

    def _is_drained(self) -> bool:
        if self._sink is None or self._feed is None or not self._feed.is_over:
            return False
        return self._sink.bytesFree() >= self._sink.bufferSize()

    def _say(self, event: str) -> None:
        self._channel.send({"event": event, "serial": self._serial})

    def _say_position(self, position_s: float) -> None:
        self._channel.send({"event": "position", "serial": self._serial, "position_s": position_s})

    def _fail(self, reason: str, remedy: str, *, is_device: bool = True) -> None:
        self._channel.send(
            {
                "event": "failed",
                "serial": self._serial,
                "reason": reason,
                "remedy": remedy,
                "is_device": is_device,
            }
        )


def _course_of(message: Message) -> PlaybackOptions:
    loop = message["loop"]
    return PlaybackOptions(
        speed=message["speed"],
        left_out=tuple(Span(start_s, end_s) for start_s, end_s in message["left_out"]),
        loop=None if loop is None else Span(*loop),
    )


def main() -> int:
    """Be the player helper; the exit status."""
    channel = HelperChannel()
    _application = QCoreApplication([])
    QCoreApplication.setApplicationName("Mock Interview")
    speaker = SpeakerDevice(channel)
    HelperLoop(channel, lambda: None).run(speaker.obey)
