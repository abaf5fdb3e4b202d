"""Guides out of JSON: the application's own shape exactly, anybody else's by the names in it."""

from __future__ import annotations

import json
from typing import Any, TypeGuard

from interview_app.domain.errors import GuideFileError
from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.question_fields import FIELD, is_plain, typed_values
from interview_app.guide_formats.assembling import GuideAssembler
from interview_app.guide_formats.blocks import Document
from interview_app.guide_formats.decoding import plain_spaces
from interview_app.guide_formats.drafts import FieldText
from interview_app.guide_formats.markdown_writer import tidy_guide
from interview_app.guide_formats.prompts import looks_like_prompt
from interview_app.guide_formats.records import (
    Named,
    add_record,
    is_title,
    meaning_of,
    spaced,
    spelled_out,
)
from interview_app.services.guides.source import Imported

_QUESTION_KEYS = {"id", "prompt", *FIELD}
_SECTION_KEYS = {"title", "introduction", "questions"}
_GUIDE_KEYS = {"id", "title", "language", "introduction", "sections"}
MAX_DEPTH = 12
"""Values nested deeper are kept as text."""


def import_json(text: str, name: str, title: str = "") -> Imported:
    """The guide a JSON text holds.

    Raises:
        GuideFileError: it is no JSON, or holds no question.
    """
    value = _parsed(text, name)
    inner = value.get("guide") if isinstance(value, dict) else None
    own = inner if isinstance(inner, dict) else value
    if _is_own(own):
        return Imported(_own_guide(own, title))
    walk = _Walk(text)
    walk.top(_plain(inner if isinstance(inner, (dict, list)) else value))
    return walk.assembling.imported(name, title or walk.title)


def _parsed(text: str, name: str) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        rows = [line for line in text.split("\n") if line.strip()]
        try:
            return [json.loads(row) for row in rows]
        except ValueError:
            raise GuideFileError(
                f"{name}, line {error.lineno}: this is no valid JSON ({error.msg}).",
                remedy="Correct it there, or import the text instead.",
            ) from error
    except (RecursionError, ValueError) as error:
        raise GuideFileError(
            f"{name}, line 1: this JSON cannot be read.", remedy="Import the text instead."
        ) from error


def _is_own(value: object) -> bool:
    if not isinstance(value, dict) or not value.keys() <= _GUIDE_KEYS:
        return False
    sections = value.get("sections")
    return (
        isinstance(value.get("title"), str)
        and isinstance(sections, list)
        and all(
            isinstance(section, dict)
            and section.keys() <= _SECTION_KEYS
            and isinstance(section.get("questions"), list)
            and all(_is_own_question(question) for question in section["questions"])
            for section in sections
        )
    )


def _is_own_question(value: object) -> bool:
    if not isinstance(value, dict) or not value.keys() <= _QUESTION_KEYS:
        return False
    return (
        isinstance(value.get("prompt"), str)
        and isinstance(value.get("id"), str | None)
        and all(is_plain(field, value.get(name)) for name, field in FIELD.items())
    )


def _own_guide(value: dict[str, Any], title: str) -> Guide:
    sections = tuple(
        Section(
            section.get("title") or "",
            tuple(
                Question(question.get("id") or "", question["prompt"], **typed_values(question))
                for question in section["questions"]
            ),
            section.get("introduction"),
        )
        for section in value["sections"]
    )
    guide = Guide(
        id=value.get("id") or "",
        title=title or value["title"],
        sections=sections,
        introduction=value.get("introduction"),
        language=value.get("language") or "en",
    )
    return tidy_guide(guide)


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """The value with ordinary spaces in every text."""
    if isinstance(value, str):
        return plain_spaces(value)
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {plain_spaces(key): _plain(inner) for key, inner in value.items()}
    return value


