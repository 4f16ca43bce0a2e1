"""The words by which links to parish directories, and traps beside them, are told: English and Spanish.

A table's rows are patterns with a weight or a reason. Labels are matched whole, paths and traps anywhere.
"""

from __future__ import annotations

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.I)


_PARISH = r"(?:parish|parishes|church|churches)"
_PARROQUIA = r"(?:parroquias?|iglesias?)"

_FIND = _any(
    rf"(?:find|locate|search for)(?: a| your| our| my)?(?: local| catholic| nearby)* {_PARISH}(?: near (?:you|me))?",
    r"(?:parish|church|parish & mass|mass & parish|parish and mass)(?:es)? "
    r"(?:finder|locator|directory|directories|search|map|list|listings?|lookup)",
    r"(?:directory|list|map|listing) of (?:our )?(?:parishes|churches)(?: (?:and|&) (?:missions|churches|schools))?",
    rf"(?:encuentre|encuentra|buscar?|busque|localice|hallar)(?: una?| tu| su| la)* {_PARROQUIA}(?: cercana)?",
)
_FIND_IN_SPANISH = _any(
    r"(?:directorio|buscador|localizador|lista|mapa)(?: de(?: las)?)? (?:parroquias|parroquial|iglesias)"
)
_PARISHES = _any(
    r"(?:our |all |diocesan |catholic )?parishes(?:(?: (?:and|&) |, )(?:missions|churches|mass times|communities))*",
    r"(?:nuestras |las )?parroquias(?: y (?:misiones|iglesias|horarios(?: de misas?)?))?",
)
_ORDERED = _any(
    r"parishes (?:by (?:location|city|name|county|deanery|vicariate|region)|a ?[-–] ?z|listing|near (?:you|me))",
    r"find a(?:\.\.\.|…)? parish",
    r"i(?:'|’)?m looking for a parish",
    r"alphabetical list(?:ing)?(?: of parishes)?",
)
_WITH_OTHERS = _any(
    r"parishes (?:and|&) schools|schools (?:and|&) parishes|churches (?:and|&) schools|parroquias y escuelas",
    r"(?:our |all )?churches|(?:nuestras )?iglesias",
    r"find a (?:mass|church)|mass (?:finder|locator)|find mass(?: times)?",
)
_ABOUT_PARISHES = _any(
    r"(?:parish|church|parishes) (?:information|profiles?|websites?|locations|contacts?|communities)"
)
_SOME_PARISH = _any(r"parish", r"parishes .{0,30}", r".{0,30} parishes", r"parroquia")
_DIRECTORY = _any(
    r"(?:diocesan |online |catholic )?director(?:y|ies)",
    r"directorio(?: diocesano)?",
    r"mass times|horarios? de misas?|locations|find us|i want to find|people (?:and|&) places",
)

# What a label says, the surest first; only the first that matches counts.
LABELS = (
    (10.0, _FIND),
    (9.5, _FIND_IN_SPANISH),
    (9.0, _PARISHES),
    (8.5, _ORDERED),
    (8.0, _WITH_OTHERS),
    (6.0, _ABOUT_PARISHES),
    (5.0, _SOME_PARISH),
    (4.0, _DIRECTORY),
)
# What may stand inside a longer label, too.
CONTAINED = LABELS[:4]

PATHS = (
    (
        6.0,
        _any(
            r"/parish-?_?finder\b",
            r"/find-?_?a-?_?(?:parish|church)\b",
            r"/(?:parish|church)-?_?(?:directory|locator|search|map|list(?:ing)?|finder)\b",
            r"/(?:directorio|buscar?|encuentr[ae])[-_a-z]*parroqui",
        ),
    ),
    (
        5.0,
        _any(
            r"/(?:parishes|parroquias|churches)(?:[-_]?(?:map|list|a-z|and-missions|missions|schools))?"
            r"(?:/index)?(?:\.\w{2,5})?/?$"
        ),
    ),
    (
        3.0,
        _any(r"/(?:parishes|parroquias|churches)\b", r"[?&](?:type|post_type)=(?:parish|church)", r"/find-?parish"),
    ),
    (2.0, _any(r"/director(?:y|ies)\b", r"/directorio\b", r"parish", r"parroqui", r"/mass-?times\b")),
)

# What has "parish" in its words and is no directory.
TRAPS = (
    ("a council", _any(r"council", r"consejo")),
    ("jobs", _any(r"employment|\bjobs?\b|career|position|vacan|empleo", r"human resources|\bhr\b")),
    (
        "schools alone",
        _any(
            r"^(?!.*(?:parish|church|parroqu|iglesia)).*\b(?:schools?|escuelas?|education|academ)",
            r"find-?_? ?a-?_? ?school|school[-_ ](?:finder|directory|locator)",
        ),
    ),
    (
        "people",
        _any(
            r"clergy|\bstaff\b|priests?\b|deacons?\b|chancery|\bbishops?\b|department|personnel|\boffices?\b",
            r"sacerdotes|clero|religious|contact us",
        ),
    ),
    (
        "news or an event",
        _any(
            r"news|noticias|/blog|/events?\b|calendar|/20\d\d[/-]|press|story|stories|article|podcast|bulletin",
            r"\barchives?\b|merg(?:er|ing)|closing|pastoral plan|planning",
        ),
    ),
    ("money", _any(r"donat|\bgiving\b|\bgive\b|appeal|stewardship|finance|assessment|tuition|insurance|accounting")),
    (
        "support of parishes",
        _any(
            r"support|services? for|resources?|\bforms?\b|training|leader|ministr|nurse|mission trip|toolkit|handbook",
            r"polic|safe environment|renewal|evangeli|life|history|boundar|registration|relationship|twinning",
            r"sacramental records|catechis|secretar|start a|login|log in|portal|intranet",
        ),
    ),
    ("cemeteries", _any(r"cemeter|cementerio")),
)

FILES = _any(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|zip|mp[34]|ics|pptx?)$")
ELSEWHERE = _any(
    r"(?:^|\.)(?:facebook|instagram|twitter|x|youtube|youtu|tiktok|linkedin|flickr|vimeo|google|apple|usccb|vatican|"
    r"paypal|masstimes|eventbrite|amazon|flocknote|givecentral)\.[a-z]{2,3}$"
)
PLATFORMS = (
    ("eCatholic's parish finder", _any(r"/parishfinder\b")),
    ("a map service's", _any(r"google\.com/maps/d/", r"arcgis\.com/", r"storepoint\.co", r"maptive\.com")),
)
