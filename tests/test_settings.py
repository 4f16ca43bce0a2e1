"""Settings come from the environment, are checked, and a wrong one says its name and what is wrong."""

from pathlib import Path

import pytest

from vitality_lib import settings
from vitality_lib.models import Stage
from vitality_lib.settings import Settings, SettingsError


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def test_without_any_variable_everything_has_a_default() -> None:
    chosen = settings.load()
    assert chosen.worker_type is Stage.ALL
    assert chosen.pace == 1.0
    assert chosen.min_delay_seconds == 2.0
    assert chosen.usccb_url == settings.USCCB_URL
    assert chosen.worker_id


def test_a_home_variable_of_the_shell_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere/else")
    assert settings.load().home == Path(".vitality")


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("WORKER_TYPE", "extractor", "'discovery', 'extraction', 'schedule', 'reporting' or 'all'"),
        ("MAX_PARISHES_PER_DIOCESE", "-1", "greater than or equal to 0"),
        ("NUM_PARISHES_FOR_SCHEDULE", "many", "valid integer"),
        ("VITALITY_RESOLVE", "*=localhost", "HOST=IP:PORT"),
        ("VITALITY_RESOLVE", "*=127.0.0.1:99999", "HOST=IP:PORT"),
        ("VITALITY_USER_AGENT", "Mozilla/5.0", "contact"),
        ("VITALITY_PACE", "0.1", "loopback"),
        ("VITALITY_CONCURRENCY", "0", "greater than or equal to 1"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert variable in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_fast_pace_is_only_for_a_web_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITALITY_PACE", "0.02")
    monkeypatch.setenv("VITALITY_RESOLVE", "*=127.0.0.1:8000")
    assert settings.load().pace == 0.02
    monkeypatch.setenv("VITALITY_RESOLVE", "*=93.184.216.34:80")
    with pytest.raises(SettingsError, match="VITALITY_PACE"):
        settings.load()
    monkeypatch.setenv("VITALITY_RESOLVE", "one.example=127.0.0.1:8000")
    with pytest.raises(SettingsError, match="VITALITY_PACE"):
        settings.load()


def test_a_named_host_wins_over_the_star() -> None:
    chosen = settings.load(resolve="*=127.0.0.1:8000,One.Example=127.0.0.2:9000,two.example=[::1]:9001")
    assert chosen.resolved("one.example") == ("127.0.0.2", 9000)
    assert chosen.resolved("TWO.example") == ("::1", 9001)
    assert chosen.resolved("three.example") == ("127.0.0.1", 8000)
    assert settings.load().resolved("one.example") is None


def test_a_copy_with_another_web_leads_there() -> None:
    copied = settings.load().model_copy(update={"resolve": "*=127.0.0.1:8000"})
    assert copied.resolved("www.parish.example") == ("127.0.0.1", 8000)


def test_the_real_web_has_a_home_of_its_own_unless_the_operator_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load().for_real_web().home == Path(".vitality/live")
    assert settings.load(database_url="postgresql://db/x").for_real_web().home == Path(".vitality")
    monkeypatch.setenv("VITALITY_HOME", "elsewhere")
    assert settings.load().for_real_web().home == Path("elsewhere")


def test_arguments_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_TYPE", "schedule")
    monkeypatch.setenv("VITALITY_DIOCESES", "Diocese of Larkspur; Eparchy of Holy Wisdom ;")
    assert settings.load(worker_type="discovery").worker_type is Stage.DISCOVERY
    assert settings.load().dioceses == ("Diocese of Larkspur", "Eparchy of Holy Wisdom")
    assert settings.load(dioceses=("One",)).dioceses == ("One",)


def test_secrets_do_not_print() -> None:
    chosen = settings.load(database_url="postgresql://u:hunter2@db/x", gemini_api_key="AIza-secret")
    assert "hunter2" not in repr(chosen)
    assert "AIza-secret" not in repr(chosen)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("", True),
        ("https://gemini.example", True),
        ("http://127.0.0.1:9000", True),
        ("http://localhost", True),
        ("http://gemini.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost:x@evil.example/", False),
        ("gemini.example", False),
    ],
)
def test_the_key_of_the_model_crosses_no_network_in_clear(url: str, good: bool) -> None:
    if good:
        assert settings.load(gemini_url=url).gemini_url == url
    else:
        with pytest.raises(settings.SettingsError, match="VITALITY_GEMINI_URL: must begin with https://"):
            settings.load(gemini_url=url)


def test_every_setting_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert str(field.validation_alias).isupper(), name
