"""Which model hears a language, told in the terminal where it is not the chosen one."""

from __future__ import annotations

from collections.abc import Iterable

from interview_app.cli.output import echo
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.model_failures import unfit_for


def fitting_model(models: Iterable[ModelInfo], chosen: str, language: str) -> str:
    """The chosen model, or the one that does its work; the reason on standard error."""
    unfit = unfit_for(models, chosen, language)
    if unfit is None:
        return chosen
    then = f"{unfit.instead} is used." if unfit.instead else "What is written down will be wrong."
    echo(f"{chosen} hears English only, and this is in {language!r}. {then}", err=True)
    return unfit.instead or chosen
