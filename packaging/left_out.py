"""What PyInstaller would collect and the application does without, each rule with its reason.

`sizes.py` lists what each rule saved in the build that was made last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Files of the bundle that are left out; ``systems`` empty means everywhere.

    ``pattern`` is searched in the file's place inside the bundle, with forward slashes.
    """

    pattern: str
    reason: str
    systems: tuple[str, ...] = ()

    def applies(self, system: str) -> bool:
        """Whether the rule holds on that system (``sys.platform``)."""
        return not self.systems or system in self.systems

    def matches(self, place: str) -> bool:
        """Whether the rule names that file."""
        return re.search(self.pattern, place) is not None


RULES = (
    Rule(
        r"^PySide6/(Qt/)?plugins/multimedia/"
        r"|^(PySide6/Qt/lib/)?lib(avcodec|avformat|avutil|swresample|swscale|Qt6FFmpegStub[^/]*)\.so"
        r"|^PySide6/Qt/lib/lib(avcodec|avformat|avutil|swresample|swscale)[^/]*$",
        "Qt's FFmpeg: microphone and speaker are reached without it, and files are read by "
        "libsndfile and PyAV",
        ("linux",),
    ),
    Rule(
        r"libQt6(Quick|Qml|ShaderTools)[A-Za-z0-9]*\.so|^PySide6/(Qt/)?qml/"
        r"|^PySide6/Qt(OpenGL|Quick|Qml)\.abi3\.so",
        "Qt Quick, QML and OpenGL from Python: only Qt's FFmpeg plugin is linked with the former",
        ("linux",),
    ),
    Rule(
        r"plugins/(platforminputcontexts/libqtvirtualkeyboard|egldeviceintegrations|generic|tls"
        r"|networkinformation|printsupport|qmltooling|virtualkeyboard|wayland-graphics-integration-server)"
        r"|plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vnc|vkkhrdisplay|webgl)"
        r"|libQt6(Pdf|VirtualKeyboard|EglF|EGLF)",
        "Qt plugins for screens without a desktop, touch keyboards, printers and the network",
    ),
    Rule(
        r"plugins/imageformats/(lib)?q(pdf|tiff|webp|tga|wbmp|icns|gif)",
        "image formats the application never reads (PNG, JPEG, SVG and ICO stay)",
    ),
    Rule(
        r"plugins/platformthemes/libqgtk3",
        "the GTK theme plugin; colours and dialogs are the application's own",
        ("linux",),
    ),
    Rule(
        r"^PySide6/(Qt/)?translations/(?!qtbase_)",
        "Qt's translations of parts that are not shown",
    ),
    Rule(
        r"^speech_recognition/flac-",
        "SpeechRecognition's FLAC programs: only its services on the network ask for FLAC, and the "
        "one for macOS, built with the SDK of 10.6, keeps a bundle from being notarized",
    ),
    Rule(
        r"^espeakng_loader/espeak-ng-data/((?!en_)\w+_dict$|mbrola_ph/|lang/(?!gmw/en))",
        "how words of other languages are said: the natural voices speak English",
    ),
    Rule(
        r"^qtawesome/fonts/(?!phosphor)",
        "icon fonts other than Phosphor",
    ),
)

MODULES = (
    "IPython", "PIL", "_pytest", "docutils", "hf_xet", "hypothesis", "ipywidgets", "matplotlib",
    "mypy", "numpy.f2py", "onnxruntime.quantization", "onnxruntime.tools",
    "onnxruntime.transformers", "openai", "groq", "pandas", "pkg_resources", "psutil",
    "pytest", "qtpy", "readline", "scipy", "setuptools", "sounddevice", "sympy",
    "tensorflow", "tkinter", "torch", "transformers", "whisper",
    "PySide6.QtOpenGL", "PySide6.QtPdf", "PySide6.QtQml", "PySide6.QtQuick",
    "PySide6.QtWebEngineCore",
)  # fmt: skip
"""Modules some library would import if they were there; none is needed."""

SYSTEM_LIBRARIES = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
"""Where a Linux system keeps its own libraries."""
BROUGHT = re.compile(
    r"^lib(python3\.\d+|ssl|crypto|sqlite3|ffi|bz2|lzma|uuid"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util))\.so"
)
"""System libraries that are brought all the same: Python and what it is linked with, and those of X
that many desktops lack. All others fit the system's sound server, display server, fonts or C++
runtime, and an older copy beside a newer driver fails; packages depend on them instead."""
SYSTEM_REASON = "the system's own libraries, GTK among them: packages depend on those still needed"


def is_system_library(place: str, source: str) -> bool:
    """Whether a file is a library every desktop has of its own."""
    # Modules of a Python that is the system's lie among its libraries as well.
    is_own = source.startswith(SYSTEM_LIBRARIES) and "/lib-dynload/" not in source
    return is_own and BROUGHT.match(place.rsplit("/", maxsplit=1)[-1]) is None


def may_be_stripped(place: str) -> bool:
    """Whether symbols may be taken out: not where a wheel's builder moved the ELF headers."""
    return ".libs/" not in place and not place.startswith(("numpy/", "PySide6/", "shiboken6/"))


def is_compiled(place: str) -> bool:
    """Whether a file is compiled Python, which stands in the program's archive and nowhere else."""
    return place.endswith((".pyc", ".pyo"))
