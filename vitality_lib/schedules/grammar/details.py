"""What else belongs to a time: language, church, season, first and last day, relations to others, streams."""

from __future__ import annotations

import re

from vitality_lib.languages import language_of
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.churches import church_name
from vitality_lib.schedules.lexicon.kinds import Kind

_STREAM = re.compile(r"stream|broadcast|televis|facebook|youtube|zoom|vivo|transmi", re.I)
_HOLIDAYS = re.compile(
    r"\bexcept (?:for |on )?(?:the )?"
    r"((?:(?:federal|national|civil|legal|bank|public|school|major) (?:and )?){1,3}holidays)",
    re.I,
)
_HALF = re.compile(r"[^\W\d]")  # `am`, `noon`, `de la tarde`
_TOGETHER = re.compile(r"\b(?:both|all|ambas|todas)\b", re.I)


def language(stretch: Stretch, at: int) -> str | None:
    """The language of a time; None when nothing says it.

    Days or services named in English and Spanish make it bilingual; `Misa` on a page in English is held in Spanish.
    """
    own = _own(stretch, at, Kind.LANGUAGE, shared_backwards=_said_together(stretch))
    if own is not None:
        return _joined_language(stretch, own)
    said_in = [phrase.said_in for phrase in stretch.passage.phrases if phrase.said_in]
    if any(len(languages) > 1 for languages in said_in):
        return "en/es"
    if said_in and all(languages == {"es"} for languages in said_in) and stretch.context.language in (None, "en/es"):
        return "es"
    return stretch.context.language


def church(stretch: Stretch, at: int) -> str | None:
    own = _own(stretch, _last_of_half(stretch, at), Kind.CHURCH, shared_backwards=True)
    return stretch.context.church if own is None else church_name(stretch.passage.phrases[own].text)


def _last_of_half(stretch: Stretch, at: int) -> int:
    """The time of a list that says am or pm for this one: what is said of `11 am` in `9 & 11 am` is said of both."""
    phrases, text = stretch.passage.phrases, stretch.passage.text
    while not _HALF.search(text[phrases[at].start : phrases[at].end]):
        following = stretch.next_time(at)
        if following == len(phrases) or phrases[following].run != phrases[at].run:
            break
        at = following
    return at


def season(stretch: Stretch, at: int) -> str | None:
    own = _in_its_brackets(stretch, at) or _after_its_day(stretch, at)
    own = own or _own(stretch, at, Kind.SEASON, shared_backwards=False)
    if own is None:
        return stretch.context.season
    phrases = stretch.passage.phrases
    named = {phrases[one].season for one in stretch.passage.all_of(Kind.SEASON)} - {None}
    return "advent+lent" if named == {"advent", "lent"} else phrases[own].season


def _in_its_brackets(stretch: Stretch, at: int) -> int | None:
    """`5 pm (winter: 4 pm)`: the season of the second time."""
    named = [one for one in stretch.own(Kind.SEASON) if one < at and _alone_with(stretch, one, at)]
    return named[-1] if named else None


def _alone_with(stretch: Stretch, one: int, at: int) -> bool:
    """Whether two phrases stand in the same brackets."""
    passage = stretch.passage
    same_depth = passage.depth[one] == passage.depth[at] > 0
    return same_depth and not passage.any_within(one, at, Kind.OPEN, Kind.CLOSE)


def _after_its_day(stretch: Stretch, at: int) -> int | None:
    """`Sunday 8 am | Friday (in Lent) 7 pm`: a season right behind a day goes with that day's times."""
    day = max((one for one in stretch.days if one < at), default=None)
    if day is None:
        return None
    behind = [one for one in stretch.own(Kind.SEASON) if day < one < at]
    return next((one for one in behind if not stretch.passage.any_within(day, one, Kind.TIME)), None)


def note(stretch: Stretch, at: int) -> str | None:
    """The relations that speak of this time."""
    said = [relation.words for relation in stretch.relations if not apart(stretch, relation.at, at)]
    said += [f"except {match[1].lower()}" for match in _HOLIDAYS.finditer(stretch.passage.text)]
    return "; ".join(dict.fromkeys(said)) or None


def apart(stretch: Stretch, relation: int, at: int) -> bool:
    """Whether a relation speaks of something else than a time: another day, or an `and`, stands between the two."""
    passage = stretch.passage
    low, high = sorted((relation, at))
    if any(low < day < high for day in stretch.days):
        return True
    joined = next((one for one in range(at + 1, relation) if passage.phrases[one].kind is Kind.JOIN), relation)
    if any(joined < service < relation for service in stretch.services):  # `6 pm and confessions before every Mass`
        return True
    if relation < at - 1 and passage.phrases[at - 1].kind is Kind.JOIN:
        return True
    before = relation - (2 if passage.any_within(max(relation - 1, 0), relation, Kind.OFFSET) else 1)
    return at < before < relation and passage.phrases[before].kind is Kind.JOIN


