"""Events that wait to be posted: so many at most, and the oldest make room for new ones."""

from __future__ import annotations

from collections import deque
from threading import Condition

from vitality_lib.monitoring.event import Event

MOST = 1000


class Queue:
    """Any thread may put events in, at once and always; one takes them out. What had to be dropped is counted."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._waiting: deque[Event] = deque()
        self._changed = Condition()
        self._dropped = 0
        self._in_hand = False
        self._closed = False

    def put(self, event: Event) -> None:
        """Add an event; the oldest is dropped when there are too many."""
        with self._changed:
            self._waiting.append(event)
            if len(self._waiting) > self._most:
                self._waiting.popleft()
                self._dropped += 1
            self._changed.notify()

    def take(self) -> Event | None:
        """The oldest event, waited for; None when the queue is closed. Whoever took one says `done` before the next."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            self._in_hand = True
            return self._waiting.popleft()

    def close(self) -> None:
        """Give out no more."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def done(self, *, told: int = 0, lost: int = 0) -> None:
        """The event in hand is dealt with: it told of so many dropped ones, or was lost itself."""
        with self._changed:
            self._dropped += lost - told
            self._in_hand = False

    @property
    def dropped(self) -> int:
        """Events lost of which no receiver has been told yet."""
        return self._dropped

    @property
    def empty(self) -> bool:
        """Whether nothing waits and nothing is in hand."""
        with self._changed:
            return not self._waiting and not self._in_hand
