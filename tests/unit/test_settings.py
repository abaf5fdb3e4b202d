"""Settings survive what happens to files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.errors import DataFolderUnusable
from interview_app.support.settings import Settings, SettingsFile


@given(settings=st.builds(Settings))
def test_what_was_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    file = SettingsFile(tmp_path_factory.mktemp("data") / "settings.json")
    file.save(settings)
    assert file.load() == settings


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "settings.json").load() == Settings()


def test_a_damaged_file_gives_defaults_and_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"model": "ba', encoding="utf-8")
    assert SettingsFile(path).load() == Settings()
    assert (tmp_path / "settings.damaged.json").read_text(encoding="utf-8") == '{"model": "ba'


def test_values_of_the_wrong_type_and_unknown_keys_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"model": "tiny.en", "rate_wpm": "fast", "from": 2030}', encoding="utf-8")
    assert SettingsFile(path).load() == Settings(model="tiny.en")


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("", encoding="utf-8")
    with pytest.raises(DataFolderUnusable, match="data"):
        SettingsFile(in_the_way / "settings.json").save(Settings())


def test_who_never_chose_anything_gets_the_first_settings(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json", Settings(voice="kokoro:af_heart"))
    assert file.load().voice == "kokoro:af_heart"
    file.save(Settings(voice="off"))
    assert file.load().voice == "off"
