"""What the Guides page is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.gui.preferences import Preferences
    from interview_app.services.guides.browsing import GuideBrowser
    from interview_app.services.guides.editing import GuideEditor
    from interview_app.services.guides.source import Understood
    from interview_app.services.guides.stories import StoryBank
    from interview_app.services.jobs import JobContext, Jobs
    from interview_app.services.ports.player import Player
    from interview_app.services.ports.voice import Voice


@dataclass(frozen=True, slots=True)
class GuidesContext:
    """Services of the page.

    ``browsing``, ``editing`` and ``stories`` are asked for inside jobs, where they are built at
    their first use; ``read`` understands a file or a pasted text and stops when its job is
    cancelled, ``export`` writes a guide to a file: both block.
    """

    jobs: Jobs
    preferences: Preferences
    voice: Voice
    player: Player
    browsing: Callable[[], GuideBrowser]
    editing: Callable[[], GuideEditor]
    stories: Callable[[], StoryBank]
    read: Callable[[Path | str, JobContext], Understood]
    export: Callable[[Guide, Path], None]
