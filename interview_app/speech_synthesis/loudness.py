"""How loud speech is, and made equally loud: ITU-R BS.1770-4, one channel.

Every voice of every engine is brought to -23 LUFS, the level EBU R 128 sets for programmes. The
voices' peaks were measured at most 22 dB above their loudness, so this leaves them whole; where
gain would bring a peak over -1 dB of full scale (R 128's highest), it ends there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

TARGET_LUFS = -23.0
HIGHEST_PEAK = 10 ** (-1 / 20)
_BLOCK_S, _STEP_S = 0.4, 0.1
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OFFSET_LU = -0.691


def levelled(samples: Samples, rate_hz: int) -> Samples:
    """The sound at :data:`TARGET_LUFS`; unchanged where nothing can be measured."""
    loudness = loudness_lufs(samples, rate_hz)
    if loudness is None:
        return samples
    gain = 10 ** ((TARGET_LUFS - loudness) / 20)
    peak = float(np.abs(samples).max())
    return (samples * min(gain, HIGHEST_PEAK / peak)).astype(np.float32)


def loudness_lufs(samples: Samples, rate_hz: int) -> float | None:
    """Integrated loudness with both gates; ``None`` for silence.

    A sound shorter than one block of 0.4 s is measured as one block of its own length.
    """
    if not len(samples):
        return None
    weighted = _k_weighted(samples, rate_hz)
    length = min(round(_BLOCK_S * rate_hz), len(weighted))
    step = max(round(_STEP_S * rate_hz), 1)
    total = np.concatenate([[0.0], np.cumsum(weighted.astype(np.float64) ** 2)])
    starts = np.arange(0, len(weighted) - length + 1, step)
    power = (total[starts + length] - total[starts]) / length
    power = power[power > _power(_ABSOLUTE_GATE_LUFS)]
    if not len(power):
        return None
    power = power[power > float(power.mean()) * 10 ** (_RELATIVE_GATE_LU / 10)]
    return float(_OFFSET_LU + 10 * np.log10(power.mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LU) / 10))


def _k_weighted(samples: Samples, rate_hz: int) -> NDArray[np.float64]:
    """The sound through both filters of the standard, applied to its spectrum.

    Only energy is measured, which the filters' phase does not change; silence after the sound
    keeps their tail from coming round to its beginning.
    """
    size = len(samples) + rate_hz // 4
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = np.ones_like(z)
    for b, a in (_shelf(rate_hz), _high_pass(rate_hz)):
        response *= np.polyval(b[::-1], z) / np.polyval(a[::-1], z)
    spectrum = np.fft.rfft(samples, size)
    return np.fft.irfft(spectrum * response, size)[: len(samples)]


_Coefficients = tuple[tuple[float, float, float], tuple[float, float, float]]


def _shelf(rate_hz: int) -> _Coefficients:
    """The head's shelf of the standard at any rate (constants: De Man, AES 2014)."""
    k = np.tan(np.pi * 1681.974450955533 / rate_hz)
    high, band = 10 ** (3.999843853973347 / 20), 10 ** (3.999843853973347 / 20 * 0.4996667741545416)
    q = 0.7071752369554196
    scale = 1 + k / q + k * k
    b = (
        (high + band * k / q + k * k) / scale,
        2 * (k * k - high) / scale,
        (high - band * k / q + k * k) / scale,
    )
    return b, (1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale)


def _high_pass(rate_hz: int) -> _Coefficients:
    """The low cut of the standard at any rate (constants: De Man, AES 2014)."""
    k = np.tan(np.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    scale = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale)
