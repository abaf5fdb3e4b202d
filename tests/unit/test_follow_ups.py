"""A follow-up that fits only the sample answer is told apart from one that fits any story."""

from __future__ import annotations

import pytest

from interview_app.domain.guide import Question
from interview_app.services.guides.follow_ups import reasons_bound

QUESTION = Question(
    "no",
    "Tell me about a request you turned down.",
    sample_answer=(
        "At Skerry Line the sales director, Ms. Okafor, wanted gift vouchers within six weeks. I"
        " showed her what a delay of the height check would cost, and she agreed. We bought a"
        " ready-made service in the autumn, and one client left us over it,"
        " after three years and two letters. I would do it again."
    ),
    key_points=("The request and its cost", "Who heard no", "What happened then"),
)


@pytest.mark.parametrize(
    ("follow_up", "reason"),
    [
        ("What would Okafor say about it today?", "names “Okafor”"),
        ("Why did it take six weeks?", "has a figure of the sample answer"),
        ("Why did it take 6 weeks?", "has a figure of the sample answer"),
        ("What happened to the vouchers?", "names “vouchers”, which only the sample answer has"),
        ("How do you feel about losing that client?", "names “client”"),
        ("How did the sales director react?", "takes for granted what somebody did"),
        ("What if she had said no?", "asks what if it had gone otherwise"),
        ("And if she’d left?", "asks what if it had gone otherwise"),
        ("How would you have found out by phone?", "asks what if it had gone otherwise"),
        ("Which of the three would you give up?", "counts what only the sample answer has"),
        ("What would have made you build it after all?", "takes for granted how it went"),
        ("Would you buy from another supplier?", "takes for granted that there was one already"),
        ("What does “height check” mean?", "quotes the sample answer"),
    ],
)
def test_what_only_the_sample_answer_has_is_told(follow_up: str, reason: str) -> None:
    assert any(reason in told for told in reasons_bound(follow_up, QUESTION))


@pytest.mark.parametrize(
    "follow_up",
    [
        "What would you do differently today?",
        "How did you know that it was the right request to refuse?",
        "How do you deal with the cost of a no?",
        "Who else heard about the decision?",
        "When have you been wrong about a request?",
        "What do you do when the person insists?",
        "What would make you change your mind?",
        "How would you explain an API to me?",
        "A colleague asks you for the same thing. What do you say?",
        "Which part of that would you like to do more of?",
        "Has that changed over the years?",
        "What would you do about the others who asked?",
        "How would you use the time between the two requests?",
        "Which of your refusals would you take back, if you had to?",
    ],
)
def test_what_fits_any_story_is_left_alone(follow_up: str) -> None:
    assert list(reasons_bound(follow_up, QUESTION)) == []
