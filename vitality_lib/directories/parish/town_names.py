"""What may be the name of a town, where a list gives no more than that: above a card, beside a church's name."""

from __future__ import annotations

import re

from vitality_lib.directories.parish.names import sounds_like_parish

_WORD = r"(?:[A-ZÀ-Ý][\w.'’-]*|of|de|la|el|du|the)"
TOWN_PATTERN = rf"{_WORD}(?: {_WORD}){{0,3}}"
_NO_TOWN = re.compile(
    r"\b(?:deanery|vicariate|county|counties|diocese|parish(?:es)?|churches|missions|chapels|schools?|shrine|rite|"
    r"english|spanish|directory|search|results?|list|map|find|contact|welcome|eastern catholic|community|cluster|"
    r"collaborative|newman|pastor|priest|rev|fr|father|msgr|deacon|vacant|phone|fax|office|rectory|none|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|"
    r"november|december|apostles?|evangelist|martyrs?|confessor|virgin|worker|abbot|archangel)\b"
    r"|\b(?:church|mission|chapel|region|district|area|other)\b(?! \w)"
    r"|^(?:[a-z]|central|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?)$|\d",
    re.I,
)  # `Church Hill`, `Mission Viejo` and `East Peoria` are towns
_TOWNS_TOO = re.compile(
    r"(?:st|ste|saint|sault ste|san|santa)\b\.? \w+"
    r"(?: (?:bay|beach|city|falls|heights|hills?|island|lake|park|point|shores?|springs|valley|village))?"
    r"|corpus christi|trinity|ascension|assumption|conception|(?:mount|mt\.?) carmel",
    re.I,
)


def looks_like_town(text: str) -> bool:
    """Whether a text has the form of a town's name: one to four words in capitals, none that towns do not have."""
    return bool(re.fullmatch(TOWN_PATTERN, text)) and not _NO_TOWN.search(text)


def may_be_town(text: str) -> bool:
    """Whether a text looks like a town, and is no church's name; `St. Marys` and `San Rafael` may be either."""
    return looks_like_town(text) and (not sounds_like_parish(text) or may_be_either(text))


def may_be_either(text: str) -> bool:
    """Whether a church's name is one that towns bear, too."""
    return bool(_TOWNS_TOO.fullmatch(text))