def period(stretch: Stretch, at: int) -> tuple[str | None, str | None]:
    """The first and the last day of a service, as written."""
    own = _own(stretch, at, Kind.PERIOD, shared_backwards=True)
    if own is None:
        return stretch.context.begins, stretch.context.ends
    passage = stretch.passage
    beside = [
        one for one in stretch.own(Kind.PERIOD) if not passage.any_within(min(own, one), max(own, one), Kind.TIME)
    ]
    said = [passage.phrases[one] for one in (own, *beside)]
    begins, ends = (one.begins for one in said), (one.ends for one in said)
    return next(filter(None, begins), None), next(filter(None, ends), None)


def streamed(stretch: Stretch, at: int) -> bool:
    """Whether a time is said to be streamed: right behind it, or behind all times (`both livestreamed`)."""
    passage = stretch.passage
    said = [one for one in stretch.own(Kind.TOPIC) if one > at and _STREAM.search(passage.phrases[one].text)]
    if not said:
        return False
    behind = said[0] < stretch.next_time(at)
    return behind or (said[0] > stretch.times[-1] and bool(_TOGETHER.search(passage.between(said[0] - 1, said[0]))))


def _own(stretch: Stretch, at: int, kind: Kind, *, shared_backwards: bool) -> int | None:
    """The phrase of a kind that belongs to a time: leading when the first one leads, else right behind it.

    With `shared_backwards` one that is named after all times counts for each of them.
    """
    named = [one for one in stretch.own(kind) if kind is not Kind.SEASON or not _of_other_brackets(stretch, one, at)]
    if not named:
        return None
    following = stretch.next_time(at)
    if kind is Kind.LANGUAGE and at - 1 in named and _opens_an_entry(stretch, at - 1):
        return at - 1
    behind = [
        one
        for one in named
        if at < one < following
        and not _of_a_later_day(stretch, kind, at, one)
        and not (kind is Kind.LANGUAGE and _opens_an_entry(stretch, one))
    ]
    if not (named[0] < (stretch.times[0] if stretch.times else at) or (stretch.ends and at not in stretch.times)):
        if behind:
            return behind[0]
        return named[0] if shared_backwards and named[0] > at else None
    before = [one for one in named if one < at]
    close = [one for one in behind if stretch.passage.near(at, one) and stretch.passage.same_clause(at, one)]
    if close and not (before and _heads_what_follows(stretch, close[0])):
        return close[0]
    return before[-1] if before else None


def _of_other_brackets(stretch: Stretch, season: int, at: int) -> bool:
    following = stretch.next_time(season)
    inner = following in stretch.times and _alone_with(stretch, season, following)
    return inner and stretch.passage.depth[at] < stretch.passage.depth[season]


def _of_a_later_day(stretch: Stretch, kind: Kind, at: int, one: int) -> bool:
    return (
        kind is Kind.SEASON and any(at < day < one for day in stretch.days) and stretch.next_time(one) in stretch.times
    )


def _opens_an_entry(stretch: Stretch, language: int) -> bool:
    """`7:30 | 9:15 | Spanish 1:00 | 5:30`: parted from the time before it, and right before the next."""
    passage = stretch.passage
    parted = passage.any_within(max(language - 1, 0), language, Kind.BREAK, Kind.COMMA)
    leads = passage.any_within(language + 1, language + 2, Kind.TIME)
    return parted and leads and not passage.between(language, language + 1).strip(" :")


def _heads_what_follows(stretch: Stretch, at: int) -> bool:
    return stretch.passage.after(at).lstrip().startswith((":", "-", "\u2013"))


def _said_together(stretch: Stretch) -> bool:
    """One language named once, after all times: `7:00 pm and 8:30 pm both in Spanish`."""
    return len(stretch.passage.all_of(Kind.LANGUAGE)) == 1 and stretch.passage.says(_TOGETHER)


def _joined_language(stretch: Stretch, at: int) -> str:
    """`English/Spanish` and `English and Spanish` are one bilingual service."""
    phrases = stretch.passage.phrases
    code = language_of(phrases[at].text)
    if "/" in code:
        named = {language_of(phrases[one].text) for one in stretch.own(Kind.LANGUAGE)} - {code, "en"}
        return f"en/{named.pop()}" if len(named) == 1 else code
    for joint, other in ((at + 1, at + 2), (at - 1, at - 2)):
        if not 0 <= other < len(phrases) or phrases[other].kind is not Kind.LANGUAGE:
            continue
        if phrases[joint].kind in (Kind.JOIN, Kind.DASH) and not stretch.passage.between(joint, max(at, other)).strip():
            return "/".join(sorted({code, language_of(phrases[other].text)}))
    return code