class _Walk:
    """Finds questions in a value of unknown shape."""

    def __init__(self, text: str) -> None:
        self.assembling = GuideAssembler(Document(()))
        self.title = ""
        self._text = text
        self._at = 0
        self._told: set[str] = set()
        self._line = 1

    def top(self, value: object) -> None:
        if isinstance(value, dict) and not self._prompt_key(value):
            named = next((key for key in value if is_title(key) and _is_scalar(value[key])), None)
            if named is not None:
                self.title = _scalar(value[named])
                value = {key: inner for key, inner in value.items() if key != named}
        self._value("", value, 0)

    def _value(self, name: str, value: object, depth: int) -> None:
        if isinstance(value, dict) and depth < MAX_DEPTH:
            self._object(name, value, depth)
        elif isinstance(value, list) and depth < MAX_DEPTH:
            for inner in value:
                self._entry(name, inner, depth + 1)
        elif text := _scalar(value):
            self._text_of(name, text)

    def _entry(self, name: str, value: object, depth: int) -> None:
        """A value of a list: a question as text, a pair of question and answer, or an object."""
        if isinstance(value, str) and (looks_like_prompt(value) or meaning_of(name) == "prompt"):
            add_record(self.assembling, value, [], self._find(value))
        elif _is_pair(value):
            line = self._find(value[0])
            add_record(self.assembling, value[0], [Named("Answer", value[1], line)], line)
        else:
            self._value(name, value, depth)

    def _object(self, name: str, value: dict[str, Any], depth: int) -> None:
        prompt = self._prompt_key(value)
        if prompt is not None:
            self._question(prompt, value)
        elif _is_answers(value):
            for question, answer in value.items():
                line = self._find(question)
                values = [Named("Answer", _scalar(answer), line)]
                if isinstance(answer, dict):
                    values = [v for key, inner in answer.items() for v in _named(key, inner, line)]
                add_record(self.assembling, question, values, line)
        else:
            self._part(name, value, depth)

    def _part(self, name: str, value: dict[str, Any], depth: int) -> None:
        """A section, or something that holds sections: every name with a list below is one."""
        rest = dict(value)
        named = next(
            (
                key
                for key in rest
                if (is_title(key) or meaning_of(key) == "section") and _is_scalar(rest[key])
            ),
            None,
        )
        if named is not None:
            title = _scalar(rest.pop(named))
            self.assembling.begin_section(title, self._find(title))
        for key, inner in rest.items():
            if (
                self._holds_questions(inner)
                and named is None
                and meaning_of(key) not in ("prompt", "section")
            ):
                self.assembling.begin_section(spaced(key).capitalize(), self._find(key))
            self._value(key if meaning_of(key) == "prompt" else name or key, inner, depth + 1)

    def _holds_questions(self, value: object) -> bool:
        """Whether a value is a list (or an object) whose entries are questions themselves."""
        if isinstance(value, dict):
            return _is_answers(value)
        return isinstance(value, list) and any(
            (isinstance(inner, str) and looks_like_prompt(inner))
            or _is_pair(inner)
            or (isinstance(inner, dict) and self._prompt_key(inner) is not None)
            for inner in value
        )

    def _question(self, prompt: str, value: dict[str, Any]) -> None:
        line = self._find(_scalar(value[prompt]))
        values: list[Named] = []
        for key, inner in value.items():
            if key == prompt:
                continue
            if meaning_of(key) == "section" and _is_scalar(inner):
                if _scalar(inner):
                    self.assembling.begin_section(_scalar(inner), line)
                continue
            values.extend(_named(key, inner, line))
        for named in values:
            if meaning_of(named.name) is None and named.name not in self._told:
                self._told.add(named.name)
                message = f"“{spaced(named.name)}” fits no field; it is kept in the notes."
                self.assembling.warn(line, message)
        add_record(self.assembling, _scalar(value[prompt]), values, line)

    def _text_of(self, name: str, text: str) -> None:
        line = self._find(text)
        if looks_like_prompt(text) and meaning_of(name) == "prompt":
            add_record(self.assembling, text, [], line)
            return
        if spaced(name).casefold() not in ("introduction", "intro", "description", "summary", ""):
            self.assembling.warn(
                line, f"“{spaced(name)}” fits nowhere; it is kept as introduction."
            )
        self.assembling.introduce(FieldText(" ".join(text.split()), line))

    def _prompt_key(self, value: dict[str, Any]) -> str | None:
        keys = [key for key in value if meaning_of(key) == "prompt" and _is_scalar(value[key])]
        if not keys and any(meaning_of(key) for key in value if key):
            keys = [k for k in value if is_title(k) and looks_like_prompt(_scalar(value[k]))]
        return next((key for key in keys if _scalar(value[key])), None)

    def _find(self, text: str) -> int:
        """The line where a text stands, looking on from the last one found."""
        for wanted in (
            json.dumps(text, ensure_ascii=False)[1:-1][:80],
            json.dumps(text)[1:-1][:80],
        ):
            at = self._text.find(wanted, self._at)
            if at >= 0:
                self._line += self._text.count("\n", self._at, at)
                self._at = at
                break
        return self._line


def _named(key: str, value: object, line: int) -> list[Named]:
    if isinstance(value, dict):
        value = dict(zip(spelled_out(value), value.values(), strict=True))
        steps = [Named(k, _scalar(v), line) for k, v in value.items() if meaning_of(k)]
        if len(steps) == len(value):
            return steps
        text = "\n".join(f"{spaced(k)}: {_scalar(v)}" for k, v in value.items())
        return [Named(key, text, line)]
    if isinstance(value, list):
        return [Named(key, "\n".join(f"- {' '.join(_scalar(v).split())}" for v in value), line)]
    return [Named(key, _scalar(value), line)]


def _scalar(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)


def _is_pair(value: object) -> TypeGuard[list[str]]:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(v, str) for v in value)
        and looks_like_prompt(value[0])
    )


def _is_answers(value: dict[str, Any]) -> bool:
    """Whether the names of an object are questions and its values their answers."""
    asked = [key for key in value if looks_like_prompt(key) and meaning_of(key) is None]
    return len(asked) >= max(1, 0.6 * len(value))
