"""The microphone as the application sees it: a helper process that records, and its replacement."""

from __future__ import annotations

from pathlib import Path

from interview_app.domain.errors import RecordingFailed
from interview_app.recording.helper_client import REACH_S, RETRY_S, HelperClient
from interview_app.recording.open_take import LOOK_AGAIN_S, OpenTake, ReopenAttempt, State
from interview_app.recording.take_files import (
    next_part,
    parts_of,
    repair_and_join,
    seconds_in,
    sound_file,
)
from interview_app.services.jobs import Post
from interview_app.services.ports.devices import Device, DeviceChoice, DevicesChanged
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingAvailable,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingStarted,
    RecordingUnavailable,
)
from interview_app.support.helper_process import Message

FINISH_TAIL_S = 0.25
"""The person presses while the last word still sounds: so long the recording goes on after it."""
PAUSE_TAIL_S = 0.1
"""What was said before a pause takes so long to arrive: 25 ms measured on PulseAudio, and up to 66
in the resampler, from 8 kHz."""
_CLOSE_LIMIT_S = 2.0
_NO_ANSWER = "The sound system does not answer."
_NO_ANSWER_REMEDY = "Restart the sound system or the computer, then try again; or type the answer."


class RecorderClient(HelperClient[RecorderEvent]):
    """Records takes into ``folder``; implements the port ``Recorder``.

    :class:`RecordingStarted` follows each ``start`` and each ``resume``. If the helper dies, the
    take goes on in a new part without a word; :class:`RecordingInterrupted` comes only if that did
    not succeed within three seconds, or if the microphone itself was lost.
    """

    _role = "recorder"

    def __init__(self, post: Post, folder: Path) -> None:
        super().__init__(post)
        self._folder = folder
        self._take: OpenTake | None = None
        self._listening: DeviceChoice | None = None
        self._finishing: set[str] = set()
        self._unwanted: set[str] = set()
        self._microphones: tuple[Device, ...] = ()
        self._speakers: tuple[Device, ...] = ()
        self._reopen_attempt: ReopenAttempt | None = None
        """Set while somebody would listen, and cannot."""
        self._is_helper_fresh = False

    def listen(self, device: DeviceChoice) -> None:
        """Open the microphone without recording; levels flow."""
        self._act(lambda: self._listen(device))

    def start(self, uid: str, device: DeviceChoice, *, pre_roll_s: float = 0.0) -> None:
        """Record a take; up to 0.5 s of what was just heard may begin it.

        A take of that uid that was left by a crash goes on in its next part.
        """
        self._act(lambda: self._start(OpenTake(uid, device, pre_roll_s=pre_roll_s)))

    def pause(self) -> None:
        """Stop writing; the microphone stays open and levels flow."""
        self._act(self._pause)

    def resume(self, device: DeviceChoice) -> None:
        """Go on with the open take, on another device if need be."""
        self._act(lambda: self._resume(device))

    def finish(self) -> None:
        """Close the open take a quarter of a second from now."""
        self._act(self._finish)

    def discard(self, uid: str) -> None:
        """Close the take of that uid, if it is open, and remove its sound."""
        self._act(lambda: self._discard(uid))

    def release(self) -> None:
        """Close the microphone unless a take is open."""
        self._act(self._release)

    def _listen(self, device: DeviceChoice) -> None:
        if self._take is None:
            self._listening = device
            self._reopen_attempt = None
            self._open(device)

    def _start(self, take: OpenTake) -> None:
        if self._take is not None:
            self._finish()
        take.earlier_s = take.recorded_s = seconds_in(parts_of(take.uid, self._folder))
        self._take = take
        self._listening = None
        self._reopen_attempt = None
        self._open(take.choice)
        self._record(take)

    def _pause(self) -> None:
        take = self._take
        if take is not None and take.state is State.RECORDING:
            take.state = State.PAUSED
            self._send({"do": "cut", "after_s": PAUSE_TAIL_S})

    def _resume(self, device: DeviceChoice) -> None:
        take = self._take
        if take is None or take.state is State.RECORDING:
            return
        if take.state is State.INTERRUPTED:
            self._drop_helper()
        take.choice, take.state, take.is_start_due = device, State.RECORDING, True
        self._open(device)
        self._record(take)

    def _finish(self) -> None:
        take, self._take = self._take, None
        if take is None:
            return
        self._alarms.cancel("open")
        self._alarms.cancel("again")
        self._finishing.add(take.uid)
        if take.state is State.RECORDING and self._helper is not None:
            self._send({"do": "cut", "after_s": FINISH_TAIL_S})
            self._alarms.set(f"finish {take.uid}", _CLOSE_LIMIT_S, lambda: self._give_up(take.uid))
            self._listening = take.choice
        else:
            self._listening = take.choice if take.state is State.PAUSED else None
            self._join(take.uid)

    def _discard(self, uid: str) -> None:
        self._unwanted.add(uid)
        if self._take is not None and self._take.uid == uid:
            self._finish()
        elif uid not in self._finishing:
            self._join(uid)

    def _release(self) -> None:
        if self._take is None:
            self._listening = None
            self._reopen_attempt = None
            self._alarms.cancel("open")
            if self._helper is not None and not self._finishing:
                self._send({"do": "release"})

    def _open(self, device: DeviceChoice) -> None:
        self._alarms.cancel("look")
        if not self._alarms.is_set("open"):
            self._alarms.set("open", REACH_S, self._could_not_open)
        self._is_helper_fresh = self._helper is None
        self._send({"do": "open", "device": {"id": device.id, "name": device.name}})

    def _record(self, take: OpenTake) -> None:
        path = next_part(take.uid, self._folder)
        self._send({"do": "record", "path": str(path), "pre_roll_s": take.pre_roll_s})
        take.pre_roll_s = 0.0

    def _reopen(self) -> None:
        """Have a new helper go on with what the last one did."""
        take = self._take
        if take is not None and take.state is not State.INTERRUPTED:
            take.earlier_s = take.recorded_s = seconds_in(parts_of(take.uid, self._folder))
            self._open(take.choice)
            if take.state is State.RECORDING:
                self._record(take)
        elif self._listening is not None:
            self._open(self._listening)

    def _could_not_open(self, reason: str = _NO_ANSWER, remedy: str = _NO_ANSWER_REMEDY) -> None:
        self._alarms.cancel("open")
        self._alarms.cancel("again")
        take = self._take
        if take is None:
            if self._listening is not None:
                self._hope_for(self._listening, "", reason, remedy)
        elif (recorded_s := seconds_in(parts_of(take.uid, self._folder))) > 0:
            take.state, take.recorded_s = State.INTERRUPTED, recorded_s
            self._emit(RecordingInterrupted(take.uid, recorded_s, reason))
        else:
            self._take = None
            self._remove_empty_parts(take.uid)
            self._hope_for(take.choice, take.uid, reason, remedy)
        self._look_again()

    def _hope_for(self, choice: DeviceChoice, uid: str, reason: str, remedy: str) -> None:
        """Say that it cannot be had, unless that was said before; it will be tried again."""
        self._listening = None
        # A try that was only too slow is no news: the next may find the reason again.
        if self._reopen_attempt is None or reason not in (self._reopen_attempt.told, _NO_ANSWER):
            self._reopen_attempt = ReopenAttempt(choice, reason)
            self._emit(RecordingUnavailable(uid, reason, remedy))
        else:
            self._reopen_attempt.look_later()

    def _remove_empty_parts(self, uid: str) -> None:
        self._drop_helper()
        for part in parts_of(uid, self._folder):
            if seconds_in([part]) == 0:
                part.unlink(missing_ok=True)

    def _look_again(self) -> None:
        """A new helper lists the devices; while somebody waits and there is none, once more.

        A helper that was started without a sound server does not notice when there is one.
        """
        self._drop_helper()
        self._ensure_helper()
        after_s = (
            self._reopen_attempt.look_after_s if self._reopen_attempt is not None else LOOK_AGAIN_S
        )
        self._alarms.set("look", after_s, self._look)

    def _look(self) -> None:
        take = self._take
        is_waiting = take is not None and take.state is State.INTERRUPTED
        if is_waiting and not self._microphones:
            self._look_again()
        elif self._reopen_attempt is not None and self._microphones:
            self._listening = self._reopen_attempt.choice
            self._open(self._reopen_attempt.choice)
        elif self._reopen_attempt is not None and not self._speakers:
            self._reopen_attempt.look_later()
            self._look_again()

    def _received(self, message: Message) -> None:
        match message["event"]:
            case "level":
                self._level(message)
            case "devices":
                self._devices(message)
            case "opened":
                self._opened(message["name"])
            case "started":
                self._started(message["name"])
            case "closed":
                self._part_closed(Path(message["path"]))
            case "unavailable":
                self._refused(message["reason"], message["remedy"])
            case "lost":
                self._could_not_open(message["reason"], message["remedy"])

    def _level(self, message: Message) -> None:
        take = self._take
        if take is None:
            self._emit(RecordingLevel("", 0.0, message["peak"], message["rms"]))
            return
        if take.state is State.RECORDING:
            take.recorded_s = take.earlier_s + message["part_s"]
        self._emit(RecordingLevel(take.uid, take.recorded_s, message["peak"], message["rms"]))

    def _devices(self, message: Message) -> None:
        before = self._microphones
        self._microphones = tuple(Device(**device) for device in message["microphones"])
        self._speakers = tuple(Device(**device) for device in message["speakers"])
        self._emit(DevicesChanged(self._microphones, self._speakers))
        if self._reopen_attempt is not None and self._microphones and self._microphones != before:
            self._reopen_attempt.told = ""
            if self._listening is None:
                self._alarms.set("look", LOOK_AGAIN_S, self._look)

    def _opened(self, device: str) -> None:
        self._alarms.cancel("open")
        if self._reopen_attempt is not None:
            self._reopen_attempt = None
            self._emit(RecordingAvailable(device))

    def _started(self, device: str) -> None:
        take = self._take
        if take is not None and take.is_start_due:
            take.is_start_due = False
            self._emit(RecordingStarted(take.uid, device))

    def _part_closed(self, path: Path) -> None:
        uid = path.name.rpartition(".part-")[0]
        if uid in self._finishing:
            self._join(uid)
        elif self._take is not None and uid == self._take.uid:
            self._take.earlier_s = self._take.recorded_s = seconds_in(parts_of(uid, self._folder))

    def _refused(self, reason: str, remedy: str) -> None:
        take = self._take
        if self._reopen_attempt is not None and self._listening is not None:
            self._alarms.cancel("open")
            self._hope_for(self._listening, "", reason, remedy)
            self._alarms.set("look", LOOK_AGAIN_S, self._look)
            return
        has_sound = take is not None and take.recorded_s > 0 and take.state is State.RECORDING
        is_recovering = has_sound and self._alarms.is_set("open")
        if is_recovering or not self._is_helper_fresh:
            self._drop_helper()
            self._alarms.set("again", RETRY_S if is_recovering else 0.0, self._reopen)
        else:
            self._could_not_open(reason, remedy)

    def _helper_died(self) -> None:
        for uid in tuple(self._finishing):
            self._join(uid)
        is_wanted = self._take is not None and self._take.state is not State.INTERRUPTED
        if is_wanted or self._listening is not None:
            if not self._alarms.is_set("open"):
                self._alarms.set("open", REACH_S, self._could_not_open)
                self._reopen()
            else:
                self._alarms.set("again", RETRY_S, self._reopen)

    def _give_up(self, uid: str) -> None:
        self._drop_helper()
        self._join(uid)
        self._reopen()

    def _join(self, uid: str) -> None:
        self._finishing.discard(uid)
        self._alarms.cancel(f"finish {uid}")
        target = sound_file(uid, self._folder)
        if uid in self._unwanted:
            self._unwanted.remove(uid)
            for file in (*parts_of(uid, self._folder), target):
                file.unlink(missing_ok=True)
            return
        try:
            duration_s = repair_and_join(parts_of(uid, self._folder), target)
        except RecordingFailed as error:
            recorded_s = seconds_in(parts_of(uid, self._folder))
            self._emit(RecordingInterrupted(uid, recorded_s, str(error)))
            if self._take is None:
                self._take = OpenTake(uid, DeviceChoice(), State.INTERRUPTED)
            return
        self._emit(RecordingSaved(uid, target, duration_s))

    def _end(self) -> None:
        uids = self._finishing | ({self._take.uid} if self._take is not None else set())
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.close(_CLOSE_LIMIT_S)
        for uid in uids:
            self._join(uid)
