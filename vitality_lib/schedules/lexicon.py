"""The words of schedules: one regular expression for each kind of token. English and Spanish, and day names of others.

The expressions are linear: no nested repeats, each repeat bounded.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vitality_lib.models import Day, ServiceType


class Kind(StrEnum):
    """What a token says."""

    TIME = "time"
    NUMBER = "number"  # a bare number, an hour when its neighbours are
    DAY = "day"
    ORDINAL = "ordinal"
    SERVICE = "service"
    TOPIC = "topic"  # something else that happens at stated times: offices, classes, meetings
    LANGUAGE = "language"
    SEASON = "season"
    CHURCH = "church"
    VIGIL = "vigil"
    RELATION = "relation"
    OFFSET = "offset"
    UNTIL = "until"
    APPOINTMENT = "appointment"
    PERPETUAL = "perpetual"
    WITHOUT = "without"
    PART = "part"  # morning, afternoon, evening
    DATE = "date"
    SINCE = "since"  # before a date: the schedule begins or ends there
    JOIN = "join"
    DASH = "dash"
    COMMA = "comma"
    BREAK = "break"
    OPEN = "open"
    CLOSE = "close"
    NOISE = "noise"  # phone numbers, prices, scripture: swallowed so that nothing in them counts


WEEKDAYS = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR)
WEEK = (Day.SU, Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)\b\.?"
)
_BOOK = (
    r"(?:gen(?:esis)?|ex(?:odus)?|lev|deut|josh|isa?(?:iah)?|jer(?:emiah)?|ezek(?:iel)?|dan|hos|joel|amos|mic|mal|ps(?:alms?)?"
    r"|prov|wis|sir|m(?:at)?t(?:hew)?|mk|mark|lk|luke|jn|john|acts|rom(?:ans)?|cor(?:inthians)?|gal|eph|phil|col|thess?"
    r"|tim|tit|heb(?:rews)?|jas|james|pet(?:er)?|rev|juan|mateo|lucas|marcos|hechos|salmo)"
)

PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.NOISE,
        r"(?:https?://|www\.)[^\s<>\"]{1,300}|[\w.+-]{1,64}@[\w.-]{1,100}"
        r"|\(?\b\d{3}\)?\s?[-.\s]\s?\d{3}\s?[-.\s]\s?\d{4}\b|\b\d{3}[-.]\d{4}\b|\b[2-9]\d{2}/\d{3}-\d{4}\b"
        r"|\$\s?\d[\d,.]*|\b\d[\d,.]*\s?(?:%|percent\b|years?\b|año?s\b|people\b|feet\b|ft\b|miles?\b|grade\b)"
        rf"|\b{_BOOK}\.?\s{{0,2}}\d{{1,3}}\s?[:.,]\s?\d{{1,3}}(?:\s?[-\u2013]\s?\d{{1,3}})?"
        r"|\b(?:cf|no|nos|room|rm|suite|ste|apt|box|can|canon|ccc|ages?|grades?|#)\b\.?\s?#?\d+(?:\s?[-\u2013]\s?\d+)?"
        r"|\b\d{5}(?:-\d{4})?\b",
    ),
    (
        Kind.PERPETUAL,
        r"\b24\s?(?:/\s?7\b|-?\s?hours?\b|hrs?\b|horas\b)(?:\s?(?:/|,|a)?\s?(?:day|7|d[ií]a))?|\bperpetual(?:ly)?\b|\bperpetua\b"
        r"|\baround the clock\b|\bday and night\b",
    ),
    (
        Kind.DATE,
        rf"\b{_MONTH}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?[:.]\d\d)(?:\s?(?:,|of|de)?\s?(?:19|20)\d\d\b)?"
        rf"(?:\s?(?:-|\u2013|&|and|to|through)\s?(?:{_MONTH}\s?)?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?::|[ap]\.?m)))?"
        rf"|\b\d{{1,2}}-\d{{1,2}}-(?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s|de\s)?{_MONTH}(?:\s?(?:,|de)?\s?(?:19|20)\d\d\b)?"
        rf"|\b\d{{1,2}}/\d{{1,2}}(?:/(?:19|20)?\d\d)?\b|\b(?:19|20)\d\d\b|\b{_MONTH}\s(?:19|20)\d\d\b",
    ),
    (
        Kind.OFFSET,
        r"\b(?:\d{1,3}|an?|one|half an|half|fifteen|twenty|thirty|forty[- ]five|una?|media)\s?(?:-\s?)?"
        r"(?:minutes?|mins?\b\.?|minutos?|hours?|hrs?\b\.?|horas?)(?:\s(?:and a half|y media))?",
    ),
    (
        Kind.TIME,
        r"(?<![\d$#])(?<!\d[:.,])(?:"
        r"(?:1[0-2]|0?[1-9])\s?[:.]\s?[0-5]\d(?:\s?(?:[ap]\s?\.?\s?m\b\.?|[ap]\b\.?(?!\s?\w)|de la (?:ma[ñn]ana|tarde|noche)|noon\b|midnight\b))?"
        r"|(?:1[3-9]|2[0-3]|0?0)\s?[:hH.]\s?[0-5]\d(?:\s?(?:[ap]\.?m\b\.?|hrs?\b\.?))?"
        r"|(?:1[0-2]|0?[1-9])(?:[0-5]\d)?\s?(?:[ap]\s?\.?\s?m\b\.?|de la (?:ma[ñn]ana|tarde|noche)|o[\u2019']?clock\b)"
        r"|(?:1[0-2]|0?[1-9])\s?[hH](?:[0-5]\d)?\b|12\s?(?:noon|midnight|mediod[ií]a|medianoche|n)\b"
        r")(?![\d%])|\b(?:noon|midday|midnight|mediod[ií]a|medianoche)\b",
    ),
    (
        Kind.RELATION,
        r"\b(?:immediately |right |directly |inmediatamente )?(?:after|before|prior to|preceding|antes de(?: la| cada)?"
        r"|despu[eé]s de(?: la| cada)?|al (?:finalizar|terminar|t[eé]rmino de)(?: la| cada)?|between|entre las|during(?= (?:the )?(?:eucharistic |weekly |perpetual )?(?:adoration|exposition|holy hour|mass))|durante(?= la (?:misa|adoraci))|follow(?:s|ing)(?: the)?)\b",
    ),
    (
        Kind.UNTIL,
        r"\b(?:until|till|til|up to|(?:extended|continues?|runs?|lasts?) (?:to|through)|hasta(?: las)?|ends? at|ending at|concludes? (?:at|with)|concluding (?:at|with))\b",
    ),
    (
        Kind.APPOINTMENT,
        r"\bby (?:appointments?|appt\.?|request|arrangement)\b|\bany ?time by\b|\b(?:con|por|previa|pedir) (?:una )?cita\b|\bupon request\b"
        r"|\b(?:call|contact)(?: \w+){0,6} (?:for|to (?:make|schedule|set up|arrange)) an? (?:appointment|appt|time)\b"
        r"|\b(?:make|schedule|making) an appointment\b|\bcita previa\b|\bprevia cita\b|\bany other time\b",
    ),
    (
        Kind.TOPIC,
        r"\bmass (?:intentions?|readings?|cards?|offerings?|stipends?|bulletins?|attendance|requests?|kits?|count)\b|\bmass-goers\b"
        r"|\bfirst (?:reconciliation|confession|penance|communion|holy communion|eucharist)\b|\b(?:primera|1ra) comuni[oó]n\b"
        r"|\b(?:rite|order|sacrament|meaning|celebration) of (?:christian|baptism|marriage|matrimony|confirmation|holy orders)\b"
        r"|\b(?:office|business|rectory|parish center|pantry|visiting|store|shop|opening|library|visitor)s?\b(?: \w+)?(?: hours?)?"
        r"|\b(?:hours?|horas|horario) (?:of operation|de oficina|de atenci[oó]n)\b|\boficinas?\b|\bsecretar[ií]a\b|\bdespacho\b|\b(?:funeral|wedding|memorial|requiem|burial|school|chrism) mass(?:es)?\b|\bcatequesis\b|\bopen(?:s|ed|ing)?\b|\bclos(?:e|es|ed|ing)\b|\bunlocked\b|\blocked\b"
        r"|\babre\b|\bcierra\b|\bdoors\b|\bclass(?:es)?\b|\breligious (?:education|ed)\b|\bfaith formation\b|\bc\.?c\.?d\b\.?|\br\.?c\.?i\.?a\b\.?|\bo\.?c\.?i\.?a\b\.?"
        r"|\bcatechism\b|\bcatechesis\b|\bcatecismo\b|\bclases?\b|\brehearsals?\b|\bpractices?\b|\bchoirs?\b|\bensayos?\b|\bmeet(?:s|ing|ings)?\b|\breuni[oó]n(?:es)?\b"
        r"|\bbible (?:study|class)\b|\bbreakfasts?\b|\bcoffee\b|\bdonuts?\b|\bdinners?\b|\blunch(?:eon)?\b|\bsuppers?\b|\bpotluck\b|\bfish fry\b|\bbingo\b|\bfestivals?\b"
        r"|\bpicnic\b|\bkermes\b|\bfood (?:bank|pantry|drive)\b|\byouth (?:group|ministry|night)\b|\bbaptisms?\b|\bbaptized\b|\bbautis(?:mos?|ms?)\b|\bbautizos?\b|\bweddings?\b|\bmatrimonios?\b"
        r"|\bbodas?\b|\bmarriages?\b|\bfunerals?\b|\bwakes?\b|\bviewing\b|\bvisitation\b|\blive-?\s?stream(?:ed|ing|s)?\b|\bstream(?:ed|ing|s)?\b|\bbroadcasts?\b|\btelevised\b|\bradio\b"
        r"|\bgift shop\b|\bschool (?:hours|office|day)\b|\bregistration\b|\bquince(?:a[ñn]eras?)?\b|\bconcerts?\b|\bnursery\b|\bchildcare\b|\bbabysitting\b|\bdeadline\b|\bparking\b"
        r"|\bworkshops?\b|\bretreats?\b|\bretiros?\b|\bseminars?\b|\blectures?\b|\bclasses\b|\btours?\b|\bknights of columbus\b|\bgarage sale\b|\bcar wash\b|\bbook club\b"
        r"|\b(?:visit|call|office)ing hours\b|\bpreparation\b|\bpreparaci[oó]n\b|\bpl[aá]ticas?\b|\bgrupos? de oraci[oó]n\b|\bprayer groups?\b|\blegion of mary\b|\bsocial\b|\bbus\b|\bexercise\b|\byoga\b",
    ),
    (
        Kind.SERVICE,
        r"\b(?:perpetual |eucharistic |holy )?adoration\b|\beucharistic worship\b|\bexposition\b|\bexposed\b|\bholy hours?\b|\badoraci[oó]n(?: eucar[ií]stica| perpetua)?\b|\bhora santa\b"
        r"|\bexposici[oó]n\b|\bsant[ií]simo\b"
        r"|\b(?:sacrament of (?:penance|reconciliation)|confessions?|reconciliation|penance(?: services?)?|confes[ií]on(?:es)?|confesi[oó]n(?:es)?|reconciliaci[oó]n|penitencia)\b"
        r"|\b(?:liturgy of the hours|liturgy of the word|communion services?|morning prayers?|evening prayers?|night prayers?|lauds|vespers|laudes|v[ií]speras|matins|compline"
        r"|rosary|rosario|stations(?: of the cross)?|way of the cross|v[ií]a ?crucis|benediction|bendici[oó]n|novenas?|devotions?|anointing(?: of the sick)?|litany"
        r"|(?:divine mercy )?chaplets?|divine mercy|coronilla|tai[zs][eé]|miraculous medal|prayer service|angelus|healing service)\b"
        r"|\bmass(?:es)?\b|\bmisas?\b|\bdivine liturg(?:y|ies)\b|\b(?:holy )?qurb[aā]n[aā]\b|\beucharists?\b|\beucharistic celebrations?\b|\beucarist[ií]as?\b"
        r"|\blitur?g(?:y|ies)\b(?! of the)|\bmissas?\b|\bmesses?\b|\bmsze\b|\bth[aá]nh l[eễ]\b|\bworship services?\b|\bceleb?raci[oó]n eucar[ií]stica\b",
    ),
    (Kind.VIGIL, r"\b(?:anticipated|vigils?|anticipada|vigilia|eve)\b"),
    (
        Kind.DAY,
        r"\b(?:holy\s?-?days?(?: of obligation)?|(?:holi)?days? of obligation|feast days|d[ií]as? festivos?|d[ií]as? (?:de (?:obligaci[oó]n|guardar|precepto)|santos? de (?:obligaci[oó]n|precepto))|fiestas? de (?:precepto|guardar))\b"
        r"|\b(?:every ?day|daily|7 days a week|seven days a week|todos los d[ií]as|cada d[ií]a|diari[ao]s?|diariamente|each day|all days)\b"
        r"|\b(?:week ?-?days?|entre semana|d[ií]as de (?:la )?semana|weekly masses)\b"
        r"|\b(?:sundays?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?)\b(?:['\u2019]s)?"
        r"|\b(?:sun|mon|tues?|weds?|thurs?|thur?|fri|sat)\b\.?"
        r"|\b(?:lun|mi[eé]|jue|vie|s[aá]b|dom)\b\.?|\bmar\b\.?(?=\s?[-\u2013,&/:y]|\s\d)"
        r"|\b(?:domingos?|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|dominical(?:es)?|sabatinas?)\b"
        r"|\b(?:segunda|ter[cç]a|quarta|quinta|sexta)-feira\b|\bs[aá]bado\b|\b(?:dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi)s?\b"
        r"|\b(?:domenica|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato)\b|\bch[uúủ]a nh[aậ]t\b"
        r"|(?-i:\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b\.?(?=\s?[-\u2013,&/:]|\s\d)|\bM\s?-\s?F\b|\bM\s?-\s?Sa?t?\b|\bMWF\b|\bMTWThF\b|\bM\s?[,/&]\s?W\s?[,/&]\s?F\b|\bT\s?[,/&]\s?Th?\b|\bTu\s?[,/&]\s?Th\b|\bTTh\b|\bM\s?-\s?Th\b|\bM/W\b)",
    ),
    (
        Kind.ORDINAL,
        r"\b(?:(?:1st|2nd|3rd|4th|5th|last)(?!\s(?:grade|street|st\b|ave|avenue|century))|first|second|third|fourth|fifth"
        r"|primer[oa]?s?|segundos?|tercer[oa]?s?|cuartos?|quintos?|[uú]ltim[oa]s?)\b",
    ),
    (
        Kind.LANGUAGE,
        r"\b(?:english|ingl[eé]s|spanish|espa[ñn]ol|hispanic|latin|lat[ií]n|tridentine|t\.?l\.?m\b\.?|extraordinary form|vietnamese|vietnamita|ti[eế]ng vi[eệ]t|polish|polaco|polski"
        r"|portuguese|portugu[eê]s|brazilian|tagalog|filipino|korean|coreano|haitian(?: creole)?|creole|french|franc[eé]s|fran[cç]ais|italian|italiano|german|chinese|mandarin|cantonese"
        r"|japanese|lithuanian|croatian|slovak|slovenian|hungarian|ukrainian|arabic|syriac|aramaic|malayalam|tamil|konkani|igbo|swahili|kiswahili|kikuyu|hmong|laotian|navajo|samoan|tongan"
        r"|asl|sign language|signed|bi-?\s?lingual|biling[uü]e|multi-?lingual|bahasa(?: malaysia| melayu)?|b\.m\.)(?![\w])",
    ),
    (
        Kind.SEASON,
        r"\b(?:lent(?:en)?|cuaresma|advent|adviento|summer(?:time)?|verano|winter|invierno|school year|academic year|when school is in session|easter season|"
        r"memorial day(?: weekend)?|labor day(?: weekend)?|holy week|semana santa|triduum|holy thursday|good friday|holy saturday|easter(?: sunday| vigil| monday)?|palm sunday|ash wednesday"
        r"|christmas(?: eve| day)?|navidad|thanksgiving(?: day)?|new year[\u2019']?s?(?: eve| day)?|jueves santo|viernes santo|pascua|mi[eé]rcoles de ceniza|domingo de ramos"
        r"|assumption|all saints|all souls|immaculate conception day|mother[\u2019']s day|father[\u2019']s day|independence day)\b",
    ),
    (
        Kind.WITHOUT,
        r"\b(?:except(?:ing)?(?: for| on)?|excluding|excepto|but not|menos el|salvo)\b|\b(?:there (?:is|are|will be) )?no (?=(?:\d|\w+ )?(?:mass|masses|confessions?|adoration|misas?|service|sunday|saturday|weekday|\d))|\bnot (?:on|celebrated|held|available)\b|\bno hay\b|\bcancell?ed\b|\bsuspended\b",
    ),
    (
        Kind.SINCE,
        r"\b(?:beginning|starting|effective|as of|begins|starts|from now|resum(?:es?|ing)|a partir de[l]?|desde el|through(?= \w{3,9}\.? \d))\b",
    ),
    (Kind.PART, r"\b(?:mornings?|afternoons?|evenings?|nights?|ma[ñn]anas?|tardes?|noches?)\b"),
    (Kind.JOIN, r"\s?[&+]\s?|\band\b|\by\b(?!\w)|\be\b|\balso\b|\bplus\b|/"),
    (Kind.DASH, r"\s?[-\u2013\u2014\u2012\u2010\u2011~]{1,3}\s?|\b(?:to|thru|through|al?(?: las?)?|as)\b"),
    (Kind.COMMA, r","),
    (Kind.BREAK, r"[;|\u2022\u00b7*\u25cf\u25aa]|\s{3,}"),
    (Kind.OPEN, r"[(\[]"),
    (Kind.CLOSE, r"[)\]]"),
    (Kind.NUMBER, r"(?<![\d$#])(?<!\d[:.,])(?:1[0-2]|0?[1-9])(?![\d%:/]|\.\d|st\b|nd\b|rd\b|th\b)\b"),
)

_DAYS: tuple[tuple[str, tuple[Day, ...]], ...] = (
    (r"holy|holiday|feast|festivo|obligat|obligaci|precepto|guardar", (Day.HOLYDAY,)),
    (r"every ?day|daily|7 days|seven|todos|cada|diari|each|all", WEEK),
    (r"week|semana", WEEKDAYS),
    (r"m\s?-\s?f|mtwthf", WEEKDAYS),
    (r"m\s?-\s?sa", (*WEEKDAYS, Day.SA)),
    (r"m\s?-\s?th", WEEKDAYS[:4]),
    (r"m\s?[,/&]?\s?w\s?[,/&]?\s?f", (Day.MO, Day.WE, Day.FR)),
    (r"m/w", (Day.MO, Day.WE)),
    (r"tu?\s?[,/&]?\s?th?\b", (Day.TU, Day.TH)),
    (r"su|dom|dim|ch", (Day.SU,)),
    (r"mo|lun|segunda", (Day.MO,)),
    (r"tu|mar|ter", (Day.TU,)),
    (r"we|mi[eé]|merc|quarta", (Day.WE,)),
    (r"th|jue|jeu|gio|quinta", (Day.TH,)),
    (r"fr|vi|ven|sexta", (Day.FR,)),
    (r"sa|s[aá]b", (Day.SA,)),
)
_DAYS_COMPILED = tuple((re.compile(pattern, re.I), days) for pattern, days in _DAYS)

_SERVICES = (
    (re.compile(r"communion serv|liturgy of the (?:word|hours)", re.I), ServiceType.OTHER_DEVOTION),
    (
        re.compile(r"adora|eucharistic worship|exposi|exposed|holy hour|hora santa|sant[ií]simo", re.I),
        ServiceType.ADORATION,
    ),
    (re.compile(r"confes|reconcil|penance|penitencia", re.I), ServiceType.CONFESSION),
    (re.compile(r"mass|misa|missa|msz|mess|liturg|qurb|euchar|eucar|th[aá]nh|worship", re.I), ServiceType.MASS),
)

_LANGUAGES: tuple[tuple[str, str], ...] = (
    ("engl", "en"), ("ingl", "en"), ("span", "es"), ("espa", "es"), ("hisp", "es"), ("latin", "la"), ("latín", "la"),
    ("trid", "la"), ("tlm", "la"), ("t.l", "la"), ("extra", "la"), ("viet", "vi"), ("tiếng", "vi"), ("tieng", "vi"),
    ("pol", "pl"), ("port", "pt"), ("braz", "pt"), ("taga", "tl"), ("fili", "tl"), ("kor", "ko"), ("core", "ko"),
    ("hai", "ht"), ("creo", "ht"), ("fren", "fr"), ("fran", "fr"), ("ital", "it"), ("germ", "de"), ("chin", "zh"),
    ("mand", "zh"), ("cant", "yue"), ("japan", "ja"), ("lith", "lt"), ("croa", "hr"), ("slovak", "sk"), ("sloven", "sl"),
    ("hung", "hu"), ("ukra", "uk"), ("arab", "ar"), ("syri", "syc"), ("aram", "arc"), ("mala", "ml"), ("tami", "ta"),
    ("konk", "gom"), ("igbo", "ig"), ("swah", "sw"), ("kisw", "sw"), ("kiku", "ki"), ("hmon", "hmn"), ("laot", "lo"),
    ("nava", "nv"), ("samo", "sm"), ("tong", "to"), ("asl", "ase"), ("sign", "ase"), ("bil", "en/es"), ("bi-", "en/es"),
    ("bi ", "en/es"), ("multi", "und"), ("baha", "ms"), ("b.m", "ms"),
)  # fmt: skip

_FEASTS = re.compile(
    r"holy (?:week|thursday|saturday)|semana santa|triduum|good friday|easter|palm sunday|ash wed|christmas|navidad|thanksg|new year|santo|pascua|ceniza|ramos"
    r"|assumption|all s|immaculate|mother|father|independence",
    re.I,
)


def days_of(word: str) -> tuple[Day, ...]:
    """The days a day token names. `weekdays` are Monday to Friday; `daily` is the whole week until a type narrows it."""
    for pattern, days in _DAYS_COMPILED:
        if pattern.match(word.strip()) or (days == (Day.HOLYDAY,) and pattern.search(word)):
            return days
    if re.search("semana", word, re.I):
        return WEEKDAYS
    return ()


def service_of(word: str) -> ServiceType:
    """The type a service token names; what is neither Mass, Confession nor Adoration is another devotion."""
    return next((kind for pattern, kind in _SERVICES if pattern.search(word)), ServiceType.OTHER_DEVOTION)


def language_of(word: str) -> str:
    """The ISO 639 code of a language token; `en/es` for bilingual, which in US parishes is English and Spanish."""
    low = word.lower()
    return next((code for start, code in _LANGUAGES if low.startswith(start)), "und")


def season_of(word: str) -> str | None:
    """The season a token names, in the records' words; None when it is a feast of one or a few days."""
    low = word.lower()
    if _FEASTS.match(low) and "season" not in low:
        return None
    if low.startswith(("lent", "cuar")):
        return "lent"
    if low.startswith(("adv", "adviento")):
        return "advent"
    if low.startswith(("summer", "verano", "memorial")):
        return "summer"
    if low.startswith(("winter", "inv", "labor")):
        return "winter"
    return "easter" if low.startswith("easter") else "academic_year"


def ordinal_of(word: str) -> str:
    """`1` to `5`, or `last`."""
    low = word.lower()
    starts = (
        ("1", "first", "prim"),
        ("2", "sec", "seg"),
        ("3", "thi", "ter"),
        ("4", "fou", "cua"),
        ("5", "fif", "qui"),
    )
    return next((str(number) for number, ways in enumerate(starts, 1) if low.startswith(ways)), "last")


def compiled() -> re.Pattern[str]:
    """All kinds as one alternation, the earlier kinds first."""
    return re.compile("|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in PATTERNS), re.I)
