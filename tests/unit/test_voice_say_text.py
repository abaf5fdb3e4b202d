"""What is said of a shown text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.speech_synthesis.problems import install_command
from interview_app.speech_synthesis.say_text import spoken_text


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("How do you prioritize features?", "How do you prioritize features?"),
        (
            "Tell me about a **hard** *choice* in `main.py`.",
            "Tell me about a hard choice in main.py.",
        ),
        ("***Why*** us?", "Why us?"),
        ("What does snake_case_name mean?", "What does snake_case_name mean?"),
        ("What is 2 * 3 * 4?", "What is 2 * 3 * 4?"),
        (r"Say \*this\*.", "Say *this*."),
        ("See [our site](https://example.com/a?b=c) first.", "See our site first."),
        ("Read https://www.example.com/a/b.html, please.", "Read example dot com, please."),
        ("Great! 🎉👩🏽‍💻 Why?", "Great! Why?"),
        ("“Failure” isn’t final", '"Failure" isn\'t final'),
        ("Fish &amp; chips<br>now", "Fish & chipsnow"),
        ("# Title\n\nFirst line\nsecond line", "Title. First line second line"),
        ("Choose:\n- speed\n- cost", "Choose: speed. cost"),
        ("a time—say, now", "a time, say, now"),
        ("in 3–5 years", "in 3 to 5 years"),
        ("tools, e.g. Jira", "tools, for example, Jira"),
        ("UX, OKRs and SaaS", "U-X, O-K-Rs and sass"),
        ("RICE or MoSCoW?", "rice or Moscow?"),
        ("KPIs, SQL and an API for B2B", "K-P-Is, S-Q-L and an A-P-I for B-to-B"),
        ("$1.2M in Q3", "1.2 million dollars in Q3"),
        ("€500k, 3M users, £7", "500 thousand euros, 3 million users, 7 pounds"),
        ("up 40%, 10x faster", "up 40%, 10 times faster"),
        ("CI/CD, A/B tests and/or C++", "C-I-C-D, A-B tests and or C plus plus"),
        ("rice and sequels", "rice and sequels"),
        ("stop [[slnc 9000]] now", "stop slnc 9000 now"),
        ("a lone \ud83d surrogate", "a lone surrogate"),
        ("𝐛𝐨𝐥𝐝 letters", "bold letters"),
        ("", ""),
        ("🎉 **", "**"),
    ],
)
def test_markup_and_emoji_are_left_out(shown: str, said: str) -> None:
    assert spoken_text(shown).text.strip() == said


def test_a_text_without_a_word_has_nothing_to_say() -> None:
    assert not spoken_text(" 🎉 … **").has_words
    assert spoken_text("🎉 Go").has_words


def test_other_languages_get_no_english_words() -> None:
    assert spoken_text("3–5 Jahre, z. B. <hier", "de").text == "3–5 Jahre, z. B. hier"


@given(st.text(max_size=200))
def test_every_said_character_stems_from_the_shown_text(shown: str) -> None:
    spoken = spoken_text(shown)
    assert len(spoken.text) == len(spoken.origin)
    assert all(0 <= place < len(shown) for place in spoken.origin)
    assert list(spoken.origin) == sorted(spoken.origin)
    spoken.text.encode("utf-8")


def test_the_remedy_names_the_package_of_the_system() -> None:
    assert install_command(["debian"]) == "sudo apt install espeak-ng libespeak-ng1"
    assert install_command(["linuxmint", "ubuntu", "debian"]) == install_command(["debian"])
    assert install_command(["opensuse-leap", "suse"]) == "sudo zypper install espeak-ng"
    assert install_command(["unheard-of"]) is None


def test_ones_own_pronunciation_comes_before_all_others() -> None:
    said = [("SQL", "sequel"), ("xyz ltd", "zyx limited")]
    assert spoken_text("SQL at XYZ Ltd?", "en-gb", said).text == "sequel at zyx limited?"
    assert spoken_text("SQL", "de", said).text == "sequel"


def test_a_word_said_otherwise_is_found_again_whole() -> None:
    spoken = spoken_text("Why RICE?")
    assert {spoken.origin[spoken.text.index("rice") + index] for index in range(4)} == {4, 5, 6, 7}
