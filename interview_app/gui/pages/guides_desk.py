"""What the Guides page is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.gui.preferences import Preferences
    from interview_app.services.guide_browsing import GuideBrowsing
    from interview_app.services.guide_editing import GuideEditing
    from interview_app.services.guide_source import Imported
    from interview_app.services.jobs import Jobs
    from interview_app.services.ports import Player, Voice
    from interview_app.services.story_bank import StoryBank


@dataclass(frozen=True, slots=True)
class GuidesDesk:
    """Services of the page.

    ``browsing``, ``editing`` and ``stories`` are asked for inside jobs, where they are built at
    their first use; ``read`` understands a file or a pasted text, ``export`` writes a guide to a
    file: both block. ``lines`` gives the lines of a file as they were read, none where it is no
    text.
    """

    jobs: Jobs
    preferences: Preferences
    voice: Voice
    player: Player
    browsing: Callable[[], GuideBrowsing]
    editing: Callable[[], GuideEditing]
    stories: Callable[[], StoryBank]
    read: Callable[[Path | str], Imported]
    export: Callable[[Guide, Path], None]
    lines: Callable[[Path | str], tuple[str, ...]]
