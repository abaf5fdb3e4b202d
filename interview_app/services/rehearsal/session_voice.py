"""Who speaks in a session: the voice asked for, or the system's own in its place.

A person does not change voice in mid-sentence. So a turn - a greeting or a bridge with the question
after it - comes in one voice: the one asked for if all of it is rendered, else the system's own,
which never keeps anybody waiting. The next turn may be said by the voice asked for again, unless
it will not be ready in time for that either: where the machine is too slow, or the voice is not
here, the system's own speaks to the end of the session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interview_app.domain.errors import VoiceUnavailable
from interview_app.domain.session import SessionSettings
from interview_app.services.jobs import JobContext
from interview_app.services.ports.voice import Speech, Voice


class SessionVoice:
    """The voice of one session; all but ``plan`` blocks and belongs into jobs of one lane."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._given_up = ""
        """Why the voice asked for is not waited for in this session any more."""

    def choose(self, turn: Sequence[str], settings: SessionSettings) -> str:
        """Who says the texts of a turn: why it is the system's voice, or nothing if it is not."""
        if self._given_up:
            return self._given_up
        delay = self._voice.delay(turn, settings.voice, settings.rate_wpm)
        if delay is None:
            return ""
        if delay.is_lasting:
            self._given_up = delay.reason
        return delay.reason

    def render(self, text: str, settings: SessionSettings, instead: str, job: JobContext) -> Speech:
        """A text of a turn in the voice that was chosen for it.

        Raises:
            VoiceUnavailable: neither voice speaks.
            JobCancelled: the job was cancelled.
        """
        if instead:
            try:
                speech = self._voice.render(text, "", settings.rate_wpm, job)
            except VoiceUnavailable:
                # Without a voice of the system's own, what is rendered can be heard all the same.
                return self._voice.render_quickest(text, settings.voice, settings.rate_wpm, job)
            return replace(speech, instead=instead)
        return self._voice.render_quickest(text, settings.voice, settings.rate_wpm, job)

    def make_ready(self, text: str, settings: SessionSettings, job: JobContext) -> None:
        """Have at hand what would be heard if the text were said now; failures as in ``render``."""
        self.render(text, settings, self._given_up, job)

    def plan(self, texts: Sequence[str], settings: SessionSettings) -> None:
        """Have texts rendered ahead in the background, the first one first."""
        if not self._given_up:
            self._voice.prepare([text for text in texts if text], settings.voice, settings.rate_wpm)
