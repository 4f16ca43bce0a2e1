"""Words that speak for or against a link as the way to a parish's times, and the services that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vitality_lib.models import ServiceType
from vitality_lib.schedules.lexicon.pattern import alone, any_of, words


@dataclass(frozen=True)
class Sign:
    """Words that speak for or against a link; `why` names them where the words themselves do not."""

    weight: float
    pattern: re.Pattern[str]
    why: str = ""


def _sign(weight: float, *alternatives: str, why: str = "") -> Sign:
    return Sign(weight, re.compile(any_of(*alternatives), re.I), why)


STRONG = 3.0  # what is weaker leads to times only now and then

# What a label or a path says, the surest first; only the first that matches counts. English and Spanish.
LABELS = (
    _sign(
        10.0,
        r"mass(?:es)?\W{1,3}(?:and |& |, )?(?:\w+ ){0,3}(?:times?|schedules?|hours|timings)",
        r"(?:times?|schedules?) (?:of|for) (?:the )?mass",
        r"horarios?.{0,12}\bmisas?",
        r"mass(?:es)? (?:&|and|\+|/) (?:confessions?|reconciliation|adoration)",
        r"misas? y (?:confesi[oó]n(?:es)?|adoraci[oó]n)",
    ),
    _sign(
        9.0,
        r"(?:worship|liturgy|liturgical|sacrament|service|weekend|weekly|daily|sunday)s? (?:times?|schedules?)",
        r"schedule of (?:services|masses|liturgies)",
        r"mass(?:es)? info(?:rmation)?",
        r"horarios? (?:de )?(?:servicios|lit[uú]rgic\w+|parroquial)",
    ),
    _sign(
        8.5,
        alone("mass(?:es)?", "misas?", "the mass", "holy mass", "(?:attend|daily|sunday|weekday|weekend) mass(?:es)?"),
        alone("santa misa", "eucharist", "holy eucharist", "our mass(?:es)?"),
        alone("(?:weekend|weekday|sunday|daily) (?:liturg(?:y|ies)|mass(?:es)?|eucharist)", "liturgical services"),
        alone("(?:holy )?divine (?:liturg(?:y|ies)|services?)", "holy qurbana"),  # in the Eastern churches
    ),
    _sign(
        8.0,
        r"(?:confessions?|reconciliation|penance|adoration) (?:times?|schedules?|hours)",
        r"horarios? de (?:las )?(?:confesi[oó]n(?:es)?|adoraci[oó]n)",
        alone("confessions?", "reconciliation", "penance", "confesi[oó]n(?:es)?", "reconciliaci[oó]n"),
        alone("(?:eucharistic |perpetual )?adoration(?: chapel)?", "adoraci[oó]n", "holy hour"),
        alone("(?:reconciliation|penance)(?: \\(confession\\)| / confession| & penance)", "hora santa"),
        r"sacrament of (?:reconciliation|penance)",
    ),
    _sign(
        6.0,
        alone("(?:(?:our|parish|church|weekly|sacramental|liturgical) )?schedules?", "(?:service )?times", "horarios?"),
        alone("schedules? ?/ ?horarios?", "horarios? ?/ ?schedules?", "times (?:&|and) (?:directions|locations?)"),
        alone(
            "worship",
            "(?:worship|pray) with us",
            "join us",
            "church services",
            "(?:sacred )?liturg(?:y|ies)",
            "services",
            "liturgia",
        ),
    ),
    _sign(4.0, words("mass", "misas?", "confessions?", "reconciliation", "adoration", "adoraci[oó]n")),
    _sign(
        STRONG,
        alone("sacraments?", "sacramentos?", "prayer", "devotions", "devociones", "spiritual life"),
        alone(
            "(?:liturgy|worship) (?:&|and) (?:prayer|worship|sacraments)", "sacraments (?:&|and) (?:worship|liturgy)"
        ),
        alone("sacramental life", "prayer (?:&|and) (?:worship|sacraments|devotions)"),
    ),
    _sign(
        2.8,
        alone("i.?m new(?: here)?", "new here", "visit(?:ors?)?(?: us)?", "plan (?:your|a) visit", "welcome"),
        alone("new to (?:the )?parish", "what to expect", "about(?: us| our parish)?", "parish info(?:rmation)?"),
        alone("quienes somos", "qui[eé]nes somos", "vis[ií]t[ae]nos", "bienvenidos?", "acerca de(?: nosotros)?"),
        alone("our (?:parish|church(?:es)?)", "nuestra parroquia", "churches", "locations"),
    ),
    _sign(
        2.5,
        alone(
            "contact(?: us)?", "cont[aá]ct(?:o|enos)", "location", "find us", "directions", "holy days?", "hours.{0,12}"
        ),
    ),
    _sign(2.2, alone("enter(?: (?:the )?(?:web)?(?:site|here))?", "english", "espa[nñ]ol", "main(?: ?frame)?")),
)
# Words that name nothing but times of Mass, whatever stands beside them.
EXPLICIT = re.compile(r"\bmass(?:es)? (?:(?:&|and) confessions? )?(?:times?|schedules?)\b|horarios? de misas?", re.I)
PATHS = (
    _sign(
        5.0,
        r"mass-?_?(?:and-confession-?)?_?(?:times?|schedules?|hours)",
        r"horarios?-?(?:de-?)?(?:las-?)?misas?",
        r"(?:worship|liturgy|service)-?_?(?:times?|schedules?)",
    ),
    _sign(
        3.5,
        r"/(?:mass(?:es)?|misas?|confessions?|reconciliation|adoration|schedules?|horarios?|confesion(?:es)?|adoracion)"
        r"(?:[-_/.]|$)",
    ),
)
# What a link that speaks of Mass often leads to instead of its times; each that matches counts. The first stand beside
# the times now and then.
TRAPS = (
    _sign(
        -8.0, "intention", "reading", "offering", r"\bcards?\b", "stipend", "request", "livestream", "live stream",
        r"\bwatch\b", "video", "recorded", "homil", "archive", "music", r"\bsongs?\b", "guidelines", "bulletin",
        "bolet[ií]n", "intencion", "lecturas", why="intentions, readings or recordings",
    ),
    _sign(
        -6.0, "server", "lector", "usher", "minister", "volunteer", "sacristan", "choir", "coordinator", "rota",
        "roster", "greeters", "monaguillo", why="ministers",
    ),
    _sign(
        -6.0, "first (?:communion|reconciliation|confession)", "preparation", "class", "educat", "formation",
        r"\bforms?\b", "registration", "how to", r"\bguide\b", r"\border of\b", "explained", "what is", "examination",
        "sign.?up",
        "first-(?:communion|reconciliation|confession)", "primera (?:comuni|confes)", "catequesis",
        why="lessons and forms",
    ),
    _sign(
        -6.0, r"/20\d\d[/-]", "/events?/", "news", "blog", "calendar", "funeral", "wedding", "quince",
        why="news or an event",
    ),
    _sign(-8.0, "christmas", "easter", "holy week", "semana santa", "navidad", "triduum", why="one week of the year"),
    _sign(-4.0, "other parishes", "diocesan", "finder", r"masstimes\.org", "nearby", why="elsewhere"),
    _sign(-4.0, r"\.pdf$", why="a PDF"),
)  # fmt: skip

_NAMES = (
    (re.compile(r"mass(?:es)?(?![a-z])|misas?(?![a-z])|eucharist|qurbana|divine (?:lit|serv)", re.I), ServiceType.MASS),
    (re.compile(r"confess?i|reconcil|penance|penitencia", re.I), ServiceType.CONFESSION),
    (re.compile(r"adora[ct]|holy[ -]hour|hora[ -]santa", re.I), ServiceType.ADORATION),
)


def names(text: str) -> frozenset[ServiceType]:
    """The types of service that a label or an address names: of Mass, confession and adoration."""
    return frozenset(kind for pattern, kind in _NAMES if pattern.search(text))
