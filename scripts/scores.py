"""Visit the invented sites, read every page of a labelled corpus, print the scores: `make scores`.

The corpus is the folder that VITALITY_CORPUS names: `directories/{pages,feeds,labels}`, `schedules/*.html` with
`schedules/labels`, and the two scorers in `tools/` beside it. It is no part of this project; without it there is
nothing more to measure, and that is said.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from vitality_lib.inspection import read_saved
from vitality_lib.models import Page

Service = dict[str, Any]  # in the fields of the published records


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("VITALITY_CORPUS") or "../shared/corpus")
    parser.add_argument("--corpus", type=Path, default=default, help="default: VITALITY_CORPUS, else %(default)s")
    parser.add_argument("--misses", action="store_true", help="print every missed and wrong service, too")
    given = parser.parse_args()
    asyncio.run(homepages())
    asyncio.run(visits())
    tools = given.corpus.parent / "tools"
    if not given.corpus.is_dir() or not tools.is_dir():
        print(f"scores: skipped: no corpus at {given.corpus} (with its scorers in {tools}); set VITALITY_CORPUS")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        dioceses(given.corpus / "directories")
        directories(given.corpus / "directories", tools / "score_directory.py", Path(folder))
        schedules(given.corpus / "schedules", tools / "score_schedules.py", Path(folder), given.misses)
    metamorphic(given.corpus / "schedules")
    return 0


async def homepages() -> None:
    """The links of the tests' homepages: is the directory's the first, is it found, and at how many requests."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "discovery"))
    from homepage_sites import homepages as invented  # noqa: PLC0415 - the tests are no package

    sites, first, right = invented(), 0, 0
    for site in sites:
        search = await site.search()
        chosen = search.found.chosen.url if search.found else None
        first += site.first() == site.directory
        right += chosen == site.directory
        if chosen != site.directory:
            print(f"{site}: {chosen or search.outcome.reason} was chosen for {site.directory}")
    asked = sum(len(site.asked) for site in sites) / len(sites)
    print(
        f"homepages: {len(sites)} sites; the best link is right on {first / len(sites):.0%}, "
        f"the page chosen after proof on {right / len(sites):.0%}, at {asked:.1f} requests a site"
    )


async def visits() -> None:
    """The tests' sites of parishes: is the schedule found, on the right page, and at how many requests."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "schedules"))
    from parish_sites import parish_sites, right  # noqa: PLC0415 - the tests are no package

    sites = parish_sites()
    seen = [await site.visited() for site in sites]
    found = [right(site, visit) for site, visit in zip(sites, seen, strict=True)]
    for site in (site for site, good in zip(sites, found, strict=True) if not good):
        print(f"{site}: the schedule found is not what its pages state")
    print(
        f"visits: {len(sites)} sites, right schedule on {sum(found) / len(sites):.0%}, "
        f"requests per site {sum(len(site.asked) for site in sites) / len(sites):.1f}"
    )


def dioceses(corpus: Path) -> None:
    """The list of dioceses against its label, field by field, and every row that differs.

    The label holds what the page holds: a field that is filled and not in the label is not counted, only named.
    """
    page = corpus / "pages" / "usccb-all-dioceses.html"
    if not page.exists():
        return
    record = read_saved("dioceses", Page(url="", body=page.read_bytes()))
    gold = json.loads((corpus / "labels" / f"{page.stem}.json").read_text())["dioceses"]
    read = {one["name"]: one for one in record["dioceses"]}
    fields = ("street", "city", "state", "zip", "website")
    right, known = dict.fromkeys(fields, 0), dict.fromkeys(fields, 0)
    for row in ({**one, "street": one.get("street") or one.get("address")} for one in gold):
        got = read.get(row["name"], {})
        for field in fields:
            known[field] += bool(row.get(field))
            if row.get(field) and plain(row[field]) == plain(got.get(field)):
                right[field] += 1
            elif row.get(field):
                print(f"{row['name']}: {field} {row[field]!r} was read as {got.get(field)!r}")
    named = sum(row["name"] in read for row in gold)
    print(
        f"dioceses: {named} of {len(gold)} named, {len(record['dioceses'])} read; right: "
        + ", ".join(f"{field} {right[field]}/{known[field]}" for field in fields if known[field])
        + "; not on the page: "
        + (", ".join(field for field in fields if not known[field]) or "nothing")
    )


def plain(text: str | None) -> str:
    """A field for comparison: white space folded, no slash at the end."""
    return " ".join((text or "").split()).rstrip("/")


def directories(corpus: Path, scorer: Path, folder: Path) -> None:
    """Each directory page and feed, a line each, then recall, precision and the fields over all."""
    pairs: list[str] = []
    for page in sorted([*corpus.glob("pages/*"), *corpus.glob("feeds/*")]):
        gold = corpus / "labels" / f"{page.stem}.json"
        if not gold.exists() or "parishes" not in json.loads(gold.read_text()):
            continue
        record = read_saved("directory", Page(url="", body=page.read_bytes()))
        got = folder / f"{page.stem}.json"
        got.write_text(json.dumps(record))
        pairs += [str(gold), str(got)]
        following = ", ".join(sorted({request["purpose"] for request in record["next"]})) or "nothing"
        print(f"{page.stem:36} platform {record['platform']}, route {record['route']}, next: {following}")
    subprocess.run([sys.executable, str(scorer), *pairs], check=True)


def schedules(corpus: Path, scorer: Path, folder: Path, misses: bool) -> None:
    """The schedule scores over all pages and by kind of page, and the reader's speed."""
    predictions = folder / "schedules"
    predictions.mkdir()
    pages = sorted(corpus.glob("*.html"))
    bodies = [page.read_bytes() for page in pages]
    records, slowest = [], 0.0
    began = time.process_time()
    for body in bodies:
        before = time.process_time()
        records.append(read_saved("schedule", Page(url="", body=body)))
        slowest = max(slowest, time.process_time() - before)
    seconds = time.process_time() - began
    for page, record in zip(pages, records, strict=True):
        (predictions / f"{page.stem}.json").write_text(json.dumps({"services": record["services"]}))
    command = [sys.executable, str(scorer), "--corpus", str(corpus), "--predictions", str(predictions)]
    subprocess.run([*command, "--misses"] if misses else command, check=True)
    print(f"speed: {len(pages) / seconds:.0f} pages a second of CPU, the slowest {slowest * 1000:.0f} ms")
    labels = [json.loads((corpus / "labels" / f"{page.stem}.json").read_text())["services"] for page in pages]
    print(confidence([record["services"] for record in records], labels, scorer))


