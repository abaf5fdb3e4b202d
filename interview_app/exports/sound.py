"""A take's sound in another form, streamed: an hour takes no more memory than a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from interview_app.domain.errors import NotASound
from interview_app.services.export.content import SOUND_GONE, TakeEntry
from interview_app.services.export.exporting import sound_missing
from interview_app.services.export.ports import SessionFormat, SoundOf
from interview_app.services.jobs import JobContext

if TYPE_CHECKING:
    import av.container

SAMPLE_RATE = 16_000
"""Samples a second; takes are recorded so, and speech needs no more."""
MP3_BITS_PER_S = 48_000
"""Speech at 16 kHz is transparent from about here on; an answer of 2 minutes takes 0.7 MB."""
CUT_SHORT = "The sound is damaged and ends early; what could be read is there."


@dataclass(frozen=True, slots=True)
class _Codec:
    container: str
    codec: str
    sample_format: str
    bit_rate: int | None = None


_CODECS = {
    SessionFormat.FLAC: _Codec("flac", "flac", "s16"),
    SessionFormat.WAV: _Codec("wav", "pcm_s16le", "s16"),
    SessionFormat.MP3: _Codec("mp3", "libmp3lame", "s16p", MP3_BITS_PER_S),
}


class SoundWriter:
    """Writes the sound of a take in one form."""

    def __init__(self, form: SessionFormat) -> None:
        self._form = form

    def __call__(
        self, entry: TakeEntry, target: Path, sound_of: SoundOf, job: JobContext
    ) -> list[str]:
        """Write it; see ``TakeWriter``."""
        sound = sound_of(entry.take)
        if sound is None:
            raise sound_missing(entry.take)
        return convert(sound, target, self._form, job, length_s=entry.take.duration_s)


def is_sound(path: Path) -> bool:
    """Whether the beginning of a file can be decoded as sound."""
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            return bool(container.streams.audio) and any(
                frame.samples for frame in container.decode(audio=0)
            )
    except (av.FFmpegError, OSError, ValueError):
        return False


def convert(
    source: Path, target: Path, form: SessionFormat, job: JobContext, *, length_s: float = 0.0
) -> list[str]:
    """Write a sound as 16 kHz mono FLAC, WAV or MP3; a remark if it breaks off in the middle.

    ``length_s`` is how long it should be, for the progress.

    Raises:
        NotASound: not a single sample can be read.
        OSError: the target cannot be written.
        JobCancelled: the job is no longer wanted.
    """
    import av

    try:
        container = av.open(str(source), metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError) as error:
        raise NotASound(SOUND_GONE, remedy="A backup may still hold it.") from error
    with container:
        frames = _Frames(container)
        with target.open("wb+") as file:
            sink = _Sink(file)
            count = _encode(frames, sink, _CODECS[form], job, length_s)
            sink.check()
    if not count:
        raise NotASound(SOUND_GONE, remedy="A backup may still hold it.")
    return [CUT_SHORT] if frames.is_cut_short else []


class _Frames:
    """The decoded frames of a file, up to where it breaks."""

    def __init__(self, container: av.container.InputContainer) -> None:
        self._container = container
        self.is_cut_short = False

    def __iter__(self) -> Iterator[av.AudioFrame]:
        import av

        if not self._container.streams.audio:
            return
        try:
            yield from self._container.decode(audio=0)
        except (av.FFmpegError, ValueError):
            self.is_cut_short = True


class _Sink:
    """A file FFmpeg writes to; it is told of no failure, which it would print, but :meth:`check`.

    Raises:
        OSError: by ``check``, what went wrong first.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, unless that failed before."""
        return self._unless_failed(lambda: self._file.write(data), len(data))

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to another place, unless something failed before."""
        return self._unless_failed(lambda: self._file.seek(offset, whence), 0)

    def tell(self) -> int:
        """The place in the file."""
        return self._unless_failed(self._file.tell, 0)

    def check(self) -> None:
        """Return if everything is in the file."""
        if self._error is None:
            self._unless_failed(lambda: self._file.flush() or 0, 0)
        if self._error is not None:
            raise self._error

    def _unless_failed(self, act: Callable[[], int], otherwise: int) -> int:
        if self._error is None:
            try:
                return act()
            except OSError as error:
                self._error = error
        return otherwise


def _encode(frames: _Frames, file: _Sink, codec: _Codec, job: JobContext, length_s: float) -> int:
    """Encode the frames into a file; the number of samples written."""
    import av

    count = 0
    with av.open(file, "w", format=codec.container) as output:
        stream = output.add_stream(codec.codec, rate=SAMPLE_RATE)
        if not isinstance(stream, av.AudioStream):
            raise TypeError(f"{codec.codec} makes no sound")
        stream.format = av.AudioFormat(codec.sample_format)
        stream.layout = av.AudioLayout("mono")
        if codec.bit_rate is not None:
            stream.bit_rate = codec.bit_rate
        stream.codec_context.open()
        resampler = av.AudioResampler(
            codec.sample_format, "mono", SAMPLE_RATE, stream.codec_context.frame_size or None
        )
        for frame in _resampled(resampler, frames):
            count += frame.samples
            job.report(min(1.0, count / SAMPLE_RATE / length_s) if length_s > 0 else None)
            output.mux(stream.encode(frame))
            file.check()
        output.mux(stream.encode(None))
    return count


def _resampled(resampler: av.AudioResampler, frames: _Frames) -> Iterator[av.AudioFrame]:
    for frame in frames:
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
