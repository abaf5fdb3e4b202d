"""Which model suits a person, a machine and a language, and what counts as a wrong word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.analysis.model_figures import ModelFigures, recommended
from interview_app.domain.analysis.word_error_rate import word_errors
from interview_app.domain.errors import DataFolderUnusable
from interview_app.domain.text.reading_passages import PARAGRAPHS
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.benchmark import FiguresFile
from interview_app.services.recognition.models import model_for, next_smaller
from interview_app.support.machine import machine_name

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WORDS = st.lists(st.sampled_from(["we", "shipped", "it", "early", "twice"]), min_size=1, max_size=9)
MODELS = (
    ModelInfo("pocketsphinx", True, 0, "en"),
    ModelInfo("tiny.en", True, 78_000_000, "en"),
    ModelInfo("base", True, 148_000_000, "many"),
    ModelInfo("small.en", True, 486_000_000, "en"),
    ModelInfo("large-v3-turbo", True, 1_621_000_000, "many"),
)


def figures(model: str, wrong: int, factor: float, problem: str = "") -> ModelFigures:
    return ModelFigures(model, "en", "here", NOW, 100, wrong, 40.0, 40.0 * factor, problem)


@given(read=WORDS, heard=st.lists(st.sampled_from(["we", "shipped", "it", "early", "late"])))
def test_wrong_words_are_counted_as_everybody_counts_them(
    read: list[str], heard: list[str]
) -> None:
    counted = word_errors(" ".join(read), " ".join(heard), "en")
    assert counted.rate == pytest.approx(jiwer.wer(" ".join(read), " ".join(heard)))


def test_capitals_punctuation_and_hesitations_are_no_errors() -> None:
    heard = "half a year later, um, We shipped — every Thursday"
    assert word_errors("Half a year later we shipped every Thursday.", heard, "en").wrong == 0
    assert word_errors("Half a year later we shipped.", "Half a year we slipped.", "en").wrong == 2
    assert word_errors("", "something", "en").rate == 0


def test_the_fewest_wrong_words_win_among_models_that_keep_up() -> None:
    best = recommended(
        [figures("tiny.en", 15, 0.05), figures("base", 7, 0.15), figures("large", 2, 0.9)]
    )
    assert best is not None
    assert best.model == "base"


def test_a_difference_that_may_be_chance_is_left_to_the_faster() -> None:
    best = recommended([figures("tiny.en", 9, 0.05), figures("base", 7, 0.15)])
    assert best is not None
    assert best.model == "tiny.en"


def test_where_none_keeps_up_the_fastest_is_named_and_a_broken_one_never() -> None:
    slow = [figures("tiny.en", 9, 0.6), figures("base", 0, 0.9), figures("x", 0, 0.0, "crashed")]
    best = recommended(slow)
    assert best is not None
    assert best.model == "tiny.en"
    assert recommended(slow[2:]) is None


@pytest.mark.parametrize(
    ("model", "language", "expected"),
    [
        ("large-v3-turbo", "en", "small.en"),
        ("large-v3-turbo", "de", "base"),
        ("base", "en", "tiny.en"),
        ("base", "de", None),
        ("tiny.en", "en-GB", "pocketsphinx"),
        ("pocketsphinx", "en", None),
        ("unknown", "en", None),
    ],
)
def test_the_next_smaller_model_is_installed_and_hears_the_language(
    model: str, language: str, expected: str | None
) -> None:
    smaller = next_smaller(MODELS, model, language)
    assert (smaller.name if smaller else None) == expected


@pytest.mark.parametrize(
    ("chosen", "language", "expected"),
    [
        ("tiny.en", "en", "tiny.en"),
        ("tiny.en", "en-US", "tiny.en"),
        ("tiny.en", "de", "base"),
        ("base", "de", "base"),
        ("pocketsphinx", "fr-CA", "base"),
        ("unknown", "de", "unknown"),
    ],
)
def test_a_guide_in_another_language_is_heard_by_a_model_that_knows_it(
    chosen: str, language: str, expected: str
) -> None:
    assert model_for(MODELS, chosen, language) == expected


def test_with_no_model_for_the_language_the_chosen_one_stays() -> None:
    assert model_for(MODELS[:2], "tiny.en", "de") == "tiny.en"


def test_figures_are_kept_per_model_language_and_machine(tmp_path: Path) -> None:
    file = FiguresFile(tmp_path / "figures.json")
    assert file.load() == ()
    file.add([figures("tiny.en", 9, 0.05), figures("base", 7, 0.15)])
    file.add([figures("base", 3, 0.12)])
    kept = {each.model: each.wrong for each in file.load()}
    assert kept == {"tiny.en": 9, "base": 3}
    (tmp_path / "figures.json").write_text("[{]", encoding="utf-8")
    assert file.load() == (), "a damaged file counts as empty"


def test_figures_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    with pytest.raises(DataFolderUnusable, match="cannot be written"):
        FiguresFile(tmp_path / "missing" / "figures.json").add([figures("base", 3, 0.1)])


def test_the_machine_is_named_by_its_processor(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor : 0\nmodel name\t: Good  Processor 5\n", encoding="utf-8")
    assert machine_name(cpuinfo).startswith("Good Processor 5")
    assert machine_name(tmp_path / "none")


@pytest.mark.parametrize("text", PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs_are_long_enough_to_measure_and_hold_no_figures(text: str) -> None:
    assert 60 <= len(text.split()) <= 110
    assert not any(letter.isdigit() for letter in text)
