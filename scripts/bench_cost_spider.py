"""A child of the bench, in Scrapy's own environment: the walk by a spider. `bench_cost_spider.py WEBSITES ITEMS PORT`.

Every name is 127.0.0.1 and every connection goes to PORT there, so that all of Scrapy works as it would outside.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import bench_walk
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

_SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "USER_AGENT": "DiocesanVitality/0.1 (+https://github.com/diocesan-vitality/diocesan-vitality; parish data, polite)",
    "CONCURRENT_REQUESTS": bench_walk.SITES_AT_ONCE,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 25,
    "RETRY_TIMES": 1,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "DNS_RESOLVER": "bench_cost_spider.Loopback",
}


class Loopback(CachingThreadedResolver):  # type: ignore[misc]
    """Every name is this machine."""

    def getHostByName(self, *_: object) -> defer.Deferred[str]:  # noqa: N802 - Twisted's
        return defer.succeed("127.0.0.1")


class Parishes(scrapy.Spider):  # type: ignore[misc]
    """From each homepage to the page with the times."""

    name = "parishes"

    def __init__(self, websites: str, items: str, port: str, **more: object) -> None:
        super().__init__(**more)
        self._websites, self._items, self._port = bench_walk.websites(Path(websites)), Path(items), int(port)
        self.pages = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        from twisted.internet import reactor  # noqa: PLC0415 - Scrapy chooses which before

        connect, port = reactor.connectTCP, self._port
        reactor.connectTCP = lambda host, _, *rest, **more: connect(host, port, *rest, **more)
        for site in self._websites:
            yield scrapy.Request(site, self.parse, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> Iterator[scrapy.Request | dict[str, str]]:
        """A homepage."""
        reading = self._read(response)
        yield {"line": bench_walk.item(response.url, reading)}
        for url in bench_walk.following(reading):
            yield scrapy.Request(url, self.parse_times)

    def parse_times(self, response: Response) -> Iterator[dict[str, str]]:
        """A page that a homepage names."""
        yield {"line": bench_walk.item(response.url, self._read(response))}

    def _read(self, response: Response) -> Any:
        self.pages += 1
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return bench_walk.read(response.url, response.body, kind)


class JsonLines:
    """Writes each item as it comes."""

    def open_spider(self, spider: Parishes) -> None:
        self._out = spider._items.open("w", encoding="utf-8")

    def close_spider(self, _: Parishes) -> None:
        self._out.close()

    def process_item(self, item: dict[str, str], _: Parishes) -> dict[str, str]:
        self._out.write(item["line"])
        return item


def main() -> None:
    """Walk through all; the last line of output is `{"pages": N, "requests": N}`."""
    process = CrawlerProcess({**_SETTINGS, "ITEM_PIPELINES": {"bench_cost_spider.JsonLines": 1}})
    crawler = process.create_crawler(Parishes)
    process.crawl(crawler, *sys.argv[1:])
    process.start()
    made = crawler.stats.get_value("downloader/request_count", 0)
    print(json.dumps({"pages": crawler.spider.pages, "requests": made}), flush=True)
    if os.environ.get("BENCH_STATS"):
        print(json.dumps(crawler.stats.get_stats(), default=str), file=sys.stderr)


if __name__ == "__main__":
    main()
