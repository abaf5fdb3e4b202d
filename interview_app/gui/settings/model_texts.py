"""What is said of a model in Settings: its facts, its figures, what a fetch does and costs."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QLocale

from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.domain.errors import DownloadFailed, InterviewAppError, ModelDamaged
from interview_app.gui.text.dates import short_day
from interview_app.gui.text.locale import window_locale
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.plurals import translate
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.models import NO_MODEL, FetchPlan, ModelState

_GIGABYTE = 1_000_000_000
_CONTEXT = "models"


def size_text(count: int) -> str:
    """Bytes as a person reads them, in powers of ten."""
    digits = 1 if count >= _GIGABYTE else 0
    return window_locale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def facts_of(model: ModelInfo) -> str:
    """Languages, size, and whether it is here."""
    languages = (
        translate(_CONTEXT, "English")
        if model.languages == "en"
        else translate(_CONTEXT, "many languages")
    )
    parts = [languages]
    if model.size_bytes:
        parts.append(size_text(model.size_bytes))
    if model.name == NO_MODEL:
        parts.append(translate(_CONTEXT, "a last resort: often wrong"))
    if not model.is_installed:
        parts.append(translate(_CONTEXT, "not installed"))
    return " · ".join(parts)


def figures_text(figures: ModelFigures) -> str:
    """How well and how fast it heard the person on this machine."""
    wrong = translate(_CONTEXT, "{0} of {1} of your words wrong").format(
        figures.wrong, figures.words
    )
    times = figures.times_as_fast
    speed = translate(_CONTEXT, "{0} times as fast as speech").format(
        window_locale().toString(times, "f", 0 if times >= 10 else 1)
    )
    slow = [translate(_CONTEXT, "too slow to keep up while you speak")]
    return " · ".join([wrong, speed, *([] if figures.keeps_up else slow)])


def measured_text(figures: ModelFigures, zone: tzinfo) -> str:
    """Its figures and when they were measured; what went wrong, if it did."""
    shown = short_day(figures.measured_at.astimezone(zone).date())
    if figures.problem:
        return translate(_CONTEXT, "Did not work when measured ({0}): {1}").format(
            shown, figures.problem
        )
    return f"{figures_text(figures)} · {shown}"


def obstacle_text(state: ModelState) -> str:
    """What speaks against using it here now."""
    return translate(_CONTEXT, "It {0}.").format(state.obstacle) if state.obstacle else ""


def kept_text(state: ModelState) -> str:
    """What a fetch that was cut left."""
    if not state.kept_bytes:
        return ""
    return translate(_CONTEXT, "{0} of it are here; the download goes on from there.").format(
        size_text(state.kept_bytes)
    )


def plan_text(plan: FetchPlan, obstacle: str) -> str:
    """What a fetch does and sends, said before its first byte."""
    text = translate(
        _CONTEXT,
        "{0} will be fetched from {1} into {2}. Only the request for these files is sent, nothing "
        "of yours, and every file is compared with its known SHA-256.",
    ).format(size_text(plan.missing_bytes), plan.source.removeprefix("https://"), plan.folder)
    return f"{obstacle} {text}".strip()


def removal_text(model: ModelInfo, *, is_chosen: bool) -> str:
    """What is asked before a model is removed."""
    text = translate(
        _CONTEXT, "Remove {0}? {1} become free; it can be downloaded again at any time."
    ).format(model.name, size_text(model.size_bytes))
    if is_chosen:
        chosen = translate(
            _CONTEXT, "It is the chosen model: answers wait until you choose another."
        )
        return f"{text} {chosen}"
    return text


def failure_text(error: Exception) -> str:
    """Why a model could not be fetched, and what to do in this window."""
    is_fetch = isinstance(error, DownloadFailed | ModelDamaged)
    names_a_command = isinstance(error, InterviewAppError) and (
        "--" in error.remedy or "interview-app" in error.remedy
    )
    if not (is_fetch and names_a_command):
        return sentence_of(error)
    step = translate(
        _CONTEXT,
        "Try again: the download goes on from what arrived. Another address asks a mirror, and a "
        "folder you have needs no network.",
    )
    return f"{error.message} {step}"  # type: ignore[attr-defined]


def folder_text(name: str, folder: Path) -> str:
    """A model came from a folder."""
    return translate(_CONTEXT, "{0} was taken from {1}; every file is as published.").format(
        name, folder
    )
