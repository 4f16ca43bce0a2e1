"""How a time relates to something else: to another service, to its own end, to a call, to an exception."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import words

_AT_ONCE = "(?:immediately |right |directly |inmediatamente )?"

RELATION = (
    rf"\b{_AT_ONCE}"
    + words(
        "after", "before", "prior to", "preceding", "antes de(?: la| cada)?", "despu[eé]s de(?: la| cada)?",
        "al (?:finalizar|terminar|t[eé]rmino de)(?: la| cada)?", "between", "entre las",
        "during(?= (?:the )?(?:eucharistic |weekly |perpetual )?(?:adoration|exposition|holy hour|mass))",
        "durante(?= la (?:misa|adoraci))", "follow(?:s|ing)(?: the)?",
    )
)  # fmt: skip
UNTIL = words(
    "until", "till", "til", "up to", "(?:extended|continues?|runs?|lasts?) (?:to|through)", "hasta(?: las)?",
    "ends? at", "ending at", "concludes? (?:at|with)", "concluding (?:at|with)",
)  # fmt: skip
APPOINTMENT = words(
    r"by (?:appointments?|appt\.?|request|arrangement)", "any ?time by", "(?:con|por|previa|pedir) (?:una )?cita",
    "upon request",
    r"(?:call|contact)(?: [\w().-]+){0,8} (?:for|to (?:make|schedule|set up|arrange)) an? (?:appointment|appt|time)",
    "(?:make|schedule|making) an appointment", "cita previa", "previa cita", "any other time",
)  # fmt: skip
WITHOUT = "|".join(
    (
        words("except(?:ing)?(?: for| on)?", "excluding", "excepto", "but not", "menos el", "salvo"),
        r"\b(?:there (?:is|are|will be) )?no"
        r" (?=(?:\d|\w+ )?(?:mass|masses|confessions?|adoration|misas?|service|sunday|saturday|weekday|\d))",
        words("not (?:on|celebrated|held|available)", "no hay", "cancell?ed", "suspended"),
    )
)
VIGIL = words("anticipated", "vigils?", "anticipada", "vigilia", r"eve(?! of (?:an? |the |all )?holy)")
