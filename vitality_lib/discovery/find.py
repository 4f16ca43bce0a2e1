"""From a diocese's homepage to the one page that lists its parishes: candidates are fetched and proved, then chosen.

The candidates are the homepage's links, the links of a section page that they lead to, an address known from before
and, when none of these lists parishes, the pages of the sitemap. What a person named comes before all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from vitality_lib.discovery.first_guesses import as_candidate
from vitality_lib.discovery.links import best_first, directory_links, key
from vitality_lib.discovery.proof import title_of
from vitality_lib.discovery.sitemap import sitemap_links
from vitality_lib.discovery.trial import Fetch, Found, Trial
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import Candidate, Outcome, Purpose, Reason
from vitality_lib.sitemap import further_sitemap, sitemap_address

Rank = Callable[[Sequence[Candidate]], Awaitable[Sequence[int]]]
NAMED = "named by a person"

_CLOSE = 3.0  # candidates within this of the best one are worth a second opinion
_FAR = 5.0  # a candidate so far below one that lists parishes is not tried
_FOR_SITEMAP = 3  # requests kept for the sitemap and what it names
_WEAK = 5.0  # candidates below this wait until the sitemap was asked


@dataclass(frozen=True)
class Search:
    """How a search ended: `found` is None unless the outcome is ok."""

    outcome: Outcome
    found: Found | None = None


async def find_directory(
    website: str | None, fetch: Fetch, *, guess: str | None = None, pinned: str | None = None, rank: Rank | None = None
) -> Search:
    """Look for the parish directory of the diocese whose homepage is `website`.

    `pinned` is the address that a person named, `guess` one known from before; `rank` gives the indices of close
    candidates, the likeliest first, and is asked once.
    """
    if not pinned:
        return await _search(website, fetch, guess, rank)
    trial = Trial(fetch)
    named = Candidate(pinned, "", 100.0, (NAMED,))
    if await trial.put(named) and trial.by_script:
        await trial.put(named, Purpose.BROWSER)
    if trial.best:
        outcome = trial.end()
        return Search(replace(outcome, detail=f"{outcome.detail}, {NAMED}"), trial.best)
    search, why = await _search(website, fetch, guess, rank), trial.end()
    detail = f"{search.outcome.detail}; {pinned}, {NAMED}, was of no use: {why.reason}"
    return replace(search, outcome=Outcome(search.outcome.reason, detail, (*why.routes, *search.outcome.routes)))


async def _search(website: str | None, fetch: Fetch, guess: str | None, rank: Rank | None) -> Search:
    if not website and not guess:
        return Search(Outcome(Reason.NO_WEBSITE, "the list of dioceses names no website"))
    trial = Trial(fetch)
    home = await trial.open(website, Purpose.LIST) if website else None
    if home:
        trial.routes.append(f"{home.url}: homepage")
    known = as_candidate(guess, home.url if home else website or "") if guess else None
    waiting = _with(known, directory_links(home) if home else ())
    waiting = await _try(await _ranked(waiting, rank), trial, _FOR_SITEMAP, _WEAK if home else 0.0)
    if home and not trial.proved:
        await _judge_homepage(home, trial)
    further = await _try_in_browser(trial, least=1.0)
    if home and not trial.proved:
        await _try(best_first([*await _of_sitemap(home, trial), *further, *waiting]), trial)
        await _try(await _try_in_browser(trial), trial)
    return Search(trial.end(), trial.best)


async def _judge_homepage(home: Document, trial: Trial) -> None:
    """The homepage may be the list itself, or have a menu that only a script fills."""
    itself = Candidate(home.url, "homepage", 0.0, ("the homepage itself",))
    if not await trial.judge(home, itself) and not directory_links(home) and "<script" in home.folded:
        trial.by_script.append(itself)


def _with(known: Candidate | None, links: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The links and the address known from before: as a candidate of its own, or as one reason more for its link."""
    if known is None:
        return tuple(links)
    same = next((link for link in links if key(link.url) == key(known.url)), None)
    if same is None:
        return best_first([*links, known])
    better = replace(same, score=round(same.score + 2.0, 2), reasons=(*same.reasons, f"{known.reasons[0]} +2"))
    return best_first([better, *links])


async def _ranked(waiting: Sequence[Candidate], rank: Rank | None) -> tuple[Candidate, ...]:
    """Close candidates in the order of a second opinion: they exchange their scores. Indices that are none are passed
    over.
    """
    close = [one for one in waiting if waiting[0].score - one.score <= _CLOSE]
    if rank is None or len(close) < 2:
        return tuple(waiting)
    said = [index for index in await rank(close) if 0 <= index < len(close)]
    order = dict.fromkeys([*said, *range(len(close))])
    moved = [_moved(close[index], better.score) for index, better in zip(order, close, strict=True)]
    return (*moved, *waiting[len(close) :])


def _moved(candidate: Candidate, score: float) -> Candidate:
    why = f"by a second opinion {score - candidate.score:+.2g}"
    return replace(candidate, score=score, reasons=(*candidate.reasons, why))


async def _try(waiting: Iterable[Candidate], trial: Trial, kept: int = 0, least: float = 0.0) -> tuple[Candidate, ...]:
    """Try candidates of a score of `least`, the best first, until one is certain, none is near one that is proved, or
    `kept` requests are left. Pages that list nothing may lead on: their links wait with the others. Returns what was
    not tried.
    """
    left = tuple(waiting)
    while left and trial.left > kept and left[0].score >= least:
        first, *others = left
        left = tuple(others)
        if trial.has_seen(first.url):
            continue
        if trial.best and first.score < trial.best.chosen.score - _FAR:
            break
        document = await trial.put(first)
        if trial.certain:
            break
        if document:
            left = best_first([*left, *directory_links(document, title_of(document) or first.label)])
    return left


async def _try_in_browser(trial: Trial, least: float = 0.0) -> tuple[Candidate, ...]:
    """What a script fills is worth a browser, unless something better is proved already. Returns the links that only
    the browser sees.
    """
    links: list[Candidate] = []
    for candidate in sorted(trial.by_script, key=lambda one: -one.score):
        better = trial.best is None or (not trial.certain and trial.best.chosen.score < candidate.score)
        if better and candidate.score >= least and (document := await trial.put(candidate, Purpose.BROWSER)):
            links += directory_links(document, title_of(document) or candidate.label)
    return best_first(links)


async def _of_sitemap(home: Document, trial: Trial) -> tuple[Candidate, ...]:
    robots = await trial.open(absolute("/robots.txt", home.url) or "", Purpose.SITEMAP)
    address = sitemap_address(robots, home.url)
    document = await trial.open(address, Purpose.SITEMAP) if address else None
    further = further_sitemap(document) if document else None
    if further and trial.left > 1:
        document = await trial.open(further, Purpose.SITEMAP)
    return sitemap_links(document) if document else ()
