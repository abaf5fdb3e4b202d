"""Sessions of every shape, for property tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from interview_app.domain.analysis.measures import Mark, Measures
from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    SessionSettings,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Segment, Span, Transcript, Word

texts = st.text(max_size=20)
maybe_text = st.none() | texts
lists = st.lists(texts, max_size=3).map(tuple)
seconds = st.floats(0, 1e6, allow_nan=False)
counts = st.integers(0, 2**40)
times = st.datetimes(
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
).filter(lambda moment: 2 < moment.year < 9998)  # those that can be said in UTC

questions = st.builds(
    Question,
    id=texts,
    prompt=texts,
    why_they_ask=maybe_text,
    sample_answer=maybe_text,
    star=st.none() | st.builds(StarOutline, maybe_text, maybe_text, maybe_text, maybe_text),
    approach=lists,
    tip=maybe_text,
    key_points=lists,
    follow_ups=lists,
    asked_as=lists,
    competencies=lists,
    target_s=st.none() | counts,
    notes=maybe_text,
)
words = st.builds(Word, texts, seconds, seconds, st.floats(0, 1))
segments = st.lists(words, max_size=4).map(tuple).map(Segment)
transcripts = st.builds(Transcript, texts, texts, texts, st.lists(segments, max_size=3).map(tuple))
marks = st.lists(st.builds(Mark, texts, seconds, seconds), max_size=2).map(tuple)
measures = st.builds(
    Measures, counts, seconds, seconds, seconds, seconds, marks, marks, marks, marks
)
takes = st.builds(
    Take,
    uid=st.just(""),
    position=st.integers(0, 3),
    number=st.just(1),
    started_at=times,
    status=st.sampled_from(TakeStatus),
    duration_s=seconds,
    sound=st.none() | st.builds("takes/{}.wav".format, st.text("abcé-09", min_size=1, max_size=8)),
    transcription=st.sampled_from(TranscriptionStatus),
    failure=maybe_text,
    transcript=st.none() | transcripts,
    speech=st.lists(st.builds(Span, seconds, seconds), max_size=3).map(tuple),
    measures=st.none() | measures,
    is_best=st.booleans(),
)
settings_of_sessions = st.builds(
    SessionSettings,
    st.none() | seconds,
    st.none() | counts,
    st.none() | seconds,
    texts,
    counts,
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session with the takes it may have; uids as the domain gives them."""
    session = Session(
        uid=draw(st.uuids()).hex,
        guide_id=draw(texts),
        guide_title=draw(texts),
        mode=draw(st.sampled_from(Mode)),
        asked=tuple(draw(st.lists(st.builds(AskedQuestion, questions, texts), max_size=3))),
        started_at=draw(times),
        language=draw(texts),
        settings=draw(settings_of_sessions),
        position=draw(st.integers(0, 5)),
        ended_at=draw(st.none() | times),
    )
    for take in draw(st.lists(takes, max_size=4)):
        number = session.next_take_number(take.position)
        uid = session.take_uid(take.position, number)
        session = session.with_take(replace(take, uid=uid, number=number))
    return session


def rehearsed(
    uid: str = "s1", *, said: str = "", prompt: str = "Why this role?", hours: int = 0
) -> Session:
    """A session of one question; with one take that holds ``said``, one word a second, if any."""
    session = Session(
        uid=uid,
        guide_id="it-product-manager",
        guide_title="IT Product Manager",
        mode=Mode.PRACTICE,
        asked=(AskedQuestion(Question("q", prompt)),),
        started_at=datetime(2026, 11, 22, 10, tzinfo=UTC) + timedelta(hours=hours),
    )
    if not said:
        return session
    spoken = tuple(Word(w, float(at), at + 0.5, 0.9) for at, w in enumerate(said.split()))
    take_uid = session.take_uid(0, 1)
    return session.with_take(
        Take(
            uid=take_uid,
            position=0,
            number=1,
            started_at=session.started_at,
            status=TakeStatus.KEPT,
            duration_s=float(len(spoken)),
            sound=f"takes/{take_uid}.wav",
            transcription=TranscriptionStatus.DONE,
            transcript=Transcript("en", "whisper", "base", (Segment(spoken),)),
            measures=Measures(words=len(spoken), pace_wpm=140.1),
        )
    )
