"""States, territories, provinces: every spelling a directory uses, and its two-letter code (USPS Publication 28, B)."""

from __future__ import annotations

import re

_NAMES = {
    "AL": "Alabama|Ala", "AK": "Alaska", "AZ": "Arizona|Ariz", "AR": "Arkansas|Ark", "CA": "California|Calif",
    "CO": "Colorado|Colo", "CT": "Connecticut|Conn", "DE": "Delaware|Del",
    "DC": "District of Columbia|D.C|Washington D.C", "FL": "Florida|Fla", "GA": "Georgia", "HI": "Hawaii|Hawai'i",
    "ID": "Idaho", "IL": "Illinois|Ill", "IN": "Indiana|Ind", "IA": "Iowa", "KS": "Kansas|Kan|Kans", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts|Mass", "MI": "Michigan|Mich",
    "MN": "Minnesota|Minn", "MS": "Mississippi|Miss", "MO": "Missouri", "MT": "Montana|Mont", "NE": "Nebraska|Neb|Nebr",
    "NV": "Nevada|Nev", "NH": "New Hampshire|N.H", "NJ": "New Jersey|N.J", "NM": "New Mexico|N.M",
    "NY": "New York|N.Y", "NC": "North Carolina|N.C", "ND": "North Dakota|N.D", "OH": "Ohio", "OK": "Oklahoma|Okla",
    "OR": "Oregon|Ore", "PA": "Pennsylvania|Penn|Penna", "RI": "Rhode Island|R.I", "SC": "South Carolina|S.C",
    "SD": "South Dakota|S.D", "TN": "Tennessee|Tenn", "TX": "Texas|Tex", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington|Wash", "WV": "West Virginia|W.Va|W. Va", "WI": "Wisconsin|Wis|Wisc",
    "WY": "Wyoming|Wyo", "PR": "Puerto Rico|P.R", "VI": "Virgin Islands|U.S. Virgin Islands|US Virgin Islands|USVI|V.I",
    "GU": "Guam", "AS": "American Samoa", "MP": "Northern Mariana Islands",
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "ON": "Ontario", "PE": "Prince Edward Island",
    "QC": "Quebec|Québec", "SK": "Saskatchewan", "YT": "Yukon", "NT": "Northwest Territories", "NU": "Nunavut",
}  # fmt: skip


def state_code(text: str | None) -> str | None:
    """The two-letter code of a state, territory or Canadian province; None when it is none."""
    return _CODES.get(_key(text)) if text else None


def _key(text: str) -> str:
    return re.sub(r"[.\s]+", " ", text.replace("’", "'").casefold()).strip()


def _spellings(code: str) -> list[str]:
    return [code, *_NAMES[code].split("|")]


_CODES = {_key(spelling): code for code in _NAMES for spelling in _spellings(code)}

# A state at the end of a text: codes in capitals only (in, or, me, hi are words), names in any case.
_LONG_NAMES = sorted({spelling for code in _NAMES for spelling in _NAMES[code].split("|")}, key=len, reverse=True)
_CAPITALS = "|".join([*_NAMES, r"[A-Z][a-z](?=\.?,?\s*\d{5})"])
STATE_PATTERN = rf"(?:(?-i:{_CAPITALS})|{'|'.join(map(re.escape, _LONG_NAMES))})(?![A-Za-z])\.?"
