"""The words of links that speak of parishes, or of a directory, and lead to no list of them: English and Spanish."""

from __future__ import annotations

from vitality_lib.discovery.link_words import any_of

# What has "parish" in its words and is no directory. The soft ones may stand beside parishes in one directory.
TRAPS = (
    ("a council", -9.0, any_of(r"council", r"consejo")),
    ("jobs", -9.0, any_of(r"employment|\bjobs?\b|career|position|vacan|hiring|empleo", r"human resources|\bhr\b")),
    (
        "schools alone",
        -9.0,
        any_of(
            r"^(?!.*(?:parish|church|parroqu|iglesia)).*\b(?:schools?|escuelas?|education|academ)",
            r"find ?an? ?(?:catholic )?school|\bschool (?:finder|directory|locator)|\bparish schools?\b",
        ),
    ),
    (
        "people",
        -9.0,
        any_of(
            r"clergy|\bstaff\b|priests?\b|\bpastors?\b|deacons?\b|chancery|\bbishops?\b|department|personnel|\boffices?\b",
            r"sacerdotes|clero|di[áa]conos|religious|contact us|vocation",
        ),
    ),
    (
        "news or an event",
        -9.0,
        any_of(
            r"\bnews|noticias|/ ?blog|\bevents?\b|eventos|calendar|/ ?20\d\d(?:[/-]|\b)|\bpress\b|\bstory\b|stories|"
            r"article|podcast|bulletin|\barchives?\b",
            r"\bmerg(?:er|ing|e)|\bclos(?:ings?|ures?)\b|pastoral plan|planning|reorgani[sz]|restructur|anniversar",
        ),
    ),
    (
        "money",
        -9.0,
        any_of(
            r"donat|\bgiving\b|\bgive\b|appeal|stewardship|financ|assessment|tuition|insurance|accounting|collections?\b|"
            r"fundrais|\bloans?\b|donar"
        ),
    ),
    (
        "support of parishes",
        -9.0,
        any_of(
            r"support|services? for|parish services|resources?|recursos|\bforms?\b|training|leader|ministr|nurse|"
            r"mission trip|toolkit|handbook|manual|guidelines|webinar|workshop",
            r"polic(?:y|ies)|safe environment|renewal|evangeli|\blife\b|vida parroquial|histor|boundar|registration|"
            r"relationship|twinning|communications?\b|technology|statistic|annual report|parish missions?$|vitality",
            r"retreat|\baudits?\b|coordinator|volunteer|assembly|convocation|award|share program",
            r"sacramental records|catechis|secretar|bookkeep|start a|log ?in\b|portal|intranet|visitation",
        ),
    ),
    ("civil parishes", -9.0, any_of(r"\bcivil")),
    ("parishes that are gone", -9.0, any_of(r"\b(?:closed|former|suppressed|merged|sister|adopt a)\b")),
    (
        "some parishes only",
        -7.0,
        any_of(
            r"\bparish(?:es)? (?:with|that|who|offering)\b|\bparroquias? (?:con|que)\b|en espa[ñn]ol",
            r"hispan|vietnamese|korean|polish|filipino|african|\blatin\b|traditional|spanish mass|in spanish|adoration|"
            r"confession|penance|live ?stream|online mass|accessib|disabilit|\bdeaf\b|festival|fish fr|pantr",
        ),
    ),
    ("cemeteries", -9.0, any_of(r"cemeter|cementerio")),
)  # fmt: skip
SOFT = frozenset({"schools alone", "people", "cemeteries"})
SOFT_BESIDE_A_SURE_PART = SOFT | {"support of parishes"}
NEWS = "news or an event"
# Traps by which a page's own title tells that it lists something else than parishes.
OTHER_LISTS = frozenset(
    {"a council", "jobs", "schools alone", "people", NEWS, "cemeteries", "civil parishes", "parishes that are gone"}
)
