"""What goes into an exported document, the same for every form: headings, figures, passages.

Built once from sessions; the writers in ``exports`` only lay it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import IN_READING_ORDER, STAR_STEPS
from interview_app.domain.session import AskedQuestion, Session, Take, TranscriptionStatus

TAKE_NOTES = "My notes to this take"
UNKNOWN_QUESTION = "The question of this take is missing from the database."
_NO_WORDS = {
    TranscriptionStatus.PENDING: "This take has not been transcribed yet.",
    TranscriptionStatus.NOTHING_HEARD: "Nothing was heard in this take.",
    TranscriptionStatus.FAILED: "This take could not be transcribed.",
    TranscriptionStatus.DONE: "The transcript of this take is missing.",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What a person wants in: sample answers (with tip and outline), notes, sound."""

    sample_answers: bool = True
    notes: bool = True
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, as a person reads them."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled text of a guide: paragraphs of inline Markdown, or items of a list."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeEntry:
    """One take: its heading, figures, lines that say what is gone, and the person's notes."""

    session: Session
    take: Take
    heading: str
    figures: tuple[Fact, ...]
    missing: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One question with the takes chosen; ``number`` counts from 1."""

    number: int
    section: str
    prompt: str
    passages: tuple[Passage, ...]
    takes: tuple[TakeEntry, ...]


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One session: title, facts, questions in the order asked."""

    session: Session
    title: str
    facts: tuple[Fact, ...]
    questions: tuple[QuestionEntry, ...]

    @property
    def takes(self) -> tuple[TakeEntry, ...]:
        """Every take chosen, question by question."""
        return tuple(take for question in self.questions for take in question.takes)


@dataclass(frozen=True, slots=True)
class ExportDocument:
    """What is exported; ``remarks`` say what could not be read."""

    title: str
    language: str
    sessions: tuple[SessionEntry, ...]
    contents: Contents
    remarks: tuple[str, ...] = ()

    @property
    def takes(self) -> tuple[TakeEntry, ...]:
        """Every take chosen, in order."""
        return tuple(take for session in self.sessions for take in session.takes)


def document_of(
    sessions: Sequence[Session],
    contents: Contents,
    has_sound: Callable[[Take], bool],
    zone: tzinfo,
    chosen: Callable[[Take], bool] | None = None,
    remarks: Sequence[str] = (),
    notes: Mapping[str, str] = MappingProxyType({}),
) -> ExportDocument:
    """The document of sessions; with ``chosen``, only those takes and their questions.

    Dates are those of ``zone``; ``notes`` are the person's to takes, by uid.
    """
    entries = tuple(_session_entry(s, contents, has_sound, zone, chosen, notes) for s in sessions)
    languages = {session.language for session in sessions}
    language = languages.pop() if len(languages) == 1 else ""
    return ExportDocument(_title(entries), language, entries, contents, tuple(remarks))


