"""Every spelling of a state has one code."""

import pytest

from vitality_lib.directories.parish.states import state_code


@pytest.mark.parametrize(
    ("text", "code"),
    [("OH", "OH"), ("ohio", "OH"), ("Ohio.", "OH"), ("N. Mex.", None), ("N.M.", "NM"), ("W. Va.", "WV"), ("ZZ", None),
     ("Puerto Rico", "PR"), ("Québec", "QC"), ("", None), (None, None)],
)  # fmt: skip
def test_states_are_known_by_code_name_and_abbreviation(text: str | None, code: str | None) -> None:
    assert state_code(text) == code
