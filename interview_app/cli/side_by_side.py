"""A take in the terminal: the person's words beside the sample answer and the tip."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from interview_app.domain.session import Session, Take, TranscriptionStatus

_NO_WORDS = {
    TranscriptionStatus.PENDING: "Not transcribed yet.",
    TranscriptionStatus.NOTHING_HEARD: "Nothing was heard.",
    TranscriptionStatus.FAILED: "Not transcribed yet; the sound is kept.",
}


def print_take(session: Session, take: Take) -> None:
    """Print question, figures, and the three columns."""
    console = Console(highlight=False)
    asked = session.asked[take.position]
    console.print()
    console.print(asked.question.prompt, style="bold", markup=False)
    console.print(figures(session, take), style="dim", markup=False)
    table = Table(expand=True, show_lines=False)
    table.add_column("Your answer", ratio=1, overflow="fold")
    table.add_column("Sample answer", ratio=1, overflow="fold")
    table.add_column("Personalization tip", width=len("Personalization tip"), overflow="fold")
    table.add_row(
        _words(take),
        Markdown(asked.question.sample_answer or "—"),
        Markdown(asked.question.tip or "—"),
    )
    console.print(table)


def _words(take: Take) -> str:
    if take.transcript is not None and take.transcript.segments:
        return escape(take.transcript.text)
    return escape(take.failure or "") or _NO_WORDS.get(take.transcription, "")


def figures(session: Session, take: Take) -> str:
    """The take's figures in one line: length against target, pace, hesitations, long pauses."""
    target = _clock(session.target_of(take.position))
    parts = [f"take {take.number}", f"{_clock(take.duration_s)} of {target}"]
    measures = take.measures
    if measures is not None and take.transcription is TranscriptionStatus.DONE:
        if not take.is_typed:
            parts.append(f"{measures.pace_wpm:.0f} words a minute")
            parts.append(_counted(len(measures.hesitations), "hesitation", "at least "))
            parts.append(_counted(len(measures.long_pauses), "long pause"))
        else:
            parts[1] = _counted(measures.words, "word")
    return " · ".join(parts)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _counted(count: int, noun: str, before: str = "") -> str:
    return f"{before if count else ''}{count} {noun}{'' if count == 1 else 's'}"
