"""Who may scrape the metrics, and what is answered."""

from collections.abc import Iterator

import airflow_home  # noqa: F401 - before anything imports Airflow
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from vitality_airflow.dashboard import metrics

TOKEN = "a-token-of-this-test"


@pytest.fixture
def scraper(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", database_url)
    monkeypatch.setenv("MONITORING_TOKEN", TOKEN)
    with TestClient(metrics.build()) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_with_the_token_it_is_text_that_prometheus_reads(scraper: TestClient) -> None:
    answer = scraper.get("/metrics", headers=bearer(TOKEN))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert families["vitality_requests"].type == "counter"
    assert all(family.documentation for family in families.values())
    assert len(families) > 20


@pytest.mark.parametrize(
    "headers",
    [{}, bearer("wrong"), bearer(""), bearer("ä"), {"Authorization": f"Basic {TOKEN}"}, {"Authorization": TOKEN}],
    ids=("none", "wrong", "empty", "not-ascii", "basic", "bare"),
)
def test_without_it_nobody_is_let_in(scraper: TestClient, headers: dict[str, str]) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    answer = scraper.get("/metrics", headers=encoded)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "vitality_" not in answer.text


def test_where_no_token_is_set_there_are_none(scraper: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITORING_TOKEN")
    for headers in ({}, bearer(""), bearer(TOKEN)):
        answer = scraper.get("/metrics", headers=headers)
        assert answer.status_code == 503
        assert "MONITORING_TOKEN" in answer.text


def test_there_is_nothing_beside_them(scraper: TestClient) -> None:
    for path in ("/", "/docs", "/openapi.json", "/redoc"):
        assert scraper.get(path, headers=bearer(TOKEN)).status_code == 404


def test_a_database_that_is_away_is_no_fault_of_ours(scraper: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", "postgresql://ann:hush@127.0.0.1:9/crawl")
    answer = scraper.get("/metrics", headers=bearer(TOKEN))
    assert answer.status_code == 503
    assert "hush" not in answer.text


def test_one_without_tables_says_so(
    scraper: TestClient, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", empty_database_url)
    answer = scraper.get("/metrics", headers=bearer(TOKEN))
    assert (answer.status_code, "UndefinedTable" in answer.text) == (503, True)
