"""Posts events, one after the other, in a thread of its own: however a receiver behaves, the crawl does not notice.

The thread is a daemon and asks the operating system for names itself: nothing waits for it when the process ends, not
even when a name server never answers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import httpx
import structlog

from vitality_lib.monitoring import earlier
from vitality_lib.monitoring.event import Event, encoded
from vitality_lib.monitoring.queue import Queue
from vitality_lib.monitoring.signature import HEADER, sign

KNOWS_US = "X-Vitality-Events"  # a receiver that answers with it takes our events, and needs no other shape
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_NOT_THERE = frozenset({404, 405, 410})
_BUSY = frozenset({408, 425, 429})
_MUTE_SECONDS = 600.0
_TRIES = 3  # of an event that a receiver answers with its own failure; one that cannot be reached is tried for ever
_log = structlog.get_logger(__name__).bind(monitoring=True)


class _Away(Exception):  # noqa: N818 - named after what happened
    """The receiver cannot be reached, or does not answer in time."""


class _Unwell(Exception):  # noqa: N818 - named after what happened
    """The receiver answers that it cannot, at the moment."""


class Sender:
    """Posts what is in the queue to a receiver. `first_pause` and `longest_pause` are the seconds between two tries;
    `well` is whether the last one was answered.
    """

    def __init__(
        self,
        base: str,
        token: str,
        queue: Queue,
        *,
        clock: Callable[[], float] = time.time,
        first_pause: float = 1.0,
        longest_pause: float = 60.0,
    ) -> None:
        self._base = httpx.URL(base)
        self._token = token
        self._queue = queue
        self._clock = clock
        self._pauses = (first_pause, longest_pause)
        self._muted: dict[str, float] = {}  # by the path's last word: until when, on the monotonic clock
        self._knows_us = False
        self._refused: set[str] = set()
        self._ended = threading.Event()
        self.well = True

    def start(self) -> None:
        """Begin to post, in a thread."""
        threading.Thread(target=self._run, name="monitoring", daemon=True).start()

    def end(self) -> None:
        """Post no more. Returns at once; a request under way is left to itself."""
        self._ended.set()
        self._queue.close()

    def _run(self) -> None:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            while event := self._queue.take():
                told, sent = self._queue.dropped, False
                try:
                    sent = self._persist(client, event, told)
                except Exception:
                    _log.exception("monitoring: an event could not be posted", kind=event.kind)
                finally:
                    self._queue.done(told=told if sent else 0, lost=0 if sent else 1)

    def _persist(self, client: httpx.Client, event: Event, dropped: int) -> bool:
        """Post an event until it is taken; False when it is given up."""
        pause, longest = self._pauses
        done: set[str] = set()
        tries = 0
        while not self._ended.is_set():
            try:
                self._tell(client, event, dropped, done)
            except (_Away, _Unwell) as why:
                tries += isinstance(why, _Unwell)
                self._note(str(why))
                if tries == _TRIES:
                    return False
                self._ended.wait(pause)
                pause = min(2 * pause, longest)
            else:
                self._note("")
                return True
        return False

    def _tell(self, client: httpx.Client, event: Event, dropped: int, done: set[str]) -> None:
        """Post an event in every shape that this receiver takes; `done` are the paths that have it already."""
        self._post(client, "events", event.body(dropped), done)
        if not self._knows_us:
            for path, facts in earlier.posts(event):
                self._post(client, path, encoded(facts), done)

    def _post(self, client: httpx.Client, path: str, body: bytes, done: set[str]) -> None:
        word = path.rsplit("/", 1)[-1]
        if path in done or time.monotonic() < self._muted.get(word, 0.0):
            return
        answer = self._exchange(client, path, body)
        if answer.status_code in _NOT_THERE:
            self._muted[word] = time.monotonic() + _MUTE_SECONDS
        elif answer.status_code >= 500 or answer.status_code in _BUSY:
            raise _Unwell(f"{path} was answered {answer.status_code}")
        elif not answer.is_success and word not in self._refused:  # else a wrong token would fill the log
            self._refused.add(word)
            _log.warning("monitoring: events are refused", path=path, status=answer.status_code)
        if path == "events":
            self._knows_us = answer.is_success and KNOWS_US in answer.headers
        done.add(path)

    def _exchange(self, client: httpx.Client, path: str, body: bytes) -> httpx.Response:
        url = self._base.copy_with(path=f"{self._base.path.rstrip('/')}/api/monitoring/{path}")
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers[HEADER] = sign(self._token, body, self._clock())
        try:
            with client.stream("POST", url, content=body, headers=headers) as answer:
                return answer  # of no interest but for status and headers: the body is left unread
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _Away(f"{type(error).__name__}: {error}") from None

    def _note(self, why: str) -> None:
        """Log when the receiver goes away, and when it is back."""
        if self.well and why:
            _log.warning("monitoring: the receiver takes no events", why=why)
        elif why == "" and not self.well:
            _log.info("monitoring: the receiver takes events again", lost=self._queue.dropped)
        self.well = not why
