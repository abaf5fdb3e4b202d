"""In which order the frames of a sound are played, and which frame a listener has come to."""

from __future__ import annotations

from bisect import bisect_right

from interview_app.services.ports.player import PlaybackOptions

_LEAST_LOOP_S = 0.2
"""A shorter round is no sentence, and would be a buzz."""


class PlaybackSegments:
    """Leads through a sound of ``total`` frames on a course, in pieces that follow one another."""

    def __init__(self, playback_options: PlaybackOptions, total: int, rate: int) -> None:
        self._total = total
        self._loop: tuple[int, int] | None = None
        if playback_options.loop is not None and playback_options.loop.length_s >= _LEAST_LOOP_S:
            start, end = (
                round(playback_options.loop.start_s * rate),
                round(playback_options.loop.end_s * rate),
            )
            self._loop = max(0, start), min(end, total)
        left_out = () if self._loop else playback_options.left_out
        self._gaps = sorted(
            (round(span.start_s * rate), round(span.end_s * rate))
            for span in left_out
            if span.length_s > 0
        )

    def piece(self, frame: int, most: int) -> tuple[int, int]:
        """Where the frames that follow ``frame`` stand, and how many there are; 0: the end."""
        if self._loop is not None and frame >= self._loop[1]:
            frame = self._loop[0]
        for start, end in self._gaps:
            if start <= frame < end:
                frame = end
        borders = [start for start, _ in self._gaps if start > frame]
        if self._loop is not None:
            borders.append(self._loop[1])
        end = min((*borders, self._total))
        return frame, max(0, min(most, end - frame))


class PositionMap:
    """Remembers which place of the sound each second of what was played comes from."""

    def __init__(self, start_s: float, speed: float) -> None:
        self._speed = speed
        self._outs = [0.0]
        self._places = [start_s]
        self._given_s = 0.0

    def give(self, place_s: float, length_s: float) -> None:
        """So many seconds of the sound, from that place on, are played next."""
        expected = self._places[-1] + (self._given_s - self._outs[-1]) * self._speed
        if abs(place_s - expected) > 1e-3:
            self._outs.append(self._given_s)
            self._places.append(place_s)
        self._given_s += length_s / self._speed

    def place_after(self, played_s: float) -> float:
        """The place in the sound once so many seconds were heard."""
        here = bisect_right(self._outs, played_s) - 1
        place_s = self._places[here] + (played_s - self._outs[here]) * self._speed
        if here > 0:  # a sound that goes round for hours leaves no trail of hours
            del self._outs[:here], self._places[:here]
        return place_s
