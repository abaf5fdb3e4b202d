"""Labels of other publishers, matched by meaning whatever their wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WHO = (
    r"(?:(?:the |your |an |most |many )?(?:potential |future |hiring )?(?:they"
    r"|interviewers?|employers?|recruiters?|managers?"
    r"|compan(?:y|ies)|hirers?|we|panels?)(?:'re|'d|'ll| are| is| will| would| might| may| "
    r"do| does| really"
    r"| often| usually| actually| typically)*)"
)
_ANSWERS = r"(?:answers?|responses?|repl(?:y|ies))"
_IT = (
    r"(?: (?:this|that|it|the|these|your|an?|about|of|for|to|interview|question|questions"
    r"|answer|one|one's))*"
)
_STAR = r"s\.? ?t\.? ?a\.? ?r\.?"
_SHAPE = (
    r"(?:framework|method|technique|outline|format|approach|structure|breakdown|model|prompts?"
    r"|story|stories|guide|example|answers?|responses?|template)"
)
_KIND = (
    r"(?:sample|example|model|suggested|possible|potential|ideal|good|great|strong|best"
    r"|perfect|winning|effective"
    r"|recommended|expected|reference|proposed|full|short|spoken|candidate|interview|your"
    r"|the|an?|star|one)"
)

_MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "why_they_ask",
        (
            rf"(?:the reasons? )?why(?: do| would| might| does)? {_WHO} (?:ask|asks|asking"
            rf"|asked|want|wants|care)\b.{{0,40}}",
            rf"(?:here's )?why(?: is| was| it's| it is| they're| this is|'s|s)?{_IT}(?: is"
            rf"| was|'s)?(?: being| often| usually)? ?(?:asked|matters?|important|counts)",
            r"why (?:this|the|that) question(?: .{0,30})?",
            r"why it'?s asked",
            r"why you(?:'re| are| might be| may be)(?: being)? asked.{0,30}",
            rf"what(?:'s| is)? ?{_WHO} (?:really |actually )?(?:look|looks|looking|listen"
            rf"|listening|want|wants|wanting|hope|hoping|test|testing"
            r"|assess|assessing|evaluat\w+|ask|asking|after|need|needs|expect|expects|check"
            r"|checking|trying|measure|measuring|learn|find|like)\b.{0,50}",
            r"what (?:this|the|it)(?: question)? (?:reveals?|tests?|assesses|measures|shows"
            r"|is about|really (?:asks|means)|is (?:really )?(?:asking|testing))\b.{0,30}",
            r"what(?:'s| is) (?:being )?(?:tested|assessed|evaluated|behind .{0,30})",
            rf"what {_WHO} (?:is|are) .{{0,40}}",
            r"what to (?:listen|look) for",
            r"(?:the )?(?:purpose|intent|intention|rationale|motivation|reason|reasoning"
            r"|goal|point)(?: (?:of|behind|for) .{0,40})?",
            r"(?:the )?(?:interviewer|recruiter|employer|hiring manager)(?:'s|s')? "
            r"(?:intent|intention|perspective|goal|purpose|view|motivation|agenda|mind)",
            r"(?:the )?(?:meaning|question|thinking) behind(?: .{0,40})?",
            r"behind the question",
        ),
    ),
    (
        "star",
        (
            rf"(?:(?:use|using|apply|applying|answer (?:with|using)|with|sample|example|the"
            rf"|a|your) )*{_STAR}(?:[ -]{_SHAPE})*(?: (?:for|of|to)\b.{{0,40}})?",
            rf"{_KIND} {_ANSWERS} (?:using|with|in) (?:the )?{_STAR}(?:[ -]{_SHAPE})?",
            rf"(?:situation[,/ -]+task[,/ -]+action[,/ -]+(?:and )?results?)(?: {_SHAPE})?",
        ),
    ),
    (
        "how",
        (
            rf"(?:the best way |tips on |advice on )?how (?:to|you (?:can|could|should"
            rf"|might)|should you|i'd|i would|we'd) (?:best )?(?:answer|respond"
            rf"|reply){_IT}(?: well| best)?",
            rf"(?:the )?best way to (?:answer|respond|reply){_IT}",
            r"what to say",
        ),
    ),
    (
        "approach",
        (
            r"(?:here's )?how (?:to|you (?:can|could|should|might)|should you|i'd|i would"
            r"|we'd) (?:think|approach|tackle|break|structure|reason"
            r"|go|work|frame|prepare|solve|attack|organi[sz]e|build|handle)\b.{0,40}",
            r"(?:a |an |the |your |suggested |possible |recommended |answer |solution "
            r"|good |one )*approach(?:es)?(?: (?:in|to|by|for)\b.{0,30})?",
            r"(?:your |the |suggested |answer |answering )*(?:thought process|thinking "
            r"process|thinking|reasoning|strategy|structure|framework|outline|game plan"
            r"|plan of attack)",
            r"(?:steps?|step[- ]by[- ]step)(?: (?:to|by|for|approach|guide)\b.{0,30})?",
            r"think(?:ing)? (?:it |this )?through(?: .{0,20})?",
            r"walk ?through",
        ),
    ),
    (
        "key_points",
        (
            r"(?:the |your )?(?:key|main|talking|core|essential|important|must[- ]have"
            r"|bullet) (?:points?|elements?|ideas?|takeaways?|messages?|ingredients)(?: "
            r"(?:to|of|for)\b.{0,40})?",
            r"(?:points?|things|what) to (?:cover|include|mention|make|hit|emphasi[sz]e"
            r"|highlight|touch on)(?: .{0,30})?",
            r"(?:must|should) (?:mention|include|cover)",
            r"(?:answer )?checklist|takeaways?",
            r"what (?:a )?(?:good|great|strong) (?:answer|response)s? (?:include|has|have"
            r"|cover|contain|look)s?(?: .{0,20})?",
        ),
    ),
    (
        "tip",
        (
            r"(?:(?:personali[sz](?:ation|ing)|pro|quick|expert|insider|bonus|interview"
            r"|coach(?:'s|ing)?|helpful|top|our|answer|answering|extra|prep"
            r"|customi[sz]ation|career|hot|useful|more|an?|the) )*tips?"
            r"(?:(?: (?:to|for|on|from|when|about)\b|[ -]+).{0,50})?",
            r"(?:how to |ways to |to )?(?:personali[sz]e|customi[sz]e|tailor|adapt"
            r"|individuali[sz]e)(?: (?:it|this|that|your|the|an?|answers?|to)\b.{0,40})?",
            r"(?:how to )?mak(?:e|ing) (?:it|this|the answer|this answer) (?:your own|yours"
            r"|personal|fit)(?: .{0,20})?",
            r"personali[sz]ation(?: (?:advice|hints?|ideas|notes?))?",
            r"(?:our |expert |some )?(?:advice|hints?|suggestions?|recommendations?)(?: "
            r"(?:for|to)\b.{0,30})?",
        ),
    ),
    (
        "follow_ups",
        (
            r"(?:possible |likely |potential |common |typical |sample )?follow[- ]?ups?(?: "
            r"questions?)?(?: .{0,40})?",
            r"(?:possible |likely |potential |common )?(?:next|probing|deeper) questions?",
            r"(?:they|interviewers?) (?:may|might|could) (?:also|then) ask",
        ),
    ),
    (
        "target_s",
        (
            r"(?:target|ideal|recommended|suggested|answer|expected|speaking|time)[ -](?:length"
            r"|time|duration|limit|target)(?: s| \(?s(?:ec(?:ond)?s?)?\)?)?",
            r"(?:length|duration|target s|seconds)",
        ),
    ),
    (
        "sample_answer",
        (
            rf"(?:{_KIND}(?: \w+){{0,2}} )+{_ANSWERS}(?: (?:\d+|[a-c]|#\d+|for|to|from|by"
            rf"|in|using)\b.{{0,40}})?",
            rf"{_ANSWERS}(?: (?:examples?|samples?|ideas?|\d+|[a-c]|scripts?|templates?))?",
            r"(?:sample|example|model|for example|sample script|script|sample response text"
            r"|in practice|sounds like)s?(?: \d+)?",
            r"(?:here's )?(?:an? |one )?(?:example|sample)(?: of (?:an?|how|what)\b.{0,40})",
            r"what (?:it|this|a (?:good|great|strong) answer) (?:sounds|might sound|could "
            r"sound) like",
            r"ans|a|candidate|interviewee|applicant",
        ),
    ),
    (
        "notes",
        (r"(?:my |your |additional |extra )?notes?",),
    ),
)
_COMPILED = tuple(
    (field, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))
    for field, patterns in _MEANINGS
)
_REFUSED = re.compile(r"\b(?:bad|poor|weak|wrong|worst|avoid|mistakes?|don'ts?|not to)\b")
_STEPS = (
    ("situation", r"(?:s[ .:–—-]*\(?)?(?:the )?(?:situation|context|background|scenario)s?\)?"),
    ("task", r"(?:t[ .:–—-]*\(?)?(?:the |your )?(?:task|challenge|problem|goal|objective)s?\)?"),
    (
        "action",
        r"(?:a[ .:–—-]*\(?)?(?:the |your )?(?:action|activit(?:y|ie))s?(?: taken| you took"
        r"| steps)?\)?",
    ),
    ("result", r"(?:r[ .:–—-]*\(?)?(?:the |your |final )?(?:result|outcome|resolution)s?\)?"),
)
_STEP_PATTERNS = tuple(
    (step, re.compile(f"{pattern}(?: ?\\([a-z]\\))?$")) for step, pattern in _STEPS
)
_LETTERS = {"s": "situation", "t": "task", "a": "action", "r": "result"}
_QUESTION = re.compile(
    r"(?:interview |sample |main |the |example )*(?:question|prompt)(?: text)?"
    r"(?: (?:#|no\.?|number)? ?\d{1,3})?|interviewer"
)
_DECORATION = re.compile(r"^[\W_]+|[\W_]+$")
_NUMBERED_LABEL = re.compile(r"^(?:[ivx]{1,4}|\d{1,2}|[a-e])[.)]\s+(?=\w{2})")
_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]{0,60}[)\]]\s*")
_SPLIT = re.compile(r"\s*(?::|：|\s[–—-]\s|[–—](?=\s)|\s-(?=\S)|--)\s*")
MAX_LABEL = 70
"""No label has more characters than this."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the beginning of a block: its field, its words, and the text behind it."""

    field: str
    words: str
    rest: str = ""


