"""What tests over a data folder share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_app.app.container import Application
from interview_app.domain.session import Session
from interview_app.recognition.client import RecognizerClient
from interview_app.storage.database import Database
from interview_app.support.paths import AppPaths
from tests.integration.kept_sessions import keep_session, open_folder
from tests.stored import open_at_once


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """A data folder; none of its folders is made yet."""
    return AppPaths(tmp_path / "data")


@pytest.fixture
def database(paths: AppPaths) -> Iterator[Database]:
    """The database of that folder."""
    opened = open_at_once(paths)
    yield opened
    opened.close()


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    """The application over a new data folder."""
    made = open_folder(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def recognizer(tmp_path: Path) -> Iterator[RecognizerClient]:
    """The recognizer, whose helper is gone in the end."""
    client = RecognizerClient(tmp_path / "models")
    yield client
    client.close()
    assert client.helper_pid is None


@pytest.fixture
def session(application: Application) -> Session:
    """A kept session with sound; its first take has words, a hesitation and a long pause."""
    return keep_session(application)
