"""A signature tells that an event is ours, whole and fresh."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from vitality_lib.monitoring.signature import is_signed, sign

TOKEN, BODY, NOW = "a-token", b'{"kind":"log"}', 1_772_000_000.9


def test_it_is_the_hmac_of_the_moment_and_the_body() -> None:
    digest = hmac.new(b"a-token", b"1772000000." + BODY, hashlib.sha256).hexdigest()
    assert sign(TOKEN, BODY, NOW) == f"t=1772000000,v1={digest}"


@pytest.mark.parametrize("seconds", [0, 299, -299])
def test_it_holds_for_five_minutes_by_either_clock(seconds: int) -> None:
    assert is_signed(TOKEN, sign(TOKEN, BODY, NOW), BODY, NOW + seconds)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(sign(TOKEN, BODY, NOW - 302), id="played again later"),
        pytest.param(sign(TOKEN, BODY, NOW + 302), id="from the future"),
        pytest.param(sign("another", BODY, NOW), id="another token"),
        pytest.param(sign(TOKEN, BODY + b" ", NOW), id="another body"),
        pytest.param(sign(TOKEN, BODY, NOW).replace("t=1772000000", "t=1772000001"), id="another moment"),
        pytest.param("", id="none"),
        pytest.param("t=,v1=", id="empty"),
        pytest.param("v1=00", id="no moment"),
        pytest.param("t=1772000000,t=1772000000,v1=00", id="two moments"),
        pytest.param("t=١٧٧٢,v1=00", id="digits of another script"),
        pytest.param("t=1772000000,v1=é", id="no digest"),
        pytest.param("t=" + "9" * 400 + ",v1=00", id="a moment without end"),
    ],
)
def test_anything_else_is_refused(header: str) -> None:
    assert not is_signed(TOKEN, header, BODY, NOW)


def test_without_a_token_nothing_is_signed() -> None:
    assert not is_signed("", sign("", BODY, NOW), BODY, NOW)


def test_a_second_signature_may_stand_beside_it() -> None:
    moment, right = sign(TOKEN, BODY, NOW).split(",")
    assert is_signed(TOKEN, f"{moment}, v1=00, {right}, v2=what-comes", BODY, NOW)
