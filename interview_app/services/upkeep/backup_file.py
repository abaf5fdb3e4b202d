"""The form of a backup: one zip file, nothing compressed, every byte under a digest.

``manifest.json`` lists each member with its length and SHA-256; the zip's comment, the last bytes
of the file, is the SHA-256 of all bytes before it, so that damage anywhere is found before anything
is unpacked. Nothing is compressed (sound does not shrink), so no member can grow when it is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from interview_app.domain.errors import BackupTooNew, BackupUnusable
from interview_app.domain.text.file_names import is_plain_name
from interview_app.services.jobs import JobContext

FORMAT = 1
"""The form described here; a higher number comes from a newer version."""
MANIFEST = "manifest.json"
TOP_FILES = ("interviews.sqlite3", "settings.json", "pronunciations.json")
TOP_FOLDERS = ("takes", "guides")
"""What of a data folder is in a backup; all else (cache, logs, models) can be had again."""
_MARK = b"mock-interview backup sha256:"
_DIGEST_LENGTH = 64
_CHUNK = 1 << 20
_MAX_MANIFEST = 64 << 20
"""Bytes; 60,000 takes need about 9 MB."""
_BROKEN_ZIP = (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, KeyError)
_DAMAGED = "Nothing was changed. Use another copy of it, or an older backup."


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup: its path in the data folder with ``/``, bytes, and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and what made it; ``made_at`` is ISO 8601."""

    format: int
    application: str
    database_form: str
    made_at: str
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to back up, and its name in the backup."""

    name: str
    path: Path


def write_backup(
    target: Path,
    sources: Sequence[Source],
    about: Manifest,
    job: JobContext,
) -> tuple[Manifest, tuple[str, ...]]:
    """Write a backup; its manifest, and the names of files that went away meanwhile.

    ``about`` is the manifest without members. A file that grows while it is read is kept as far as
    it was read, under the digest of that.

    Raises:
        OSError: the target cannot be written, or a file cannot be read.
        JobCancelled: the job was cancelled.
    """
    total = sum(_size(source.path) for source in sources) or 1
    members: list[Member] = []
    gone: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        done = 0
        for source in sources:
            job.report(min(0.9, 0.9 * done / total), f"{len(members)} of {len(sources)} files")
            try:
                file = source.path.open("rb")
            except FileNotFoundError:
                gone.append(source.name)
                continue
            with file:
                members.append(_add(archive, source.name, file, job))
            done += members[-1].size
        manifest = Manifest(
            about.format, about.application, about.database_form, about.made_at, tuple(members)
        )
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        archive.comment = _MARK + b"0" * _DIGEST_LENGTH
    _seal(target, job)
    return manifest, tuple(gone)


def read_manifest(path: Path, job: JobContext) -> Manifest:
    """What a backup holds, once every byte of it is known to be what was written.

    Raises:
        BackupTooNew: a newer version of the application made it.
        BackupUnusable: damaged, incomplete, changed since, or no backup at all.
        OSError: the file cannot be read.
        JobCancelled: the job was cancelled.
    """
    _check_seal(path, job)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            _check_members(archive, manifest, path)
    except _BROKEN_ZIP as error:
        raise _unusable(path, "it is damaged") from error
    return manifest


def unpack(path: Path, manifest: Manifest, folder: Path, job: JobContext) -> None:
    """Unpack a backup into an empty folder, comparing each file with its digest.

    Raises:
        BackupUnusable: a file differs from its digest, or leads out of the folder.
        OSError: the folder cannot be written to.
        JobCancelled: the job was cancelled.
    """
    done = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for member in manifest.members:
                job.report(0.2 + 0.6 * done / (manifest.size or 1), "Unpacking")
                target = folder.joinpath(*member.name.split("/"))
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with archive.open(member.name) as source:
                    _unpack_member(source, member, target, job, path)
                done += member.size
    except _BROKEN_ZIP as error:
        raise _unusable(path, "it is damaged") from error


def _add(archive: zipfile.ZipFile, name: str, file: IO[bytes], job: JobContext) -> Member:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)  # a fixed date: the manifest says when the backup was made
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        for chunk in _chunks(file):
            job.check()
            digest.update(chunk)
            member.write(chunk)
            size += len(chunk)
    return Member(name, size, digest.hexdigest())


def _seal(path: Path, job: JobContext) -> None:
    """Put the digest of everything before it at the end of the file."""
    with path.open("rb+") as file:
        digest = _digest(file, path.stat().st_size - _DIGEST_LENGTH, job)
        file.seek(-_DIGEST_LENGTH, os.SEEK_END)
        file.write(digest.encode())


def _check_seal(path: Path, job: JobContext) -> None:
    length = len(_MARK) + _DIGEST_LENGTH
    size = path.stat().st_size
    if size < length:
        raise _unusable(path, "it is no backup of Mock Interview, or incomplete")
    with path.open("rb") as file:
        file.seek(-length, os.SEEK_END)
        end = file.read()
        if not end.startswith(_MARK):
            raise _unusable(path, "it is no backup of Mock Interview, or incomplete")
        file.seek(0)
        digest = _digest(file, size - _DIGEST_LENGTH, job)
    if digest.encode() != end[len(_MARK) :]:
        raise _unusable(path, "it is damaged, or was changed after it was made")


def _digest(file: IO[bytes], length: int, job: JobContext) -> str:
    digest, left = hashlib.sha256(), length
    while left > 0 and (chunk := file.read(min(left, _CHUNK))):
        job.check()
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.compress_type != zipfile.ZIP_STORED or info.file_size > _MAX_MANIFEST:
        raise _unusable(path, "its list of contents is not one of Mock Interview")
    found = json.loads(archive.read(info))
    try:
        if int(found["format"]) > FORMAT:
            raise _too_new(path, str(found.get("application", "")))
        members = tuple(_member(item) for item in found["members"])
        return Manifest(
            int(found["format"]),
            str(found["application"]),
            str(found["database_form"]),
            str(found["made_at"]),
            members,
        )
    except (TypeError, AttributeError) as error:
        raise _unusable(path, "its list of contents cannot be read") from error


def _member(found: dict[str, Any]) -> Member:
    return Member(str(found["name"]), int(found["size"]), str(found["sha256"]))


def _check_members(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """Refuse members that are not listed, lead elsewhere, repeat, or pretend a length."""
    listed = {member.name: member.size for member in manifest.members}
    there = {info.filename: info for info in archive.infolist() if info.filename != MANIFEST}
    names = {name.casefold() for name in listed}
    is_exact = len(archive.infolist()) - 1 == len(there) == len(manifest.members) == len(names)
    if not is_exact or listed.keys() != there.keys():
        raise _unusable(path, "its files are not those of its list")
    for name, info in there.items():
        if not _is_inside(name):
            raise _unusable(path, f"it holds a file that would lie elsewhere ({name!r})")
        is_plain = info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1
        if not is_plain or info.file_size != listed[name] or info.compress_size != info.file_size:
            raise _unusable(path, f"the length of {name!r} is not that of its list")
    if manifest.size > path.stat().st_size:
        raise _unusable(path, "it claims to hold more than it is long")


def _is_inside(name: str) -> bool:
    """Whether a member belongs into a data folder, and stays in it."""
    top, *rest = name.split("/")
    if not all(map(is_plain_name, (top, *rest))):
        return False
    return (top in TOP_FOLDERS and bool(rest)) or (top in TOP_FILES and not rest)


def _unpack_member(
    source: IO[bytes], member: Member, target: Path, job: JobContext, path: Path
) -> None:
    digest, left = hashlib.sha256(), member.size
    number = os.open(
        target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(number, "wb") as file:
        while chunk := source.read(min(_CHUNK, left + 1)):
            job.check()
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            file.write(chunk)
    if left != 0 or digest.hexdigest() != member.sha256:
        raise _unusable(path, f"{member.name} differs from its digest")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _unusable(path: Path, why: str) -> BackupUnusable:
    return BackupUnusable(f"{path} cannot be restored: {why}.", remedy=_DAMAGED)


def _too_new(path: Path, author: str) -> BackupTooNew:
    return BackupTooNew(
        f"{path} was made by a newer version of Mock Interview ({author[:20]}).",
        remedy="Nothing was changed. Install that version or a newer one, and restore it there.",
    )
