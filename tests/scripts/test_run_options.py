"""What `make run` can be asked for."""

import pytest
from run_options import Options, read_options


def asked(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Options:
    monkeypatch.setattr("sys.argv", ["run.py", *arguments])
    return read_options()


def test_by_default_it_is_the_sample_web_and_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # As `make run` calls it, with nothing set.
    chosen = asked(monkeypatch, "--web", "sample", "--port", "8080", "--dioceses", "", "--keep", "", "--force", "")
    assert chosen == Options(sample=True, port=8080, names=(), at_most=0, keep=False, force=True)


def test_the_real_web_is_asked_only_for_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "--web", "live", "--force", "").force is False
    assert asked(monkeypatch, "--web", "live", "--force", "1").force is True
    assert asked(monkeypatch, "--web", "sample", "--force", "0").force is False


def test_dioceses_are_a_number_or_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "--dioceses", "2").at_most == 2
    assert asked(monkeypatch, "--dioceses", "Diocese of Larkspur; Archdiocese of Fenwick;").names == (
        "Diocese of Larkspur",
        "Archdiocese of Fenwick",
    )


def test_a_share_of_the_sample_web_may_fail_by_a_seed_or_by_any(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = asked(monkeypatch, "--failing", "30", "--seed", "7")
    assert (chosen.failing, chosen.seed) == (30, 7)
    assert len({asked(monkeypatch, "--failing", "30%", "--seed", "").seed for _ in range(20)}) > 1


def test_the_real_web_is_not_told_to_fail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        asked(monkeypatch, "--web", "live", "--failing", "30")
    assert end.value.code == 2
    assert "the real one fails by itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--failing", "130"),
        ("--failing", "-3"),
        ("--failing", "some"),
        ("--seed", "x"),
        ("--web", "dream"),
        ("--port", "70000"),
        ("--port", "http"),
        ("--dioceses", "-2"),
        ("--dioceses", "0"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as end:
        asked(monkeypatch, *wrong)
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert wrong[1] in said
