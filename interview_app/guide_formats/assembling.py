"""Puts a guide together out of a document's parts, telling what it could not place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from interview_app.domain.errors import GuideFileError
from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.text.slugs import Slugs, slug
from interview_app.guide_formats.blocks import Document
from interview_app.guide_formats.drafts import FieldText, QuestionDraft, finish, text_of
from interview_app.guide_formats.markdown_form import UNTITLED_SECTION
from interview_app.guide_formats.meanings import is_refused, plain_label, split_lead, step_of
from interview_app.guide_formats.missing import missing
from interview_app.guide_formats.outline import BlockRole, OutlineEntry, outline
from interview_app.guide_formats.prompts import split_number, split_section_number, unquoted
from interview_app.guide_formats.texts import tidy_line
from interview_app.services.guides.source import GuideWarning, Imported, LeftOut

_REASON = re.compile(
    r"(?:this|the) question (?:shows?|reveals?|tests?|tells?|checks?|assesses|helps"
    r"|is (?:about|meant))\b"
    r"|(?:interviewers?|employers?|hiring managers?|recruiters?) (?:ask|want|use|look)\b",
    re.IGNORECASE,
)
"""How an explanation of why they ask begins where no label says so."""

_INTRODUCTION = re.compile(
    r"intro(?:duction)?|overview|about (?:this|the) (?:guide|page|role|job)|summary|foreword",
    re.IGNORECASE,
)
"""Titles of what introduces a guide."""

_OPEN_STEPS = ("star", "", "why_they_ask", "tip", "approach")
"""Fields in which ``Situation: …`` begins a STAR outline instead of going on with the text."""


@dataclass(slots=True)
class SectionDraft:
    """A section while its questions are gathered."""

    title: str
    line: int
    introduction: list[FieldText] = field(default_factory=list)
    questions: list[QuestionDraft] = field(default_factory=list)


def assemble(document: Document, name: str, title: str = "") -> Imported:
    """The guide a document holds; ``title`` goes before the one it names itself.

    Raises:
        GuideFileError: there is no question in it.
    """
    assembling = GuideAssembler(document)
    for part in outline(document):
        assembling.take(part)
    return assembling.imported(name, title)


class GuideAssembler:
    """A guide in the making: takes parts or finished drafts in order, then gives the guide."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._title = document.title
        self._introduction: list[FieldText] = []
        self._sections: list[SectionDraft] = []
        self._open: SectionDraft | None = None
        self._warnings: list[GuideWarning] = []
        self._left_out = list(document.left_out)
        self._contents: list[OutlineEntry] = []
        self._awaits_prompt = False
        heads = Counter(plain_label(b.head) for b in document.blocks if b.head)
        heads.update(plain_label(b.text) for b in document.blocks if b.is_heading)
        self._repeated = {head for head, count in heads.items() if count >= 2}

    def take(self, part: OutlineEntry) -> None:
        """Place one part."""
        if part.role is BlockRole.TITLE:
            self._take_title(part)
        elif part.role is BlockRole.CONTENTS:
            self._contents.append(part)
        elif part.role is BlockRole.SECTION:
            self._take_section(part)
        elif part.role is BlockRole.PROMPT:
            self._take_prompt(part)
        elif part.role is BlockRole.LABEL:
            self._take_label(part)
        else:
            self._take_content(part)

    def warn(self, line: int, message: str) -> None:
        """Tell something about a line."""
        self._warnings.append(GuideWarning(line, message))

    def introduce(self, chunk: FieldText) -> None:
        """Content for the introduction of the guide, or of the open section if it has none yet."""
        target = self._introduction if self._open is None else self._open.introduction
        target.append(chunk)

    def begin_section(self, title: str, line: int) -> None:
        """Have the questions that follow belong to a section; one of that title goes on."""
        self._open = next((s for s in self._sections if s.title == title), None)
        if self._open is not None:
            self.leave_out(line, title, "label")
            return
        self._open = SectionDraft(title, line)
        self._sections.append(self._open)

    def add_question(self, draft: QuestionDraft) -> None:
        """A question that was gathered elsewhere, for the open section."""
        if self._open is None:
            self.begin_section(UNTITLED_SECTION, draft.line)
        if self._open is not None:
            self._open.questions.append(draft)

    def leave_out(self, line: int, text: str, reason: str) -> None:
        """Note text that is structure and no content."""
        if text.strip():
            self._left_out.append(LeftOut(line, text.strip(), reason))

    @property
    def _question(self) -> QuestionDraft | None:
        questions = self._open.questions if self._open else []
        return questions[-1] if questions else None

    def _take_title(self, part: OutlineEntry) -> None:
        self._title = part.block.text.strip("*_ ")

    def _take_section(self, part: OutlineEntry) -> None:
        number, title = split_section_number(part.block.text.strip("*_ "))
        self._drop(part, number, "number")
        self._open = SectionDraft(title.strip(" :"), part.block.line)
        self._sections.append(self._open)

    def _take_prompt(self, part: OutlineEntry) -> None:
        text = part.block.text
        if part.label is not None:
            self._drop(part, part.label.words, "label")
            text = part.label.rest
            if not text:
                self._awaits_prompt = True
                return
        self._begin_question(part, text)

    def _begin_question(self, part: OutlineEntry, text: str) -> None:
        number, prompt = split_number(text.strip("*_ "))
        marker = part.block.marker
        self._drop(part, marker if marker[-1:] in {".", ")"} else "", "number")
        self._drop(part, number, "number")
        self.add_question(QuestionDraft(unquoted(prompt), part.block.line))
        self._awaits_prompt = False

    def _take_label(self, part: OutlineEntry) -> None:
        question, label = self._question, part.label
        if label is None or question is None:
            self._take_content(part)
            return
        self._drop(part, label.words, "label")
        question.open(label.field)
        if label.rest:
            question.add(FieldText(label.rest, part.block.line))

    def _take_content(self, part: OutlineEntry) -> None:
        question = self._question
        if self._awaits_prompt:
            self._begin_question(part, part.block.text)
        elif question is not None:
            self._add_to_question(part, question)
        else:
            self.introduce(FieldText.of(part.block))

    def _add_to_question(self, part: OutlineEntry, question: QuestionDraft) -> None:
        block = part.block
        if self._begins_step(part, question):
            question.open("star")
        elif self._is_foreign_label(part):
            question.open("notes")
        elif not question.current and _REASON.match(block.text):
            question.open("why_they_ask")
        elif self._is_unlabelled_answer(part, question):
            question.open("sample_answer")
        question.add(FieldText.of(block))

    def _begins_step(self, part: OutlineEntry, question: QuestionDraft) -> bool:
        if part.is_step:
            return question.current != "star"
        if question.current == "star" or question.current not in _OPEN_STEPS:
            return False
        block = part.block
        lead = split_lead(block.text.replace("*", ""))
        is_lead = lead is not None and step_of(lead[0]) is not None
        return is_lead or ((block.is_heading or block.is_bold) and step_of(block.text) is not None)

    def _is_unlabelled_answer(self, part: OutlineEntry, question: QuestionDraft) -> bool:
        """Whether a quotation stands where the answer would, below why they ask or how to."""
        if question.current not in ("why_they_ask", "how", "") or question.has("sample_answer"):
            return False
        text = part.block.text
        return text.startswith(("“", '"')) and len(text.split()) >= 3

    def _is_foreign_label(self, part: OutlineEntry) -> bool:
        """Whether a block begins with a label that no field stands for."""
        block = part.block
        if block.is_item or step_of(block.head or block.text.partition(":")[0]):
            return False
        if block.is_heading:
            return True
        head = block.head or block.text.partition(":")[0]
        if ":" not in block.text and not block.is_bold:
            return False
        return is_refused(head) or (bool(block.head) and plain_label(block.head) in self._repeated)

    def _drop(self, part: OutlineEntry, text: str, reason: str) -> None:
        self.leave_out(part.block.line, text, reason)

    def imported(self, name: str, title: str) -> Imported:
        """The guide of everything that was taken.

        Raises:
            GuideFileError: no question was found.
        """
        self._fold_introductions()
        drafts = [draft for section in self._sections for draft in section.questions]
        if not drafts:
            raise GuideFileError(
                f"{name}, line 1: no question was found in it.",
                remedy="Put each question on a line of its own; end it with a question mark.",
            )
        unlabelled = self._unlabelled_field(drafts)
        chosen = tidy_line(title) or tidy_line(self._title) or _title_of(name)
        taken = Slugs()
        sections = tuple(self._section(draft, taken, unlabelled) for draft in self._sections)
        guide = Guide(
            id=slug(chosen),
            title=chosen,
            sections=sections,
            introduction=text_of(self._introduction),
            language=self._document.language,
        )
        self._show_contents()
        self._show_furniture()
        ends = bool(self._sections[-1].questions)
        questions = [question for section in sections for question in section.questions]
        self._warnings.extend(missing(drafts, questions, may_be_cut=ends))
        lines = {q.id: draft.line for draft, q in zip(drafts, questions, strict=True)}
        return Imported(guide, tuple(sorted(set(self._warnings))), tuple(self._left_out), lines)

    def _fold_introductions(self) -> None:
        """What stands below “Introduction” before any question introduces the guide."""
        while self._sections and not self._sections[0].questions:
            first = self._sections[0]
            if not _INTRODUCTION.fullmatch(first.title.strip(" :")) or not first.introduction:
                return
            self.leave_out(first.line, first.title, "label")
            self._introduction.extend(first.introduction)
            self._sections.pop(0)

    def _unlabelled_field(self, drafts: list[QuestionDraft]) -> str:
        """Where text below a prompt without a label belongs: the answer, if nothing else is one."""
        has_answers = any(d.has("sample_answer") or d.has("how") for d in drafts)
        return "notes" if has_answers else "sample_answer"

    def _section(self, draft: SectionDraft, taken: Slugs, unlabelled: str) -> Section:
        questions = tuple(
            self._finished(question, taken, unlabelled) for question in draft.questions
        )
        title = tidy_line(draft.title) or UNTITLED_SECTION
        if not questions:
            message = f"The part “{title}” holds no question; it is kept as it is."
            self._warnings.append(GuideWarning(draft.line, message))
        return Section(title, questions, text_of(draft.introduction))

    def _finished(self, draft: QuestionDraft, taken: Slugs, unlabelled: str) -> Question:
        finished = finish(draft, taken.take(slug(draft.prompt, "question")), unlabelled)
        for label in finished.labels:
            self.leave_out(label.line, label.text, "label")
        for chunk in finished.unplaced:
            if chunk.is_told:
                continue
            short = chunk.text if len(chunk.text) <= 60 else f"{chunk.text[:57].rstrip()}…"
            message = f"“{short}” fits no field; it is kept in the question's notes."
            self._warnings.append(GuideWarning(chunk.line, message))
        return finished.question

    def _show_contents(self) -> None:
        for part in self._contents:
            self._drop(part, f"{part.block.marker} {part.block.text}", "table of contents")
        if self._contents:
            first, last = self._contents[0].block.line, self._contents[-1].block.line
            message = (
                f"The table of contents (to line {last}) was left out; all of it stands below."
            )
            self._warnings.append(GuideWarning(first, message))

    def _show_furniture(self) -> None:
        around = [left for left in self._left_out if left.reason == "page furniture"]
        if around:
            words = sum(len(left.text.split()) for left in around)
            message = f"Navigation, banners and the like were left out ({words} words)."
            self._warnings.append(GuideWarning(around[0].line, message))


def _title_of(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").replace("-", " ").split()).capitalize() or "My guide"
