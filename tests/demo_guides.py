"""Pictures of the Guides page: browsing, reading, bringing in a page, and the person's stories."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.demo import Stage

PAGE = Path(__file__).resolve().parent / "fixtures" / "guides" / "pasted_page.txt"
STORY = (
    "The route planning froze each Monday at six, and forty drivers stood in the yard.",
    "I owned the planning tool and had to make it start before the drivers did.",
    "I measured the start for a week, found one report that read a whole year, and moved it to the "
    "night. Then I asked two dispatchers to try it before anyone else did.",
    "The start fell from eleven minutes to forty seconds, and nobody has waited since.",
)


def guides(stage: Stage) -> None:
    """The bundled guides: as a list, searched, read; and a page that is brought in."""
    window = stage.open("guides")
    window.wait_to_see("^2 questions")
    window.press("ctrl+3")
    window.wait_to_see("^Rehearse this guide|^IT Product Manager$")
    stage.picture(window, "guides-browse")
    window.press("ctrl+f")
    window.write("roadmap")
    window.wait_to_see("1 of ")
    stage.picture(window, "guides-search")
    window.press("Escape")
    window.wait_to_see("^Sample answer$")
    stage.picture(window, "guides-question")
    window.ask("size", width=1024, height=640)
    stage.picture(window, "guides-question-1024")
    window.ask("size", width=1200, height=760)
    window.press("e")
    window.wait_to_see("^Edit the question")
    stage.picture(window, "guides-edit")
    window.press("Escape", "ctrl+i")
    window.wait_to_see("^Import a guide$")
    stage.picture(window, "guides-import")
    window.ask("file_opened", path=str(PAGE))
    window.wait_to_see("^What was understood$")
    window.wait_to_see("^Worth a look$")
    stage.picture(window, "guides-import-preview")
    window.press("Down", "Down", "Down", "Delete")
    window.wait_to_see("was dropped")
    stage.picture(window, "guides-import-dropped")
    window.press("ctrl+Return")
    window.wait_to_see("is among your guides")
    stage.picture(window, "guides-imported")
    window.quit()


def stories(stage: Stage) -> None:
    """My stories: none yet, one that is written, its questions, and beside a question."""
    window = stage.open("stories")
    window.wait_to_see("^2 questions")
    window.press("ctrl+3")
    window.wait_to_see("^Rehearse this guide|^IT Product Manager$")
    window.press("s")
    window.wait_to_see("^No story yet$")
    stage.picture(window, "stories-empty")
    window.press("Return")
    window.wait_to_see("^Questions it serves$")
    window.write("The yard full of drivers")
    for text in STORY:
        window.press("Tab")
        window.write(text)
    window.wait_to_see("^Saved$")
    window.press("ctrl+l")
    window.wait_to_see("^Questions for ")
    window.write("deadline")
    window.wait_to_see("[Dd]eadline")
    window.press("Return", "space")
    window.wait_to_see("^1 question chosen$")
    stage.picture(window, "stories-questions")
    window.press("Escape", "Escape")
    window.wait_to_see("^Questions it serves$")
    stage.picture(window, "stories-written")
    window.ask("size", width=1024, height=640)
    stage.picture(window, "stories-written-1024")
    window.ask("size", width=1200, height=760)
    window.press("Escape", "Escape")
    window.press("ctrl+f")
    window.write("drivers")
    window.wait_to_see("when told$")
    stage.picture(window, "stories-found")
    window.quit()
