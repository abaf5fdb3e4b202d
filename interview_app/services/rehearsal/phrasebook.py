"""Chooses what the interviewer says in one session from the lines written for its language."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.session import Mode, Session

_MOST_ROLE_WORDS = 6
_HEADLINE = re.compile(
    r"[:?!|–—…]|\b(interviews?|questions?|answers?|guide|how|what|why|your?|top|best|prepare|ace"
    r"|tips|common|samples?|examples?)\b",
    re.IGNORECASE,
)
"""What headlines about interviews have, and the name of no role."""

Lines = Mapping[str, Any]
"""One file of ``resources/manners``, as TOML gives it."""


class LinePicker:
    """Knows the lines of every language it has a file for; silent in all others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def lines(self) -> Mapping[str, Lines]:
        """The lines by language; read from disk the first time."""
        found = {}
        for path in sorted(self._folder.glob("*.toml")):
            found[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
        return found

    def manners(self, session: Session, name: str = "") -> InterviewerLines:
        """What is said in that session; always the same for the same session.

        ``name`` is the interviewer's, and empty where the voice has none.
        """
        lines = self.lines.get(session.language.split("-")[0])
        if lines is None:
            return InterviewerLines()
        chance = random.Random(session.uid)  # noqa: S311 - variety, not secrecy
        return InterviewerLines(
            opening=_opening(lines, session, name, chance),
            welcome_back=chance.choice(lines["welcome_back"]["lines"]),
            bridges=tuple(_bridges(lines["bridges"], session, chance)),
            closing=chance.choice(lines["closing"]["lines"]),
            reassurance=chance.choice(lines["reassurance"]["lines"]),
        )


def _opening(lines: Lines, session: Session, name: str, chance: random.Random) -> str:
    opening = lines["opening"]
    count = len(session.asked)
    run = "interview" if session.mode is Mode.INTERVIEW else "practice"
    start = opening["start"]
    parts = (
        chance.choice(opening["named"] if name else opening["unnamed"]),
        chance.choice(opening["about"]) if is_role(session.guide_title) else "",
        opening["run"][f"{run}_one" if count == 1 else run],
        chance.choice(start["one"] if count == 1 else start["lines"]),
    )
    return " ".join(part for part in parts if part).format(
        name=name, role=session.guide_title, count=count
    )


def is_role(title: str) -> bool:
    """Whether a guide's title can be spoken as a role; an imported page's headline cannot."""
    count = len(title.split())
    return 0 < count <= _MOST_ROLE_WORDS and _HEADLINE.search(title) is None


def _bridges(lines: Lines, session: Session, chance: random.Random) -> Iterator[str]:
    """A line for each question but the first, none of them twice; silence once all were said."""
    common = _shuffled(lines["lines"], chance)
    turns = _shuffled(lines["sections"], chance)
    last = chance.choice(lines["last"])
    asked = session.asked
    for position in range(1, len(asked)):
        section = asked[position].section
        is_turn = bool(section) and section != asked[position - 1].section
        if position == len(asked) - 1:
            yield last
        elif is_turn and turns:
            yield turns.pop().format(section=section)
        else:
            yield common.pop() if common else ""


def _shuffled(lines: list[str], chance: random.Random) -> list[str]:
    return chance.sample(lines, len(lines))
