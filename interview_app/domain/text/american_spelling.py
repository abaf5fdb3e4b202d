"""British spellings, and how American English writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+")
_OUR = (
    "arbour armour behaviour candour clamour clangour colour demeanour endeavour favour favourite"
    " favourable fervour flavour glamour harbour honour honourable humour labour misdemeanour"
    " neighbour neighbourhood odour parlour rancour rigour rumour saviour savour splendour tumour"
    " valour vapour vigour behavioural colourful"
)
_RE = "calibre centre epicentre fibre litre lustre meagre metre millimetre centimetre kilometre"
_RE += " sabre spectre theatre"
_ISE = (
    "agonise analyse apologise authorise brutalise capitalise categorise catalyse centralise"
    " characterise computerise criticise crystallise customise decentralise demoralise deputise"
    " digitise dramatise economise emphasise energise equalise familiarise fertilise finalise"
    " formalise generalise harmonise hospitalise humanise hypnotise idealise immobilise"
    " individualise industrialise initialise internalise italicise legalise localise materialise"
    " maximise mechanise memorise minimise mobilise modernise monopolise nationalise neutralise"
    " normalise optimise organise oxidise paralyse penalise personalise philosophise polarise"
    " popularise prioritise privatise publicise randomise rationalise realise recognise"
    " reorganise revitalise sanitise scrutinise socialise specialise stabilise standardise"
    " sterilise subsidise summarise symbolise sympathise synchronise synthesise systematise"
    " theorise tokenise utilise vandalise visualise vocalise anonymise monetise parameterise"
)
_DOUBLED = (
    "cancel channel counsel dial equal fuel funnel gravel grovel initial label level libel"
    " marshal marvel model panel pedal pencil quarrel refuel relabel remodel rival shovel signal"
    " snivel spiral stencil swivel total towel travel tunnel unravel yodel"
)
_OTHERS = {
    "aeroplane": "airplane", "ageing": "aging", "aluminium": "aluminum", "amongst": "among",
    "anaemia": "anemia", "anaesthetic": "anesthetic", "artefact": "artifact",
    "artefacts": "artifacts", "catalogue": "catalog", "catalogues": "catalogs",
    "catalogued": "cataloged", "cheque": "check", "cheques": "checks", "chequebook": "checkbook",
    "cosy": "cozy", "defence": "defense", "defences": "defenses", "draughts": "drafts",
    "draughty": "drafty", "enquire": "inquire", "enquired": "inquired", "enquiry": "inquiry",
    "enquiries": "inquiries", "enrol": "enroll", "enrols": "enrolls", "enrolment": "enrollment",
    "fulfil": "fulfill", "fulfils": "fulfills", "fulfilment": "fulfillment",
    "grey": "gray", "greyed": "grayed", "haemorrhage": "hemorrhage", "instalment": "installment",
    "instalments": "installments", "jewellery": "jewelry", "judgement": "judgment",
    "judgements": "judgments", "acknowledgement": "acknowledgment", "kerb": "curb",
    "learnt": "learned", "leapt": "leaped", "licence": "license", "licences": "licenses",
    "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "maths": "math", "mediaeval": "medieval",
    "mould": "mold", "moulds": "molds", "moustache": "mustache", "mum": "mom", "offence": "offense",
    "offences": "offenses", "paediatric": "pediatric", "paediatrician": "pediatrician",
    "plough": "plow", "practise": "practice", "practised": "practiced", "practising": "practicing",
    "pretence": "pretense", "programme": "program", "programmes": "programs",
    "pyjamas": "pajamas", "sceptic": "skeptic", "sceptical": "skeptical",
    "scepticism": "skepticism", "skilful": "skillful", "skilfully": "skillfully",
    "speciality": "specialty", "specialities": "specialties", "spelt": "spelled",
    "spilt": "spilled", "spoilt": "spoiled", "storey": "story", "storeys": "stories",
    "sulphur": "sulfur", "tyre": "tire", "tyres": "tires", "whilst": "while", "wilful": "willful",
    "woollen": "woolen", "burnt": "burned", "dreamt": "dreamed", "foetus": "fetus",
    "omelette": "omelet", "whisky": "whiskey", "yoghurt": "yogurt", "towards": "toward",
    "backwards": "backward", "afterwards": "afterward", "analogue": "analog",
    "cancelation": "cancellation", "timetabled": "scheduled", "fortnight": "two weeks",
    "fortnightly": "every two weeks", "queueing": "queuing",
}  # fmt: skip
_ACCEPTED = {"towards", "backwards", "afterwards", "burnt", "whisky", "timetabled", "cancelation"}
"""What Merriam-Webster gives as usual in American English too."""


def _endings(british: str, american: str, endings: str) -> Iterator[tuple[str, str]]:
    """Both spellings with each of some endings, ``-`` for none."""
    for ending in endings.replace("-", " ").split(" "):
        yield british + ending, american + ending


def _inflected() -> Iterator[tuple[str, str]]:
    for word in _OUR.split():
        yield from _endings(word, "or".join(word.rsplit("our", 1)), "- s ed ing ly er ers less")
    for word in _RE.split():
        yield from ((word, f"{word[:-2]}er"), (f"{word}s", f"{word[:-2]}ers"))
        yield f"{word}d", f"{word[:-2]}ered"
    for word in _ISE.split():
        endings = "e es ed er ers ing able" + ("" if word.endswith("yse") else " ation ations")
        yield from _endings(word[:-1], f"{word[:-2]}z", endings)
    for word in _DOUBLED.split():
        yield from _endings(f"{word}l", word, "ed ing er ers")


BRITISH = {
    british: american
    for british, american in (*_inflected(), *_OTHERS.items())
    if british not in _ACCEPTED and british != american
}
"""British spelling to American spelling, in lower case."""


def british_spellings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the British spellings of a text, each with the American one; names are left alone."""
    for found in _WORD.finditer(text):
        word = found[0]
        american = BRITISH.get(word.casefold())
        if american and (word.islower() or _begins_sentence(text, found.start())):
            yield word, american


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" *_“‘\"'([")
    return not before or before[-1] in ".!?…\n:"
