"""Files as people have them become guides, with not a word lost on the way."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from interview_app.domain.guide import Guide, Question
from interview_app.guide_formats.importing import import_guide
from interview_app.services.export.guide_json import guide_json
from interview_app.services.guides.source import Imported

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "guides"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "guides" / "digital-product-owner.txt"
SAMPLES = sorted(FIXTURES.iterdir())


def _imported(name: str) -> Imported:
    return import_guide(FIXTURES / name)


def _outline(guide: Guide) -> list[tuple[str, list[str]]]:
    return [(s.title, [q.prompt for q in s.questions]) for s in guide.sections]


def _questions(imported: Imported) -> list[Question]:
    return list(imported.guide.questions)


def _warned(imported: Imported) -> list[int]:
    return [warning.line for warning in imported.warnings]


def _words(texts: Iterator[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _source_words(path: Path) -> Counter[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        soup = BeautifulSoup(text, "html.parser")
        for tag in soup.find_all(["script", "style", "title"]):
            tag.decompose()
        return _words(iter([soup.get_text(" ")]))
    if path.suffix in (".csv", ".tsv"):
        head = text.split("\n")[0]
        sign = next(sign for sign in "\t;," if sign in head)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        return _words(cell for row in rows for cell in row)
    if path.suffix == ".json":
        return _words(_strings(json.loads(text)))
    return _words(iter([text]))


def _guide_words(guide: Guide) -> Counter[str]:
    shape = guide_json(guide)
    del shape["id"], shape["language"]
    for section in shape["sections"]:
        for question in section["questions"]:
            del question["id"]
    return _words(_strings(shape))


MADE = {"questions"}
"""The title of a section that the file does not name."""


@pytest.mark.parametrize("path", [*SAMPLES, SHARED], ids=lambda path: path.name)
def test_the_words_of_the_file_without_labels_are_the_words_of_the_guide(path: Path) -> None:
    if not path.exists():
        pytest.skip("the shared sample page is not here")
    imported = import_guide(path)
    source = _source_words(path)
    guide = _guide_words(imported.guide)
    left_out = _words(left.text for left in imported.left_out)
    lost = source - guide - left_out
    assert not lost, f"lost: {lost}"
    invented = guide - source
    if path.suffix not in (".txt", ".md", ".html"):
        invented -= _words(iter([imported.guide.title]))
    made = {word for word in invented if word not in MADE}
    names = {word for word in made if word in re.findall(r"[a-z]+", path.stem)}
    keys = set(re.findall(r"[a-z]+", path.read_text(encoding="utf-8").casefold()))
    assert made - names - keys == set(), f"invented: {invented}"


@pytest.mark.parametrize("path", [*SAMPLES, SHARED], ids=lambda path: path.name)
def test_what_was_left_out_are_labels_numbers_contents_and_page_furniture(path: Path) -> None:
    if not path.exists():
        pytest.skip("the shared sample page is not here")
    for left in import_guide(path).left_out:
        if left.reason in ("label", "number"):
            assert len(left.text) <= 70, left
        else:
            assert left.reason in ("table of contents", "page furniture"), left


def test_the_page_of_a_digital_product_owner_is_understood_whole() -> None:
    if not SHARED.exists():
        pytest.skip("the shared sample page is not here")
    imported = import_guide(SHARED)
    guide = imported.guide
    assert guide.title == "Digital Product Owner Interview Questions: Prepare to Ace Your Interview"
    assert guide.introduction is not None
    assert guide.introduction.startswith("Landing a Digital Product Owner role")
    common, behavioral, technical = guide.sections
    assert [len(s.questions) for s in guide.sections] == [15, 7, 4]
    assert common.title == "Common Digital Product Owner Interview Questions"
    assert (behavioral.introduction or "").startswith("Behavioral questions ask you")
    assert (technical.introduction or "").startswith("Technical questions for Product Owners")
    *complete, last = list(guide.questions)
    for question in complete:
        assert question.why_they_ask
        assert question.tip
        assert question.sample_answer
        assert not question.sample_answer.startswith("“")
        assert not question.sample_answer.endswith("”")
        assert question.notes is None
    for question in behavioral.questions:
        star = question.star
        assert star is not None
        assert all((star.situation, star.task, star.action, star.result))
    assert [len(q.approach) for q in technical.questions] == [4, 4, 4, 1]
    assert (last.sample_answer, last.tip) == (None, None)
    assert last.why_they_ask
    assert [warning.line for warning in imported.warnings] == [159]
    assert "cut off" in imported.warnings[0].message


def test_a_numbered_blog_page_with_contents_capitals_and_its_own_labels() -> None:
    imported = _imported("numbered_blog.txt")
    assert _outline(imported.guide) == [
        (
            "GENERAL QUESTIONS",
            [
                "How do you plan staffing for peak season?",
                "What would you do if a delivery arrives damaged?",
            ],
        ),
        ("SAFETY QUESTIONS", ["Describe your safety routine."]),
    ]
    first, second, third = _questions(imported)
    assert first.why_they_ask is not None
    assert first.approach == (
        "Start from last year’s figures, then add what is different this time.",
    )
    assert (first.sample_answer or "").startswith("I pull the order curve")
    assert (first.sample_answer or "").endswith("on the day.")
    assert '"Sign and hope" is not a method.' in (second.sample_answer or "")
    assert (third.sample_answer or "").count("\n\n") == 1
    assert (third.sample_answer or "").endswith("a red tag.")
    assert imported.guide.sections[1].introduction == "Safety comes up in every warehouse."
    assert _warned(imported) == [5]


def test_questions_and_answers_marked_by_letters() -> None:
    questions = _questions(_imported("qa_marks.txt"))
    assert [q.prompt for q in questions] == [
        "Why did you become a nurse?",
        "How do you cope with a night shift?",
        "What do you do when a relative shouts at you?",
    ]
    assert questions[1].sample_answer == "I sleep in the afternoon, eat little, and walk home."


def test_a_plain_list_of_questions() -> None:
    imported = _imported("plain_list.txt")
    assert imported.guide.title == "Data analyst interview questions"
    assert [q.prompt for q in _questions(imported)] == [
        "What is a left join?",
        "How would you find duplicate rows?",
        "Tell me about a chart that changed a decision.",
        "When would you refuse to draw a chart?",
        "Describe the messiest data set you have cleaned",
    ]
    assert len(imported.warnings) == 1


def test_pairs_of_question_and_answer_without_labels() -> None:
    questions = _questions(_imported("pairs_without_labels.txt"))
    assert len(questions) == 3
    assert (questions[1].sample_answer or "").endswith("After that I'd talk to the owner.")


def test_text_wrapped_by_a_mail_program_is_put_together_again() -> None:
    first, second = _questions(_imported("wrapped_mail.txt"))
    assert (first.why_they_ask or "").startswith(
        "It shows at once whether hygiene comes before any"
    )
    assert "\n" not in (first.sample_answer or "")
    assert (second.tip or "").endswith("why you did so.")


def test_markdown_with_headings_bold_labels_and_star_in_two_shapes() -> None:
    imported = _imported("style_headings.md")
    guide = imported.guide
    assert [s.title for s in guide.sections] == ["General", "Behavioural", "Closing words"]
    support, hiring, lost, policy = guide.questions
    assert support.prompt == "What does good support look like?"
    assert support.why_they_ask == "A picture, not a slogan."
    assert (support.sample_answer or "").startswith("A customer who writes on Monday")
    assert (support.sample_answer or "").endswith("was *empty*.")
    assert support.tip == "1. Use your own board.\n2. Leave out the tool's name."
    assert hiring.notes == "**Red flags:** Jokes about customers."
    assert lost.star is not None
    assert lost.star.result == "They left, and told me the real reason."
    assert policy.star is not None
    assert policy.star.task == "I wanted one."
    assert 36 in _warned(imported)


def test_a_saved_page_is_read_without_what_stands_round_it_and_without_running_it() -> None:
    imported = _imported("saved_page.html")
    guide = imported.guide
    assert guide.title == "Electrician Interview Questions"
    assert guide.introduction == "Three questions we hear from every foreman."
    assert [len(s.questions) for s in guide.sections] == [2, 1]
    words = " ".join(_strings(guide_json(guide)))
    for foreign in ("cookies", "Salaries", "quiz", "Privacy", "Injected", "Accept all"):
        assert foreign not in words
    dead, quick, fault = guide.questions
    assert (dead.sample_answer or "").startswith("I test the tester")
    assert (dead.sample_answer or "").endswith("called that ‘three times alive’.")
    assert dead.tip == "Name the model of your tester."
    assert quick.why_they_ask == "They want to hear a no."
    assert quick.tip == "- Stay polite.\n- Stay firm."
    assert fault.approach == ("Isolate the board.", "Halve the circuit.", "Measure again.")
    assert fault.tip == "Draw it."


def test_definition_lists_and_foldable_answers() -> None:
    questions = _questions(_imported("accordion.html"))
    assert len(questions) == 3
    assert questions[2].sample_answer == "I make a new one and ask what was wrong."


def test_a_table_is_read_by_the_meaning_of_its_columns() -> None:
    imported = _imported("columns.csv")
    assert [(s.title, len(s.questions)) for s in imported.guide.sections] == [
        ("General", 2),
        ("Behavioural", 1),
    ]
    city, bag, parcel = imported.guide.questions
    assert city.prompt == "How do you learn a new city, as a courier?"
    assert city.tip == "Name a city."
    assert bag.sample_answer == 'A tube, a pump, and two "real" maps.'
    assert parcel.notes == "Difficulty: hard"
    assert _warned(imported)[:: len(_warned(imported)) - 1] == [1, 5]


def test_tables_with_semicolons_and_without_names_of_columns() -> None:
    assert _outline(_imported("semicolons.csv").guide) == [
        ("Handwerk", ["Was ist Fuge?", "Wie mischt man Mörtel?"])
    ]
    fugue, bach = _questions(_imported("no_header.tsv"))
    assert (fugue.prompt, bach.sample_answer) == ("What is a fugue?", "Bach did.")


def test_json_with_other_names() -> None:
    imported = _imported("other_keys.json")
    guide = imported.guide
    assert (guide.title, guide.introduction) == ("Beekeeper", "Questions from three associations.")
    assert [(s.title, len(s.questions)) for s in guide.sections] == [
        ("Basics", 2),
        ("Behavioral", 1),
    ]
    calm, _, swarm = guide.questions
    assert calm.why_they_ask == "Calm hands, calm bees."
    assert swarm.star is not None
    assert swarm.star.result == "It flew."
    assert 9 in _warned(imported)


def test_star_in_one_paragraph_and_by_letters() -> None:
    order, drill = _questions(_imported("star_paragraphs.txt"))
    assert order.star is not None
    assert order.star.task == "Two men wanted to go back in."
    assert (order.sample_answer or "").startswith("They were angry")
    assert drill.star is not None
    assert drill.star.action == "I flooded it."
    assert drill.tip == "Laugh first."


def test_a_last_question_that_is_cut_off_is_kept_and_told_at_its_line() -> None:
    imported = _imported("cut_off.txt")
    assert _questions(imported)[-1].sample_answer == "I go there, sit down and"
    assert _warned(imported) == [8]
    assert "cut off" in imported.warnings[0].message


def test_a_title_from_outside_goes_before_the_one_in_the_file() -> None:
    imported = import_guide(FIXTURES / "cut_off.txt", "My library")
    assert (imported.guide.title, imported.guide.id) == ("My library", "my-library")
