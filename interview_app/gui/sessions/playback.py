"""Hears an open session: the take in front or all of it, and shows its sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.session import Take
from interview_app.gui.answer.answer_column import MARKS_KEY
from interview_app.gui.preferences import Preferences
from interview_app.gui.sessions.player_bar import nearest
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.playback.session_parts import (
    Omission,
    SessionPart,
    SessionPlay,
    Skipped,
)
from interview_app.services.playback.session_player import SessionPlayer
from interview_app.services.playback.take_player import SPEEDS, Landmark, PlaybackState, TakePlayer
from interview_app.services.playback.waveform import Waveform, Waveforms
from interview_app.services.ports.player import Player
from interview_app.services.ports.voice import Voice


class SessionPlayBar(QFrame):
    """Shown from the first sound of a session to the last, and until it is closed.

    Signals:
        toggle_asked: pause, or go on.
        step_asked(int): the next part, or the one before.
        stop_asked: no more of the session.
        asking_chosen(bool): hear the questions too.
    """

    toggle_asked = Signal()
    step_asked = Signal(int)
    stop_asked = Signal()
    asking_chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_panel(self, "sunken")
        self.toggle = Button(theme, self.tr("Pause"), "pause", Kind.QUIET)
        self.before = self._button(theme, "skip-back", self.tr("Part before"))
        self.next = self._button(theme, "skip-forward", self.tr("Next part"))
        self.stop = self._button(theme, "x", self.tr("Stop hearing the session"))
        self.place = make_label(role=Role.BODY, wraps=True)
        self.asking = QCheckBox(self.tr("With the questions"))
        set_tool_tip(self.asking, self.tr("Hear each question in the voice it was asked in (Q)"))
        self.skipped = make_label(role=Role.MUTED, wraps=True)
        line = FoldingRow(Space.XXS)
        for widget in (self.toggle, self.before, self.next):
            line.add(widget)
        line.add(self.place, 1)
        line.add(self.asking)
        line.add(self.stop)
        layout = column(self, margin=Space.XXS, spacing=Space.XXS)
        layout.addWidget(line)
        told = row()
        told.setContentsMargins(Space.S, 0, Space.S, Space.XXS)
        told.addWidget(self.skipped, 1)
        layout.addLayout(told)
        self.toggle.clicked.connect(self.toggle_asked)
        self.before.clicked.connect(lambda: self.step_asked.emit(-1))
        self.next.clicked.connect(lambda: self.step_asked.emit(1))
        self.stop.clicked.connect(self.stop_asked)
        self.asking.toggled.connect(self.asking_chosen)
        self.hide()

    def show_asking(self, *, asks: bool) -> None:
        """Show whether questions are heard."""
        with QSignalBlocker(self.asking):
            self.asking.setChecked(asks)

    def show_play(self, play: SessionPlay, position_s: float) -> None:
        """Show where the session is, ``position_s`` into the take in front."""
        self.setVisible(play.part is not None or play.is_over)
        for button in (self.toggle, self.before, self.next):
            button.setVisible(play.part is not None)
        self.toggle.set_text(self.tr("Pause") if play.is_playing else self.tr("Go on"))
        self.toggle.set_icon("pause" if play.is_playing else "play")
        self.place.setText(self._place(play, position_s))
        lines = [self.told(omission) for omission in play.omissions]
        if play.problem:
            lines.append(play.problem)
        self.skipped.setText("\n".join(lines))
        self.skipped.setVisible(bool(lines))

    def told(self, omission: Omission) -> str:
        """Why a part was skipped, in a sentence that names it."""
        part = omission.part
        number = part.position + 1
        if part.take is None:
            line = self.tr("Question {0} is not heard: {1}")
            return line.format(number, omission.reason)
        why = {
            Skipped.TYPED: self.tr("it was typed, so there is nothing to hear."),
            Skipped.OPEN: self.tr("it was never closed."),
            Skipped.GONE: self.tr("its recording is gone; what was written down is kept."),
            Skipped.DAMAGED: self.tr("its recording is damaged; what was written down is kept."),
        }
        line = self.tr("Question {0}, take {1} was skipped: {2}")
        return line.format(number, part.take.number, why[omission.why])

    def _place(self, play: SessionPlay, position_s: float) -> str:
        if play.part is None:
            return self.tr("That was the whole session.")
        number = play.part.position + 1
        if play.part.take is None:
            part = self.tr("Question {0}").format(number)
            heard_s = play.heard_s
        else:
            part = self.tr("Answer to question {0}").format(number)
            heard_s = play.heard_s + position_s
        return f"{part} · {as_clock(heard_s)} / {as_clock(play.whole_s)}"

    def _button(self, theme: Theme, icon_name: str, does: str) -> Button:
        button = Button(theme, "", icon_name, Kind.QUIET, tip=does)
        button.setProperty("shape", "icon")
        button.setAccessibleName(does)
        return button


@dataclass(frozen=True, slots=True)
class PlaybackDependencies:
    """What hearing a session takes."""

    jobs: Jobs
    player: Player
    voice: Voice
    waveforms: Waveforms
    preferences: Preferences


class SessionPlayback(QObject):
    """Leads the view through what is heard, and what is heard by the view's buttons and keys."""

    def __init__(
        self,
        theme: Theme,
        view: SessionView,
        replaying: TakePlayer,
        dependencies: PlaybackDependencies,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._replaying = replaying
        self._dependencies = dependencies
        self._reading: JobContext | None = None
        self._shown = ""
        """The take whose sound was read."""
        self._is_cut: bool | None = None
        """Whether that sound breaks off (``True``) or cannot be read at all (``False``)."""
        self.session_replay = SessionPlayer(
            replaying,
            dependencies.voice,
            dependencies.player,
            dependencies.jobs,
            lambda: dependencies.preferences.choices.speaker,
        )
        self.session_replay.show = self._bring_to_front
        self.bar = SessionPlayBar(theme)
        view.add_bar(self.bar)
        view.head.commands.add(
            self.tr("Play session"),
            "play-circle",
            self.play_session,
            key="Shift+L",
            tip=self.tr("Hear the session from this question on"),
        )
        self._take_preferences()
        self._connect()
        self._bind_keys()

    def play_session(self) -> None:
        """Hear the session from the question in front on; while it is heard, pause or go on."""
        view = self._view
        if self.session_replay.is_on:
            self.session_replay.toggle()
        elif view.session is not None:
            self.session_replay.play(view.session, view.sounds, view.position)

    def begin(self) -> None:
        """A session is opened: its sounds are read anew."""
        self._shown, self._is_cut = "", None

    def pause(self) -> None:
        """Be silent, and remember where."""
        self.session_replay.pause()
        self._replaying.pause()

    def leave(self) -> None:
        """The session is closed: nothing of it is heard any more."""
        self.session_replay.stop()
        self._replaying.stop()

    def close(self) -> None:
        """Be silent and stop listening to the player."""
        self.session_replay.close()
        self._replaying.close()
        if self._reading is not None:
            self._reading.cancel()

    def _take_preferences(self) -> None:
        settings = self._dependencies.preferences.settings
        self._replaying.set_speed(nearest(settings.replay_speed))
        self._replaying.skip_silences(settings.skips_silences)
        self.session_replay.ask(settings.replays_questions)
        self._view.take_view.answer.follow(self._dependencies.preferences)
        self.bar.show_asking(asks=settings.replays_questions)

    def _connect(self) -> None:
        view, replay, session = self._view, self._replaying, self.session_replay
        view.listen_asked.connect(self._listen)
        view.take_view.take_shown.connect(self._take_shown)
        view.question_brought.connect(session.follow_question)
        view.take_brought.connect(session.follow_take)
        player = view.take_view.player
        player.speed_chosen.connect(self._choose_speed)
        player.skipping_chosen.connect(self._choose_skipping)
        player.looping_chosen.connect(replay.loop_sentence)
        self.bar.toggle_asked.connect(session.toggle)
        self.bar.step_asked.connect(session.step)
        self.bar.stop_asked.connect(session.stop)
        self.bar.asking_chosen.connect(self._choose_asking)
        replay.subscribe(self._replayed)
        session.subscribe(self._session_played)

    def _bind_keys(self) -> None:
        book, player = self._view.key_book, self._view.take_view.player
        answer = self._view.take_view.answer

        def go(kind: Landmark, step: int) -> Callable[[], None]:
            return lambda: self._go(kind, step)

        for key, does, command in (
            ("H", self.tr("Next hesitation"), go(Landmark.HESITATION, 1)),
            ("Shift+H", self.tr("Hesitation before"), go(Landmark.HESITATION, -1)),
            ("J", self.tr("Next long pause"), go(Landmark.LONG_PAUSE, 1)),
            ("Shift+J", self.tr("Long pause before"), go(Landmark.LONG_PAUSE, -1)),
            ("Ctrl+Right", self.tr("Next sentence"), go(Landmark.SENTENCE, 1)),
            ("Ctrl+Left", self.tr("Sentence before"), go(Landmark.SENTENCE, -1)),
            (MARKS_KEY, self.tr("Hide or show hesitations and pauses"), answer.toggle_marks),
            ("R", self.tr("Repeat the sentence"), player.looping.toggle),
            ("S", self.tr("Skip silences over 1 s"), player.skipping.toggle),
            ("Q", self.tr("Hear the session with or without its questions"), self._toggle_asking),
            (".", self.tr("Faster"), lambda: self._change_speed(1)),
            (",", self.tr("Slower"), lambda: self._change_speed(-1)),
            ("+", self.tr("Sound: closer"), player.wave.zoom_in),
            ("-", self.tr("Sound: farther"), player.wave.zoom_out),
            ("0", self.tr("Sound: whole"), player.wave.show_whole),
        ):
            book.add(key, does, command)

    def _listen(self) -> None:
        if self.session_replay.is_on:
            self.session_replay.toggle()
        elif self._can_listen:
            self._replaying.toggle()

    @property
    def _can_listen(self) -> bool:
        return self._view.take_view.player.isVisibleTo(self._view)

    def _go(self, kind: Landmark, step: int) -> None:
        if self._can_listen:
            self._replaying.go(kind, step)

    def _change_speed(self, step: int) -> None:
        number = SPEEDS.index(nearest(self._replaying.state.speed)) + step
        self._choose_speed(SPEEDS[min(max(number, 0), len(SPEEDS) - 1)])

    def _choose_speed(self, speed: float) -> None:
        self._replaying.set_speed(speed)
        self.session_replay.set_speed(speed)
        self._dependencies.preferences.change(replay_speed=speed)

    def _choose_skipping(self, skips: bool) -> None:
        self._replaying.skip_silences(skips)
        self._dependencies.preferences.change(skips_silences=skips)

    def _choose_asking(self, asks: bool) -> None:
        self.session_replay.ask(asks)
        self._dependencies.preferences.change(replays_questions=asks)

    def _toggle_asking(self) -> None:
        self.bar.asking.toggle()

    def _bring_to_front(self, part: SessionPart) -> None:
        if part.take is None:
            self._view.show_question(part.position)
        else:
            self._view.show_take(part.take.uid)

    def _session_played(self, play: SessionPlay) -> None:
        self.bar.show_play(play, self._replaying.state.position_s)
        question = self._view.take_view.question
        is_asked = play.part is not None and play.part.take is None
        question.set_spoken(*(play.word if is_asked else (0, 0)))

    def _replayed(self, replay: PlaybackState) -> None:
        if self.session_replay.is_on:
            self.bar.show_play(self.session_replay.state, replay.position_s)

    def _take_shown(self) -> None:
        take = self._view.take
        uid = take.uid if take is not None else ""
        if uid != self._shown:
            self._shown, self._is_cut = uid, None
            self._view.take_view.player.wave.show_waveform(None)
            if take is not None:
                self._read(take)
        elif self._is_cut is not None:
            self._show_damaged(is_cut=self._is_cut)

    def _read(self, take: Take) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        sound = self._view.sounds.get(take.uid)
        if sound is None:
            return
        self._reading = self._dependencies.jobs.submit(
            Lane.FILES,
            lambda job: self._dependencies.waveforms.of(sound, job),
            lambda waveform: self._show_waveform(take.uid, waveform),
            lambda error: self._not_read(take.uid, error),
        )

    def _show_waveform(self, uid: str, waveform: Waveform) -> None:
        if self._shown != uid:
            return
        self._view.take_view.player.wave.show_waveform(waveform)
        if waveform.is_cut_short:
            self._show_damaged(is_cut=True)

    def _not_read(self, uid: str, error: Exception) -> None:
        if not isinstance(error, InterviewAppError):
            raise error
        if self._shown == uid:
            self._show_damaged(is_cut=False)

    def _show_damaged(self, *, is_cut: bool) -> None:
        self._is_cut = is_cut
        self._view.take_view.show_damaged(is_whole=not is_cut)
