r"""The fields of a question, in one table: adding a field begins and ends here.

Each field stands on :class:`~interview_app.domain.guide.Question` under its name, which is also its
key in JSON. From this table are made: the labels of guide files and the order they are written in,
what labels of other publishers mean, the readers and writers of Markdown, Word, web pages and JSON,
the rows of asked questions, the form that edits a question and the parts that show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from interview_app.domain.guide import Question, StarOutline

STAR_STEPS = tuple(step.name for step in fields(StarOutline))


class FieldKind(StrEnum):
    """What the value of a field is, and so how it is read, written, kept and edited."""

    TEXT = "text"
    """Paragraphs: ``str | None``."""
    LIST = "list"
    """Texts, one an item: ``tuple[str, ...]``."""
    NUMBERED = "numbered"
    """Texts in their order, one an item: ``tuple[str, ...]``."""
    TERMS = "terms"
    """Short terms without commas, on one line: ``tuple[str, ...]``."""
    OUTLINE = "outline"
    """The four steps of a story: ``StarOutline | None``."""
    SECONDS = "seconds"
    """A length of time: ``int | None``."""

    @property
    def is_list(self) -> bool:
        """Whether each text is an item of a list, which may hold paragraphs."""
        return self in (FieldKind.LIST, FieldKind.NUMBERED)

    @property
    def is_items(self) -> bool:
        """Whether the value is a tuple of texts."""
        return self.is_list or self is FieldKind.TERMS


class ReadingColumn(StrEnum):
    """Where a field stands on the screen: with the answer, or with what helps to find one."""

    ANSWER = "answer"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One field of a question and all that readers, writers and views know of it."""

    name: str
    """Its name on :class:`Question`, and its key in JSON."""
    label: str
    """What stands before it in guide files."""
    kind: FieldKind
    title: str
    """What stands above it on the screen and in exports; views translate it."""
    meanings: tuple[str, ...]
    """Patterns of the labels that other publishers give it, in lower case."""
    side: ReadingColumn
    rank: int
    """Its place on its side, from the top."""
    has_column: bool = False
    """Whether asked questions have a column of its name; the others share the column ``more``."""
    is_exported: bool = False
    """Whether exports of a session show it above the person's own answers."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name translators' tools know
    """Return the text: it is translated where it is shown."""
    return text


_WHO = (
    r"(?:(?:the |your |an |most |many )?(?:potential |future |hiring )?(?:they"
    r"|interviewers?|employers?|recruiters?|managers?"
    r"|compan(?:y|ies)|hirers?|we|panels?)(?:'re|'d|'ll| are| is| will| would| might| may| "
    r"do| does| really"
    r"| often| usually| actually| typically)*)"
)
_ANSWERS = r"(?:answers?|responses?|repl(?:y|ies))"
_IT = (
    r"(?: (?:this|that|it|the|these|your|an?|about|of|for|to|interview|question|questions"
    r"|answer|one|one's))*"
)
_STAR = r"s\.? ?t\.? ?a\.? ?r\.?"
_SHAPE = (
    r"(?:framework|method|technique|outline|format|approach|structure|breakdown|model|prompts?"
    r"|story|stories|guide|example|answers?|responses?|template)"
)
_KIND = (
    r"(?:sample|example|model|suggested|possible|potential|ideal|good|great|strong|best"
    r"|perfect|winning|effective"
    r"|recommended|expected|reference|proposed|full|short|spoken|candidate|interview|your"
    r"|the|an?|star|one)"
)

HOW_MEANINGS = (
    rf"(?:the best way |tips on |advice on )?how (?:to|you (?:can|could|should"
    rf"|might)|should you|i'd|i would|we'd) (?:best )?(?:answer|respond"
    rf"|reply){_IT}(?: well| best)?",
    rf"(?:the )?best way to (?:answer|respond|reply){_IT}",
    r"what to say",
)
"""Patterns of labels that may mean the sample answer or the approach."""

QUESTION_FIELDS = (
    QuestionField(
        "why_they_ask",
        "Why they ask",
        FieldKind.TEXT,
        title=QT_TRANSLATE_NOOP("question", "Why they ask"),
        side=ReadingColumn.HELP,
        rank=2,
        has_column=True,
        is_exported=True,
        meanings=(
            rf"(?:the reasons? )?why(?: do| would| might| does)? {_WHO} (?:ask|asks|asking"
            rf"|asked|want|wants|care)\b.{{0,40}}",
            rf"(?:here's )?why(?: is| was| it's| it is| they're| this is|'s|s)?{_IT}(?: is"
            rf"| was|'s)?(?: being| often| usually)? ?(?:asked|matters?|important|counts)",
            r"why (?:this|the|that) question(?: .{0,30})?",
            r"why it'?s asked",
            r"why you(?:'re| are| might be| may be)(?: being)? asked.{0,30}",
            rf"what(?:'s| is)? ?{_WHO} (?:really |actually )?(?:look|looks|looking|listen"
            rf"|listening|want|wants|wanting|hope|hoping|test|testing"
            r"|assess|assessing|evaluat\w+|ask|asking|after|need|needs|expect|expects|check"
            r"|checking|trying|measure|measuring|learn|find|like)\b.{0,50}",
            r"what (?:this|the|it)(?: question)? (?:reveals?|tests?|assesses|measures|shows"
            r"|is about|really (?:asks|means)|is (?:really )?(?:asking|testing))\b.{0,30}",
            r"what(?:'s| is) (?:being )?(?:tested|assessed|evaluated|behind .{0,30})",
            rf"what {_WHO} (?:is|are) .{{0,40}}",
            r"what to (?:listen|look) for",
            r"(?:the )?(?:purpose|intent|intention|rationale|motivation|reason|reasoning"
            r"|goal|point)(?: (?:of|behind|for) .{0,40})?",
            r"(?:the )?(?:interviewer|recruiter|employer|hiring manager)(?:'s|s')? "
            r"(?:intent|intention|perspective|goal|purpose|view|motivation|agenda|mind)",
            r"(?:the )?(?:meaning|question|thinking) behind(?: .{0,40})?",
            r"behind the question",
        ),
    ),
    QuestionField(
        "star",
        "STAR",
        FieldKind.OUTLINE,
        title=QT_TRANSLATE_NOOP("question", "STAR outline"),
        side=ReadingColumn.ANSWER,
        rank=2,
        has_column=True,
        is_exported=True,
        meanings=(
            rf"(?:(?:use|using|apply|applying|answer (?:with|using)|with|sample|example|the"
            rf"|a|your) )*{_STAR}(?:[ -]{_SHAPE})*(?: (?:for|of|to)\b.{{0,40}})?",
            rf"{_KIND} {_ANSWERS} (?:using|with|in) (?:the )?{_STAR}(?:[ -]{_SHAPE})?",
            rf"(?:situation[,/ -]+task[,/ -]+action[,/ -]+(?:and )?results?)(?: {_SHAPE})?",
        ),
    ),
    QuestionField(
        "approach",
        "Approach",
        FieldKind.NUMBERED,
        title=QT_TRANSLATE_NOOP("question", "How to think it through"),
        side=ReadingColumn.ANSWER,
        rank=3,
        has_column=True,
        is_exported=True,
        meanings=(
            r"(?:here's )?how (?:to|you (?:can|could|should|might)|should you|i'd|i would"
            r"|we'd) (?:think|approach|tackle|break|structure|reason"
            r"|go|work|frame|prepare|solve|attack|organi[sz]e|build|handle)\b.{0,40}",
            r"(?:a |an |the |your |suggested |possible |recommended |answer |solution "
            r"|good |one )*approach(?:es)?(?: (?:in|to|by|for)\b.{0,30})?",
            r"(?:your |the |suggested |answer |answering )*(?:thought process|thinking "
            r"process|thinking|reasoning|strategy|structure|framework|outline|game plan"
            r"|plan of attack)",
            r"(?:steps?|step[- ]by[- ]step)(?: (?:to|by|for|approach|guide)\b.{0,30})?",
            r"think(?:ing)? (?:it |this )?through(?: .{0,20})?",
            r"walk ?through",
        ),
    ),
    QuestionField(
        "sample_answer",
        "Sample answer",
        FieldKind.TEXT,
        title=QT_TRANSLATE_NOOP("question", "Sample answer"),
        side=ReadingColumn.ANSWER,
        rank=1,
        has_column=True,
        is_exported=True,
        meanings=(
            rf"(?:{_KIND}(?: \w+){{0,2}} )+{_ANSWERS}(?: (?:\d+|[a-c]|#\d+|for|to|from|by"
            rf"|in|using)\b.{{0,40}})?",
            rf"{_ANSWERS}(?: (?:examples?|samples?|ideas?|\d+|[a-c]|scripts?|templates?))?",
            r"(?:sample|example|model|for example|sample script|script|sample response text"
            r"|in practice|sounds like)s?(?: \d+)?",
            r"(?:here's )?(?:an? |one )?(?:example|sample)(?: of (?:an?|how|what)\b.{0,40})",
            r"what (?:it|this|a (?:good|great|strong) answer) (?:sounds|might sound|could "
            r"sound) like",
            r"ans|a|candidate|interviewee|applicant",
        ),
    ),
    QuestionField(
        "tip",
        "Personalization tip",
        FieldKind.TEXT,
        title=QT_TRANSLATE_NOOP("question", "Personalization tip"),
        side=ReadingColumn.HELP,
        rank=1,
        has_column=True,
        is_exported=True,
        meanings=(
            r"(?:(?:personali[sz](?:ation|ing)|pro|quick|expert|insider|bonus|interview"
            r"|coach(?:'s|ing)?|helpful|top|our|answer|answering|extra|prep"
            r"|customi[sz]ation|career|hot|useful|more|an?|the) )*tips?"
            r"(?:(?: (?:to|for|on|from|when|about)\b|[ -]+).{0,50})?",
            r"(?:how to |ways to |to )?(?:personali[sz]e|customi[sz]e|tailor|adapt"
            r"|individuali[sz]e)(?: (?:it|this|that|your|the|an?|answers?|to)\b.{0,40})?",
            r"(?:how to )?mak(?:e|ing) (?:it|this|the answer|this answer) (?:your own|yours"
            r"|personal|fit)(?: .{0,20})?",
            r"personali[sz]ation(?: (?:advice|hints?|ideas|notes?))?",
            r"(?:our |expert |some )?(?:advice|hints?|suggestions?|recommendations?)(?: "
            r"(?:for|to)\b.{0,30})?",
        ),
    ),
    QuestionField(
        "key_points",
        "Key points",
        FieldKind.LIST,
        title=QT_TRANSLATE_NOOP("question", "Key points"),
        side=ReadingColumn.HELP,
        rank=3,
        has_column=True,
        meanings=(
            r"(?:the |your )?(?:key|main|talking|core|essential|important|must[- ]have"
            r"|bullet) (?:points?|elements?|ideas?|takeaways?|messages?|ingredients)(?: "
            r"(?:to|of|for)\b.{0,40})?",
            r"(?:points?|things|what) to (?:cover|include|mention|make|hit|emphasi[sz]e"
            r"|highlight|touch on)(?: .{0,30})?",
            r"(?:must|should) (?:mention|include|cover)",
            r"(?:answer )?checklist|takeaways?",
            r"what (?:a )?(?:good|great|strong) (?:answer|response)s? (?:include|has|have"
            r"|cover|contain|look)s?(?: .{0,20})?",
        ),
    ),
    QuestionField(
        "follow_ups",
        "Follow-ups",
        FieldKind.LIST,
        title=QT_TRANSLATE_NOOP("question", "What they may ask next"),
        side=ReadingColumn.HELP,
        rank=4,
        has_column=True,
        meanings=(
            r"(?:possible |likely |potential |common |typical |sample )?follow[- ]?ups?(?: "
            r"questions?)?(?: .{0,40})?",
            r"(?:possible |likely |potential |common )?(?:next|probing|deeper) questions?",
            r"(?:they|interviewers?) (?:may|might|could) (?:also|then) ask",
        ),
    ),
    QuestionField(
        "asked_as",
        "Asked as",
        FieldKind.LIST,
        title=QT_TRANSLATE_NOOP("question", "Also asked as"),
        side=ReadingColumn.HELP,
        rank=5,
        meanings=(
            r"(?:also |often |sometimes |otherwise )*asked as",
            r"(?:other|different|alternative|more) ways (?:to ask|of asking|they (?:may |might "
            r"|could )?ask)(?: (?:it|this|the same))?",
            r"(?:other|different|alternative) (?:wordings?|phrasings?)",
            r"(?:question )?(?:rewordings?|rephrasings?)|question variations?",
        ),
    ),
    QuestionField(
        "competencies",
        "Competencies",
        FieldKind.TERMS,
        title=QT_TRANSLATE_NOOP("question", "Competencies"),
        side=ReadingColumn.HELP,
        rank=6,
        meanings=(
            r"(?:key |core |main )?competenc(?:y|ies)(?: (?:tested|assessed|covered|shown))?",
            r"(?:key )?skills? (?:tested|assessed)",
        ),
    ),
    QuestionField(
        "target_s",
        "Target length",
        FieldKind.SECONDS,
        title=QT_TRANSLATE_NOOP("question", "Length of the answer"),
        side=ReadingColumn.HELP,
        rank=7,
        has_column=True,
        meanings=(
            r"(?:target|ideal|recommended|suggested|answer|expected|speaking|time)[ -](?:length"
            r"|time|duration|limit|target)(?: s| \(?s(?:ec(?:ond)?s?)?\)?)?",
            r"(?:length|duration|target s|seconds)",
        ),
    ),
    QuestionField(
        "notes",
        "Notes",
        FieldKind.TEXT,
        title=QT_TRANSLATE_NOOP("question", "Also in this guide"),
        side=ReadingColumn.ANSWER,
        rank=4,
        has_column=True,
        meanings=(r"(?:my |your |additional |extra )?notes?",),
    ),
)
"""Every field beside id and prompt, in the order in which guide files hold them."""

FIELD = {field.name: field for field in QUESTION_FIELDS}
"""The fields by name."""

IN_READING_ORDER = tuple(FIELD[field.name] for field in fields(Question) if field.name in FIELD)
"""The fields in the order of :class:`Question`, which is that of JSON and of exports."""

_BETWEEN_TERMS = re.compile(r"[,;\n]")
_ITEM_SIGN = re.compile(r"(?:(?:[-*+•]|\d{1,9}[.)])\s+)+")


def split_terms(text: str) -> tuple[str, ...]:
    """The terms of a line or a list, each once and without the sign of an item."""
    terms = (" ".join(term.split()) for term in _BETWEEN_TERMS.split(text))
    bare = (_ITEM_SIGN.sub("", term, count=1) if _ITEM_SIGN.match(term) else term for term in terms)
    return tuple(dict.fromkeys(term for term in bare if term))


def join_terms(terms: Iterable[str]) -> str:
    """Terms on one line; :func:`split_terms` gives them again."""
    return ", ".join(terms)


def single_text(field: QuestionField, value: Any) -> str:  # noqa: ANN401 - any field's value
    """The value of a field that is written as one text: a text, terms, or seconds."""
    if field.kind is FieldKind.TERMS:
        return join_terms(value)
    return f"{value} s" if field.kind is FieldKind.SECONDS else str(value)


def plain_values(question: Question) -> dict[str, Any]:
    """The fields of a question as JSON holds them, every key present; ``None`` where empty."""
    return {field.name: _plain(getattr(question, field.name)) for field in IN_READING_ORDER}


def is_plain(field: QuestionField, value: object) -> bool:
    """Whether a value of JSON is one that :func:`plain_values` could have made of the field."""
    if value is None:
        return True
    if field.kind is FieldKind.OUTLINE:
        return (
            isinstance(value, dict)
            and value.keys() <= set(STAR_STEPS)
            and all(isinstance(step, str | None) for step in value.values())
        )
    if field.kind.is_items:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, int if field.kind is FieldKind.SECONDS else str)


def typed_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`plain_values` made, as :class:`Question` takes it; absent keys stay empty."""
    return {field.name: _typed(field, values.get(field.name)) for field in IN_READING_ORDER}


def _plain(value: object) -> object:
    if isinstance(value, StarOutline):
        return {step: getattr(value, step) for step in STAR_STEPS}
    return list(value) or None if isinstance(value, tuple) else value


def _typed(field: QuestionField, value: Any) -> object:  # noqa: ANN401 - JSON is anything
    if field.kind is FieldKind.OUTLINE:
        return StarOutline(**value) if value else None
    return tuple(value or ()) if field.kind.is_items else value
