"""Mock Interview: rehearse an interview aloud, offline."""

import os

__version__ = "0.1.0"

# onnxruntime (the voice activity detector runs on it) otherwise keeps a device number under the
# person's cache folder and reports to its maker. It asks when it is loaded, so it is told here,
# before any part of the application can load it; helper processes inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
