"""Why no voice can be had, and what a person can do about it on this system."""

from __future__ import annotations

import platform
import sys

_INSTALL_BY_FAMILY = {
    "debian": "sudo apt install espeak-ng libespeak-ng1",
    "ubuntu": "sudo apt install espeak-ng libespeak-ng1",
    "fedora": "sudo dnf install espeak-ng",
    "rhel": "sudo dnf install espeak-ng",
    "suse": "sudo zypper install espeak-ng",
    "opensuse": "sudo zypper install espeak-ng",
    "arch": "sudo pacman -S espeak-ng",
    "alpine": "sudo apk add espeak-ng",
}


def voice_remedy() -> str:
    """What to install on this system so that questions are read aloud, as a sentence."""
    if sys.platform == "win32":
        return "Add a voice in Settings, Time & language, Speech, Manage voices."
    if sys.platform == "darwin":
        return (
            "Add a voice in System Settings, Accessibility, Spoken Content, "
            "System voice, Manage Voices."
        )
    command = install_command(_linux_families())
    if command is None:
        return "Install the package espeak-ng of your system, with its library libespeak-ng."
    return f"Install the voice with `{command}`."


def retry_remedy() -> str:
    """What to do about a voice that failed once: try again, then see to its installation."""
    return f"Try again. If that does not help, something may be missing. {voice_remedy()}"


def install_command(families: list[str]) -> str | None:
    """The command that installs espeak-ng on a Linux of one of those families, nearest first."""
    for family in families:
        for name, command in _INSTALL_BY_FAMILY.items():
            if family == name or family.startswith(f"{name}-"):
                return command
    return None


def _linux_families() -> list[str]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
