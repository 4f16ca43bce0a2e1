"""Names of parishes: which rows are open parishes at all, and when two rows are the same parish."""

from __future__ import annotations

import re
import unicodedata

from vitality_lib.directories.parish.dedications import BUILDINGS, DEDICATIONS
from vitality_lib.directories.parish.fate import fate_of
from vitality_lib.models import ParishEntry, Status

_PARISH = re.compile(
    r"\b(?:parish|parishes|church|mission|cathedral|basilica|shrine|chapel|oratory|community|quasi)\b", re.I
)
_PLACEHOLDER = re.compile(
    r"placeholder|lorem ipsum|\{\{|<%|^(?:store|parish|location|church) name$|^(?:test|sample)\b", re.I
)
_OTHERS = {
    "a school": r"schools?|academy|preschool|pre-k|elementary|university|college|montessori|"
    r"early (?:childhood|learning)|child ?care|kindergarten|escuela|colegio",
    "a cemetery": r"cemeter(?:y|ies)|mausoleum|columbarium|funeral home|cementerio|camposanto|"
    r"memorial (?:park|gardens)",
    "an office": r"office of|(?:arch)?diocese of|eparchy of|chancery|pastoral cent(?:er|re)|catholic charities|"
    r"(?:arch)?diocesan (?:offices?|cent(?:er|re))|catholic social services|"
    r"tribunal|retreat (?:house|center)|seminary|hospital|nursing home|bookstore|monastery|convent|newman center|"
    r"campus ministry|thrift (?:store|shop)|knights of columbus|catholic foundation",
    "an event": r"fish fry|bazaar|picnic|bingo|rummage sale|workshop|conference|concert|food drive",
    "a person": r"^(?:(?:most|very) )?(?:rev|reverend|msgr|monsignor|fr|father|deacon|dcn|sister)\.? \w+ [^,]*",
}
_OTHER_WORDS = {why: re.compile(rf"\b(?:{words})\b", re.I) for why, words in _OTHERS.items()}
_SCHOOL = re.compile(r"(?<!and )(?<!& )(?<!, )\b(?:(?:elementary|high|middle|grade|parish) )*(?:school|academy)$", re.I)
_CHURCH = re.compile(rf"\b(?:{DEDICATIONS}|{BUILDINGS})(?!\w)", re.I)
_NAMED = re.compile(
    rf"^(?:the |old |new |la |el |los )?(?:{BUILDINGS}(?: {BUILDINGS})?(?: of| de)?(?: the| la)? )?{DEDICATIONS}(?!\w)"
    r"|^(?:the |national )*(?:cathedral|basilica|chapel|shrine|church) of (?:the )?(?!(?:arch)?diocese|week|month)\w"
    r"|^(?:la |el )?(?:catedral|bas[íi]lica|santuario|capilla|parroquia) del? (?!la di[óo]cesis)\w"
    rf"|\b{BUILDINGS}\W*(?:\([^)]*\)\W*)?$",
    re.I,
)
_NO_CHURCH = re.compile(
    r"\b(?:director(?:y|ies)|finder|locator|search|find|list(?:ing)?s?|map|parishes|churches)\b"
    r"|^our (?:mission|church|parish)\b|\b(?:deanery|vicariate|county|district|region|decanato|vicar[íi]a)$",
    re.I,
)
_SAINT = {"saint": "st", "saints": "sts", "ss": "sts", "sts": "sts", "st": "st", "ste": "st", "mt": "mount"}
_NOISE = frozenset(
    [
        "the",
        "a",
        "of",
        "and",
        "parish",
        "church",
        "catholic",
        "roman",
        "rc",
        "community",
        "mission",
        "parroquia",
        "iglesia",
    ]
)
_STREET = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln", "highway": "hwy",
    "court": "ct", "place": "pl", "north": "n", "south": "s", "east": "e", "west": "w", "parkway": "pkwy",
}  # fmt: skip


def why_left_out(name: str) -> str | None:
    """Why a row of this name is no open parish (`closed`, `a placeholder`, `a school` ...), or None when it is one."""
    fate = fate_of(name)
    if fate.status is not Status.OPEN:
        return fate.status.value
    if _PLACEHOLDER.search(name):
        return "a placeholder"
    bare = re.sub(r"\([^)]*\)", " ", name).strip()  # what stands in brackets is mostly the town: `(University City)`
    if _PARISH.search(bare) and not _SCHOOL.search(bare):
        return None
    return next((why for why, words in _OTHER_WORDS.items() if words.search(bare)), None)


def is_of_another_kind(why: str | None) -> bool:
    """Whether a reason says that the row is something else than a parish, rather than a parish that is gone."""
    return why in _OTHERS


def has_word_of_churches(text: str) -> bool:
    """Whether a text has a word of the names that churches bear: a saint's title, a mystery of the faith, parish."""
    return bool(_CHURCH.search(text))


def sounds_like_parish(name: str) -> bool:
    """Whether a name is one that churches bear: it begins with a dedication or ends with a building.

    The titles of lists (`Parish Directory`) and of pages (`Parish Life`) are none.
    """
    return bool(_NAMED.search(name)) and not _NO_CHURCH.search(name)


def identity(entry: ParishEntry) -> str:
    """What makes a parish the same over crawls: its name and place, normalised.

    The place is the city, and the street where two parishes of a name stand in one city; coordinates or the page about
    it serve where there is neither.
    """
    place = plain_street(entry.street) or ""
    city = _plain(entry.city or "")
    if not place and not city and entry.latitude is not None and entry.longitude is not None:
        place = f"{entry.latitude:.3f},{entry.longitude:.3f}"
    if not place and not city:
        place = entry.detail_url or ""
    return f"{plain_name(entry.name)}|{place}|{city}"


def plain_name(name: str) -> str:
    """`Saint Mary's Catholic Church` and `St Mary` are one; `St. Anne` and `St. Anna` are two."""
    words = [
        _SAINT.get(word, word) for word in _plain(re.sub(r"['’]s\b|(?<=\br)\.\s?(?=c\.)", "", name, flags=re.I)).split()
    ]
    return " ".join(word for word in words if word not in _NOISE) or _plain(name)


def plain_street(street: str | None) -> str | None:
    """A street address for comparison: `12 North Main Street` and `12 N. Main St` are one."""
    return " ".join(_STREET.get(word, word) for word in _plain(street or "").split()) or None


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").replace("’", "")))
