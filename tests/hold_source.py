"""Takes every place at a PulseAudio source, so that nobody else may record it, until killed.

``hold_source.py SOURCE`` says ``held`` once the server has refused it one more. A server lets 256
streams record one source; these are not started, so that they cost nothing.
"""

from __future__ import annotations

import ctypes
import sys
import time
from ctypes import c_char_p, c_int, c_uint8, c_uint32, c_void_p

_CONTEXT_READY = 4
_STREAM_CREATING, _STREAM_READY = 1, 2
_NOT_STARTED = 1
_S16LE = 3


class _SampleSpec(ctypes.Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class Holder:
    """A client with as many streams as it gets."""

    def __init__(self) -> None:
        self._pulse = ctypes.CDLL("libpulse.so.0")
        for name in ("threaded_mainloop_new", "threaded_mainloop_get_api", "context_new"):
            getattr(self._pulse, f"pa_{name}").restype = c_void_p
        self._pulse.pa_stream_new.restype = c_void_p
        self._loop = c_void_p(self._pulse.pa_threaded_mainloop_new())
        api = c_void_p(self._pulse.pa_threaded_mainloop_get_api(self._loop))
        self._context = c_void_p(self._pulse.pa_context_new(api, c_char_p(b"holder")))
        self._pulse.pa_context_connect(self._context, None, 0, None)
        self._pulse.pa_threaded_mainloop_start(self._loop)
        while self._asked("pa_context_get_state", self._context) != _CONTEXT_READY:
            time.sleep(0.01)

    def take_one(self, source: str) -> bool:
        """Whether one more stream may record that source; it stays."""
        spec = _SampleSpec(_S16LE, 8_000, 1)
        self._pulse.pa_threaded_mainloop_lock(self._loop)
        stream = c_void_p(
            self._pulse.pa_stream_new(self._context, b"held", ctypes.byref(spec), None)
        )
        self._pulse.pa_stream_connect_record(stream, source.encode(), None, _NOT_STARTED)
        self._pulse.pa_threaded_mainloop_unlock(self._loop)
        while (state := self._asked("pa_stream_get_state", stream)) == _STREAM_CREATING:
            time.sleep(0.001)
        return state == _STREAM_READY

    def _asked(self, what: str, about: c_void_p) -> int:
        self._pulse.pa_threaded_mainloop_lock(self._loop)
        state: int = getattr(self._pulse, what)(about)
        self._pulse.pa_threaded_mainloop_unlock(self._loop)
        return state


if __name__ == "__main__":
    holder = Holder()
    while holder.take_one(sys.argv[1]):
        pass
    sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.stdin.read()
