"""The words by which links to parish directories are told: English and Spanish.

A table's rows are patterns with a weight. Labels are matched whole, paths anywhere.
"""

from __future__ import annotations

import re


def any_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.I)


_PARISH = r"(?:parish|parishes|church|churches)"
_PARROQUIA = r"(?:parroquias?|iglesias?)"
_HUNT = r"(?:find|locate|search(?: for)?|browse|look up|look for)"
_KINDS = r"(?:finder|locator|director(?:y|ies)|search|map|maps|list|listings?|lookup|look-up|index|guide)"

_FIND = any_of(
    rf"{_HUNT}(?: an?| your| our| my| the| all)?(?: local| nearby| catholic| home| nearest)* {_PARISH}"
    r"(?: (?:near (?:you|me)|close to (?:you|me)|in (?:the|our|your) (?:arch)?(?:diocese|eparchy)|today|now|here))?",
    r"(?:the |our )?(?:catholic |diocesan )?"
    rf"(?:parish|parishes|church|parish (?:&|and) mass|mass (?:&|and) parish|parish (?:&|and) mission)(?:es)? {_KINDS}",
    r"(?:directory|list|map|listing|index)s? of (?:all |our |the )?(?:catholic )?(?:parishes|churches)"
    r"(?: (?:and|&) (?:missions|churches|schools))?",
    rf"(?:encuentr[ea]|encontrar|buscar?|busque|locali[cz][ea]r?|hallar)(?: una?| tu| su| la)*"
    rf" {_PARROQUIA}(?: (?:cercana|cerca de (?:ti|usted)|local))?",
)
_FIND_IN_SPANISH = any_of(
    r"(?:directorio|buscador|localizador|listado?|lista|mapa)(?: de(?: las?| nuestras)?)? "
    r"(?:parroquias?|parroquial|iglesias)"
)
_PARISHES = any_of(
    r"(?:our |all |the |diocesan |catholic |local |(?:see|view|visit|explore|meet) (?:all|our) )*parishes"
    r"(?:(?: (?:and|&) |, )(?:missions|churches|mass times|communities|worship sites|shrines|chapels))*"
    r"(?: (?:in|of) (?:the|our) (?:arch)?(?:diocese|eparchy))?",
    r"(?:nuestras |las |todas las |ver )*parroquias(?: y (?:misiones|iglesias|horarios(?: de misas?)?))?",
)
_ORDERED = any_of(
    r"church parishes|parishes (?:by .{3,30}|a ?[-–] ?z|listing|near (?:you|me))",
    r"find an?(?:\.\.\.|…)? parish",
    r"find an? .{3,20} (?:or|and|&) (?:an? )?(?:parish|church)",
    r"i(?:(?:'|’)?m| am) looking for a parish",
    rf"(?:parish|church)(?:es)? ?(?:and|&|/|,) ?(?:mass |catholic )*(?:schools?|missions?|ministry|clergy) {_KINDS}",
    rf"(?:catholic )?schools? ?(?:and|&|/) ?(?:parish|church)(?:es)? {_KINDS}",
    r"(?:join|visit|choose) a (?:catholic )?parish",
    r"where (?:are|is) (?:our|my|your) parish(?:es)?",
    r"alphabetical list(?:ing)?(?: of parishes)?|(?:alphabetical|complete|full) parish list(?:ing)?",
)
_WITH_OTHERS = any_of(
    r"parishes (?:and|&) schools|schools (?:and|&) parishes|churches (?:and|&) schools|parroquias y escuelas",
    r"(?:our |all |the )?churches(?: (?:and|&) (?:missions|chapels))?|(?:nuestras )?iglesias",
    r"find a (?:mass|church)|mass (?:finder|locator|directory)|find mass(?: times)?",
)
_ABOUT_PARISHES = any_of(
    r"(?:our |the )?(?:parish|church|parishes) "
    r"(?:(?:contact )?info(?:rmation)?|profiles?|websites?|locations|contacts?|communities|groupings|families)",
    r"(?:parishes|parish) ?(?:and|&) ?(?:clergy|priests|pastors)(?: directory)?|pastorates|worship sites",
)
_SOME_PARISH = any_of(
    r"(?:a )?parish|parishes .{0,30}|.{0,30} parishes|parroquia|comunidades(?: parroquiales)?",
    r"(?:our |the )?(?:faith|catholic|worship(?:p?ing)?|local) communities|our communities",
)
_DIRECTORY = any_of(
    r"(?:arch)?(?:diocesan |online |catholic |the |our )*director(?:y|ies)",
    r"directorio(?: diocesano)?",
    r"(?:our )?mass times|horarios? de misas?|(?:our )?locations|find us|i want to find|people (?:and|&) places|"
    r"(?:parish )?(?:deaneries|vicariates|pastoral regions)",
)
_SECTION = any_of(
    r"about(?: us| the (?:arch)?diocese)?|(?:our|the) (?:arch)?(?:diocese|eparchy|church)|who we are|connect|"
    r"communit(?:y|ies)|places|locate|find|english|enter(?: (?:the )?(?:web)?site)?|continue(?: to (?:the )?site)?"
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
    (1.5, _SECTION),  # a page that may lead on to the directory
)
# What may stand inside a longer label, too.
CONTAINED = LABELS[:4]
SURE = 8.0  # a label of this weight names the directory

