"""What a user can be told, as types; everything else that goes wrong is a bug.

InterviewAppError
├── UsageError                  the request itself is wrong
│   ├── UnknownGuide
│   ├── UnknownQuestion
│   ├── UnknownSession
│   ├── UnknownModel
│   ├── ActNotAllowed           the state of the session does not offer this act
│   ├── TakeChanged             a take has other words by now than those that were seen
│   └── WordsCorrected          a person corrected these words, and nobody said to replace them
├── GuideFileError              a guide file cannot be read (path and line)
├── SoundError
│   ├── NotASound               the file holds no sound that can be read
│   ├── MicrophoneUnavailable
│   ├── SpeakerUnavailable
│   └── RecordingFailed         a take could not be written or joined
├── VoiceUnavailable
├── RecognizerUnavailable       missing, damaged, crashed or hung
│   ├── ModelDamaged            a file differs from its known SHA-256
│   └── DownloadFailed          a model could not be fetched; what arrived is kept
├── ExportFailed                a file could not be written; nothing half-written stays
│   └── TargetExists            a file of that name is there already
└── StorageError
    ├── DataFolderUnusable      read-only, full, not a folder
    ├── DataFolderInUse         another process holds it
    ├── DatabaseTooNew          written by a newer version
    ├── DatabaseDamaged         parts of it cannot be read
    ├── ForeignSound            it names files that are no take's sound
    └── BackupUnusable          damaged, incomplete, or not a backup; nothing was changed
        └── BackupTooNew        made by a newer version
"""

from __future__ import annotations


class InterviewAppError(Exception):
    """Base of everything a user can be told: what happened, and what to do next."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(InterviewAppError):
    """The request itself is wrong."""


class UnknownGuide(UsageError):
    """No guide has that id."""


class UnknownQuestion(UsageError):
    """The guide has no question of that id."""


class UnknownSession(UsageError):
    """No session has that number."""


class UnknownModel(UsageError):
    """No recognizer model has that name."""


class CommandNotAllowed(UsageError):
    """The state of the session does not offer this act."""


class TakeChanged(UsageError):
    """A take has other words by now than those that were seen; nothing was replaced."""


class WordsCorrected(UsageError):
    """A person corrected the words of a take, and nobody said to replace them."""


class GuideFileError(InterviewAppError):
    """A guide file cannot be read; the message names file and line."""


class SoundError(InterviewAppError):
    """Something about sound did not work."""


class NotASound(SoundError):
    """The file holds no sound that can be read."""


class MicrophoneUnavailable(SoundError):
    """No sound could be had from the chosen microphone."""


class SpeakerUnavailable(SoundError):
    """No sound could be played on the chosen speaker."""


class RecordingFailed(SoundError):
    """A take could not be written or joined; what was written stays."""


class VoiceUnavailable(InterviewAppError):
    """The voice could not render a text."""


class RecognizerUnavailable(InterviewAppError):
    """The recognizer is missing, crashed or hung; the sound stays."""


class ModelDamaged(RecognizerUnavailable):
    """A model's file differs from its known SHA-256."""


class DownloadFailed(RecognizerUnavailable):
    """A model could not be fetched; what arrived is kept, and nothing half-installed is used."""


class StorageError(InterviewAppError):
    """Sessions could not be read or written."""


class DataFolderUnusable(StorageError):
    """The data folder is read-only, full or not a folder."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of the application."""


class DatabaseDamaged(StorageError):
    """Parts of the database cannot be read."""


class ForeignSound(StorageError):
    """A database names a file outside the folder of takes as the sound of a take."""


class DataFolderInUse(StorageError):
    """Another process of the application holds the data folder."""


class BackupUnusable(StorageError):
    """A backup is damaged, incomplete, or none at all; nothing was changed."""


class BackupTooNew(BackupUnusable):
    """The backup was made by a newer version of the application."""


class ExportFailed(InterviewAppError):
    """A file could not be written; nothing half-written stays."""


class TargetExists(ExportFailed):
    """A file of that name is there already, and it was not said to replace it."""
