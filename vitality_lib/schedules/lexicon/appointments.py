"""Words for a service that has no hours but those agreed on with a priest or the office."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import any_of, words

_WHOM = any_of(
    "fr\\b\\.?", "father", "the (?:\\w+ )?(?:office|rectory|priests?|pastor)", "a priest", "one of the priests"
)
_ANY_TIME = any_of(
    "any ?time",
    "(?:any )?other times?",
    "at (?:other|any) times?",
    "outside (?:of )?these times",
    "cualquier (?:hora|momento)",
)
_CALL = any_of("call(?:ing)?", "contact(?:ing)?", "phon(?:e|ing)", "see(?:ing)?", "ask(?:ing)?", "email(?:ing)?")

_MEETING = "(?:an? |your )?(?:appointment|appt|time)"

APPOINTMENT = words(
    r"by (?:\w+ )?(?:appointments?|appt\.?|request|arrangements?)", r"(?:up)?on request", "as requested",
    r"appointments? (?:are )?(?:available|welcome|only|necessary|required)",
    rf"{_CALL}(?: [\w().-]+){{0,8}} (?:for|to (?:make|schedule|set up|arrange|request)) {_MEETING}",
    r"(?:make|making|schedul\w+|arrang\w+|set(?:ting)? up|request\w*|need) an? (?:appointment|time)",
    rf"(?:scheduled?|arranged?|made) with {_WHOM}",
    rf"{_ANY_TIME}\W{{1,3}}(?:(?:just|please|by|if|upon|and) ){{0,2}}{_CALL}\b",
    rf"by (?:call|contact|ask|phon)ing {_WHOM}",
    r"ask (?:the |a |any )?(?:priest|father|fr\b\.?)(?: [\w'\u2019]+){0,4} (?:to hear|for|before|after)",
    r"any ?time by", "any other time",
    r"(?:con|por|previa|pedir|hacer|haga|haciendo|mediante|solicitar) (?:una |su )?cita(?: previa)?", "cita previa",
    r"citas? con (?:el|un) (?:padre|sacerdote)",
)  # fmt: skip
ONLY_CALL = words(
    rf"(?:please )?(?:call|contact|see|phone) {_WHOM}",
    r"(?:favor de )?(?:llam\w+|comun\w+) (?:a|con) la (?:oficina|rector\w+)",
)
