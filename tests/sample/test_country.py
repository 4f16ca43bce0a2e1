"""The country's data is sound: big and varied enough, each entry complete, each page there and always the same."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from vitality_lib.models import Reason
from vitality_lib.sample import USCCB_URL, country, hosts, pages, truth
from vitality_lib.sample.country import Conduct, CountryError, Parish
from vitality_lib.sample.hosts import Answer, Host

OPEN = [parish for diocese in country.dioceses() for parish in diocese.parishes]
READABLE = [parish for parish in OPEN if parish.reason is Reason.OK and parish.site]
WORKING = [diocese for diocese in country.dioceses() if diocese.directory]
# Hosts that are not ours to name: where a hosted locator keeps its data, and what pages link to but nobody fetches.
OTHERS = {"ajax.googleapis.com", "api.storepoint.co", "cdn.storepoint.co", "google.com", "www.google.com", "schema.org"}


def layout_of(parish: Parish) -> str:
    assert parish.site
    return parish.site.layout


def test_it_is_as_big_and_varied_as_it_should_be() -> None:
    assert len(WORKING) >= 17
    assert len(OPEN) >= 110
    assert len({diocese.platform for diocese in WORKING}) >= 17
    assert len({layout_of(parish) for parish in READABLE}) >= 25


def test_every_layout_serves_at_least_two_parishes_with_services_of_their_own() -> None:
    used: dict[str, set[object]] = {}
    for parish in (parish for parish in OPEN if parish.site and parish.site.conduct not in hosts.ENDS):
        used.setdefault(layout_of(parish), set()).add(
            parish.host if layout_of(parish) == "no_schedule" else parish.lines
        )
    assert set(used) == set(pages.layouts())
    assert {layout for layout, different in used.items() if len(different) < 2} == set()


def test_every_conduct_is_met_somewhere() -> None:
    met = {parish.site.conduct for parish in OPEN if parish.site} | {one.conduct for one in country.dioceses()}
    assert met == set(Conduct)


def test_a_site_that_behaves_badly_ends_under_the_reason_of_its_conduct() -> None:
    for parish in OPEN:
        if parish.site and parish.site.conduct in hosts.ENDS:
            assert parish.reason is hosts.ENDS[parish.site.conduct], parish.name


def test_a_parish_without_a_website_and_only_such_a_one_has_no_site() -> None:
    for parish in OPEN:
        assert (parish.site is None) == (parish.website is None) == (parish.reason is Reason.NO_WEBSITE), parish.name


def test_names_repeat_in_a_diocese_only_in_different_towns() -> None:
    for diocese in country.dioceses():
        places = Counter((parish.name, parish.city) for parish in diocese.parishes)
        assert set(places.values()) <= {1}, diocese.name
    assert any(
        count > 1 for diocese in country.dioceses() for count in Counter(one.name for one in diocese.parishes).values()
    )


def test_rows_that_are_no_open_parish_stand_among_the_others() -> None:
    left_out = {row.left_out for diocese in country.dioceses() for row in diocese.listed}
    assert left_out == {"", "school", "cemetery", "closed", "twice"}


def test_everything_is_clearly_fictional() -> None:
    for diocese in country.dioceses():
        for row in diocese.listed:
            assert re.fullmatch(r"\(\d{3}\) 555-01\d\d", row.phone or "(000) 555-0100"), row.name
            assert not row.host or row.host.endswith(".example"), row.name
            assert not row.email or row.email.endswith(".example"), row.name
    assert {name for name in hosts.hosts() if not name.endswith(".example")} <= OTHERS | {f"www.{n}" for n in OTHERS}


def test_pages_are_the_same_each_time_they_are_made() -> None:
    assert hosts.hosts() == hosts.hosts()


def test_every_link_leads_to_a_host_of_the_sample_web_and_inside_a_site_to_a_page() -> None:
    web = hosts.hosts()
    broken = [
        f"{address} links to {target}"
        for name, host in web.items()
        for address, answer in pages_of(name, host)
        for target in links(answer, address)
        if not leads_somewhere(target, name, web)
    ]
    assert broken == []


def pages_of(name: str, host: Host) -> list[tuple[str, Answer]]:
    html_pages = [(path, one) for path, one in host.answers.items() if "html" in one.headers.get("Content-Type", "")]
    return [(f"http://{name}{path}", answer) for path, answer in html_pages if answer.status == 200]


def links(answer: Answer, address: str) -> set[str]:
    tree = html.document_fromstring(answer.body)
    named = [node.get("href") or node.get("src") or "" for node in tree.iter("a", "iframe", "img", "script", "link")]
    return {urljoin(address, link) for link in named if link and not re.match(r"(?:mailto|tel|javascript):|#", link)}


def leads_somewhere(target: str, name: str, web: dict[str, Host]) -> bool:
    parts = urlsplit(target)
    there = web.get(parts.hostname or "")
    if parts.hostname != name:
        return there is not None or parts.hostname in OTHERS
    return there is not None and there.answer(parts.path or "/").status == 200


def test_every_time_of_a_service_stands_on_a_page_of_its_site() -> None:
    for parish in READABLE:
        said = " ".join(one.body.decode("utf-8", "replace") for one in pages.of_parish(parish).values())
        for start in (start for line in parish.lines for start in line.starts if start != "00:00"):
            hour, minute = (int(start[:2]) - 1) % 12 + 1, start[3:].removeprefix("00")
            shown = rf"\b{hour}:{minute}(?!\d)" if minute else rf"\b{hour}(?::00)?(?![\d:])|\bnoon\b"
            assert re.search(shown, said), (parish.name, start)


def test_the_truth_is_made_of_the_same_data() -> None:
    known = truth.load()
    assert [diocese.name for diocese in known.dioceses] == [diocese.name for diocese in country.dioceses()]
    assert len(known.parishes) == len(OPEN)
    for true, parish in zip(known.parishes, OPEN, strict=True):
        expected = sum(max(1, len(line.starts)) for line in parish.lines) if parish.reason is Reason.OK else 0
        assert len(true.services) == expected, parish.name


def test_a_saturday_evening_mass_is_a_vigil_and_a_saturday_morning_mass_is_none() -> None:
    evening, morning = ("17:00", "08:00")
    masses = {s.start: s.vigil for one in truth.load().parishes for s in one.services if s.recurrence.days == ("SA",)}
    assert masses[evening] is True
    assert masses.get(morning, False) is False


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("name: Diocese of Nowhere\n", "street"),
        ("name: N\nstreet: S\ncity: C\nstate: OH\nzip: '1'\nconduct: rude\n", "rude"),
        ("name: N\nstreet: S\ncity: C\nstate: OH\nzip: '1'\nparishes:\n- {name: P, colour: red}\n", "colour"),
    ],
)
def test_an_entry_that_cannot_be_is_named_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, fault: str
) -> None:
    (tmp_path / "01-nowhere.yaml").write_text(entry)
    monkeypatch.setattr(country, "FOLDER", tmp_path)
    country.dioceses.cache_clear()
    try:
        with pytest.raises(CountryError, match=rf"01-nowhere\.yaml: .*{fault}"):
            country.dioceses()
    finally:
        monkeypatch.undo()
        country.dioceses.cache_clear()


def test_the_list_of_dioceses_is_served_under_its_address() -> None:
    parts = urlsplit(USCCB_URL)
    listed = hosts.hosts()[parts.hostname or ""].answer(parts.path).body.decode()
    assert all(diocese.name in listed for diocese in country.dioceses())
