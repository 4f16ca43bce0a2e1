"""One request, in its host's turn: the guard, the breaker, the queue, the exchange, the rest that the host is owed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.store.turns import Ask, Rest, Shut, Turn
from vitality_lib.web import blocked, breaker, last_words, manners
from vitality_lib.web.breaker import BreakerChange
from vitality_lib.web.client import Answer, Call, Client
from vitality_lib.web.memory import Memory
from vitality_lib.web.queue import Queue
from vitality_lib.web.resolve import ForbiddenAddressError, NameNotFoundError, Resolver
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import Address

_GRACE_SECONDS = 15.0  # after a request's time limit, before its holder is taken for dead
_BACKOFF_SECONDS = 5.0
_AFTER_TOO_MANY_REQUESTS = 60.0
_TRANSIENT = frozenset({502, 503, 504})
_NOT_ASKED = frozenset({Reason.BREAKER_OPEN, Reason.BUDGET_SPENT})


class PoliteClient:
    """Makes requests with the manners of the whole fleet."""

    def __init__(
        self,
        settings: Settings,
        resolver: Resolver,
        client: Client,
        memory: Memory,
        now: Callable[[], datetime],
        *,
        tell_breaker: Callable[[BreakerChange], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._resolver = resolver
        self._client = client
        self._queue = Queue(memory)
        self._now = now
        self._tell_breaker = tell_breaker

    async def ask(self, call: Call, crawl_delay: float | None, tally: Tally) -> Answer | Outcome:
        """Make a request when its turn has come; a GET that failed in passing is made once more, after a rest."""
        answer = await self._once(call, crawl_delay, tally)
        if _is_transient(answer) and call.method == "GET":
            again = await self._once(call, crawl_delay, tally)
            return answer if isinstance(again, Outcome) and again.reason in _NOT_ASKED else again
        return answer

    async def _once(self, call: Call, crawl_delay: float | None, tally: Tally) -> Answer | Outcome:
        refusal = tally.take()
        if refusal:
            return refusal
        gap = manners.gap(self._settings, crawl_delay)
        turn: Turn | Outcome | None = None
        try:
            turn = await self._admitted(call.address, gap)
        finally:
            if not isinstance(turn, Turn):
                tally.give_back()
        return turn if isinstance(turn, Outcome) else await self._in_turn(call, turn, gap)

    async def _in_turn(self, call: Call, turn: Turn, gap: float) -> Answer | Outcome:
        loop = asyncio.get_running_loop()
        started = loop.time()
        answer: Answer | Outcome | None = None
        try:
            answer = await self._client.exchange(call)
            return answer
        finally:
            rest = self._rest(gap, turn.failures, answer, loop.time() - started)
            await last_words.said(self._queue.give_back(turn, rest))
            change = breaker.change(turn, rest)
            if change:
                self._tell_breaker(change)

    async def _admitted(self, address: Address, gap: float) -> Turn | Outcome:
        try:
            place = await self._resolver.place(address.host, address.port)
        except NameNotFoundError as error:
            return Outcome(Reason.DNS_FAILURE, str(error))
        except ForbiddenAddressError as error:
            return Outcome(Reason.FORBIDDEN_ADDRESS, str(error))
        lease = self._settings.timeout_seconds + _GRACE_SECONDS
        ask = Ask(uuid4(), address.authority, place.keys, gap, lease, self._settings.per_address)
        verdict = await self._queue.take(ask)
        if isinstance(verdict, Turn):
            return verdict
        return _closed(ask.host, verdict) if isinstance(verdict, Shut) else _later(ask.host, verdict.seconds)

    def _rest(self, gap: float, failures: int, answer: Answer | Outcome | None, seconds: float) -> Rest:
        rest = max(gap, manners.rest(self._settings, seconds))
        if answer is None:  # interrupted
            return Rest(rest, learnt=False)
        pace = self._settings.pace
        if isinstance(answer, Answer):
            rest = max(rest, self._asked_rest(answer) * pace)
        fault = breaker.fault(answer)
        if fault is None:
            return Rest(rest, took=seconds)
        failures = breaker.failures_after(answer, failures)
        pause = breaker.pause(answer, failures) * pace
        return Rest(max(rest, _BACKOFF_SECONDS * pace), failures, pause, fault, seconds)

    def _asked_rest(self, answer: Answer) -> float:
        """What the server itself asks for, in seconds (RFC 9110 section 10.2.3, RFC 6585 section 4)."""
        asked = manners.retry_after(answer.headers.get("retry-after", ""), self._now())
        if answer.status == 429:
            return _AFTER_TOO_MANY_REQUESTS if asked is None else asked
        return asked or 0.0 if answer.status == 503 or 300 <= answer.status < 400 else 0.0


def _is_transient(answer: Answer | Outcome) -> bool:
    if isinstance(answer, Outcome):
        return answer.reason is Reason.CONNECTION_FAILURE
    return answer.status in _TRANSIENT and not blocked.is_challenge(answer)


def _closed(host: str, shut: Shut) -> Outcome:
    refused = shut.reason == Reason.BLOCKED
    why = f"{host} refuses us" if refused else f"{host} keeps failing ({shut.reason})"
    until = f"left alone for {shut.seconds:.0f} s more" if shut.seconds > 0 else "another request is trying it just now"
    return Outcome(Reason.BLOCKED if refused else Reason.BREAKER_OPEN, f"{why}; {until}")


def _later(host: str, seconds: float) -> Outcome:
    return Outcome(Reason.BREAKER_OPEN, f"{host} wants to be asked again in {seconds:.0f} s")
