"""The systems and Pythons the locks are made for, and which wheel each of them takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

ENTRY = re.compile(r"^[A-Za-z0-9][^\\\n]*", re.MULTILINE)
PYTHONS = ((3, 11), (3, 12), (3, 13))
# manylinux_2_28: Debian 12 has glibc 2.36, Ubuntu 22.04 has 2.35.
GLIBC = 35


@dataclass(frozen=True)
class System:
    """One Python on one system of the README."""

    name: str
    python: tuple[int, int]
    platforms: tuple[str, ...]
    markers: dict[str, str]
    tags: dict[Tag, int] = field(init=False)

    def __post_init__(self) -> None:
        ordered = [
            *cpython_tags(self.python, platforms=self.platforms),
            *compatible_tags(self.python, f"cp{self.python[0]}{self.python[1]}", self.platforms),
        ]
        object.__setattr__(self, "tags", {tag: rank for rank, tag in enumerate(ordered)})

    def needs(self, package: Requirement) -> bool:
        """Whether the marker of a lock's line holds here."""
        return package.marker is None or package.marker.evaluate(self.markers)

    def best(self, package: Requirement, files: Iterable[str]) -> str | None:
        """The wheel that pip takes of these files; none if no one fits."""
        version = Version(str(package.specifier).removeprefix("=="))
        fitting: list[tuple[int, str]] = []
        for file in files:
            name, of, _, tags = parse_wheel_filename(file)
            if name == canonicalize_name(package.name) and of == version:
                fitting += [(self.tags[tag], file) for tag in tags if tag in self.tags]
        return min(fitting)[1] if fitting else None


def entries(lock: str) -> list[str]:
    """Each requirement of a lock, with its marker and without its hashes."""
    return ENTRY.findall(lock)


def _markers(python: tuple[int, int], **system: str) -> dict[str, str]:
    version = f"{python[0]}.{python[1]}"
    return {
        "python_version": version,
        "python_full_version": f"{version}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        **system,
    }


def _systems() -> list[System]:
    linux = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC, 4, -1))
    linux += ("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64")
    kinds = (
        ("Linux x86-64", linux, "linux", "Linux", "posix", "x86_64"),
        ("Windows 10 x64", ("win_amd64",), "win32", "Windows", "nt", "AMD64"),
        (
            "macOS 14 on Apple silicon",
            tuple(mac_platforms((14, 0), "arm64")),
            "darwin",
            "Darwin",
            "posix",
            "arm64",
        ),
    )
    return [
        System(
            f"{name}, Python {python[0]}.{python[1]}",
            python,
            platforms,
            _markers(
                python, sys_platform=sys, platform_system=system, os_name=os, platform_machine=cpu
            ),
        )
        for name, platforms, sys, system, os, cpu in kinds
        for python in PYTHONS
    ]


SYSTEMS = _systems()