def is_label(text: str) -> bool:
    """Whether a text as a whole is a label of a question's field."""
    return field_of(text) is not None


@lru_cache(maxsize=4096)
def field_of(text: str) -> str | None:
    """The field a label stands for; ``how`` where it may mean answer or approach."""
    if len(text) > MAX_LABEL:
        return None
    words = plain_label(text)
    if not words or len(words.split()) > 10 or _REFUSED.search(words):
        return None
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(words)), None)


@lru_cache(maxsize=4096)
def step_of(text: str, *, letters: bool = False) -> str | None:
    """The STAR step a label stands for; single letters count where ``letters`` says so."""
    if len(text) > MAX_LABEL:
        return None
    words = " ".join(_DECORATION.sub("", text.replace("*", "").casefold()).split())
    if letters and words in _LETTERS:
        return _LETTERS[words]
    candidates = (words, f"{words})")
    return next(
        (step for step, pattern in _STEP_PATTERNS for c in candidates if pattern.match(c)), None
    )


def is_refused(text: str) -> bool:
    """Whether a label names what no field stands for: mistakes, bad answers, what to avoid."""
    plain = plain_label(text)
    return len(plain.split()) <= 6 and (_REFUSED.search(plain) is not None or plain == "red flags")


def is_question_label(text: str) -> bool:
    """Whether a label says that a question follows."""
    return len(text) <= MAX_LABEL and _QUESTION.fullmatch(plain_label(text)) is not None


def plain_label(text: str) -> str:
    """A label in lower case without numbers, marks, parentheses or decoration."""
    plain = text.casefold().replace("’", "'").replace("_", " ").replace("*", "")
    plain = _PARENTHESIS.sub(" ", plain)
    plain = _DECORATION.sub("", plain)
    plain = _NUMBERED_LABEL.sub("", plain)
    return " ".join(plain.split())


def split_lead(text: str) -> tuple[str, str] | None:
    """What stands before and after the first colon or dash of a text, if it could be a label."""
    found = _SPLIT.search(text, 0, MAX_LABEL + 4)
    if found is None or found.start() == 0:
        return None
    return text[: found.start()], text[found.end() :]
