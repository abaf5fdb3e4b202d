"""Sound faster or slower with its pitch kept: FFmpeg's ``atempo``, block by block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Stretch:
    """Takes blocks of sound and gives them back ``speed`` times as fast, 0.5 to 2.

    Blocks are arrays of frames by channels; what goes in comes out some hundredths of a second
    later, so the last call says so.
    """

    def __init__(self, speed: float, rate: int, channels: int) -> None:
        # Half of what the player's helper imports at its start, and needed by few.
        import av
        from av.filter import Graph

        self._rate = rate
        self._channels = channels
        self._layout = "mono" if channels == 1 else "stereo"
        self._av = av
        graph = Graph()
        self._source = graph.add_abuffer(
            sample_rate=rate, format="flt", layout=self._layout, channels=channels
        )
        tempo = graph.add("atempo", f"{speed:.4f}")
        self._sink = graph.add("abuffersink")
        self._source.link_to(tempo)
        tempo.link_to(self._sink)
        graph.configure()
        self._graph = graph
        self._count = 0

    def __call__(self, frames: Floats, *, is_last: bool) -> Floats:
        """The next block, stretched; it may be empty or longer than its share."""
        if len(frames):
            packed = np.ascontiguousarray(frames, dtype=np.float32).reshape(1, -1)
            block = self._av.AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
            block.sample_rate = self._rate
            block.pts = self._count
            self._count += len(frames)
            self._source.push(block)
        if is_last:
            self._source.push(None)
        return self._ready()

    def _ready(self) -> Floats:
        blocks: list[Floats] = []
        while True:
            try:
                block = self._sink.pull()
            except (self._av.BlockingIOError, self._av.EOFError):
                break
            if isinstance(block, self._av.AudioFrame):
                blocks.append(block.to_ndarray().astype(np.float32).reshape(-1, self._channels))
        if not blocks:
            return np.zeros((0, self._channels), np.float32)
        return np.concatenate(blocks)
