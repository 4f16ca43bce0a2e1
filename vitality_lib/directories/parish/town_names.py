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
    r"|\b(?:church|mission|chapel|region|district|area|other|central|north(?:ern)?|south(?:ern)?|east(?:ern)?|"
    r"west(?:ern)?)\b(?! \w)|^[a-z]$|\d",
    re.I,
)  # `Church Hill`, `Mission Viejo` and `East Peoria` are towns
_TOWNS_OF_SAINTS = re.compile(
    r"(?:st|ste|saint|sault ste|san|santa)\b\.? \w+"
    r"(?: (?:bay|beach|city|falls|heights|hills?|island|lake|park|point|shores?|springs|valley|village))?",
    re.I,
)


def may_be_town(text: str) -> bool:
    """Whether a text may be a town's name, and is no church's; `St. Marys` and `San Rafael` may be either."""
    return (
        bool(re.fullmatch(TOWN_PATTERN, text))
        and not _NO_TOWN.search(text)
        and (not sounds_like_parish(text) or may_be_town_of_saint(text))
    )


def may_be_town_of_saint(text: str) -> bool:
    """Whether a text may be a church's name as well as a town's."""
    return bool(_TOWNS_OF_SAINTS.fullmatch(text))
