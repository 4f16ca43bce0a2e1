"""Names of services: Masses, confessions, adoration, and other devotions."""

from __future__ import annotations

import re

from vitality_lib.models import ServiceType
from vitality_lib.schedules.lexicon.pattern import words

_ADORATION = words(
    "(?:perpetual |eucharistic |holy )?adoration", "eucharistic (?:worship|devotions?)", "exposition", "exposed",
    "holy hours?",
    "adora[cç](?:[aã]o|[oõ]es)(?: eucar[ií]stica| perp[eé]tua)?",
    "adoraci[oó]n(?: eucar[ií]stica| perpetua| nocturna)?", "nocturnal adoration", "hora santa", "exposici[oó]n",
    "sant[ií]simo",
)  # fmt: skip
_CONFESSION = words(
    "sacrament of (?:penance|reconciliation)",
    "mystery of (?:holy )?(?:penance|repentance|reconciliation|confession)",
    "conf{1,2}es{1,4}ions?", "(?:se )?confiesan?(?: los)?", "holy repentance", "reconciliation",
    "penance(?: services?)?",
    "confes[ií]on(?:es)?", "confesi[oó]n(?:es)?", "confiss(?:[aã]o|[oõ]es)", "reconciliaci[oó]n", "penitencia",
)  # fmt: skip
_DEVOTION = words(
    "liturgy of the hours", "liturgy of the word", "communion services?", "word (?:and|&|with) communion",
    "morning prayers?", "evening prayers?",
    "night prayers?", "lauds", "vespers", "laudes", "v[ií]speras(?! de)", "matins", "orthros", "compline", "third hour",
    "sixth hour", "typika", "molebens?", "akathists?",
    "parakle?sis", "panachida", "rosary", "rosario",
    "stations(?: of the cross)?", "way of the cross", "v[ií]a ?crucis", "benediction", "bendici[oó]n",
    "(?:perpetual )?novenas?", "all-night vigil",
    "devotions?", "anointing(?: of the sick)?", "litany", "(?:divine mercy )?chaplets?", "divine mercy", "coronilla",
    "tai[zs][eé]", "miraculous medal", "prayer service", "angelus", "healing service",
)  # fmt: skip
_MASS = words(
    "mass(?:es)?", "misas?", "divine liturg(?:y|ies)", "(?:holy )?qurb[aā]n[aā]", "eucharists?",
    "eucharistic celebrations?", "eucarist[ií]as?", r"litur?g(?:y|ies)\b(?! of the)", "missas?", "messes?", "msze",
    "th[aá]nh l[eễ]", "worship services?", "celeb?raci[oó]n eucar[ií]stica",
)  # fmt: skip

SERVICE = "|".join((_ADORATION, _CONFESSION, _DEVOTION, _MASS))

_TYPES = tuple(
    (re.compile(pattern, re.I), kind)
    for pattern, kind in (
        (r"communion serv|word |liturgy of the (?:word|hours)", ServiceType.OTHER_DEVOTION),
        (
            r"adora|eucharistic (?:wor|dev)|exposi|exposed|holy hour|hora santa|sant[ií]simo",
            ServiceType.ADORATION,
        ),
        (r"conf|reconcil|penance|repent|penitencia", ServiceType.CONFESSION),
        (r"mass|misa|missa|msz|mess|liturg|qurb|euchar|eucar|th[aá]nh|worship", ServiceType.MASS),
    )
)


def service_of(word: str) -> ServiceType:
    """The type a service token names; what is neither Mass, Confession nor Adoration is another devotion."""
    return next((kind for pattern, kind in _TYPES if pattern.search(word)), ServiceType.OTHER_DEVOTION)
