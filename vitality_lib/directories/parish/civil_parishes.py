"""Louisiana's 64 civil parishes, which are counties: maps and data sets of them turn up where parishes are looked for.

Names: U.S. Census Bureau, ANSI codes for counties and county equivalents (2020).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vitality_lib.models import ParishEntry

_NAMES = frozenset(
    """Acadia;Allen;Ascension;Assumption;Avoyelles;Beauregard;Bienville;Bossier;Caddo;Calcasieu;Caldwell;Cameron;
    Catahoula;Claiborne;Concordia;De Soto;East Baton Rouge;East Carroll;East Feliciana;Evangeline;Franklin;Grant;Iberia;
    Iberville;Jackson;Jefferson;Jefferson Davis;Lafayette;Lafourche;LaSalle;Lincoln;Livingston;Madison;Morehouse;
    Natchitoches;Orleans;Ouachita;Plaquemines;Pointe Coupee;Rapides;Red River;Richland;Sabine;St. Bernard;St. Charles;
    St. Helena;St. James;St. John the Baptist;St. Landry;St. Martin;St. Mary;St. Tammany;Tangipahoa;Tensas;Terrebonne;
    Union;Vermilion;Vernon;Washington;Webster;West Baton Rouge;West Carroll;West Feliciana;Winn""".replace("\n", "")
    .casefold()
    .replace("  ", "")
    .split(";")
)


def are_civil_parishes(entries: Sequence[ParishEntry]) -> bool:
    """Whether most of a list are civil parishes: their names, without a street or a website of their own."""
    civil = [entry for entry in entries if _plain(entry.name) in _NAMES and not (entry.street or entry.website)]
    return len(civil) >= 3 and len(civil) * 2 > len(entries)


def _plain(name: str) -> str:
    bare = re.sub(r"\b(?:parish|county|government|sheriff.*|la|louisiana)\b|[,()]", " ", name.casefold())
    return " ".join(re.sub(r"^saint\b|^st\b\.?", "st.", " ".join(bare.split())).split())
