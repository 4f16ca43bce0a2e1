"""Every spelling of a ZIP code has one form."""

import pytest

from vitality_lib.directories.parish.zips import tidy_zip


@pytest.mark.parametrize(
    ("text", "code"),
    [("43001", "43001"), ("43001-2210", "43001-2210"), ("430012210", "43001-2210"), ("1902", "01902"),
     ("601.0", "00601"), ("43001 – 2210", "43001-2210"), ("k1a 0b1", "K1A 0B1"), ("4300111", None), ("", None),
     (None, None)],
)  # fmt: skip
def test_zip_codes_come_out_in_one_form(text: str | None, code: str | None) -> None:
    assert tidy_zip(text) == code
