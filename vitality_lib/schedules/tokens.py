"""A stretch of text as tokens: times, days, kinds of service, languages, churches, and what binds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vitality_lib.schedules.lexicon import Kind, compiled

_TOKENS = compiled()
_LONGEST = 1_500  # characters of one stretch; a longer one is prose about something else

# A church's name: a saint or a mystery and what belongs to the name, or words that end in what the building is.
_SAINT = (
    r"(?:St\.?|Sts\.|Ss\.|SS\.|Saints?|San|Santa|Santo|Our Lady|Nuestra Señora|Sacred Heart|Sagrado Coraz[oó]n|Holy(?=\s(?!Hours?|Days?|Mass|Week|Thurs|Sat|Comm|Euch|Qurb|Father|Orders|Land|See|Rosary\b(?! (?:Church|Parish|Chapel))|Eve))"
    r"|Immaculate|Corpus Christi|Christ the|Blessed(?=\s(?!Sacrament\b(?! (?:Church|Chapel|Parish))|[Bb]e|[Aa]re|Mother Teresa))|Mother of|Queen of|Good Shepherd|Assumption|Annunciation|Ascension|Epiphany|Nativity|Visitation Church|Transfiguration)"
)
_NOT_A_NAME = r"(?!(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|Mass|Misa|Confes|Ador|Reconcil|Daily|Weekday|Weekend|Vigil|Schedule|Times|Holy Day|Spanish|English|Rosary|Domingo|Lunes|Viernes|S[aá]bado|This|That|We|They|The\b|At\b|On\b|In\b|All\b|Please|Each|Every|Our\b(?! Lady)|If\b|Is\b|For\b|To\b|No\b|As\b|And\b|Or\b|Also|From|Our Parish|Bulletin|Office|Book|Catholic Mass)"
_NAME = rf"(?:\s{_NOT_A_NAME}(?:[A-Z][\w.\u2019'\u00c0-\u024f-]*|of|the|de|la|del|las|los|and(?=\s[A-Z])|&(?=\s(?:St\b|Saint|Our|Holy))))"
_BUILDING = r"(?:Church|Chapel|Cathedral|Basilica|Shrine|Oratory|Mission|Parish|Campus|Center|Centre|Academy|Convent|Hospital|Capilla|Iglesia|Catedral)"
_CHURCH = re.compile(
    r"\b(?:[Pp]erpetual |[Ee]ucharistic |[Bb]lessed [Ss]acrament )?[Aa]doration [Cc]hapel\b|\bcapilla de (?:la )?[Aa]doraci[oó]n\b|"
    rf"{_SAINT}{_NAME}{{0,6}}"
    rf"|\b(?:{_NOT_A_NAME}[A-Z][\w\u2019'\u00c0-\u024f.-]+\s){{1,4}}{_BUILDING}\b"
    rf"|\b(?:Capilla|Iglesia|Catedral|Church|Chapel)\s(?:de(?:l| la)?\s|of\s(?:the\s)?)?{_SAINT}?{_NAME}{{1,5}}"
    r"|\b(?:inside|in|en)\s(?:the\s|el\s|la\s)?(?:main\s|day\s|daily\s|adoration\s|parish\s)?(?:church|chapel|cathedral|capilla|iglesia|catedral)\b"
)


@dataclass(frozen=True)
class Token:
    """`text` == visible text[start:end]."""

    kind: Kind
    text: str
    start: int
    end: int


def scan(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a stretch of text, in order; `offset` is where it stands in the page's visible text."""
    text = text[:_LONGEST]
    churches = [(m.start(), m.end()) for m in _CHURCH.finditer(text)]
    found: list[Token] = []
    for match in _TOKENS.finditer(text):
        kind = Kind(match.lastgroup or "noise")
        word = match.group()
        lead = len(word) - len(word.lstrip())
        inside = next(((a, b) for a, b in churches if a <= match.start() + lead < b), None)
        if inside and kind not in (Kind.TIME, Kind.OFFSET):
            continue
        found.append(Token(kind, word, offset + match.start(), offset + match.end()))
    for start, end in churches:
        name = _trimmed(text[start:end])
        if name and not any(t.start < offset + start + len(name) and offset + start < t.end for t in found):
            found.append(Token(Kind.CHURCH, name, offset + start, offset + start + len(name)))
    found.sort(key=lambda token: token.start)
    return found


def _trimmed(name: str) -> str:
    return re.sub(r"(?:\s(?:of|the|de|la|del|las|los|and))+$", "", name).rstrip(" .,-:")
