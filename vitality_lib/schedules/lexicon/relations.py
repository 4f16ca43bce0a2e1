"""How a time relates to something else: to another service, to its own end, to a call, to an exception."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import words

# `between 4:15 and 5:15 pm` is a range; `between the 8:00 and 10:00 Masses` a relation.
_A_TIME = r"\d{1,2}(?::\d\d)?\s?(?:[ap]\.?\s?m\.?)?"
_TWO_TIMES = (
    rf"\s(?:the hours of\s)?{_A_TIME}\s?(?:and|&)\s?{_A_TIME}(?!\s?(?:am|pm|[ap]\.m\.?)?\s?(?:mass|\w+ mass|and|,))"
)
_AT_ONCE = "(?:immediately |right |directly |inmediatamente )?"

RELATION = (
    rf"\b{_AT_ONCE}"
    + words(
        r"before (?:and|or|&) after", r"antes (?:y|o) despu[eé]s de(?: las?| cada)?", "after", "before", "prior to",
        "preceding", "antes de(?: la| cada)?", "despu[eé]s de(?: la| cada)?",
        "al (?:finalizar|terminar|t[eé]rmino de)(?: la| cada)?", rf"between(?!{_TWO_TIMES})", "entre las",
        "during(?= (?:the )?(?:eucharistic |weekly |perpetual )?(?:adoration|exposition|holy hour|mass))",
        "durante(?= la (?:misa|adoraci))", r"(?<!as )follow(?:s|ing)(?! ?:)(?: the)?",
    )
)  # fmt: skip
UNTIL = words(
    "until", "till", "til", "up to", "(?:extended|continues?|runs?|lasts?) (?:to|through)", "hasta(?: las)?",
    "ends? at", "(?:and )?ends?(?: on)?(?= (?:sun|mon|tues|wednes|thurs|fri|satur)day)", "ending at",
    "concludes? (?:at|with)", "concluding (?:at|with)", "ends? with(?= mass)",
)  # fmt: skip
WITHOUT = "|".join(
    (
        words(
            "except(?:ing)?(?: for| on| in| during)?",
            "excluding",
            "excepto",
            "but not",
            "menos el",
            "salvo",
            "other than",
            "formerly",
            "previously",
            "but(?= the (?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th)))",
        ),
        r"\b(?:there (?:is|are|will be) )?no"
        r" (?=(?:\d|\w+ )?(?:mass|masses|confessions?|adoration|misas?|service|sunday|saturday|weekday|\d))",
        words("not (?:on|in|during|celebrated|held|available)", "no hay", "cancell?ed", "suspended"),
    )
)
VIGIL = words(
    "(?:day|evening|night) before(?! (?:the )?(?:(?:vigil|evening|first|sunday) )?(?:mass|confession|adoration))",
    "first mass of (?:the )?sunday",
    "anticipated",
    "vigils?",
    "anticipada",
    "vigilia",
    r"eve(?! of (?:an? |the |all |each |every )?(?:holy|first fri|1st fri))",
)
