"""Tells when a model cannot make transcripts here, and which other one may be used instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from interview_app.domain.errors import InterviewAppError, RecognizerUnavailable
from interview_app.services.jobs import Post
from interview_app.services.listeners import Listeners
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.models import best_for, hears, model_for, next_smaller


@dataclass(frozen=True, slots=True)
class ModelFailed:
    """A model made no transcript of a take; ``instead`` names one to use, empty if there is none.

    ``reason`` is what happened, in a sentence a person understands.
    """

    model: str
    reason: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class ModelUnfit:
    """The chosen model does not hear the language of a session.

    ``instead`` names the one that does its work; empty if none here hears that language.
    """

    model: str
    language: str
    instead: str = ""


ModelFailure = ModelFailed | ModelUnfit


class ModelFailures:
    """Hears of failures on any thread, and tells of them on the owner's."""

    def __init__(
        self,
        models: Callable[[], Sequence[ModelInfo]],
        post: Post,
        unable: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        """``models`` lists the models of this machine; it may block.

        So may ``unable``: the names of those that something keeps from running here now.
        """
        self._models = models
        self._post = post
        self._unable = unable
        self._listeners = Listeners[ModelFailure]()

    def subscribe(self, listener: Callable[[ModelFailure], None]) -> Callable[[], None]:
        """Have all trouble; the answer ends it."""
        return self._listeners.add(listener)

    def note(self, model: str, language: str, error: InterviewAppError) -> None:
        """A transcript could not be made; blocks shortly. Ignored where it is no model's fault."""
        if not self._listeners or not isinstance(error, RecognizerUnavailable):
            return
        failed = ModelFailed(model, error.message, self._instead(model, language))
        self._post(lambda: self._listeners.notify(failed))

    def look_at(self, model: str, language: str) -> None:
        """A session of that language begins with that model; blocks shortly."""
        unfit = unfit_for(self._models(), model, language)
        if unfit is not None:
            self._post(lambda: self._listeners.notify(unfit))

    def _instead(self, model: str, language: str) -> str:
        unable = set(self._unable()) - {model}
        models = tuple(each for each in self._models() if each.name not in unable)
        is_here = any(each.name == model and each.is_installed for each in models)
        if not is_here:
            return best_for(models, language) or ""
        smaller = next_smaller(models, model, language)
        return smaller.name if smaller is not None else ""


def unfit_for(models: Iterable[ModelInfo], chosen: str, language: str) -> ModelUnfit | None:
    """Whether, and how, a chosen model is unfit for a language."""
    known = tuple(models)
    own = next((model for model in known if model.name == chosen), None)
    if own is None or hears(own, language):
        return None
    used = model_for(known, chosen, language)
    return ModelUnfit(chosen, language, "" if used == chosen else used)
