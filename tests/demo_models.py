"""Scenes of ``make demo``: models in Settings, fetched from a server here, and measured."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from interview_app.domain.text.reading_passages import PARAGRAPHS
from tests.hearing import speak_to_file
from tests.hub import serving
from tests.sound import wait_for

if TYPE_CHECKING:
    from tests.demo import Stage
    from tests.e2e.window import Window

_ROUGH = "x" * 60_000_000
"""What the server has of a model before it falls silent."""


def models(stage: Stage) -> None:
    """The list, what a download says first, how far it is, a paragraph read, and what it gave."""
    spoken = stage.answer.with_name("paragraph.wav")
    speak_to_file(PARAGRAPHS["en"], spoken)
    with serving() as hub:
        hub.files["model.bin"] = _ROUGH.encode()
        hub.stalls, hub.stall_after = True, len(_ROUGH)
        hub.stated_length = 145_216_508
        folder = stage.data("models-folder")
        window = stage.open(
            "models",
            {
                "INTERVIEW_APP_MODELS_MIRROR": hub.address,
                "INTERVIEW_APP_MODELS_DIR": str(folder),
                "no_proxy": "127.0.0.1",
            },
        )
        window.wait_to_see("^2 questions")
        window.ask("page", name="settings")
        wait_for(lambda: window.sees("tiny.en"), 20, "the models are listed")
        window.ask("show", name="Recognition")
        stage.picture(window, "settings-models")
        assert window.ask("click", name="Download: small.en")
        window.wait_to_see("Only the request for these files is sent")
        stage.picture(window, "settings-model-asking")
        window.press("Escape")
        assert window.ask("click", name="Download: base.en")
        window.wait_to_see("148 MB will be fetched")
        window.press("Return")
        window.wait_to_see(r"model.bin: \d+ MB of 148 MB")
        stage.picture(window, "settings-model-downloading")
        assert window.ask("click", name="Cancel: base.en")
        window.wait_to_see("the download goes on from there")
        stage.picture(window, "settings-model-cut")
        read(stage, window, spoken)
        window.quit()


def read(stage: Stage, window: Window, spoken: Path) -> None:
    """Read the paragraph, and see which model suits."""
    assert window.ask("click", name="Read a paragraph")
    window.wait_to_see("● Recording 0:0")
    window.ask("show", name="Paragraph to read aloud")
    speaking = stage.card.say(spoken)
    window.wait_to_see(r"● Recording 0:0[3-9]")
    stage.picture(window, "settings-paragraph")
    speaking.wait(90)
    assert window.ask("click", name="I have read it")
    window.wait_to_see("writes down what you read")
    stage.picture(window, "settings-measuring")
    window.wait_to_see("suits you best on this machine", 120)
    window.ask("show", name="Recognition")
    stage.picture(window, "settings-measured")
    for width, height in ((1024, 640), (1200, 760)):
        window.ask("size", width=width, height=height)
        window.ask("show", name="Read a paragraph")
        stage.picture(window, f"settings-measured-{width}")


def model_fails(stage: Stage) -> None:
    """A model whose helper dies whenever it runs; one press, and a smaller one hears the answer."""
    window = stage.open("fails")
    window.wait_to_see("^2 questions")
    window.press("Return")
    window.wait_to_see("Start answer")
    window.press("space")
    window.wait_to_see("^Recording 0:0")
    stage.card.say(stage.answer).wait(60)
    window.press("space")

    def is_told() -> bool:
        for helper in window.helpers("recognizer"):
            with contextlib.suppress(psutil.Error):
                helper.kill()
        return window.sees("base made no transcript")

    wait_for(is_told, 60, "the failure is told")
    stage.picture(window, "model-failed")
    assert window.ask("click", name="Use tiny.en instead")
    window.wait_to_see("words a minute", 60)
    stage.picture(window, "model-replaced")
    window.quit()
