"""The helper process that owns the microphone and itself writes the take to disk.

Messages in: ``open`` (device), ``record`` (path, pre_roll_s), ``cut`` (after_s), ``release``.
Messages out: ``devices``, ``opened`` (name; sound is arriving), ``unavailable`` (reason, remedy),
``started``, ``level`` (peak, rms, part_s), ``closed`` (path) and ``lost`` (reason).
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QIODevice, QObject, QTimer
from PySide6.QtMultimedia import QAudio, QAudioDevice, QAudioSource, QMediaDevices

from interview_app.recording.capture import Converter, Meter, PreRoll, Samples
from interview_app.recording.devices import chosen, device_id, devices_message
from interview_app.recording.helper_loop import HelperLoop
from interview_app.recording.stream_watch import StreamWatch
from interview_app.recording.take_files import PartWriter, open_part
from interview_app.support.helper_process import HelperChannel, Message

LONGEST_PRE_ROLL_S = 0.5
_DEVICE_BUFFER_US = 10_000_000
"""Qt's default of 250 ms drops sound silently when the process is held up."""
_FIRST_SOUND_LIMIT_S = 2.2
"""Bluetooth headsets need up to some seconds before the first sound."""
_SILENT_LINE_LIMIT_S = 1.0
"""A lost device is not reported: no bytes for this long means that it is gone."""
_OTHER_MICROPHONE = "Plug it in again or choose another microphone, and go on; or type the answer."
_FREE_SPACE = "Free some space on the disk of the data folder, then go on."


class Microphone(QObject):
    """The open microphone and the part being written."""

    def __init__(self, channel: HelperChannel) -> None:
        super().__init__()
        self._channel = channel
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._device: QAudioDevice | None = None
        self._converter = Converter(16_000, 1, "Int16")
        self._pre_roll = PreRoll(LONGEST_PRE_ROLL_S)
        self._meter = Meter()
        self._writer: PartWriter | None = None
        self._has_sound = False
        self._last_sound_at = 0.0
        self._is_start_due = False
        self._watch = StreamWatch()
        self._cut_timer = QTimer(self, singleShot=True)
        self._cut_timer.timeout.connect(self.close_part)
        self._watchdog = QTimer(self, interval=100)
        self._watchdog.timeout.connect(self._check)
        self._media_devices = QMediaDevices(self)
        self._media_devices.audioInputsChanged.connect(self._devices_changed)
        self._media_devices.audioOutputsChanged.connect(self._list_devices)
        self._list_devices()

    def obey(self, message: Message) -> None:
        """Do what the application asks."""
        match message["do"]:
            case "open":
                self._open(message["device"])
            case "record":
                self._record(Path(message["path"]), message["pre_roll_s"])
            case "cut":
                self._cut_timer.start(round(message["after_s"] * 1000))
            case "release":
                self.close_part()
                self._close_device()

    def close_part(self) -> None:
        """Close the part being written, if any; safe from any thread."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
            self._channel.send({"event": "closed", "path": str(writer.path)})

    def _open(self, choice: Message) -> None:
        device = chosen(QMediaDevices.audioInputs(), choice)
        if device is None:
            self._refuse(
                "No microphone was found.",
                "Plug one in or switch it on, and see that the sound system runs; or type the "
                "answer.",
            )
            return
        if self._source is not None and self._device == device:
            if self._has_sound:
                self._channel.send({"event": "opened", "name": device.description()})
            return
        self._close_device()
        if not self._start(device):
            self._refuse(
                f"The microphone “{device.description()}” cannot be opened.",
                "Another program may hold it, or it may not be permitted: close that program, "
                "allow the microphone in the system's privacy settings, or choose another one.",
            )

    def _start(self, device: QAudioDevice) -> bool:
        wanted = device.preferredFormat()
        source = QAudioSource(device, wanted, self)
        source.setBufferSize(wanted.bytesForDuration(_DEVICE_BUFFER_US))
        stream = source.start()
        # By name: the error given is of another enum class than QAudio's and equals none of it.
        if stream is None or source.error().name != QAudio.Error.NoError.name:
            source.deleteLater()
            return False
        self._converter = Converter(
            wanted.sampleRate(), wanted.channelCount(), wanted.sampleFormat().name
        )
        self._source, self._stream, self._device = source, stream, device
        self._has_sound = False
        self._last_sound_at = time.monotonic()
        stream.readyRead.connect(self._read)
        self._watchdog.start()
        self._watch.start(device)
        return True

    def _close_device(self) -> None:
        self._watchdog.stop()
        self._watch.stop()
        source, self._source, self._stream = self._source, None, None
        self._device = None
        if source is not None:
            source.stop()
            source.deleteLater()

    def _refuse(self, reason: str, remedy: str) -> None:
        self.close_part()
        self._channel.send({"event": "unavailable", "reason": reason, "remedy": remedy})

    def _record(self, path: Path, pre_roll_s: float) -> None:
        self._cut_timer.stop()
        self.close_part()
        if self._source is None:
            return
        try:
            self._writer = open_part(path)
        except OSError as error:
            self._lose_disk(error)
            return
        self._is_start_due = True
        before = self._pre_roll.take(pre_roll_s)
        if pre_roll_s > 0 and len(before):
            self._write(before)

    def _read(self) -> None:
        if self._stream is None or self._device is None:
            return
        sound = bytes(self._stream.readAll().data())
        if not sound:
            return
        self._last_sound_at = time.monotonic()
        if not self._has_sound:
            self._has_sound = True
            self._channel.send({"event": "opened", "name": self._device.description()})
        samples = self._converter.convert(sound)
        if self._writer is None:
            self._pre_roll.add(samples)
        else:
            self._write(samples)
        part_s = self._writer.seconds if self._writer else 0.0
        for peak, rms in self._meter.levels(samples):
            self._channel.send({"event": "level", "peak": peak, "rms": rms, "part_s": part_s})

    def _write(self, samples: Samples) -> None:
        if self._writer is None:
            return
        try:
            self._writer.write(samples.tobytes())
        except OSError as error:
            self._lose_disk(error)
            return
        if self._is_start_due:
            self._is_start_due = False
            name = self._device.description() if self._device else ""
            self._channel.send({"event": "started", "name": name})

    def _check(self) -> None:
        if self._device is None:
            return
        name = self._device.description()
        limit = _SILENT_LINE_LIMIT_S if self._has_sound else _FIRST_SOUND_LIMIT_S
        if time.monotonic() - self._last_sound_at > limit:
            self._lose(f"No sound arrives from the microphone “{name}” any more.")
        elif self._watch.has_moved:
            self._lose(f"The sound system switched away from the microphone “{name}”.")

    def _devices_changed(self) -> None:
        self._list_devices()
        if self._device is None:
            return
        known = {device_id(device) for device in QMediaDevices.audioInputs()}
        if device_id(self._device) not in known:
            self._lose(f"The microphone “{self._device.description()}” is gone.")

    def _lose(self, reason: str, remedy: str = _OTHER_MICROPHONE) -> None:
        self.close_part()
        self._channel.send({"event": "lost", "reason": reason, "remedy": remedy})
        self._close_device()

    def _lose_disk(self, error: OSError) -> None:
        self._lose(f"The recording cannot be written: {error.strerror or error}.", _FREE_SPACE)

    def _list_devices(self) -> None:
        self._channel.send(devices_message())


def main() -> int:
    """Be the recorder helper; the exit status."""
    channel = HelperChannel()
    _application = QCoreApplication([])
    QCoreApplication.setApplicationName("Mock Interview")
    microphone = Microphone(channel)
    HelperLoop(channel, microphone.close_part).run(microphone.obey)
