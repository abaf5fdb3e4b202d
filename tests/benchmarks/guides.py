"""How quickly 500 guides of 50 questions are read, indexed and searched.

Each function measures one thing and returns figures by name; the guides are files of the
project's own form, made of the words of the bundled guides.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from interview_app.domain.guide import Guide, Question, Section
from interview_app.guide_formats.markdown_form import read_guide
from interview_app.guide_formats.markdown_writer import write_guide
from interview_app.services.guides.browsing import GuideBrowser
from interview_app.services.guides.library import GuideLibrary
from interview_app.services.guides.notes import PersonalNotes
from interview_app.services.guides.stories import StoryBank
from interview_app.services.jobs import JobContext
from interview_app.storage.database import open_database
from interview_app.storage.guide_search import GuideSearch
from interview_app.support.clock import SystemClock
from interview_app.support.paths import AppPaths, bundled

GUIDES, QUESTIONS = 500, 50
WANTED = (
    *("t", "th", "the", "a", "customer", "custom", "the cust", "tell me about a ti", "i w"),
    *("stakeholder conflict", '"the first"', "prioritize feat", "zzz", "we the a to of"),
)
"""What people have typed at some moment of a search, short and common words among it."""

Figures = dict[str, float | str]


def write_guides(folder: Path, guides: int = GUIDES, questions: int = QUESTIONS) -> None:
    """Guide files whose texts are the sentences of the bundled guides, shuffled."""
    rng = random.Random(7)
    known = [read_guide(path) for path in sorted(bundled("data", "guides").glob("*.md"))]
    originals = [question for guide in known for question in guide.questions]
    sentences = [s for q in originals for text in q.texts for s in text.split(". ")]
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(guides):
        made = [_question(rng, originals, sentences, index) for index in range(questions)]
        half = questions // 2
        sections = (
            Section("Common", tuple(made[:half])),
            Section("Behavioral", tuple(made[half:])),
        )
        guide = Guide(f"role-{number}", f"Role number {number}", sections, "An introduction.")
        (folder / f"{guide.id}.md").write_text(write_guide(guide), encoding="utf-8")


def write_page(path: Path, size: int) -> None:
    """A page as people paste it, of so many bytes, in sections of fifty questions."""
    rng = random.Random(7)
    known = [read_guide(path) for path in sorted(bundled("data", "guides").glob("*.md"))]
    originals = [question for guide in known for question in guide.questions]
    number = written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            if number % QUESTIONS == 0:
                written += file.write(f"\nCommon questions {number // QUESTIONS + 1}\n\n")
            number += 1
            one = rng.choice(originals)
            written += file.write(
                f"How would you answer question number {number}?\n"
                f"Why they ask: {one.why_they_ask}\nSample answer: “{one.sample_answer}”\n"
                f"Tip: {one.tip}\n\n"
            )


def _question(
    rng: random.Random, originals: list[Question], sentences: list[str], index: int
) -> Question:
    answer = ". ".join(rng.choices(sentences, k=14))
    original = rng.choice(originals)
    return replace(original, id=f"q{index}", sample_answer=answer)


@contextmanager
def library(folder: Path) -> Iterator[GuideBrowser]:
    """The guides of a folder, to be browsed."""
    paths = AppPaths(folder / "data")
    database = open_database(paths)
    guides = GuideLibrary(folder / "none", folder / "guides", read_guide, write_guide)
    stories = StoryBank(database.new_unit, SystemClock())
    browsing = GuideBrowser(guides, PersonalNotes(database.new_unit), GuideSearch, stories)
    yield browsing
    browsing.close()
    database.close()


def measure_search(guides: int = GUIDES, questions: int = QUESTIONS) -> Figures:
    """Seconds to read and index, and milliseconds of each search: median and longest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_guides(folder / "guides", guides, questions)
        with library(folder) as browsing:
            began = time.perf_counter()
            catalog = browsing.catalog()
            read = time.perf_counter()
            browsing.index(catalog, JobContext())
            indexed = time.perf_counter()
            browsing.catalog()
            again = time.perf_counter()
            times = {}
            for wanted in WANTED:
                times[wanted] = statistics.median(_search_ms(browsing, wanted) for _ in range(5))
        slowest = max(times, key=lambda wanted: times[wanted])
        return {
            "questions": float(guides * questions),
            "read_s": read - began,
            "index_s": indexed - read,
            "read_again_ms": (again - indexed) * 1000,
            "search_median_ms": statistics.median(times.values()),
            "search_longest_ms": times[slowest],
            "slowest": slowest,
        }


def measure_stalls(guides: int = GUIDES) -> Figures:
    """Longest turns of the window's event loop, in milliseconds; see ``guides_window``."""
    from tests.benchmarks.guides_window import stalls

    return dict(stalls(guides))


def measure_import(megabytes: int = 10) -> Figures:
    """The same while a page of so many megabytes is imported, corrected and kept."""
    from tests.benchmarks.guides_window import import_stalls

    return dict(import_stalls(megabytes))


def _search_ms(browsing: GuideBrowser, wanted: str) -> float:
    began = time.perf_counter()
    browsing.search(wanted)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the figures."""
    for name, value in {**measure_search(), **measure_stalls(), **measure_import()}.items():
        print(f"{name:20} {value if isinstance(value, str) else round(value, 2)}")  # noqa: T201


if __name__ == "__main__":
    main()