# Labels that say nothing of themselves: they stand for the heading or the menu's item that they are under.
GENERIC = any_of(
    r"(?:click |tap )?here|(?:learn|read|find out|see|show|view|discover)? ?more|go(?: to)?|start(?: here)?|explore",
    r"enter|visit",
    r"(?:search|find|browse|look up|locate|list|map|directory|directories|finder|locator|overview|all|index)"
    r"(?: (?:now|here|all|it|map|list|view|page|one))?",
    r"(?:view|see|show|browse|open)(?: (?:the|our|full|all))*(?: (?:list|map|directory|listing))?",
    r"a ?[-–] ?z(?: (?:list|listing|index))?|alphabetical(?:ly)?(?: (?:list|listing|order))?",
    r"(?:list(?:ing|ed)? |search |map |find )?by "
    r"(?:name|city|town|county|deanery|vicariate|region|location|zip(?: code)?)",
    r"(?:interactive|location) map|m[áa]s(?: informaci[óo]n)?|ver(?: m[áa]s| todas?| lista)?|aqu[íi]",
    r"buscar|mapa|directorio",
)
# Headings that a label of one word goes on from: "Find a ..." above "Parish".
OPEN_ENDED = re.compile(
    r"(?:\b(?:an?|for|the|your|una?|tu|su)|\bfind|\blocate|\bsearch|\blooking for|\.\.\.|…|:)\W*$", re.I
)

_SECTION_OF_PARISHES = r"(?:our|all|diocesan|catholic|find|list-?of|the)"
PATHS = (
    (
        6.0,
        any_of(
            r"/(?:our-?_?)?(?:parish(?:es)?|church(?:es)?)-?_?(?:and-?)?(?:mass(?:es)?-?_?)?"
            r"(?:finder|directory|locator|search|map|list(?:ing)?s?|lookup)(?![a-z])",
            r"/find-?_?(?:an?-?_?|your-?_?|my-?_?)?(?:catholic-?_?)?(?:parish|church)(?:es)?(?![a-z])",
            r"/(?:directory|list|map)-?_?of-?_?(?:our-?_?)?(?:parishes|churches)\b",
            r"/director(?:y|ies)[-_/](?:of-)?parish(?:es)?\b",
            r"/(?:directorio|buscar?|encuentr[ae]|localizador|mapa|lista)[-_a-z]*parroqui",
        ),
    ),
    (
        5.0,
        any_of(
            rf"/(?:{_SECTION_OF_PARISHES}[-_]?)?(?:parishes|parroquias|churches)"
            r"(?:[-_]?(?:a-z|(?:and-)?(?:missions|schools|mass-?times|masses|churches)|by-[a-z]+|\d))*"
            r"(?:/(?:index|default|home))?(?:\.\w{2,5})?/?$"
        ),
    ),
    (
        3.0,
        any_of(
            r"/(?:parishes|parroquias|churches)\b",
            r"[?&](?:type|post_type|mode|op|view|find)=(?:\w*[-_])?(?:parish|church)",
            r"/nuestras-(?:parroquias|iglesias)",
        ),
    ),
    (
        2.0,
        any_of(
            r"/director(?:y|ies)\b", r"/directorio\b", r"parish", r"parroqui", r"/mass-?(?:times|finder)\b",
            r"/(?:our-)?locations\b", r"/(?:our|faith|catholic)-communities\b", r"/finder\b",
        ),
    ),
)  # fmt: skip

FILES = any_of(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|svg|zip|mp[34]|ics|pptx?|css|js|json|xml)$")
ELSEWHERE = any_of(
    r"(?:^|\.)(?:facebook|instagram|twitter|x|youtube|youtu|tiktok|linkedin|flickr|vimeo|google|apple|usccb|vatican|"
    r"paypal|masstimes|discovermass|parishesonline|catholicmasstime|eventbrite|amazon|flocknote|givecentral|wikipedia|"
    r"constantcontact|formed|ewtn|pinterest|threads|whatsapp|vaticannews|osvhub|wesharegiving|parishsoftfamilysuite)"
    r"\.[a-z]{2,3}$"
)
PLATFORMS = (
    ("eCatholic's parish finder", any_of(r"/parishfinder\b")),
    ("a map service's", any_of(
        r"google\.com/maps/d/", r"arcgis\.com/", r"storepoint\.co", r"maptive\.com", r"zeemaps\.com", r"mapme\.com",
        r"batchgeo\.com", r"storerocket\.io", r"stockist\.co", r"closeby\.co", r"metalocator\.com", r"elfsight\.com",
        r"mappress=embed", r"storelocatorplus\.com", r"storelocatorwidgets\.com", r"airtable\.com/",
    )),
)  # fmt: skip
