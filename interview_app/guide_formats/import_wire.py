"""What an import understood, as messages between processes: each small, so that none stalls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.question_fields import plain_values, typed_values
from interview_app.services.guides.source import GuideWarning, Imported, LeftOut

Message = dict[str, Any]
_BATCH = 100
"""Remarks in one message."""
_LONGEST_LINE = 400
"""Characters of a line that stand under a remark; nobody reads more there."""


def messages_of(imported: Imported, lines: Sequence[str] = ()) -> Iterator[Message]:
    """The messages; ``lines`` are those of the source, the remarks' own go along."""
    guide = imported.guide
    count = sum(len(section.questions) for section in guide.sections)
    head = {"id": guide.id, "title": guide.title, "introduction": guide.introduction}
    yield {"guide": {**head, "language": guide.language}, "count": count}
    for section in guide.sections:
        yield {"section": {"title": section.title, "introduction": section.introduction}}
        for question in section.questions:
            line = imported.question_lines.get(question.id, 0)
            values = {"id": question.id, "prompt": question.prompt, **plain_values(question)}
            yield {"question": values, "line": line}
    for warnings in _batches(imported.warnings):
        yield {"warnings": [[w.line, _safe(w.message), _line(lines, w.line)] for w in warnings]}
    for left_out in _batches(imported.left_out):
        yield {"left_out": [[one.line, _safe(one.text), one.reason] for one in left_out]}
    yield {"done": True}


@dataclass
class MessageAssembler:
    """Puts an import together again, message by message."""

    guide: Guide | None = None
    count: int = 0
    arrived: int = 0
    lines: dict[int, str] = field(default_factory=dict)
    _sections: list[tuple[Section, list[Question]]] = field(default_factory=list)
    _warnings: list[GuideWarning] = field(default_factory=list)
    _left_out: list[LeftOut] = field(default_factory=list)
    _question_lines: dict[str, int] = field(default_factory=dict)

    @property
    def fraction(self) -> float | None:
        """How much has arrived, 0 to 1; ``None`` before the first message."""
        return None if self.guide is None else self.arrived / max(self.count, 1)

    def add(self, message: Mapping[str, Any]) -> None:
        """Take in one message."""
        if "question" in message:
            self.arrived += 1
            values = message["question"]
            question = Question(values["id"], values["prompt"], **typed_values(values))
            self._sections[-1][1].append(question)
            if message["line"]:
                self._question_lines[question.id] = message["line"]
        elif "section" in message:
            self._sections.append((Section(**message["section"]), []))
        elif "guide" in message:
            self.guide, self.count = Guide(**message["guide"]), message["count"]
        for line, text, shown in message.get("warnings", ()):
            self._warnings.append(GuideWarning(line, text))
            self.lines[line] = shown
        self._left_out.extend(LeftOut(*one) for one in message.get("left_out", ()))

    def result(self) -> Imported:
        """What was understood, once everything has arrived."""
        if self.guide is None:
            raise ValueError("No guide has arrived")
        sections = tuple(
            replace(section, questions=tuple(questions)) for section, questions in self._sections
        )
        guide = replace(self.guide, sections=sections)
        warnings, left_out = tuple(self._warnings), tuple(self._left_out)
        return Imported(guide, warnings, left_out, self._question_lines)


def _line(lines: Sequence[str], number: int) -> str:
    return _safe(lines[number - 1][:_LONGEST_LINE]) if 0 < number <= len(lines) else ""


def _safe(text: str) -> str:
    """A text without halves of signs, which no message can carry."""
    return text.encode("utf-8", "replace").decode()


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
