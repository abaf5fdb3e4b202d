"""Sessions as files, read back with other programs' eyes."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from itertools import pairwise
from pathlib import Path

import docx
import numpy as np
import pytest
import soundfile
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from numpy.typing import NDArray

from interview_app.app.container import Application
from interview_app.domain.errors import NotASound, TargetExists, UnknownSession, UsageError
from interview_app.domain.session import Session
from interview_app.exports.markdown import escaped
from interview_app.exports.sound import CUT_SHORT
from interview_app.exports.writers import document_writers
from interview_app.services.export.content import SOUND_GONE, Contents, document_of
from interview_app.services.export.json import session_json
from interview_app.services.export.ports import Exported, ExportRequest, SessionFormat
from interview_app.services.jobs import JobCancelled, JobContext, Progress
from tests.integration.kept_sessions import SENTENCES
from tests.unit.session_strategies import sessions

DOCUMENTS = [form for form in SessionFormat if not form.is_per_take]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def export(
    application: Application,
    session: Session,
    target: Path,
    form: SessionFormat,
    *,
    contents: Contents | None = None,
    takes: frozenset[str] | None = None,
    overwrite: bool = False,
    job: JobContext | None = None,
) -> Exported:
    assert session.id is not None
    request = ExportRequest(
        (session.id,), form, target, contents or Contents(), takes, overwrite=overwrite
    )
    return application.kept.exporting.export(request, job or JobContext())


def only(session: Session, index: int) -> frozenset[str]:
    return frozenset({session.takes[index].uid})


def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def said(path: Path) -> str:
    return " ".join(page(path).get_text(" ").split())


def test_the_json_is_what_the_command_line_shows(
    application: Application, session: Session, out: Path
) -> None:
    export(application, session, out / "a.json", SessionFormat.JSON)
    shown = session_json(session, application.audio_of)
    assert json.loads((out / "a.json").read_text(encoding="utf-8")) == shown


@pytest.mark.parametrize(
    "form", [f for f in DOCUMENTS if f not in (SessionFormat.CSV, SessionFormat.PDF)], ids=str
)
def test_notes_to_a_take_are_in_every_document_unless_not_chosen(
    application: Application, session: Session, out: Path, form: SessionFormat
) -> None:
    note = "Slower at the end.\n\n<b>Name</b> the cost."
    application.kept.take_notes.keep(session.takes[0].uid, note)
    whole, bare = out / f"whole{form.ending}", out / f"bare{form.ending}"
    export(application, session, whole, form)
    export(application, session, bare, form, contents=Contents(notes=False))
    assert "Slower at the end." in readable(whole, form)
    assert "Slower at the end." not in readable(bare, form)
    if form is SessionFormat.HTML:
        assert "<b>Name</b> the cost." in said(whole), "what a person wrote is never markup"


def readable(path: Path, form: SessionFormat) -> str:
    if form is SessionFormat.DOCX:
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return path.read_text(encoding="utf-8")


def test_what_was_not_chosen_stays_out_of_every_document(
    application: Application, session: Session, out: Path
) -> None:
    sample, tip = "parcel company we had forty", "Replace the parcel company"
    for form in (SessionFormat.MARKDOWN, SessionFormat.HTML, SessionFormat.JSON):
        whole, bare = out / f"whole{form.ending}", out / f"bare{form.ending}"
        export(application, session, whole, form)
        export(application, session, bare, form, contents=Contents(False, False, False))
        assert sample in whole.read_text(encoding="utf-8")
        text = bare.read_text(encoding="utf-8")
        assert sample not in text
        assert tip not in text
        assert "data:audio" not in text
        assert "outcome" in text


def test_the_page_fetches_nothing_and_runs_only_its_own_script(
    application: Application, session: Session, out: Path
) -> None:
    export(application, session, out / "a.html", SessionFormat.HTML)
    found = page(out / "a.html")
    addresses = [tag[name] for tag in found.find_all(True) for name in ("src", "href", "action")
                 if tag.has_attr(name)]  # fmt: skip
    assert addresses
    assert all(str(address).startswith("data:audio/mpeg;base64,") for address in addresses)
    policy = str(found.find("meta", {"http-equiv": "Content-Security-Policy"})["content"])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; media-src data:;")
    (script,) = found.find_all("script")
    assert "alert" not in str(script)
    assert "<script>alert(1)</script>" in found.get_text()


def test_the_page_holds_each_takes_sound_and_times(
    application: Application, session: Session, out: Path
) -> None:
    export(application, session, out / "a.html", SessionFormat.HTML)
    takes = page(out / "a.html").select(".take")
    assert [take.h3.get_text() for take in takes if take.h3] == [
        "Take 2 (marked as best)",
        "Take 1",
        "Take 1",
    ]
    best = session.takes[1]
    sound = str(takes[0].select_one("audio")["src"]).partition(",")[2]  # type: ignore[index]
    heard, rate = soundfile.read(io.BytesIO(base64.b64decode(sound)))
    assert len(heard) / rate == pytest.approx(best.duration_s, abs=0.15)
    assert best.transcript is not None
    words = takes[0].select(".word")
    assert [word.get_text() for word in words] == [w.text for w in best.transcript.words]
    assert [float(str(word["data-start"])) for word in words] == pytest.approx(
        [w.start_s for w in best.transcript.words]
    )
    assert [word.get_text() for word in takes[0].select(".hesitation")] == ["um"]
    assert len(takes[0].select(".pause")) == 1
    assert takes[2].select("audio, .word") == []  # typed


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to open the page in")
def test_a_click_on_a_word_plays_from_there_in_a_real_browser(
    application: Application, session: Session, out: Path
) -> None:
    export(application, session, out / "a.html", SessionFormat.HTML)
    probe = """<script>
      const word = document.querySelectorAll(".take .word")[9];
      const audio = document.querySelector("audio");
      audio.addEventListener("error", () => { document.body.dataset.failed = "1"; });
      audio.addEventListener("loadedmetadata", () => {
        word.click();
        document.body.dataset.place = audio.currentTime;
        document.body.dataset.length = audio.duration;
        document.body.dataset.plays = !audio.paused;
      });
    </script>"""
    text = (out / "a.html").read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    (out / "probed.html").write_text(text.replace("</body>", f"{probe}</body>"), encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *("--autoplay-policy=no-user-gesture-required", "--timeout=8000"),
            *(f"--user-data-dir={out / 'browser'}", (out / "probed.html").as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    body = BeautifulSoup(done.stdout, "html.parser").body
    assert body is not None
    transcript = session.takes[1].transcript
    assert transcript is not None
    word = transcript.words[9]
    assert body.get("data-failed") is None
    assert body.get("data-plays") == "true"
    assert float(str(body.get("data-place"))) == pytest.approx(word.start_s, abs=0.01)
    assert float(str(body.get("data-length"))) == pytest.approx(
        session.takes[1].duration_s, abs=0.2
    )


def test_the_pdf_says_what_was_said_and_embeds_its_fonts(
    application: Application, session: Session, out: Path
) -> None:
    export(application, session, out / "a.pdf", SessionFormat.PDF)
    assert (out / "a.pdf").read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here to read the PDF with")
    text = _run("pdftotext", "-layout", out / "a.pdf", "-")
    words = " ".join(text.split())
    assert "<script>alert(1)</script>" in words
    assert "Take 2 (marked as best)" in words
    assert "Not answered." in words
    assert re.search(r"1 ?/ ?2", words)
    fonts = _run("pdffonts", out / "a.pdf").splitlines()[2:]
    assert fonts
    assert all(" yes " in line for line in fonts)


def _run(*command: str | Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, timeout=60, check=True)
    return done.stdout.decode("utf-8")


def test_the_word_file_opens_again_with_its_headings(
    application: Application, session: Session, out: Path
) -> None:
    export(application, session, out / "a.docx", SessionFormat.DOCX)
    found = docx.Document(str(out / "a.docx"))
    headings = [p.text for p in found.paragraphs if str(p.style.name).startswith("Heading")]  # type: ignore[union-attr]
    assert headings[0] == session.guide_title
    assert headings[1] == "1. How do you prioritize features when requests exceed capacity?"
    text = "\n".join(p.text for p in found.paragraphs)
    assert "<script>alert(1)</script>" in text
    assert "Three weeks to a launch" in text
    underlined = [r.text for p in found.paragraphs for r in p.runs if r.underline]
    assert underlined == ["um", "um"]


def test_the_figures_have_one_row_a_take_and_no_formula(
    application: Application, session: Session, out: Path
) -> None:
    with closing(sqlite3.connect(application.paths.database)) as database:
        database.execute("UPDATE asked_questions SET prompt = '=HYPERLINK(1)' WHERE position = 1")
        database.commit()
    export(application, session, out / "a.csv", SessionFormat.CSV)
    with (out / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["question_id"], row["take"], row["best"]) for row in rows] == [
        ("prioritize", "2", "1"),
        ("prioritize", "1", "0"),
        ("why", "1", "0"),
    ]
    measures = session.takes[1].measures
    assert measures is not None
    assert float(rows[0]["pace_wpm"]) == pytest.approx(measures.pace_wpm, abs=0.05)
    assert rows[0]["hesitations"] == "1"
    assert rows[2]["answered"] == "typed"
    assert rows[2]["question"] == "'=HYPERLINK(1)"


@given(st.text(max_size=60))
def test_escaped_text_is_shown_by_markdown_as_it_is(text: str) -> None:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(text))
    found = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in found.find_all(True)} <= {"p"}
    assert " ".join(found.get_text().split()) == " ".join(text.replace("\0", "\ufffd").split())


@given(sessions())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_session_whatever_it_holds_becomes_a_document(session: Session) -> None:
    document = document_of([session, session], Contents(), lambda _take: False, UTC)
    with tempfile.TemporaryDirectory() as folder:
        for form, write in document_writers().items():
            if form != SessionFormat.PDF:
                write(document, Path(folder) / f"a.{form}", lambda take: None, JobContext())
        assert len(page(Path(folder) / "a.html").find_all("script")) == 1
        docx.Document(str(Path(folder) / "a.docx"))


def test_several_sessions_become_one_document_and_a_broken_one_hides_none(
    application: Application, session: Session, out: Path
) -> None:
    second = keep_again(application, session)
    with closing(sqlite3.connect(application.paths.database)) as database:
        database.execute("UPDATE transcripts SET segments = '[[damaged'")
        database.execute("UPDATE takes SET position = 99 WHERE number = 2")
        database.commit()
    for form in DOCUMENTS:
        request = ExportRequest((1, second), form, out / f"a{form.ending}")
        done = application.kept.exporting.export(request, JobContext())
        assert any("is damaged and cannot be read" in remark for remark in done.remarks)
    text = said(out / "a.html")
    assert text.count("How do you prioritize") >= 2
    assert "The question of this take is missing from the database." in text
    assert "The transcript kept for this take is damaged and cannot be read." in text
    assert len(json.loads((out / "a.json").read_text(encoding="utf-8"))) == 2


def keep_again(application: Application, session: Session) -> int:
    takes = tuple(replace(take, uid=f"again-{take.uid}") for take in session.takes)
    with application.new_unit() as unit:
        number = unit.sessions.add(replace(session, uid="d2", id=None, takes=takes))
        unit.commit()
    return number


_CUE = re.compile(r"(?:(\d+)\n)?(\d\d):(\d\d):(\d\d)([.,])(\d{3}) --> (\S+)\n(.+)", re.DOTALL)


def cues(text: str) -> list[tuple[float, float, str]]:
    """The cues of a subtitle file, read strictly."""
    found = []
    for number, block in enumerate(text.strip().split("\n\n"), 1):
        cue = _CUE.fullmatch(block)
        assert cue, block
        assert cue[1] in {None, str(number)}
        start, end = (
            seconds(time, cue[5]) for time in block.split("\n")[bool(cue[1])].split(" --> ")
        )
        assert 1 <= len(cue[8].split("\n")) <= 2
        found.append((start, end, " ".join(cue[8].split())))
    return found


def seconds(time: str, point: str) -> float:
    parts = re.fullmatch(rf"(\d\d):([0-5]\d):([0-5]\d){re.escape(point)}(\d{{3}})", time)
    assert parts, time
    hours, minutes, rest, milliseconds = map(int, parts.groups())
    return hours * 3600 + minutes * 60 + rest + milliseconds / 1000


@pytest.mark.parametrize("form", [SessionFormat.SRT, SessionFormat.VTT])
def test_subtitles_parse_follow_one_another_and_hold_every_word(
    application: Application, session: Session, out: Path, form: SessionFormat
) -> None:
    target = out / f"a{form.ending}"
    export(application, session, target, form, takes=only(session, 0))
    text = target.read_text(encoding="utf-8")
    if form is SessionFormat.VTT:
        head, _, text = text.partition("\n\n")
        assert head == "WEBVTT"
        assert "<script>" not in text
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    found = cues(text)
    assert all(start < end for start, end, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert " ".join(cue[2] for cue in found) == " ".join(SENTENCES)


def test_each_take_is_a_file_of_its_own_in_a_folder(
    application: Application, session: Session, out: Path
) -> None:
    done = export(application, session, out, SessionFormat.SRT)
    assert sorted(path.name for path in out.iterdir()) == [
        f"How do you prioritize features when requests exceed capacity s1 q01 t0{n}.srt"
        for n in (1, 2)
    ]
    assert done.remarks == (
        "Question 2, take 1: A typed answer has no times, so it makes no subtitles.",
    )
    new = out / "new"
    assert {path.parent for path in export(application, session, new, SessionFormat.VTT).files} == {
        new
    }


def test_several_takes_do_not_go_into_one_file(
    application: Application, session: Session, out: Path
) -> None:
    with pytest.raises(UsageError, match="can hold one"):
        export(application, session, out / "a.srt", SessionFormat.SRT)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("form", [SessionFormat.FLAC, SessionFormat.WAV, SessionFormat.MP3])
def test_sound_is_the_takes_sound(
    application: Application, session: Session, out: Path, form: SessionFormat
) -> None:
    take = session.takes[0]
    target = out / f"a{form.ending}"
    export(application, session, target, form, takes=only(session, 0))
    recorded, _ = soundfile.read(application.paths.root / str(take.sound), dtype="int16")
    heard, rate = soundfile.read(target, dtype="int16")
    assert rate == 16_000
    if form is SessionFormat.MP3:
        assert len(heard) == pytest.approx(len(recorded), abs=2400)
        assert target.stat().st_size < len(recorded) * 2 / 4
        assert _loudness(heard) == pytest.approx(_loudness(recorded), rel=0.1)
    else:
        assert np.array_equal(heard, recorded)


def _loudness(sound: NDArray[np.int16]) -> float:
    return float(np.sqrt(np.mean(sound.astype(float) ** 2)))


@pytest.mark.parametrize("damage", ["missing", "empty", "noise"])
def test_a_take_whose_sound_is_gone_is_exported_with_a_line_that_says_so(
    application: Application, session: Session, out: Path, damage: str
) -> None:
    sound = application.paths.root / str(session.takes[0].sound)
    sound.unlink()
    if damage != "missing":
        sound.write_bytes(b"" if damage == "empty" else bytes(range(256)) * 40)
    for form in (
        SessionFormat.MARKDOWN,
        SessionFormat.HTML,
        SessionFormat.PDF,
        SessionFormat.DOCX,
        SessionFormat.JSON,
    ):
        done = export(application, session, out / f"a{form.ending}", form)
        assert done.remarks == (f"Question 1, take 1: {SOUND_GONE}",)
    assert said(out / "a.html").count(SOUND_GONE) == 1
    assert SOUND_GONE in (out / "a.md").read_text(encoding="utf-8")
    assert len(page(out / "a.html").find_all("audio")) == 1  # the other take still plays
    mp3s = export(application, session, out / "sound", SessionFormat.MP3)
    assert len(mp3s.files) == 1
    assert f"Question 1, take 1: {SOUND_GONE}" in mp3s.remarks
    with pytest.raises(NotASound, match="gone or damaged"):
        export(application, session, out / "b.mp3", SessionFormat.MP3, takes=only(session, 0))
    assert not (out / "b.mp3").exists()


def test_a_sound_that_breaks_off_is_exported_as_far_as_it_goes(
    application: Application, session: Session, out: Path
) -> None:
    source = application.paths.root / str(session.takes[0].sound)
    export(application, session, out / "a.flac", SessionFormat.FLAC, takes=only(session, 0))
    whole = (out / "a.flac").read_bytes()
    source.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    done = export(application, session, out / "b.wav", SessionFormat.WAV, takes=only(session, 0))
    assert soundfile.info(str(out / "b.wav")).duration > 1
    assert done.remarks in {(), (f"Question 1, take 1: {CUT_SHORT}",)}


@pytest.mark.parametrize("form", list(SessionFormat))
def test_a_cancelled_export_leaves_nothing(
    application: Application, session: Session, out: Path, form: SessionFormat
) -> None:
    target = out / ("takes" if form.is_per_take else f"a{form.ending}")
    cancelled, count = 0, 1
    while _is_cancelled(application, session, target, form, count):
        assert list(out.iterdir()) == []
        cancelled, count = cancelled + 1, count + 1 + count // 3
    assert cancelled >= 2
    assert target.exists()


def _is_cancelled(
    application: Application, session: Session, target: Path, form: SessionFormat, count: int
) -> bool:
    left = [count]

    def report(_progress: Progress) -> None:
        left[0] -= 1
        if left[0] <= 0:
            job.cancel()

    job = JobContext(report)
    try:
        export(application, session, target, form, job=job)
    except JobCancelled:
        return True
    return False


def test_nothing_is_overwritten_unless_asked(
    application: Application, session: Session, out: Path
) -> None:
    target = out / "a.md"
    target.write_text("mine")
    with pytest.raises(TargetExists):
        export(application, session, target, SessionFormat.MARKDOWN)
    assert target.read_text() == "mine"
    export(application, session, target, SessionFormat.MARKDOWN, overwrite=True)
    assert "IT Product Manager" in target.read_text(encoding="utf-8")

    export(application, session, out, SessionFormat.SRT)
    before = {path: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(TargetExists):
        export(application, session, out, SessionFormat.SRT)
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_has_the_file_put_into_it_under_its_title(
    application: Application, session: Session, out: Path
) -> None:
    (file,) = export(application, session, out, SessionFormat.MARKDOWN).files
    assert file.parent == out
    assert re.fullmatch(r"2026-11-2\d IT Product Manager Größe & 面试 🎤 \(1\)\.md", file.name)


def test_a_session_or_take_that_is_not_there_is_said_so(
    application: Application, session: Session, out: Path
) -> None:
    with pytest.raises(UnknownSession):
        application.kept.exporting.export(
            ExportRequest((99,), SessionFormat.JSON, out), JobContext()
        )
    with pytest.raises(UsageError, match="None of the takes"):
        export(application, session, out, SessionFormat.JSON, takes=frozenset({"nobody"}))
    assert list(out.iterdir()) == []
