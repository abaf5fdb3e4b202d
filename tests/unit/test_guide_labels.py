"""Labels are understood by what they mean, and questions are not taken for labels."""

from __future__ import annotations

import pytest

from interview_app.guide_formats.meanings import field_of, step_of
from interview_app.guide_formats.prompts import looks_like_prompt, split_number, unquoted

LABELS = {
    "why_they_ask": [
        "Why they ask",
        "WHY THEY ASK",
        "Why they asks:",
        "Why it's asked",
        "Why it’s asked:",
        "Why they ask this",
        "Why interviewers ask this question",
        "Why this is asked",
        "Why do they ask this?",
        "What they want to know",
        "What they’re looking for",
        "What they're really asking",
        "What the interviewer is looking for",
        "What interviewers want to hear",
        "What this question tests",
        "**Why they ask**",
        "Purpose",
        "Rationale",
        "Why employers ask this",
        "Why this question matters",
        "What the interviewer wants to know",
        "Why we ask this",
        "The reason behind this question",
        "Why you're being asked this",
        "Intent",
        "Interviewer’s intent",
        "Why hiring managers ask this question",
    ],
    "sample_answer": [
        "Sample answer",
        "Sample Answers:",
        "SAMPLE ANSWER",
        "Example answer",
        "Example Answer 2",
        "Answer example",
        "Answer",
        "Answers",
        "Model answer",
        "Example",
        "Possible answer",
        "Example response",
        "Suggested answer",
        "Ideal response",
        "A strong answer",
        "A:",
        "Sample answer (senior level)",
        "Good answer",
        "Sample response",
        "Your sample answer",
        "Best answer",
        "Example of a good answer",
        "Strong sample answer",
    ],
    "how": [
        "How to answer",
        "How to answer this question",
        "How to respond",
        "How you should answer",
        "HOW TO ANSWER IT",
    ],
    "tip": [
        "Tip",
        "Tips",
        "Pro tip",
        "Personalization tip",
        "Personalisation tips",
        "Tip to personalize",
        "Tip to personalize it",
        "Tips for personalizing your answer",
        "How to personalize it",
        "Personalize it",
        "How to make it your own",
        "Make it your own",
        "How to tailor your answer",
        "Advice",
        "Hint",
        "Quick tip",
        "Interview tip",
        "How to personalise this answer",
        "Expert tip",
    ],
    "star": [
        "STAR",
        "STAR framework",
        "STAR method",
        "S.T.A.R. method",
        "The STAR technique",
        "Using the STAR method",
        "STAR outline",
        "STAR answer",
        "STAR example",
        "Sample answer using the STAR method",
        "STAR response",
    ],
    "approach": [
        "Approach",
        "How to think about it",
        "How to think it through",
        "How to think through it",
        "How to approach this question",
        "How to approach it",
        "Thought process",
        "Suggested approach",
        "Steps",
        "How to structure your answer",
        "Answer framework",
        "How to tackle this",
        "Strategy",
    ],
    "key_points": [
        "Key points",
        "Key points to cover",
        "Points to cover",
        "Key takeaways",
        "What to include",
        "Talking points",
    ],
    "follow_ups": [
        "Follow-ups",
        "Follow-up questions",
        "Possible follow up questions",
        "Followups",
    ],
    "asked_as": [
        "Asked as",
        "Also asked as",
        "Other ways to ask it",
        "Other ways they may ask this",
        "Alternative wordings",
        "Question variations",
    ],
    "competencies": [
        "Competencies",
        "Competency assessed",
        "Key competencies",
        "Skills tested",
    ],
    "target_s": ["Target length", "Ideal length", "Time limit", "Length"],
}
NO_LABELS = [
    "Why do you want to work here?",
    "Why should we hire you?",
    "What are you looking for in a new role?",
    "What do you like about our product?",
    "What is your greatest weakness?",
    "Tell me about yourself.",
    "How do you approach a new codebase?",
    "How would you answer an angry customer?",
    "Tailor interview",
    "What motivates you?",
    "Why did you leave your last job?",
    "How do you prioritize?",
    "Bad answer",
    "Mistakes to avoid",
    "What to avoid",
    "Common questions",
    "Technical questions",
    "Describe your approach to testing.",
    "First 30 days",
    "Why are you leaving?",
    "What would your manager say?",
    "What is your core competency?",
    "How else could you ask this?",
    "Skills",
    "Weak answer",
    "What not to say",
]


@pytest.mark.parametrize(
    ("label", "field"), [(label, field) for field, labels in LABELS.items() for label in labels]
)
def test_a_label_is_matched_by_its_meaning(label: str, field: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize("text", NO_LABELS)
def test_what_is_no_label_of_a_field_is_none(text: str) -> None:
    assert field_of(text) is None


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("Situation", "situation"),
        ("**Task**", "task"),
        ("ACTION:", "action"),
        ("Results", "result"),
        ("Situation (S)", "situation"),
        ("S – Situation", "situation"),
        ("Context", "situation"),
        ("Outcome", "result"),
        ("Action taken", "action"),
        ("The challenge", "task"),
        ("Summary", None),
    ],
)
def test_a_star_step_is_matched_by_its_meaning(label: str, step: str | None) -> None:
    assert step_of(label) == step


@pytest.mark.parametrize(
    "text",
    [
        "What is a join?",
        "12. Tell me about yourself",
        "Q7: Describe a conflict",
        "“How would you start?”",
        "Walk me through your week.",
        "Imagine a customer is angry. What do you do?",
        "You find a bug on Friday",
        "Why us? (follow-up possible)",
        "#3 Explain recursion",
    ],
)
def test_what_an_interviewer_says_looks_like_a_prompt(text: str) -> None:
    assert looks_like_prompt(text)


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("12. Why?", "12. ", "Why?"),
        ("Q7: Why?", "Q7: ", "Why?"),
        ("Question 3 - Why?", "Question 3 - ", "Why?"),
        ("(4) Why?", "(4) ", "Why?"),
        ("#5 Why?", "#5 ", "Why?"),
        ("Q. Why?", "Q. ", "Why?"),
        ("90 days in, what next?", "", "90 days in, what next?"),
        ("2024 was bad?", "", "2024 was bad?"),
    ],
)
def test_the_number_of_a_question_is_taken_off(text: str, number: str, rest: str) -> None:
    assert split_number(text) == (number, rest)


@pytest.mark.parametrize(
    ("quoted", "plain"),
    [
        ("“I said ‘no’ and left.”", "I said ‘no’ and left."),
        ('"I said "no" and left."', 'I said "no" and left.'),
        ('"Yes," I said. "No."', '"Yes," I said. "No."'),
        ("“Yes,” I said. “No.”", "“Yes,” I said. “No.”"),
        ("“One.\n\n“Two.”", "One.\n\nTwo."),
        ("‘It’s mine.’", "It’s mine."),
        ("'It's mine.'", "It's mine."),
        ("“Cut off in mid", "Cut off in mid"),
        ("He said “no”", "He said “no”"),
        ("«Oui, dit-il.»", "Oui, dit-il."),
        ("No quotes.", "No quotes."),
        ("“”", ""),
        ("", ""),
    ],
)
def test_quotation_marks_round_a_text_go_and_those_inside_stay(quoted: str, plain: str) -> None:
    assert unquoted(quoted) == plain
