"""A kept session heard like a recording of the interview: questions and takes in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from interview_app.domain.session import VOICE_OFF, Session, TakeStatus
from interview_app.services.jobs import Jobs
from interview_app.services.listeners import StateListeners
from interview_app.services.playback.question_speaker import QuestionSpeaker
from interview_app.services.playback.session_parts import (
    Omission,
    SessionPart,
    SessionPlay,
    Skipped,
    parts_of,
)
from interview_app.services.playback.take_player import PlaybackState, TakePlayer
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import Player
from interview_app.services.ports.voice import Voice


class SessionPlayer:
    """Leads a :class:`TakePlayer` through a session; ``show`` brings each part into view.

    Showing a take must open it in ``replaying``. A part that cannot be heard is skipped, and kept
    among the omissions.
    """

    def __init__(
        self,
        replaying: TakePlayer,
        voice: Voice,
        player: Player,
        jobs: Jobs,
        speaker: Callable[[], DeviceChoice],
    ) -> None:
        self._replaying = replaying
        self._speaker = speaker
        self._asking = QuestionSpeaker(voice, player, jobs, self._asked, self._word_spoken)
        self._session: Session | None = None
        self._sounds: Mapping[str, Path | None] = {}
        self._parts: tuple[SessionPart, ...] = ()
        self._number = 0
        self._state = SessionPlay()
        self._asks = True
        self._is_leading = False
        self._listeners = StateListeners[SessionPlay]()
        self._unsubscribe = replaying.subscribe(self._replayed)
        self.show: Callable[[SessionPart], None] = lambda _part: None

    @property
    def state(self) -> SessionPlay:
        """Where the replay is."""
        return self._state

    @property
    def is_on(self) -> bool:
        """Whether a session is being replayed, or paused."""
        return self._state.part is not None

    def subscribe(self, listener: Callable[[SessionPlay], None]) -> None:
        """Have every new state."""
        self._listeners.add(listener)

    def play(self, session: Session, sounds: Mapping[str, Path | None], position: int = 0) -> None:
        """Play a session from that question on."""
        self.stop()
        self._session, self._sounds, self._parts = session, sounds, parts_of(session)
        whole_s = sum(part.take.duration_s for part in self._parts if part.take is not None)
        self._tell(SessionPlay(whole_s=whole_s))
        self._go(next((n for n, part in enumerate(self._parts) if part.position >= position), 0))

    def ask(self, asks: bool) -> None:
        """Have questions said, or go from answer to answer."""
        self._asks = asks
        if not asks and self.is_on and self._part.take is None:
            self._go(self._number + 1)

    def toggle(self) -> None:
        """Pause, or go on."""
        if not self.is_on:
            return
        if self._part.take is not None:
            self._replaying.toggle()
        elif self._state.is_playing:
            self._asking.pause()
            self._tell(replace(self._state, is_playing=False))
        elif self._asking.is_at_work:
            self._asking.resume()
            self._tell(replace(self._state, is_playing=True))
        else:
            self._begin(self._number)

    def pause(self) -> None:
        """Be silent, and remember where."""
        if self._state.is_playing:
            self.toggle()

    def step(self, step: int) -> None:
        """To the next part that can be heard, or the one before."""
        number = self._number + step
        while step < 0 < number and not self._can_hear(self._parts[number]):
            number -= 1
        if self.is_on and number >= 0:
            self._go(number)

    def follow_question(self, position: int) -> None:
        """The person brought another question to the front: go on there."""
        if self.is_on and not self._is_leading and position != self._part.position:
            self._follow(lambda part: part.position == position)

    def follow_take(self, uid: str) -> None:
        """The person brought another take to the front: go on there."""
        if self.is_on and not self._is_leading:
            here = self._part.take
            if here is None or here.uid != uid:
                self._follow(lambda part: part.take is not None and part.take.uid == uid)

    def set_speed(self, speed: float) -> None:
        """Say questions so many times as fast too."""
        self._asking.set_speed(speed)

    def stop(self) -> None:
        """Be silent; the take in front stays as it is."""
        self._asking.stop()
        if self.is_on and self._part.take is not None:
            self._replaying.pause()
        self._tell(SessionPlay())

    def close(self) -> None:
        """Be silent and stop listening."""
        self._listeners.clear()
        self._asking.close()
        self._unsubscribe()

    @property
    def _part(self) -> SessionPart:
        return self._parts[self._number]

    def _follow(self, is_it: Callable[[SessionPart], bool]) -> None:
        number = next((n for n, part in enumerate(self._parts) if is_it(part)), None)
        if number is None:
            self.stop()
        else:
            self._go(number)

    def _go(self, number: int) -> None:
        """Play the first part from that number on that can be heard."""
        self._asking.stop()
        self._replaying.pause()
        while number < len(self._parts):
            part = self._parts[number]
            why = self._reason_against(part)
            if why is not None:
                self._omit(Omission(part, why))
            elif self._can_hear(part):
                self._begin(number)
                return
            number += 1
        self._end()

    def _begin(self, number: int) -> None:
        part = self._parts[number]
        self._is_leading = True
        try:
            self.show(part)
        finally:
            self._is_leading = False
        self._come_to(number)
        if part.take is None:
            self._say(part.position)
        else:
            self._prepare_next()
            self._replaying.play_from(0.0)

    def _come_to(self, number: int) -> None:
        self._number = number
        heard = (p.take.duration_s for p in self._parts[:number] if p.take is not None)
        state = replace(self._state, part=self._part, is_playing=True, word=(0, 0))
        self._tell(replace(state, heard_s=sum(heard), is_over=False, problem=""))

    def _say(self, position: int) -> None:
        session = self._session
        if session is not None:
            text = session.asked[position].question.prompt
            self._asking.say(text, session.settings, self._speaker(), self._replaying.state.speed)

    def _prepare_next(self) -> None:
        session, following = self._session, self._parts[self._number + 1 : self._number + 2]
        if session is not None and following and following[0].take is None and self._asks:
            prompt = session.asked[following[0].position].question.prompt
            if self._can_hear(following[0]):
                self._asking.prepare(prompt, session.settings)

    def _can_hear(self, part: SessionPart) -> bool:
        if part.take is not None:
            return self._reason_against(part) is None
        is_off = self._session is not None and self._session.settings.voice == VOICE_OFF
        return self._asks and not is_off

    def _reason_against(self, part: SessionPart) -> Skipped | None:
        take = part.take
        if take is None:
            return None
        if take.is_typed:
            return Skipped.TYPED
        if take.status is TakeStatus.RECORDING:
            return Skipped.OPEN
        return Skipped.GONE if self._sounds.get(take.uid) is None else None

    def _omit(self, omission: Omission) -> None:
        if omission not in self._state.omissions:
            omissions = (*self._state.omissions, omission)
            self._tell(replace(self._state, omissions=omissions))

    def _end(self) -> None:
        state = SessionPlay(is_over=True, whole_s=self._state.whole_s)
        self._tell(replace(state, heard_s=state.whole_s, omissions=self._state.omissions))

    def _asked(self, problem: str | None) -> None:
        if problem is None:
            self._silenced()
            return
        if problem:
            self._omit(Omission(self._part, Skipped.VOICE, problem))
        self._go(self._number + 1)

    def _silenced(self) -> None:
        """Another sound took the question's place: an answer the person chose, or a stranger's."""
        replay = self._replaying.state
        uids = [part.take.uid if part.take is not None else None for part in self._parts]
        if replay.is_playing and replay.uid in uids:
            self._come_to(uids.index(replay.uid))
        else:
            self._tell(replace(self._state, is_playing=False))

    def _word_spoken(self, start: int, end: int) -> None:
        if self.is_on and self._part.take is None:
            self._tell(replace(self._state, word=(start, end)))

    def _replayed(self, replay: PlaybackState) -> None:
        take = self._part.take if self.is_on else None
        if take is None or take.uid != replay.uid or self._is_leading:
            return
        if replay.is_over:
            self._go(self._number + 1)
        elif replay.is_damaged:
            self._omit(Omission(self._part, Skipped.DAMAGED, replay.problem))
            self._go(self._number + 1)
        elif (replay.is_playing, replay.problem) != (self._state.is_playing, self._state.problem):
            playing = replace(self._state, is_playing=replay.is_playing)
            self._tell(replace(playing, problem=replay.problem))

    def _tell(self, state: SessionPlay) -> None:
        if state != self._state:
            self._state = state
            self._listeners.notify(state)
