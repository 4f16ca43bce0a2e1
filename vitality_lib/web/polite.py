"""One request, in its host's turn: the guard, the breaker, the queue, the exchange, the rest that the host is owed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.store.turns import Ask, Rest, Shut, Turn
from vitality_lib.web import blocked, breaker, manners
from vitality_lib.web.client import Answer, Call, Client
from vitality_lib.web.memory import Memory
from vitality_lib.web.resolve import ForbiddenAddressError, NameNotFoundError, Resolver

_GRACE_SECONDS = 15.0  # after a request's time limit, before its holder is taken for dead
_BACKOFF_SECONDS = 5.0
_AFTER_TOO_MANY_REQUESTS = 60.0
_TRANSIENT = frozenset({502, 503, 504})


@dataclass
class Tally:
    """Counts requests; refuses after `most` of them (None: never). What is counted here is counted in `parent`, too,
    but is charged to its limit only where `charged` says so.
    """

    most: int | None = None
    parent: Tally | None = None
    charged: bool = True
    made: int = 0
    spent: int = 0

    def refusal(self) -> Outcome | None:
        if self.most is not None and self.spent >= self.most:
            return Outcome(Reason.BUDGET_SPENT, f"{self.spent} requests made, no more are allowed for this visit")
        return self.parent.refusal() if self.parent and self.charged else None

    def count(self, charged: bool = True) -> None:
        self.made += 1
        self.spent += charged
        if self.parent:
            self.parent.count(charged and self.charged)


class PoliteClient:
    """Makes requests with the manners of the whole fleet."""

    def __init__(
        self, settings: Settings, resolver: Resolver, client: Client, memory: Memory, now: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._resolver = resolver
        self._client = client
        self._memory = memory
        self._now = now

    async def ask(self, call: Call, crawl_delay: float | None, tally: Tally) -> Answer | Outcome:
        """Make a request when its turn has come; a GET that failed in passing is made once more, after a rest."""
        answer = await self._once(call, crawl_delay, tally)
        if _is_transient(answer) and call.method == "GET" and tally.refusal() is None:
            again = await self._once(call, crawl_delay, tally)
            return answer if isinstance(again, Outcome) and again.reason is Reason.BREAKER_OPEN else again
        return answer

    async def _once(self, call: Call, crawl_delay: float | None, tally: Tally) -> Answer | Outcome:
        refusal = tally.refusal()
        if refusal:
            return refusal
        try:
            place = await self._resolver.place(call.address.host, call.address.port)
        except NameNotFoundError as error:
            return Outcome(Reason.DNS_FAILURE, str(error))
        except ForbiddenAddressError as error:
            return Outcome(Reason.FORBIDDEN_ADDRESS, str(error))
        ask = self._ask(call.address.authority, place.keys, crawl_delay)
        turn = await self._turn(ask)
        if isinstance(turn, Outcome):
            return turn
        tally.count()
        loop = asyncio.get_running_loop()
        started = loop.time()
        answer: Answer | Outcome | None = None
        try:
            answer = await self._client.exchange(call)
            return answer
        finally:
            rest = self._rest(ask.gap, turn.failures, answer, loop.time() - started)
            await asyncio.shield(self._memory.give_back(turn, rest))

    def _ask(self, host: str, keys: tuple[str, ...], crawl_delay: float | None) -> Ask:
        settings = self._settings
        lease = settings.timeout_seconds + _GRACE_SECONDS
        return Ask(uuid4(), host, keys, manners.gap(settings, crawl_delay), lease, settings.per_address)

    async def _turn(self, ask: Ask) -> Turn | Outcome:
        try:
            while True:
                verdict = await self._memory.take(ask)
                if isinstance(verdict, Turn):
                    return verdict
                if isinstance(verdict, Shut):
                    return _closed(ask.host, verdict)
                if verdict.seconds > manners.PATIENCE:
                    await self._memory.leave(ask.holder)
                    return Outcome(
                        Reason.BREAKER_OPEN, f"{ask.host} wants to be asked again in {verdict.seconds:.0f} s"
                    )
                await asyncio.sleep(verdict.seconds)
        except BaseException:
            await asyncio.shield(self._memory.leave(ask.holder))
            raise

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
