"""The files of the natural voices: which they are, where they lie, and that each is whole."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from interview_app.domain.errors import VoiceUnavailable
from interview_app.model_files.known_file import KnownFile
from interview_app.model_files.verified_files import VerifiedFiles
from interview_app.support.paths import bundled

_log = logging.getLogger(__name__)

FOLDER = "kokoro-v1.0"
"""The folder in the models folder, and in the packages, that holds them."""
HUB = "https://huggingface.co"
RELEASES = "https://github.com"
_STYLE_BYTES = 510 * 256 * 4

MODEL = KnownFile(
    "kokoro-v1.0.int8.onnx",
    92_361_271,
    "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
)
_STYLES = {
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "af_bella": "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "am_puck": "fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
}
"""As the npm package kokoro-js 1.2.1 carries them; its integrity stands in
requirements/voices-npm.json."""
STYLES = {name: KnownFile(f"{name}.bin", _STYLE_BYTES, sha256) for name, sha256 in _STYLES.items()}
FILES = (MODEL, *STYLES.values())
SIZE_BYTES = sum(file.size for file in FILES)


@dataclass(frozen=True, slots=True)
class NaturalFiles:
    """Finds and checks the files; ``models_dir`` is the folder shared with recognizer models."""

    models_dir: Path
    files: tuple[KnownFile, ...] = FILES

    @property
    def folder(self) -> Path:
        """Where they are put."""
        return self.models_dir / FOLDER

    def place(self) -> Path | None:
        """The folder that holds every file, in the models folder or in the package; else none.

        Only sizes are looked at.
        """
        for folder in (self.folder, bundled("models", FOLDER)):
            if all(_has_size(folder / file.name, file.size) for file in self.files):
                return folder
        return None

    def locate(self) -> Path:
        """The folder of the files, each compared with its known SHA-256.

        A comparison is remembered by size and time of change, and done again when they differ.

        Raises:
            VoiceUnavailable: they are not here, or one is damaged.
        """
        folder = self.place()
        if folder is None:
            raise VoiceUnavailable(
                "The natural voices are not on this machine, or not whole.",
                remedy="Fetch them in Settings, Voice, or with: interview-app voices download",
            )
        for file in self.files:
            if not self.is_known(folder / file.name, file):
                raise VoiceUnavailable(
                    f"The file {folder / file.name} of the natural voices is damaged.",
                    remedy="Fetch it again in Settings, Voice, or with: "
                    "interview-app voices download",
                )
        return folder

    def is_known(self, path: Path, file: KnownFile) -> bool:
        """Whether a file is the published one: read, unless it was read before."""
        seen = VerifiedFiles(self.models_dir / "verified.json")
        try:
            if seen.has(path, file.sha256):
                return True
            if not file.is_at(path):
                return False
        except OSError as error:
            _log.warning("A file of the natural voices cannot be read: %s", error.strerror)
            return False
        seen.remember(path, file.sha256)
        return True


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False
