"""Times of day, lengths of time, and what lasts the whole day, as pages write them."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import any_of, words

_HOUR = r"(?:1[0-2]|0?[1-9])"
_LATE = "(?:1[3-9]|2[0-3])"  # an hour that only the 24-hour clock has
_HALF = r"[ap]\s?\.?\s?m\b\.?"
_DAYTIME = r"in the (?:morning|afternoon|evening)\b"
_SPOKEN_HALF = r"de la (?:ma[ñn]ana|tarde|noche)"
_NOT_INSIDE_A_NUMBER = r"(?<![\d$#])(?<!\d[:.,])"

_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPANISH = ("una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
HOURS = {word: hour for words_ in (_ENGLISH, _SPANISH) for hour, word in enumerate(words_, 1)}
_OF_WORDS = rf"(?:{_HALF}|o[\u2019']?clock\b|{_DAYTIME})"
_SPOKEN = "|".join(
    (
        rf"\b(?:half past|quarter (?:past|after|to|of|before)) (?:{any_of(*_ENGLISH)}\b|{_HOUR}\b)(?:\s{_HALF})?",
        rf"\b{any_of(*_ENGLISH)}(?: (?:thirty|fifteen|forty-five))? {_OF_WORDS}(?:\s{_OF_WORDS})?",
        rf"\b{any_of(*_SPANISH)}(?: y (?:media|cuarto|quince))? {_SPOKEN_HALF}",
    )
)

TIME = (
    _NOT_INSIDE_A_NUMBER
    + any_of(
        # 8:30, 8.30, 8:30 a.m., 8:30a, 8:30 de la tarde, 12:00 noon
        rf"{_HOUR}\s?[:.]\s?[0-5]\d(?:\s?(?:{_HALF}|[ap]\b\.?(?!\s?\w)|{_SPOKEN_HALF}|noon\b|midnight\b))?",
        # 18:30, 18h30, 18:30 hrs
        r"(?:1[3-9]|2[0-3]|0?0)\s?[:h.]\s?[0-5]\d(?:\s?(?:[ap]\.?m\b\.?|hrs?\b\.?))?",
        # 230-330pm
        rf"{_HOUR}[0-5]\d(?=\s?[-\u2013]\s?{_HOUR}[0-5]\d\s?[ap])",
        # 8 am, 830am, 8 o'clock
        rf"{_HOUR}(?:[0-5]\d)?\s?(?:{_HALF}|{_SPOKEN_HALF}|o[\u2019']?clock\b)",
        # 8a, 530p
        rf"{_HOUR}(?:[0-5]\d)?[ap]\b",
        # 9h, 9h30, 18 hs; 18 horas (but `2 horas antes` is an offset)
        rf"(?:{_HOUR}\s?(?:h(?:[0-5]\d)?|hs|hrs)|{_LATE}\s?(?:h|hs|hrs?|horas))\b\.?",
        # the 17 of `17 a 18.45 hs` and `10, 12, 18 y 19 h`
        rf"{_LATE}(?=(?:\s?(?:a|às|y|e|,|-|\u2013)\s?(?:las\s)?\d{{1,2}}(?:[:.h][0-5]\d)?){{1,4}}"
        r"\s?(?:h|hs|hrs|horas)\b)",
        r"12\s?(?:del? )?(?:noon|midnight|mediod[ií]a|medianoche|n)\b",
    )
    + r"(?![\d%])|"
    + _SPOKEN
    + "|"
    + words("noon", "midday", "midnight", "mediod[ií]a", "medianoche")
)
# 8; on the 24-hour clock 0930, 1730
NUMBER = rf"{_NOT_INSIDE_A_NUMBER}(?:{_HOUR}|(?:0[5-9]|1\d|2[0-3])[0-5][05])(?![\d%:/]|\.\d|st\b|nd\b|rd\b|th\b)\b"
OFFSET = (
    rf"\b(?!{_LATE}\s?(?:hrs?|horas?)\b)"
    r"(?:\d{1,3}|an?|one|half an|half|fifteen|twenty|thirty|forty[- ]five|una?|media)\s?(?:-\s?)?"
    r"(?:minutes?|mins?\b\.?|minutos?|hours?|hrs?\b\.?|horas?)(?:\s(?:and a half|y media))?"
)
PERPETUAL = r"\b24\s?(?:/\s?7\b|-?\s?hours?\b|hrs?\b|horas\b)(?:\s?(?:/|,|a)?\s?(?:day|7|d[ií]a))?|" + words(
    "perpetual(?:ly)?", "perpetua", "around the clock", "day and night"
)
PART = words("mornings?", "afternoons?", "evenings?", "nights?", "ma[ñn]anas?", "tardes?", "noches?")
