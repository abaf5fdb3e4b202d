"""A virtual sound card: a private PulseAudio with a speaker and a microphone made of null sinks.

What a program plays is heard on the monitor of the sink ``speaker``; what :meth:`SoundCard.say`
plays comes out of the microphone ``Virtual-Microphone``. Works as root, without hardware.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

MISSING = [tool for tool in ("pulseaudio", "pactl", "paplay", "parec") if not shutil.which(tool)]
"""Programs a virtual sound card needs and this machine has not."""
MICROPHONE = "Virtual-Microphone"
SPEAKER = "Virtual-Speaker"

# norewinds=1: else the first two seconds are lost. remap-source: Qt hides monitor sources.
_SCRIPT = """\
load-module module-native-protocol-unix {entrance} socket={folder}/native
load-module module-null-sink sink_name=speaker rate=48000 norewinds=1 \
sink_properties=device.description=Virtual-Speaker
load-module module-null-sink sink_name=mic_in rate=48000 channels=1 norewinds=1 \
sink_properties=device.description=Virtual-Mic-Feed
load-module module-remap-source source_name=mic master=mic_in.monitor channels=1 \
source_properties=device.description=Virtual-Microphone
set-default-sink speaker
set-default-source mic
"""


def wait_for(fact: Callable[[], object], limit_s: float = 60.0, what: str = "") -> None:
    """Return once a fact holds; fail after ``limit_s``."""
    limit = time.monotonic() + limit_s
    while not fact():
        if time.monotonic() > limit:
            raise AssertionError(f"did not happen within {limit_s} s: {what or fact}")
        time.sleep(0.01)


class SoundCard:
    """A private sound server with one speaker and one microphone, both virtual.

    As a context manager it starts, puts its variables into ``os.environ`` (so that every helper
    process finds it) and puts everything back at the end.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sound-card-"))
        self._server: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []
        self._before: dict[str, str | None] = {}

    @property
    def variables(self) -> dict[str, str]:
        """What a process needs in its environment to find this card."""
        return {
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "PULSE_RUNTIME_PATH": str(self.folder / "run" / "pulse"),
            "PULSE_STATE_PATH": str(self.folder / "state"),
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "QT_AUDIO_BACKEND": "pulseaudio",
        }

    def __enter__(self) -> Self:
        self._before = {name: os.environ.get(name) for name in self.variables}
        os.environ.update(self.variables)
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for player in self._players:
            with contextlib.suppress(OSError):
                player.kill()
            player.wait()
        self.stop()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(self.folder, ignore_errors=True)

    def start_for_others(self) -> None:
        """Start the sound server as one that belongs to another user and lets nobody else in."""
        self._start("auth-cookie-enabled=0", ("setpriv", "--reuid=nobody", "--clear-groups"))
        wait_for((self.folder / "native").exists, 60.0, "PulseAudio listens")
        assert "Access denied" in self._said("list", "short", "sources").stderr

    def start(self) -> None:
        """Start the sound server; returns when it answers."""
        self._start("auth-anonymous=1")
        wait_for(self.answers, 60.0, "PulseAudio answers")

    def _start(self, entrance: str, by: tuple[str, ...] = ()) -> None:
        for folder in ("run/pulse", "state"):
            (self.folder / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.folder / "run").chmod(0o700)
        for folder in ("", "run", "run/pulse", "state"):
            shutil.chown(self.folder / folder, "nobody" if by else os.getuid())
        (self.folder / "native").unlink(missing_ok=True)
        home = {"HOME": str(self.folder / "state")} if by else {}
        script = self.folder / "default.pa"
        script.write_text(_SCRIPT.format(folder=self.folder, entrance=entrance))
        # nice: a starved server loses sound by itself; where it is not allowed, it goes on without.
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                [
                    *("nice", "-n", "-15", *by, "pulseaudio", "-n", "-F", str(script)),
                    *("--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes"),
                    *("--realtime=no", "--high-priority=no", "--use-pid-file=no"),
                    "--log-target=stderr",
                ],
                env={**os.environ, **self.variables, **home},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Whether the sound server runs and has its microphone."""
        if not (self.folder / "native").exists():
            return False
        return "\tmic\t" in self._pactl("list", "short", "sources", check=False)

    def kill(self) -> None:
        """Kill the sound server, as a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def stop(self) -> None:
        """Stop the sound server."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()
            self._server = None

    def unplug_microphone(self) -> None:
        """Remove the microphone ``mic``."""
        for line in self._pactl("list", "short", "modules").splitlines():
            number, module, *arguments = line.split("\t")
            if module == "module-remap-source" and "source_name=mic " in "".join(arguments):
                self._pactl("unload-module", number)

    def plug_microphone(self, name: str = MICROPHONE, source: str = "mic") -> None:
        """Add a microphone that hears the same as the first."""
        self._pactl(
            *("load-module", "module-remap-source", f"source_name={source}"),
            *(
                "master=mic_in.monitor",
                "channels=1",
                f"source_properties=device.description={name}",
            ),
        )

    @contextlib.contextmanager
    def busy_microphone(self) -> Iterator[None]:
        """While the block runs, the server refuses every further recording of the microphone."""
        script = Path(__file__).with_name("hold_source.py")
        holder = subprocess.Popen(
            [sys.executable, script, "mic"],
            env={**os.environ, **self.variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with holder:
            try:
                assert holder.stdout is not None
                assert holder.stdout.readline() == b"held\n", "the microphone is held"
                yield
            finally:
                holder.kill()

    def refusals(self) -> int:
        """How often the server refused a recording of a busy microphone."""
        log = (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")
        return log.count("too many outputs per source")

    def suspend_microphone(self, *, is_suspended: bool = True) -> None:
        """Have the microphone give nothing, as one whose hardware another program holds."""
        self._pactl("suspend-source", "mic", str(int(is_suspended)))

    def move_recordings_to(self, source: str) -> None:
        """Move every recording stream to another source, as a sound server does by itself."""
        for line in self._pactl("list", "short", "source-outputs").splitlines():
            number, _, client, *_ = line.split("\t")
            if client != "-":
                self._pactl("move-source-output", number, source)

    def recordings(self) -> list[str]:
        """The numbers of the streams that programs record; a stream opened anew has a new one."""
        lines = self._pactl("list", "short", "source-outputs").splitlines()
        return [line.split("\t")[0] for line in lines if line.split("\t")[2] != "-"]

    def say(self, sound: Path) -> subprocess.Popen[bytes]:
        """Play a sound file into the microphone; returns the player at once."""
        # nice, as the server: a player that starves leaves a gap in what the microphone hears.
        player = subprocess.Popen(
            ["nice", "-n", "-15", "paplay", "--device=mic_in", "--latency-msec=40", str(sound)]
        )
        self._players.append(player)
        return player

    @contextlib.contextmanager
    def heard(self, target: Path) -> Iterator[Path]:
        """Record what the speaker plays to a WAV file (16 kHz mono) while the block runs."""
        with target.open("wb") as file:
            recorder = subprocess.Popen(
                [
                    *("parec", "--device=speaker.monitor", "--rate=16000", "--channels=1"),
                    *("--format=s16le", "--file-format=wav", "--latency-msec=10"),
                ],
                stdout=file,
            )
            try:
                wait_for(lambda: target.stat().st_size > 44, 10, "the speaker is being recorded")
                yield target
            finally:
                recorder.terminate()
                recorder.wait()

    def _said(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pactl", *arguments],
            env={**os.environ, **self.variables, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def _pactl(self, *arguments: str, check: bool = True) -> str:
        done = self._said(*arguments)
        if check and done.returncode:
            raise AssertionError(f"pactl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout
