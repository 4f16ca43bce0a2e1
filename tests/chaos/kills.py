"""Kills at random points of a crawl, drawn with a seed: who, and when."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from chaos.crawl import Crawl, kill

PAUSE_SECONDS = (0.3, 6.0)  # between two kills: into a start, and as far as most of a run
_BROWSER_SECONDS = 20.0  # that a browser is waited for
_MOMENT = 0.05
TARGETS = ("worker", "browser", "postgres", "both workers")


@dataclass
class Kills:
    """Kills until there were `wanted` of them, or until the crawl was done before."""

    crawl: Crawl
    random: Random
    wanted: int
    targets: Sequence[str] = TARGETS

    def carry_out(self) -> Counter[str]:
        """How many of each; two workers that are killed together count once."""
        done: Counter[str] = Counter()
        order = self._order()
        while done.total() < self.wanted:
            self.crawl.start_workers(2)
            time.sleep(self.random.uniform(*PAUSE_SECONDS))
            if not self.crawl.workers:
                break  # all is done: whoever is started now finds nothing due
            done[self._kill(order[done.total()])] += 1
        return done

    def _order(self) -> list[str]:
        """Each target in its turn, in an order that is drawn."""
        drawn: list[str] = []
        while len(drawn) < self.wanted:
            drawn += self.random.sample(self.targets, len(self.targets))
        return drawn

    def _kill(self, target: str) -> str:
        if target == "browser" and self._kill_browser():
            return target
        if target == "postgres":
            self.crawl.kill_database()
            return target
        workers = self.crawl.workers
        if target != "both workers":
            workers = self.random.sample(workers, 1) if workers else []
        for worker in workers:
            self.crawl.kill_worker(worker)
        return target if target == "both workers" else "worker"

    def _kill_browser(self) -> bool:
        """Kill one process of a browser at a random point of its life; False when there is none to be had."""
        deadline = time.monotonic() + _BROWSER_SECONDS
        while not self.crawl.browsers():
            if time.monotonic() > deadline or not self.crawl.workers:
                return False
            time.sleep(_MOMENT)
        time.sleep(self.random.uniform(0, 2))
        browsers = self.crawl.browsers()
        if not browsers:
            return False
        kill(self.random.choice(browsers))
        return True