def clock(seconds: float) -> str:
    """Seconds as ``1:05``, from an hour on ``1:02:05``."""
    minutes, rest = divmod(int(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def remark_on(entry: TakeEntry, line: str) -> str:
    """A line about a take, naming it."""
    return f"Question {entry.take.position + 1}, take {entry.take.number}: {line}"


def words_missing(take: Take) -> str | None:
    """Why a take shows no words, in a sentence; ``None`` where it has some."""
    if take.transcript is not None and take.transcript.words:
        return None
    return take.failure or _NO_WORDS[take.transcription]


def _title(entries: Sequence[SessionEntry]) -> str:
    if len(entries) == 1:
        return entries[0].title
    return f"{len(entries)} rehearsals"


def _session_entry(
    session: Session,
    contents: Contents,
    has_sound: Callable[[Take], bool],
    zone: tzinfo,
    chosen: Callable[[Take], bool] | None,
    notes: Mapping[str, str],
) -> SessionEntry:
    def entry(take: Take) -> TakeEntry:
        return TakeEntry(
            session,
            take,
            f"Take {take.number}" + (" (marked as best)" if take.is_best else ""),
            _figures(session, take),
            tuple(_missing(take, has_sound(take))),
            notes.get(take.uid, ""),
        )

    questions: list[QuestionEntry] = []
    for position, asked in enumerate(session.asked):
        takes = [take for take in _takes_of(session, position) if chosen is None or chosen(take)]
        if chosen is None or takes:
            questions.append(_question(position, asked, contents, map(entry, takes)))
    astray = [
        take
        for take in session.takes
        if not 0 <= take.position < len(session.asked) and (chosen is None or chosen(take))
    ]
    if astray:
        number = len(session.asked) + 1
        takes_astray = tuple(map(entry, astray))
        questions.append(QuestionEntry(number, "", UNKNOWN_QUESTION, (), takes_astray))
    title = session.guide_title.strip() or "Rehearsal"
    return SessionEntry(session, title, tuple(_facts(session, zone)), tuple(questions))


def _takes_of(session: Session, position: int) -> list[Take]:
    """The takes of a question, the one marked as best first."""
    return sorted(session.takes_of(position), key=lambda take: (not take.is_best, take.number))


def _facts(session: Session, zone: tzinfo) -> Iterable[Fact]:
    yield Fact("Date", f"{session.started_at.astimezone(zone):%Y-%m-%d %H:%M}")
    yield Fact("Mode", session.mode.value)
    answered = len({take.position for take in session.takes})
    yield Fact("Answered", f"{answered} of {len(session.asked)} questions")
    yield Fact("Answers together", clock(sum(take.duration_s for take in session.takes)))
    if session.ended_at is None:
        yield Fact("State", "not finished")


def _question(
    position: int, asked: AskedQuestion, contents: Contents, takes: Iterable[TakeEntry]
) -> QuestionEntry:
    question = asked.question
    passages = [*_helps(question)] if contents.sample_answers else []
    if contents.notes and question.notes:
        passages.append(Passage("Notes", question.notes))
    return QuestionEntry(
        position + 1, asked.section, question.prompt, tuple(passages), tuple(takes)
    )


def _helps(question: Question) -> Iterable[Passage]:
    for field in IN_READING_ORDER:
        value = getattr(question, field.name)
        if not field.is_exported or not value:
            continue
        if isinstance(value, StarOutline):
            if steps := tuple(_steps(value)):
                yield Passage(field.title, items=steps)
        elif field.kind.is_items:
            yield Passage(field.title, items=value)
        else:
            yield Passage(field.title, value)


def _steps(star: StarOutline) -> Iterable[str]:
    for step in STAR_STEPS:
        if text := getattr(star, step):
            yield f"**{step.capitalize()}:** {text}"


def _figures(session: Session, take: Take) -> tuple[Fact, ...]:
    measures = take.measures
    if take.is_typed:
        return (Fact("Words", str(measures.words)),) if measures else ()
    length = clock(take.duration_s)
    if 0 <= take.position < len(session.asked):
        length += f" of {clock(session.target_of(take.position))}"
    facts = [Fact("Length", length)]
    if measures is not None and take.transcription is TranscriptionStatus.DONE:
        crutches = len(measures.crutch_phrases)
        facts += [
            Fact("Words", str(measures.words)),
            Fact("Pace", f"{measures.pace_wpm:.0f} words a minute"),
            Fact("Pace while speaking", f"{measures.articulation_wpm:.0f} words a minute"),
            Fact("Hesitations", _at_least(len(measures.hesitations))),
            Fact("Crutch phrases", _at_least(crutches)),
            Fact("Long pauses", str(len(measures.long_pauses))),
            Fact("Before the first word", f"{measures.onset_s:.1f} s"),
        ]
    return tuple(facts)


def _at_least(count: int) -> str:
    """A count that is a lower bound: recognizers drop many of these sounds."""
    return f"at least {count}" if count else "0"


def _missing(take: Take, has_sound: bool) -> Iterable[str]:
    reason = words_missing(take)
    if reason is not None:
        yield reason
    if take.sound is not None and not has_sound:
        yield SOUND_GONE


SOUND_GONE = "The sound of this take is gone or damaged; what is shown here is all that was kept."
"""What an export says in place of a sound that cannot be read."""
