"""One stretch of text (a line, a sentence, a cell) and what is known before it, read into services.

Each time of the stretch becomes a service once three questions are answered: what takes place, on which days, and
whether the time is the service's own or only mentioned. Words beside the time answer first, then the rest of the
stretch, then the headings above it, last what the line before said by the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.clock import Clock, Span, settled
from vitality_lib.schedules.context import Context, Passing, When
from vitality_lib.schedules.headings import church_name
from vitality_lib.schedules.lexicon import WEEK, WEEKDAYS, Kind, language_of, season_of
from vitality_lib.schedules.phrases import Phrase, phrases
from vitality_lib.schedules.tokens import scan

_NEAR = 28  # characters between a time and the word that names its service
_GAP = re.compile(
    r"(?:[\s'\u2019&()\-\u2013:/]|\b(?:a|the|our|holy|daily|weekday|family|families|youth|teens?|life|children|student|school|low|high|sung"
    r"|solemn|contemporary|traditional|folk|novus|ordo|form|ordinary|extraordinary|rite|roman|regular|in|en|del?|la|outdoor|indoor|parish"
    r"|community|healing|bilingual|weekend|of|s|choir|quiet|said|parking|lot|interpreted|public|only|main|church|chapel)\b){0,12}",
    re.I,
)
_STREAMED = re.compile(r"stream|broadcast|televis", re.I)
_MOVED_FROM = re.compile(r"\b(?:chang|mov|shift|switch)\w*\b[^.]{0,80}\bfrom\b", re.I)
_ENDED = re.compile(
    r"\bdiscontinu|\bno longer\b|\beliminat|\bwas previously\b|\bwere previously\b|\bused to be\b|\bwill (?:not|no longer) be\b",
    re.I,
)
_TAKES_PLACE = re.compile(r"\b(?:takes? place|is held|is available|is offered|continues|se realiza)\b", re.I)
_PROSE = 140  # characters; in a longer sentence days are said anew
_RELATIONS = {
    "befo": "before",
    "prio": "before",
    "prec": "before",
    "ante": "before",
    "duri": "during",
    "dura": "during",
    "betw": "between",
    "entr": "between",
}
_HEADLINE = (ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION)
_PM_WORD = re.compile(r"after|even|night|tarde|noche", re.I)
_EXPLAINS = (
    Kind.LANGUAGE,
    Kind.VIGIL,
    Kind.DAY,
    Kind.SEASON,
    Kind.OPEN,
    Kind.CLOSE,
    Kind.PART,
    Kind.CHURCH,
    Kind.ORDINAL,
)


@dataclass(frozen=True)
class Draft:
    """A service before its evidence: where it stands in the visible text, and how sure its parts are (0 to 1)."""

    kind: ServiceType
    when: When
    start: str | None
    end: str | None
    language: str | None
    church: str | None
    season: str | None
    vigil: bool
    note: str | None
    at: tuple[int, int]
    confidence: float
    without: tuple[Day, ...] = ()


def read_stretch(text: str, offset: int, context: Context) -> tuple[list[Draft], Passing]:
    """The services of one stretch, and what it leaves to the lines right after it."""
    stretch = _Stretch(phrases(scan(text, offset), text, offset), text, offset, context)
    return stretch.read()


class _Stretch:
    def __init__(self, found: list[Phrase], text: str, offset: int, context: Context) -> None:
        self.phrases = found
        self.text = text
        self.offset = offset
        self.context = context
        self.depth = self._depths()
        self.anchored: dict[int, str] = {}  # phrases that belong to another service, with the relation's words
        self.notes: list[tuple[int, str]] = []
        self.ends: set[int] = set()
        self.denied = self._denied()
        self._find_anchors()
        self.services = [i for i, p in enumerate(found) if p.kind is Kind.SERVICE and i not in self.anchored]
        self.times = [
            i for i, p in enumerate(found) if p.kind is Kind.TIME and i not in self.anchored and i not in self.denied
        ]
        self.days = self._day_phrases()

    # -- preparation

    def _depths(self) -> list[int]:
        depth, depths = 0, []
        for phrase in self.phrases:
            if phrase.kind is Kind.OPEN:
                depth += 1
            elif phrase.kind is Kind.CLOSE:
                depth = max(0, depth - 1)
            depths.append(depth)
        return depths

    def _between(self, left: int, right: int) -> str:
        return self.text[self.phrases[left].end - self.offset : self.phrases[right].start - self.offset]

    def _denied(self) -> set[int]:
        """What stands under a `no ...` or `except ...`, up to the end of the clause."""
        denied: set[int] = set()
        for at, phrase in enumerate(self.phrases):
            if phrase.kind is not Kind.WITHOUT:
                continue
            for later in range(at + 1, len(self.phrases)):
                kind = self.phrases[later].kind
                if kind in (Kind.CLOSE, Kind.BREAK) or (
                    kind is Kind.COMMA and self.phrases[later - 1].kind is Kind.DAY
                ):
                    break
                if re.search(r"[.;]\s", self._between(later - 1, later)):
                    break
                denied.add(later)
                if kind is Kind.TIME and phrase.text.lower().startswith(("except", "but")):
                    break
        return denied

    def _find_anchors(self) -> None:
        """`after the 8:00 Mass`, `30 minutes before Mass`, `until noon`: times that are not a service's own start."""
        for at, phrase in enumerate(self.phrases):
            if phrase.kind is Kind.RELATION:
                self._anchor(at)
            elif phrase.kind is Kind.UNTIL and at + 1 < len(self.phrases):
                if self.phrases[at + 1].kind is Kind.TIME and len(self._between(at, at + 1)) < 20:
                    self.ends.add(at + 1)
                elif self._concludes_with_service(at):
                    self.ends.add(at + 2)

    def _concludes_with_service(self, at: int) -> bool:
        """`... and concludes with Benediction at 5:15`"""
        if at + 2 >= len(self.phrases) or not self.phrases[at].text.lower().startswith(("conclud", "end")):
            return False
        return self.phrases[at + 1].kind is Kind.SERVICE and self.phrases[at + 2].kind is Kind.TIME

    def _anchor(self, at: int) -> None:
        words: list[str] = []
        anchored: list[int] = []
        for later in range(at + 1, min(at + 6, len(self.phrases))):
            phrase = self.phrases[later]
            if len(self._between(later - 1, later)) > 22 or phrase.kind not in (
                Kind.TIME, Kind.SERVICE, Kind.DAY, Kind.LANGUAGE, Kind.VIGIL, Kind.PART, Kind.JOIN, Kind.COMMA, Kind.ORDINAL
            ):  # fmt: skip
                break
            if phrase.kind is Kind.TIME:
                before = self.phrases[anchored[-1]] if anchored else None
                if before and before.kind is Kind.TIME and phrase.run != before.run:
                    break
                words.append(f"{'and ' if anchored else ''}{_plain_clock(phrase.span)}")
                anchored.append(later)
            if phrase.kind is Kind.SERVICE:
                anchored.append(later)
                words.append(phrase.text)
                if later + 1 < len(self.phrases) and self.phrases[later + 1].kind is Kind.TIME and len(words) == 1:
                    if len(self._between(later, later + 1)) < 6 and not self._owns_time(at):
                        continue
                break
        if not anchored or not any(self.phrases[i].kind is Kind.SERVICE for i in anchored):
            if not anchored:
                return
        offset = self.phrases[at - 1].text + " " if at and self.phrases[at - 1].kind is Kind.OFFSET else ""
        relation = re.sub(r"^(?:immediately|right|directly|inmediatamente) ", "", self.phrases[at].text.lower())
        relation = _RELATIONS.get(relation[:4], "after")
        self.notes.append((at, f"{offset}{relation} {' '.join(words)}".strip()))
        for one in anchored:
            self.anchored[one] = relation

    def _owns_time(self, at: int) -> bool:
        return any(phrase.kind is Kind.TIME for phrase in self.phrases[:at])

    def _day_phrases(self) -> list[int]:
        """Phrases that say when. `Daily` gives way to a day named beside it with no time between the two."""
        days = [i for i, p in enumerate(self.phrases) if p.kind is Kind.DAY and i not in self.denied]
        kept = []
        for place, at in enumerate(days):
            if self.phrases[at].when[0].general and len(days) > 1:
                neighbours = [days[place + step] for step in (-1, 1) if 0 <= place + step < len(days)]
                if any(not self._time_between(at, other) for other in neighbours):
                    continue
                after = days[place + 1] if place + 1 < len(days) else None
                if after and not any(p.kind is Kind.TIME for p in self.phrases[after:]):
                    continue
            kept.append(at)
        return kept

    def _time_between(self, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        return any(self.phrases[i].kind is Kind.TIME for i in range(low + 1, high))

    # -- reading

    def read(self) -> tuple[list[Draft], Passing]:
        drafts: list[Draft] = []
        if self.context.dated or _ENDED.search(self.text):
            return drafts, Passing()
        for at in self.times:
            if at in self.ends:
                self._end(at, drafts)
            elif not self._dated(at):
                drafts += self._at_time(at, drafts)
        drafts += self._untimed(drafts)
        return drafts, self._passing(drafts)

    def _end(self, at: int, drafts: list[Draft]) -> None:
        """A time after `until` ends the service before it, or one that begins with something else."""
        clock = self._clock(at)
        if drafts and drafts[-1].end is None and drafts[-1].start:
            half = clock.half or "pm"
            drafts[-1] = replace(
                drafts[-1], end=str(replace(clock, half=half)), at=(drafts[-1].at[0], self.phrases[at].end)
            )
            return
        if not self.notes:
            return
        for kind in self._kinds(at):
            for when in self._whens(at):
                drafts.append(self._draft(at, kind, when, None, str(replace(clock, half=clock.half or "pm"))))

    def _dated(self, at: int) -> bool:
        """Whether a time belongs to a date or a feast, hence to an event and not to every week."""
        for i, phrase in enumerate(self.phrases):
            if phrase.kind is Kind.DATE:
                since = any(p.kind in (Kind.SINCE, Kind.UNTIL) for p in self.phrases[max(0, i - 3) : i])
                if since or (self.depth[i] > self.depth[at]) or re.fullmatch(r"(?:19|20)\d\d", phrase.text.strip()):
                    continue
                if not self._broken(i, at):
                    return True
            elif phrase.kind is Kind.SEASON and season_of(phrase.text) is None and self.depth[i] <= self.depth[at]:
                if i < at or self._near(at, i):
                    return True
        return False

    def _broken(self, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        return any(self.phrases[i].kind is Kind.BREAK for i in range(low, high))

    def _near(self, left: int, right: int) -> bool:
        return len(self.text[self.phrases[left].end - self.offset : self.phrases[right].start - self.offset]) <= _NEAR

    def _at_time(self, at: int, drafts: list[Draft]) -> list[Draft]:
        span = self.phrases[at].span
        found: list[Draft] = []
        for kind in self._kinds(at):
            for when in self._whens(at, drafts):
                when = self._sunday_again(at, kind, when, drafts)
                vigil = self._vigil(at, kind, when)
                when_here = _vigil_days(when, vigil and self._says_vigil(at))
                part = self._part(at) or self._evening_goes_on(at, drafts)
                clear = settled(span, kind, when_here.days, vigil, part) if span else None
                if clear is None:
                    continue
                if clear.last and _MOVED_FROM.search(self.text[: self.phrases[at].start - self.offset]):
                    clear = replace(clear, first=clear.last, last=None)
                end = str(clear.last) if clear.last else None
                if clear.last and clear.last.minutes() == 0:
                    end = "24:00"
                found.append(self._draft(at, kind, when_here, str(clear.first), end))
        return found

    def _clock(self, at: int) -> Clock:
        span = self.phrases[at].span
        assert span is not None, "a phrase of kind TIME has a span"
        return span.first

    def _has_end(self, at: int) -> bool:
        span = self.phrases[at].span
        return span is not None and span.last is not None

    def _draft(self, at: int, kind: ServiceType, when: When, start: str | None, end: str | None) -> Draft:
        hour = int(start[:2]) if start else 0
        vigil = kind is ServiceType.MASS and ((when.days == (Day.SA,) and hour >= 14) or Day.HOLYDAY_EVE in when.days)
        return Draft(
            kind, _narrowed(when, kind), start, end, self._language(at), self._church(at), self._season(at), vigil,
            self._note(at), (self.phrases[at].start, self.phrases[at].end), self._confidence(at), self._exceptions(),
        )  # fmt: skip

    # -- what takes place

    def _kinds(self, at: int) -> tuple[ServiceType, ...]:
        if any(
            _STREAMED.search(p.text) and self.depth[i] == 0
            for i, p in enumerate(self.phrases[:at])
            if p.kind is Kind.TOPIC
        ):
            return ()
        own = self._subject(at)
        if own is not None:
            return own
        context, passing = self.context, self.context.passing
        if passing.topic:
            return ()
        ranged = passing.ranged and self._has_end(at)
        if context.services and not (ranged and passing.services):
            return context.services
        if passing.services:
            return passing.services
        if context.topic or not (self.days or context.days):
            return ()
        return context.presumed or ((ServiceType.MASS,) if self._says_vigil(at) else ())

    def _subject(self, at: int) -> tuple[ServiceType, ...] | None:
        """The service named for this time in the stretch itself; empty when it names something else; None: nothing."""
        after = self._service_after(at)
        before = self._service_before(at)
        if after is not None and not (before is not None and self._touches(before, at) and self._leads_on(after)):
            return self.phrases[after].services
        if before is not None:
            return self.phrases[before].services
        if any(p.kind is Kind.TOPIC and self.depth[i] <= self.depth[at] for i, p in enumerate(self.phrases[:at])):
            return ()
        for later in self.times:
            if later > at and (service := self._service_after(later)) is not None:
                return self.phrases[service].services
        trailing = [i for i in self.services if i > at and self.depth[i] == 0 and not self._only_joins(i)]
        if trailing and not any(time > trailing[0] for time in self.times):
            return self.phrases[trailing[0]].services
        if self._topic_right_after(at):
            return ()
        return None

    def _only_joins(self, at: int) -> bool:
        """A service named as the end of another: `... with Benediction`, `followed by the Rosary`."""
        before = self.text[: self.phrases[at].start - self.offset][-24:]
        return bool(
            re.search(
                r"\b(?:with|followed by|including|includes|then|con|seguid[ao] de[l]?)\W+(?:\w+\W+){0,1}$", before, re.I
            )
        )

    def _topic_right_after(self, at: int) -> bool:
        return (
            at + 1 < len(self.phrases)
            and self.phrases[at + 1].kind is Kind.TOPIC
            and self._between(at, at + 1).isspace()
        )

    def _service_after(self, at: int) -> int | None:
        """A service named right behind a time: `8:00 am Spanish Mass`."""
        for later in range(at + 1, min(at + 6, len(self.phrases))):
            between = self.text[self.phrases[at].end - self.offset : self.phrases[later].start - self.offset]
            if len(between) > _NEAR or not _GAP.fullmatch(between):
                return None
            if self.phrases[later].kind is Kind.SERVICE:
                return later if later not in self.anchored else None
            if self.phrases[later].kind not in _EXPLAINS:
                return None
        return None

    def _service_before(self, at: int) -> int | None:
        for earlier in range(at - 1, -1, -1):
            phrase = self.phrases[earlier]
            if phrase.kind is Kind.SERVICE and earlier in self.services and self.depth[earlier] <= self.depth[at]:
                return earlier
            if phrase.kind is Kind.TOPIC and self.depth[earlier] <= self.depth[at]:
                return None
        return None

    def _touches(self, before: int, at: int) -> bool:
        return before == at - 1 and bool(
            re.fullmatch(r"\W*(?:(?:at|is|are|from|times?)\W*)*", self._between(before, at))
        )

    def _leads_on(self, service: int) -> bool:
        return service + 1 < len(self.phrases) and self.phrases[service + 1].kind in (Kind.TIME, Kind.DAY)

    # -- when

    def _whens(self, at: int, drafts: list[Draft] | None = None) -> tuple[When, ...]:
        before = [i for i in self.days if i < at]
        after = [i for i in self.days if i > at]
        first_time = self.times[0] if self.times else at
        leading = bool(self.days) and self.days[0] < first_time
        if leading and before:
            return self.phrases[before[-1]].when
        if after and not leading:
            return self.phrases[after[0]].when
        if before:
            return self.phrases[before[-1]].when
        if drafts and not self.days and len(self.context.passing.when) == 1:
            return (drafts[-1].when,)
        if self.context.passing.when:
            return self._from_line_before(at)
        return self.context.when or self._when_of_vigil()

    def _from_line_before(self, at: int) -> tuple[When, ...]:
        """The days of the line before, but for a morning time after a Saturday vigil under a heading for Sunday."""
        when, outer = self.context.passing.when, self.context.when
        vigil = len(when) == 1 and when[0].days == (Day.SA,) and any(Day.SU in one.days for one in outer)
        return outer if vigil and self._clock(at).half != "pm" else when

    def _when_of_vigil(self) -> tuple[When, ...]:
        says = self.context.vigil or any(p.kind is Kind.VIGIL for p in self.phrases)
        return (When((Day.SA,)),) if says else ()

    def _sunday_again(self, at: int, kind: ServiceType, when: When, drafts: list[Draft]) -> When:
        """Under `Sunday Masses: Saturday 5 pm, 8 am, 10 am` the morning times are Sunday's again."""
        if kind is not ServiceType.MASS or when.days != (Day.SA,) or not drafts or drafts[-1].when.days != (Day.SA,):
            return when
        outer = [one for one in self.context.when if Day.SU in one.days]
        earlier = int((drafts[-1].start or "00")[:2])
        if outer and earlier >= 15 and self._clock(at).half != "pm":
            return outer[0]
        return when

    def _says_vigil(self, at: int) -> bool:
        near = [i for i, p in enumerate(self.phrases) if p.kind is Kind.VIGIL and i not in self.denied]
        if not near:
            return self.context.vigil
        later_times = [time for time in self.times if time > at]
        earlier_times = [time for time in self.times if time < at]
        low = earlier_times[-1] if earlier_times else -1
        high = later_times[0] if later_times else len(self.phrases)
        if any(at < i < high and self._near(at, i) for i in near):
            return True
        return any(low < i < at for i in near) and not (
            low >= 0 and any(low < i < at and self._near(low, i) for i in near)
        )

    def _vigil(self, at: int, kind: ServiceType, when: When) -> bool:
        if kind is not ServiceType.MASS:
            return False
        if self._says_vigil(at):
            return True
        clock = self._clock(at)
        return when.days == (Day.SA,) and 1 <= clock.hour % 12 <= 7 and clock.half != "am"

    def _part(self, at: int) -> str:
        """The half of the day that a word beside the time names, else the heading above."""
        near = [i for i, p in enumerate(self.phrases) if p.kind is Kind.PART and abs(i - at) <= 3]
        if near:
            nearest = min(near, key=lambda i: (abs(i - at), i))
            return "pm" if _PM_WORD.search(self.phrases[nearest].text) else "am"
        return self.context.part

    def _evening_goes_on(self, at: int, drafts: list[Draft]) -> str:
        """A bare time that goes on from an evening time of the same day: `6:45 pm Benediction; 7:00 Mass`."""
        clock = self._clock(at)
        if not drafts or not drafts[-1].start or drafts[-1].start < "12:00" or clock.half:
            return ""
        earlier = [i for i in self.times if i < at]
        if not earlier or any(earlier[-1] < i < at for i in self.days):
            return ""
        hours, minutes = divmod(clock.hour % 12 * 60 + clock.minute + 720, 60)
        return "pm" if f"{hours:02d}:{minutes:02d}" > drafts[-1].start else ""

    # -- what belongs to it

    def _own(self, at: int, kind: Kind, shared_backwards: bool) -> Phrase | None:
        """The phrase of a kind that belongs to a time: leading when the first one leads, else right behind it."""
        all_of = [i for i, p in enumerate(self.phrases) if p.kind is kind and i not in self.denied]
        if not all_of:
            return None
        first_time = self.times[0] if self.times else at
        if all_of[0] < first_time or (self.ends and at not in self.times):
            before = [i for i in all_of if i < at]
            own = [i for i in all_of if at < i < self._next_time(at) and self._near(at, i) and self._same_clause(at, i)]
            if own and not (before and self._colon_follows(own[0])):
                return self.phrases[own[0]]
            return self.phrases[before[-1]] if before else None
        high = self._next_time(at)
        own = [i for i in all_of if at < i < high]
        if own:
            return self.phrases[own[0]]
        if shared_backwards and all_of[0] > at:
            return self.phrases[all_of[0]]
        return None

    def _colon_follows(self, at: int) -> bool:
        return self.text[self.phrases[at].end - self.offset :].lstrip().startswith((":", "-", "\u2013"))

    def _same_clause(self, left: int, right: int) -> bool:
        return not any(self.phrases[i].kind in (Kind.BREAK, Kind.COMMA) for i in range(left, right))

    def _next_time(self, at: int) -> int:
        return next((time for time in self.times if time > at), len(self.phrases))

    def _language(self, at: int) -> str | None:
        own = self._own(at, Kind.LANGUAGE, shared_backwards=self._said_together())
        if own is None:
            both = any(p.both for p in self.phrases if p.kind in (Kind.DAY, Kind.SERVICE))
            return "en/es" if both else self.context.language
        return self._joined_language(self.phrases.index(own))

    def _said_together(self) -> bool:
        """One language named once, after all times: `7:00 pm and 8:30 pm both in Spanish`."""
        named = [p for p in self.phrases if p.kind is Kind.LANGUAGE]
        return len(named) == 1 and bool(re.search(r"\b(?:both|all|ambas|todas)\b", self.text, re.I))

    def _joined_language(self, at: int) -> str:
        """`English/Spanish` and `English and Spanish` are one bilingual service."""
        code = language_of(self.phrases[at].text)
        follow = at + 1
        if follow + 1 < len(self.phrases) and self.phrases[follow].kind in (Kind.JOIN, Kind.DASH):
            after = self.phrases[follow + 1]
            if after.kind is Kind.LANGUAGE and self._between(follow, follow + 1).strip() == "" and "/" not in code:
                other = language_of(after.text)
                return "/".join(sorted({code, other})) if other != code else code
        if (
            at > 1
            and self.phrases[at - 1].kind in (Kind.JOIN, Kind.DASH)
            and self.phrases[at - 2].kind is Kind.LANGUAGE
        ):
            if self._between(at - 1, at).strip() == "" and "/" not in code:
                return "/".join(sorted({code, language_of(self.phrases[at - 2].text)}))
        return code

    def _church(self, at: int) -> str | None:
        own = self._own(at, Kind.CHURCH, shared_backwards=True)
        return church_name(own.text) if own is not None else self.context.church

    def _season(self, at: int) -> str | None:
        own = self._own(at, Kind.SEASON, shared_backwards=False)
        if own is None:
            return self.context.season
        named = [season_of(p.text) for p in self.phrases if p.kind is Kind.SEASON]
        seasons = list(dict.fromkeys(one for one in named if one))
        return "+".join(sorted(seasons)) if {*seasons} == {"advent", "lent"} else season_of(own.text)

    def _note(self, at: int) -> str | None:
        """The relations that speak of this time: no other day is named between the two, and no `and` sets them apart."""
        notes = [note for place, note in self.notes if not self._apart(place, at)]
        return "; ".join(dict.fromkeys(notes)) or None

    def _apart(self, relation: int, at: int) -> bool:
        low, high = sorted((relation, at))
        if any(low < day < high for day in self.days):
            return True
        before = relation - 2 if relation and self.phrases[relation - 1].kind is Kind.OFFSET else relation - 1
        return at < relation and before > at and self.phrases[before].kind is Kind.JOIN

    def _exceptions(self) -> tuple[Day, ...]:
        """Days a stretch takes away: `except Wednesday`, `no Mass on Monday`."""
        gone: list[Day] = []
        for at in sorted(self.denied):
            phrase = self.phrases[at]
            if phrase.kind is Kind.DAY and not any(when.ordinals for when in phrase.when):
                gone += [day for when in phrase.when for day in when.days]
        return tuple(gone)

    def _confidence(self, at: int) -> float:
        sure = 0.95 if self.services else 0.9 if self.context.services else 0.7
        if not self.days:
            sure -= 0.03
        if self.phrases[at].kind is not Kind.TIME or not self._clock(at).half:
            sure -= 0.1
        return round(max(sure - (0.1 if len(self.text) > 300 else 0.0), 0.3), 2)

    # -- services without a time of their own

    def _untimed(self, drafts: list[Draft]) -> list[Draft]:
        found: list[Draft] = []
        kinds = self._untimed_kinds()
        if not kinds:
            return found
        timed = [at for at in self.times if at not in self.ends]
        if self._speaks_of_schedule():
            for at, note in self.notes:
                if any(not self._apart(at, time) for time in timed) or (drafts and not timed):
                    continue
                for when in self._whens_of_relation(at) or (When(()),):
                    drafted = [
                        self._draft(at, kind, when, None, None) for kind in kinds if kind is not ServiceType.MASS
                    ]
                    found += [replace(draft, note=note) for draft in drafted]
        perpetual = [i for i, p in enumerate(self.phrases) if p.kind is Kind.PERPETUAL]
        if perpetual and ServiceType.ADORATION in kinds and not drafts and self._speaks_of_perpetual(perpetual):
            when = next(iter(self._whens(perpetual[0])), When(WEEK)) if self.days else When(WEEK)
            found.append(
                replace(self._draft(perpetual[0], ServiceType.ADORATION, when, "00:00", "24:00"), note="perpetual")
            )
        wanted = [i for i, p in enumerate(self.phrases) if p.kind is Kind.APPOINTMENT]
        if wanted and ServiceType.CONFESSION in kinds and not self._about_something_else(wanted[0]):
            found.append(
                replace(self._draft(wanted[0], ServiceType.CONFESSION, When(()), None, None), note="by appointment")
            )
        return found

    def _whens_of_relation(self, at: int) -> tuple[When, ...]:
        before = [day for day in self.days if day < at]
        after = [day for day in self.days if day > at]
        if before:
            return self.phrases[before[-1]].when
        return self.phrases[after[0]].when if after else self._whens(at)

    def _untimed_kinds(self) -> tuple[ServiceType, ...]:
        named = [kind for i in self.services for kind in self.phrases[i].services]
        return tuple(dict.fromkeys(named)) or self.context.services or self.context.passing.services

    def _speaks_of_schedule(self) -> bool:
        return (
            bool(self.days or self.context.when or any(p.kind is Kind.OFFSET for p in self.phrases))
            and len(self.text) < 260
        )

    def _speaks_of_perpetual(self, at: list[int]) -> bool:
        hours = any(re.search(r"\d|clock|night", self.phrases[i].text) for i in at)
        stated = hours or _TAKES_PLACE.search(self.text) or len(self.text.split()) <= 14
        return (
            bool(stated)
            and not self.times
            and not any(p.kind is Kind.TOPIC and self.depth[i] == 0 and i < at[0] for i, p in enumerate(self.phrases))
        )

    def _about_something_else(self, at: int) -> bool:
        before = [p for p in self.phrases[:at] if p.kind in (Kind.TOPIC, Kind.SERVICE)]
        return (
            bool(before)
            and before[-1].kind is Kind.TOPIC
            and not re.match(r"office|rectory|parish", before[-1].text, re.I)
        )

    # -- what stays for the next line

    def _passing(self, drafts: list[Draft]) -> Passing:
        topics = [i for i, p in enumerate(self.phrases) if p.kind is Kind.TOPIC and self.depth[i] == 0]
        last_service = self.services[-1] if self.services else -1
        topic = bool(topics) and not drafts and topics[-1] > last_service
        if topic and len(self.text) > _PROSE and not self.times:
            topic = False
        headline = [i for i in self.services if self.phrases[i].services[0] in _HEADLINE]
        services = self.phrases[(headline or [last_service])[-1]].services if self.services else ()
        if drafts:
            services = (drafts[-1].kind,)
        before = self.context.passing
        if not services and not topics:
            services, topic = before.services, before.topic
        days = [i for i in self.days if self.depth[i] == 0]
        when = self.phrases[days[-1]].when if days else before.when
        if self._is_vigil_of(before.when, when):
            when = before.when
        ranged = any(draft.end for draft in drafts) if drafts else before.ranged or bool(services)
        dated = any(p.kind is Kind.DATE for p in self.phrases)
        return Passing(services, topic, () if dated else when, ranged)

    def _is_vigil_of(self, outer: tuple[When, ...], when: tuple[When, ...]) -> bool:
        """`Saturday Vigil 5:30 pm` as the first line of Sunday's list: the lines after it are Sunday's."""
        vigil = any(p.kind is Kind.VIGIL for p in self.phrases) and [one.days for one in when] == [(Day.SA,)]
        return vigil and any(Day.SU in one.days for one in outer)


def _plain_clock(span: Span | None) -> str:
    if span is None:
        return ""
    return str(span.first) if span.first.half else f"{span.first.hour}:{span.first.minute:02d}"


def _narrowed(when: When, kind: ServiceType) -> When:
    """`Daily` is Monday to Friday, but for adoration the whole week."""
    if when.daily and kind is not ServiceType.ADORATION and set(when.days) == set(WEEK):
        return replace(when, days=WEEKDAYS)
    return when


def _vigil_days(when: When, says_vigil: bool) -> When:
    """The vigil of a Sunday is on Saturday, that of a holy day on its eve."""
    if not says_vigil:
        return when
    days = tuple({Day.SU: Day.SA, Day.HOLYDAY: Day.HOLYDAY_EVE}.get(day, day) for day in when.days)
    return replace(when, days=tuple(dict.fromkeys(days)))
