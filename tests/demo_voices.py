"""Pictures of the voices: the natural ones offered, fetched and here, and pronunciations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from interview_app.speech_synthesis.natural_files import MODEL, NaturalFiles
from interview_app.support.paths import AppPaths
from tests.hub import serving
from tests.sound import wait_for

if TYPE_CHECKING:
    from tests.demo import Stage

_FIRST_BYTES = 40_000_000
"""What the server gives of the model before it falls silent."""


def voices(stage: Stage) -> None:
    """Settings, Voice: without the natural voices, while they come, and with them."""
    with serving() as hub:
        hub.files = {MODEL.name: b"x" * _FIRST_BYTES}
        env = {
            "INTERVIEW_APP_VOICES_MIRROR": hub.address,
            "INTERVIEW_APP_MODELS_DIR": str(stage.data("voices-folder")),
            "no_proxy": "127.0.0.1",
        }
        window = stage.open("voices", env)
        window.wait_to_see("^2 questions")
        window.ask("page", name="settings")
        wait_for(lambda: window.sees("sound like people"), 20, "the natural voices are offered")
        window.ask("show", name="Voice")
        stage.picture(window, "settings-voices-absent")
        assert window.ask("click", name="Download: Natural voices")
        window.wait_to_see("Only the request for these files is sent")
        stage.picture(window, "settings-voices-asking")
        window.quit()
    _pronunciations(stage)
    if NaturalFiles(AppPaths.choose().models).place() is None:
        return
    window = stage.open("voices-here", voice="kokoro:bf_emma")
    window.wait_to_see("^2 questions")
    window.ask("page", name="settings")
    wait_for(lambda: window.sees("Check files"), 20, "the natural voices are here")
    window.ask("show", name="Voice")
    stage.picture(window, "settings-voices-here")
    window.quit()


def _pronunciations(stage: Stage) -> None:
    """Settings, Voice: the person's own words."""
    data = stage.data("pronunciations")
    data.mkdir(parents=True, mode=0o700)
    said = {"Kubernetes": "koo-ber-netties", "Zalando": "tsa-LAN-doh", "SQL": "sequel"}
    (data / "pronunciations.json").write_text(json.dumps(said), encoding="utf-8")
    window = stage.open("pronunciations")
    window.wait_to_see("^2 questions")
    window.ask("page", name="settings")
    window.ask("show", name="Pronunciations")
    window.wait_to_see("koo-ber-netties")
    stage.picture(window, "settings-pronunciations")
    window.quit()
