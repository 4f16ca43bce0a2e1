"""What else happens in a parish at stated times, and what only speaks of a service: no service is read from it."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import words

_ABOUT_SERVICES = (
    words("mass (?:intentions?|readings?|cards?|offerings?|stipends?|bulletins?|attendance|requests?|kits?|count)"),
    words("mass-goers"),
    words("first (?:reconciliation|confession|penance|communion|holy communion|eucharist)"),
    words("(?:primera|1ra) comuni[oó]n"),
    words(
        "(?:rite|order|sacrament|meaning|celebration) of"
        " (?:christian|baptism|marriage|matrimony|confirmation|holy orders)"
    ),
)
_HOURS = (
    words(
        "(?:office|business|rectory|parish center|pantry|visiting|store|shop|opening|library|visitor)s?"
    ) + r"(?: \w+)?(?: hours?)?",
    words("(?:hours?|horas|horario) (?:of operation|de oficina|de atenci[oó]n)"),
    words("oficinas?", "secretar[ií]a", "despacho"),
)  # fmt: skip
_ONCE_ONLY = words("(?:funeral|wedding|memorial|requiem|burial|school|chrism) mass(?:es)?")
_DOORS = words(
    "catequesis", "open(?:s|ed|ing)?", "clos(?:e|es|ed|ing)", "unlocked", "locked", "abre", "cierra", "doors"
)
_LESSONS = (
    words("class(?:es)?", "religious (?:education|ed|instruction)", "faith formation"),
    r"\bc\.?c\.?d\b\.?|\br\.?c\.?i\.?a\b\.?|\bo\.?c\.?i\.?a\b\.?",
    words("catechism", "catechesis", "catecismo", "clases?"),
)
_GROUPS = words(
    "rehearsals?", "practices?", "choirs?", "ensayos?", "meet(?:s|ing|ings)?", "reuni[oó]n(?:es)?",
    "bible (?:study|class)",
)  # fmt: skip
_MEALS = words(
    "breakfasts?", "coffee", "donuts?", "dinners?", "lunch(?:eon)?", "suppers?", "potluck", "fish fry", "bingo",
    "festivals?", "picnic", "kermes", "food (?:bank|pantry|drive)", "youth (?:group|ministry|night)",
)  # fmt: skip
_RITES = words(
    "baptisms?", "baptized", "bautis(?:mos?|ms?)", "bautizos?", "weddings?", "matrimonios?", "bodas?", "marriages?",
    "funerals?", "wakes?", "viewing", "visitation",
)  # fmt: skip
_STREAMS = words(
    r"live-?\s?stream(?:ed|ing|s)?", "stream(?:ed|ing|s)?", "broadcasts?", "televised", "radio",
    "(?:live |also ){0,2}(?:on|via|por) (?:our )?(?:facebook|youtube|zoom)(?: live)?", "(?:facebook|youtube) live",
    "transmi(?:tid[ao]s?|si[oó]n) en vivo", r"en vivo(?=\s*(?:[),;(]|$))",
)  # fmt: skip
_OTHERS = words(
    "gift shop", "pilgrimages?", "itinerary", "departs?", "parish mission", "al-anon", "scouts?", "zumba", "sewing",
    "quilting", r"(?:wo)?men[\u2019']?s (?:group|club)", "hall (?:&|and) gym", "flights?",
    "school (?:hours|office|day)", "registration", "quince(?:a[ñn]eras?)?", "concerts?", "nursery",
    "childcare", "babysitting", "deadline", "parking", "workshops?", "retreats?", "retiros?", "seminars?",
    "lectures?",
    "classes", "tours?", "knights of columbus", "garage sale", "car wash", "book club",
    "(?:visit|call|office)ing hours", "(?:movie|game|trivia|ministry|family) nights?",
    "preparation", "preparaci[oó]n", "pl[aá]ticas?", "grupos? de oraci[oó]n",
    "prayer groups?", "legion of mary", "social", "bus", "exercise", "yoga",
)  # fmt: skip

_STAFF = words(
    "secretary", "coordinador(?:a|es)?", "coordinators?", "(?:music )?directors?", "custodian", "bookkeeper",
    "receptionist", "training",
)  # fmt: skip

TOPIC = "|".join(
    (
        *(_STAFF, *_ABOUT_SERVICES, *_HOURS, _ONCE_ONLY, _DOORS),
        *(*_LESSONS, _GROUPS, _MEALS, _RITES, _STREAMS, _OTHERS),
    )
)