def confidence(read: list[list[Service]], labels: list[list[Service]], scorer: Path) -> str:
    """How sure the reader is of its services with a time, and how many are right: by bins, and the mean distance.

    Right is a service whose days, weeks and start are all in the label; those the label leaves open do not count.
    """
    sys.path.insert(0, str(scorer.parent))
    from score_schedules import slots  # noqa: PLC0415 - the scorer is no part of this project

    bins: dict[float, list[tuple[float, bool]]] = {edge: [] for edge in (0.6, 0.8, 0.9, 1.0)}
    for services, gold in zip(read, labels, strict=True):
        demanded, known = set(slots([one for one in gold if not one.get("optional")])), set(slots(gold))
        for service in services:
            stated = set(slots([service]))
            if stated and not stated <= known - demanded:
                sure = max(piece["confidence"] for piece in service["evidence"])
                bins[next(edge for edge in bins if sure <= edge)].append((sure, stated <= known))
    total = sum(map(len, bins.values())) or 1
    parts, error = [], 0.0
    for edge, members in bins.items():
        if members:
            sure = sum(one for one, _ in members) / len(members)
            right = sum(one for _, one in members) / len(members)
            error += abs(sure - right) * len(members) / total
            parts.append(f"up to {edge}: {len(members)} services, {sure:.2f} said, {right:.2f} right")
    return f"confidence: {'; '.join(parts)}; calibration error {error:.3f}"


def metamorphic(corpus: Path) -> None:
    """How often a change of a page's looks changes what is read, and which changes do. The changes are the tests'."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "schedules"))
    from looks import CAPITALS, LOOKS  # noqa: PLC0415 - the tests are no package

    pages = [page.read_text(errors="replace") for page in sorted(corpus.glob("*.html"))]
    changes = {**LOOKS, "capitals": CAPITALS}
    differing = dict.fromkeys(changes, 0)
    for page in pages:
        plain_page = page if page.lstrip().startswith("<!") else f"<!DOCTYPE html>{page}"
        stated = facts(plain_page)
        for name, change in changes.items():
            differing[name] += facts(change(plain_page)) != stated
    named = ", ".join(f"{name} {count}" for name, count in differing.items() if count) or "none"
    print(f"metamorphic: {len(pages)} pages x {len(changes)} changes, {sum(differing.values())} differ ({named})")


def facts(page: str) -> list[str]:
    """The services of a page without their evidence, in lower case, in any order."""
    services = read_saved("schedule", Page(url="", body=page.encode()))["services"]
    records = ({**one, "evidence": None} for one in services)
    return sorted(json.dumps(record, sort_keys=True, ensure_ascii=False).lower() for record in records)


if __name__ == "__main__":
    sys.exit(main())
