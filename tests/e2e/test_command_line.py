"""The command line as a process, over a real data folder, real files and the real recognizer."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program
from tests.hearing import MISHEARD, speak_to_file, word_error_rate
from tests.sound import SoundCard

ANSWER = (
    "First I look at the cost of waiting. Then I talk with the engineers about the risk, and we "
    "decide together what to build next. The rest goes on a list that everyone can read."
)
TAKE_KEYS = {
    "session",
    "question",
    "take",
    "duration_s",
    "transcript",
    "measures",
    "sample_answer",
    "tip",
    "audio",
}
MEASURE_KEYS = {
    "words",
    "pace_wpm",
    "articulation_wpm",
    "speech_s",
    "onset_s",
    "hesitations",
    "crutch_phrases",
    "long_pauses",
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "data")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return speak_to_file(ANSWER, tmp_path_factory.mktemp("speech") / "answer.wav")


def rehearse(program: Program, *arguments: str | Path) -> list[dict[str, object]]:
    outcome = program.run("rehearse", "it-product-manager", "--voice", "off", "--json", *arguments)
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.lines()


@dataclass(frozen=True)
class Answered:
    """A session of one question, answered by a sound file: what was printed and what is kept."""

    program: Program
    take: dict[str, Any]

    @property
    def session(self) -> str:
        return str(self.take["session"])

    def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = self.program.run("sessions", "show", self.session, "--json").json()
        return shown


@pytest.fixture(scope="module")
def answered(answer: Path, tmp_path_factory: pytest.TempPathFactory) -> Answered:
    """One for the tests that only look at it: to transcribe it takes long."""
    program = Program(tmp_path_factory.mktemp("answered") / "data")
    (take,) = rehearse(program, "--count", "1", "--answer", answer)
    return Answered(program, take)


@pytest.fixture
def own(answered: Answered, program: Program) -> Answered:
    """A copy of it for a test that changes it."""
    shutil.copytree(answered.program.data_dir, program.data_dir)
    (take,) = Answered(program, answered.take).shown()["takes"]
    return Answered(program, take)


@pytest.mark.models
def test_a_sound_file_answers_a_question_and_the_session_is_kept(answered: Answered) -> None:
    take = answered.take
    assert set(take) >= TAKE_KEYS
    assert set(take["measures"]) >= MEASURE_KEYS
    assert word_error_rate(ANSWER, take["transcript"]["text"]) < MISHEARD
    assert take["sample_answer"]
    assert take["tip"]

    (session,) = answered.program.run("sessions", "list", "--json").json()
    assert session["id"] == take["session"]
    assert session["ended_at"] is not None
    shown = answered.shown()
    assert shown["takes"] == [take]
    assert shown["guide"]["id"] == "it-product-manager"


@pytest.mark.models
def test_the_take_is_kept_as_16_khz_mono_readable_by_its_owner_only(answered: Answered) -> None:
    sound = Path(answered.take["audio"])
    with wave.open(str(sound), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        assert file.getnframes() / 16_000 == pytest.approx(answered.take["duration_s"], abs=0.01)
    assert sound.stat().st_mode & 0o077 == 0
    assert answered.program.data_dir.stat().st_mode & 0o077 == 0


@pytest.mark.models
def test_the_answer_stands_beside_the_sample_and_the_tip_in_the_terminal(
    program: Program, answer: Path
) -> None:
    outcome = program.run(
        "rehearse", "digital-product-owner", "--count", "1", "--voice", "off", "--answer", answer
    )
    assert outcome.status == 0
    for heading in ("Your answer", "Sample answer", "Personalization tip", "words a minute"):
        assert heading in outcome.out


@pytest.mark.models
def test_an_interview_takes_one_answer_a_question_in_order(program: Program, answer: Path) -> None:
    takes = rehearse(
        program, "--mode", "interview", "--count", "2", "--answer", answer, "--answer", answer
    )
    assert [take["take"] for take in takes] == [1, 1]
    prompts = [take["question"]["id"] for take in takes]  # type: ignore[index]
    assert len(set(prompts)) == 2
    (session,) = program.run("sessions", "list", "--json").json()
    assert session["mode"] == "interview"


@pytest.mark.models
def test_silence_is_nothing_heard_and_never_invented_words(
    program: Program, tmp_path: Path
) -> None:
    silent = tmp_path / "silent.wav"
    with wave.open(str(silent), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 5))
    (take,) = rehearse(program, "--count", "1", "--answer", silent)
    assert take["transcript"]["words"] == []  # type: ignore[index]
    assert take["transcription"] == "nothing_heard"


@pytest.mark.models
@pytest.mark.timeout(300)
def test_an_hour_of_sound_is_taken_as_it_is(program: Program, tmp_path: Path) -> None:
    hour = tmp_path / "hour.wav"
    with wave.open(str(hour), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        for _ in range(60):
            file.writeframes(bytes(2 * 16_000 * 60))
    (take,) = rehearse(program, "--count", "1", "--answer", hour)
    assert take["duration_s"] == pytest.approx(3600, abs=0.1)
    assert take["transcription"] == "nothing_heard"


@pytest.mark.models
def test_what_was_said_is_found_again(answered: Answered) -> None:
    (hit,) = answered.program.run("sessions", "search", "engineers", "--json").json()
    assert hit["session"] == answered.take["session"]
    assert "engineers" in hit["excerpt"].lower()


@pytest.mark.models
def test_a_deleted_session_takes_its_sound_with_it(own: Answered) -> None:
    sound = Path(own.take["audio"])
    assert sound.is_relative_to(own.program.data_dir)
    assert sound.exists()
    assert own.program.run("sessions", "delete", own.session).status == 0
    assert not sound.exists()
    assert own.program.run("sessions", "list", "--json").json() == []


@pytest.mark.models
def test_a_sound_file_becomes_subtitles(program: Program, answer: Path) -> None:
    srt = program.run("transcribe", answer, "--model", "tiny.en", "--format", "srt").out
    assert srt.startswith("1\n00:00:00,")
    vtt = program.run("transcribe", answer, "--model", "tiny.en", "--format", "vtt").out
    assert vtt.startswith("WEBVTT\n\n00:00:00.")


@pytest.mark.models
def test_a_model_that_is_not_here_keeps_the_sound_and_says_so(
    program: Program, answer: Path
) -> None:
    outcome = program.run(
        "rehearse", "it-product-manager", "--count", "1", "--voice", "off", "--json",
        *("--model", "small.en", "--answer", answer),
    )  # fmt: skip
    assert outcome.status == 1
    (take,) = outcome.lines()
    assert take["transcript"] is None
    assert Path(take["audio"]).exists()
    assert "small.en" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("rehearse", "no-such-guide"), 2, "no-such-guide"),
        (("rehearse", "it-product-manager", "--question", "nope"), 2, "nope"),
        (("rehearse", "it-product-manager", "--mode", "exam"), 2, "exam"),
        (("rehearse", "it-product-manager", "--answer", "missing.wav"), 2, "missing.wav"),
        (("sessions", "show", "99"), 2, "99"),
        (("sessions", "delete", "99"), 2, "99"),
        (("guides", "show", "nope"), 2, "nope"),
        (("transcribe", str(Path(__file__))), 1, "test_command_line.py"),
        (("models", "verify", "nope"), 2, "nope"),
        (("frobnicate",), 2, "frobnicate"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    program: Program, arguments: tuple[str, ...], status: int, said: str
) -> None:
    outcome = program.run(*arguments)
    assert outcome.status == status
    assert len(outcome.err.strip().splitlines()) == 1
    assert said in outcome.err
    assert outcome.out == ""


def test_a_file_that_is_no_sound_leaves_no_session(program: Program, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("I led the migration.", encoding="utf-8")
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")
    for file in (notes, empty):
        outcome = program.run("rehearse", "it-product-manager", "--voice", "off", "--answer", file)
        assert outcome.status == 1
        assert file.name in outcome.err
    assert program.run("sessions", "list", "--json").json() == []


def test_more_answers_than_questions_are_refused(program: Program, answer: Path) -> None:
    outcome = program.run(
        "rehearse", "it-product-manager", "--count", "1", "--answer", answer, "--answer", answer
    )
    assert outcome.status == 2
    assert "2 answers" in outcome.err


def test_a_guide_with_a_broken_header_is_named_and_hides_no_other(program: Program) -> None:
    own = program.data_dir / "guides"
    own.mkdir(parents=True)
    (own / "broken.md").write_text("---\nid: [broken\n---\n## A\n### B?\n", encoding="utf-8")
    outcome = program.run("guides", "list", "--json")
    ids = {guide["id"] for guide in outcome.json()}
    assert {"it-product-manager", "digital-product-owner"} <= ids
    assert "broken.md" in outcome.err
    checked = program.run("guides", "check", own / "broken.md")
    assert checked.status == 1
    assert "broken.md" in checked.err + checked.out


def test_the_bundled_guides_are_complete(program: Program) -> None:
    counts = {
        guide["id"]: guide["questions"] for guide in program.run("guides", "list", "--json").json()
    }
    assert counts.items() >= {"it-product-manager": 24, "digital-product-owner": 26}.items()
    assert len(counts) == 9
    assert program.run("guides", "check", "--json").json() == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(program: Program) -> None:
    assert program.run("sessions", "list").status == 0
    database = program.data_dir / "interviews.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from-2030'")
    connection.close()
    before = database.read_bytes()
    outcome = program.run("sessions", "list")
    assert outcome.status == 1
    assert "newer version" in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert database.read_bytes() == before


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("", encoding="utf-8")
    outcome = Program(in_the_way).run("sessions", "list")
    assert outcome.status == 1
    assert str(in_the_way) in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_without_a_display_the_window_names_the_terminal(program: Program) -> None:
    outcome = program.run()
    assert outcome.status == 1
    assert "interview-app rehearse" in outcome.err


def test_the_data_folder_can_be_named_by_the_environment(tmp_path: Path) -> None:
    data_dir = tmp_path / "elsewhere"
    program = Program(tmp_path / "unused", {"INTERVIEW_APP_DATA_DIR": str(data_dir)})
    outcome = program.run("sessions", "list")
    assert outcome.status == 0
    assert (tmp_path / "unused").exists()
    assert not data_dir.exists(), "an explicit --data-dir wins over the environment"


def test_a_typed_answer_carries_the_session_where_there_is_no_sound(program: Program) -> None:
    outcome = program.run(
        "rehearse", "it-product-manager", "--count", "1", "--json",
        stdin="t\nI asked the drivers what slowed them down.\n\n",
    )  # fmt: skip
    (take,) = outcome.lines()
    assert take["transcript"]["text"] == "I asked the drivers what slowed them down."
    assert take["transcript"]["recognizer"] == "typed"
    assert take["audio"] is None


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_the_voice_writes_a_sound_file(program: Program, tmp_path: Path) -> None:
    output = tmp_path / "said.wav"
    outcome = program.run("voices", "say", "Ready when you are.", "--output", output)
    assert outcome.status == 0
    with wave.open(str(output), "rb") as file:
        assert file.getnframes() / file.getframerate() > 0.5


def test_doctor_says_what_works_and_what_to_do_about_the_rest(program: Program) -> None:
    outcome = program.run("doctor", "--json")
    report = outcome.json()
    found = {check["name"]: check for check in report["checks"]}
    assert found["database"]["status"] == "ok"
    assert found["guides"]["status"] == "ok"
    assert found["display"]["status"] == "attention"
    assert all(check["remedy"] for check in report["checks"] if check["status"] != "ok")
    assert found["sound"]["status"] == "attention"
    assert outcome.status == (0 if report["ok"] else 1)


@pytest.mark.sound
def test_doctor_listens_to_the_microphone_and_plays_on_the_speaker(
    program: Program, sound_card: SoundCard, tmp_path: Path
) -> None:
    program.env.update(sound_card.variables)
    sentence = speak_to_file("Hello, can you hear me? " * 80, tmp_path / "sentence.wav")
    silent = {each["name"]: each for each in program.run("doctor", "--json").json()["checks"]}
    assert "only silence arrives" in silent["microphone"]["detail"]
    assert "muted" in silent["microphone"]["remedy"]
    assert silent["speaker"]["detail"].endswith("it plays.")
    sound_card.say(sentence)
    plain = program.run("doctor").out
    assert "✓ microphone: Virtual-Microphone; sound arrives." in plain


PAGE = """Night Porter Interview Questions
Introduction to the job.
Common questions
What do you do when the phone and the door ring at once?
Why it's asked: They want to see you stay calm.
Example answer: “I look who is at the door and pick up the phone on the way.”
How to personalize it: Name your own hotel.
"""


def test_a_pasted_page_becomes_a_guide_to_rehearse(program: Program, tmp_path: Path) -> None:
    page = tmp_path / "porter.txt"
    page.write_text(PAGE, encoding="utf-8")
    dry = program.run("guides", "import", page, "--dry-run", "--json")
    assert dry.status == 0
    guide = dry.json()["guide"]
    (question,) = guide["sections"][0]["questions"]
    assert question["prompt"] == "What do you do when the phone and the door ring at once?"
    assert question["why_they_ask"] == "They want to see you stay calm."
    assert question["tip"] == "Name your own hotel."
    assert question["star"] is None
    assert guide["id"] not in program.run("guides", "list").out

    assert program.run("guides", "import", page).status == 0
    again = program.run("guides", "import", page)
    assert again.status == 2
    assert "--if-exists" in again.err
    assert program.run("guides", "import", page, "--if-exists", "keep-both").status == 0
    listed = [each["id"] for each in program.run("guides", "list", "--json").json()]
    assert len([each for each in listed if each.startswith(guide["id"])]) == 2

    exported = tmp_path / "porter.docx"
    assert program.run("guides", "export", guide["id"], "--output", exported).status == 0
    back = program.run("guides", "import", exported, "--dry-run", "--json").json()["guide"]
    assert back["sections"][0]["questions"][0]["tip"] == "Name your own hotel."

    assert program.run("guides", "remove", guide["id"]).status == 0
    assert program.run("guides", "show", guide["id"]).status == 2


def test_a_bundled_guide_cannot_be_removed(program: Program) -> None:
    outcome = program.run("guides", "remove", "it-product-manager")
    assert outcome.status == 2
    assert program.run("guides", "show", "it-product-manager").status == 0


@pytest.mark.models
def test_a_take_is_transcribed_again_with_another_model(own: Answered) -> None:
    outcome = own.program.run("sessions", "transcribe", own.session, "--model", "tiny.en", "--json")
    (again,) = outcome.lines()
    assert again["transcript"]["model"] == "tiny.en"
    assert own.shown()["takes"] == [again]


def test_a_title_cannot_give_the_terminal_orders(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text(
        '---\nid: orders\ntitle: "Nice \\e]0;taken\\a\\e[2J guide"\n---\n## One\n\n### Why us?\n',
        encoding="utf-8",
    )
    assert program.run("guides", "import", file).status == 0
    done = program.run("guides", "list")
    assert "\x1b" not in done.out + done.err
    assert "\x07" not in done.out + done.err
    assert "Nice" in done.out


def test_letters_that_the_terminal_lacks_are_escaped_not_fatal(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    file = tmp_path / "guide.md"
    file.write_text("# 面接 guide\n\n## One\n\n### Why 我们?\n", encoding="utf-8")
    done = program.run("guides", "import", file)
    assert done.status == 0
    assert "Traceback" not in done.err
    assert program.run("guides", "list").status == 0
    assert program.run("doctor").status in {0, 1}
    listed = program.run("guides", "list", "--json")
    assert any("面接" in str(guide) for guide in json.loads(listed.out))
