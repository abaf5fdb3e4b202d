"""The header of a guide file: id, title and language between two lines of dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

import frontmatter
import yaml

from interview_app.domain.errors import GuideFileError
from interview_app.domain.guide import Guide
from interview_app.guide_formats.texts import tidy_line

_FENCE = re.compile(r"---[ \t]*$")
_ID = re.compile(r"[^\W_](?:[\w.-]{0,98}[\w-])?$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says, empty where it says nothing, and where the text below it begins."""

    id: str
    title: str
    language: str
    body_line: int
    """The number of the first line after the header, from 1."""


def read_header(lines: list[str], name: str) -> Header:
    """The header at the beginning of these lines.

    Raises:
        GuideFileError: it is not closed, is no YAML mapping, or its id cannot name a file.
    """
    if not lines or not _FENCE.match(lines[0]):
        return Header("", "", "en", 1)
    end = next((i for i, line in enumerate(lines[1:], start=1) if _FENCE.match(line)), None)
    if end is None:
        raise broken(name, 1, "the header is not closed", "Put a line with --- below the header.")
    values = _values(lines[: end + 1], name)
    guide_id = tidy_line(str(values.get("id") or ""))
    language = "no" if values.get("language") is False else values.get("language") or "en"
    if guide_id and not _ID.match(guide_id):
        line = _line_of("id", lines)
        raise broken(
            name, line, f"the id {guide_id!r} is no id", "Use letters, digits and hyphens only."
        )
    if not _LANGUAGE.match(str(language)):
        line = _line_of("language", lines)
        raise broken(name, line, f"{language!r} is no language", "Use a code such as en or de.")
    title = values.get("title")
    return Header(
        guide_id, tidy_line(str(title if title is not None else "")), str(language), end + 2
    )


def header_values(header: str) -> dict[str, object]:
    """Return the mapping a header holds, its lines of dashes included.

    Aliases (``*name``) are refused: a few lines of them stand for gigabytes.

    Raises:
        yaml.YAMLError: it is no YAML, or uses aliases.
        ValueError: a value is of no kind that YAML can make, such as a day that does not exist.
    """
    values, _ = frontmatter.parse(header, handler=_PlainYaml())
    return values if isinstance(values, dict) else {}


def write_header(guide: Guide) -> str:
    """The header of a guide, with its closing line."""
    values = {"id": guide.id, "title": guide.title, "language": guide.language}
    header: str = frontmatter.dumps(frontmatter.Post("", **values), sort_keys=False, width=10_000)
    return f"{header.strip()}\n"


class _NoAliases(yaml.SafeLoader):  # type: ignore[misc]
    """Reads YAML in which every value stands where it is used."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose the next value.

        Raises:
            yaml.YAMLError: it is an alias.
        """
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(
                None, None, "aliases are not read here", event.start_mark
            )
        return super().compose_node(parent, index)


class _PlainYaml(frontmatter.YAMLHandler):  # type: ignore[misc]
    """Has headers read without aliases."""

    def load(self, fm: str, **_kwargs: object) -> object:
        """Return what a header holds."""
        return yaml.load(fm, Loader=_NoAliases)  # noqa: S506 - a SafeLoader


def broken(name: str, line: int, what: str, remedy: str) -> GuideFileError:
    """The error for a guide file that cannot be read, naming file and line."""
    return GuideFileError(f"{name}, line {line}: {what}.", remedy=remedy)


def _values(lines: list[str], name: str) -> dict[str, object]:
    remedy = "Write id, title and language as `name: value`, one a line."
    try:
        values = header_values("\n".join(lines))
    except Exception as error:
        mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
        line = min(mark.line + 1 if mark is not None else 2, len(lines) - 1)
        problem = tidy_line(str(getattr(error, "problem", None) or error))
        raise broken(name, line, f"the header cannot be read ({problem})", remedy) from error
    if not isinstance(values, dict) or (not values and any(line.strip() for line in lines[1:-1])):
        raise broken(name, 2, "the header holds no `name: value` lines", remedy)
    return values


def _line_of(key: str, lines: list[str]) -> int:
    return next((i for i, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)
