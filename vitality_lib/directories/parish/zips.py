"""ZIP codes, and the Canadian codes of the parishes that a diocese has across the border."""

from __future__ import annotations

import re

ZIP_PATTERN = r"\d{5}(?:\s?[-–]\s?\d{4})?(?!\d)|[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d"


def tidy_zip(text: str | None) -> str | None:
    """`45402`, `45402-1234` or a Canadian code; leading zeros that a spreadsheet dropped are put back."""
    bare = re.sub(r"\s", "", (text or "").replace("–", "-")).upper()
    bare = bare.removesuffix(".0")
    if re.fullmatch(r"\d{5}-?\d{4}", bare):
        return f"{bare[:5]}-{bare[-4:]}"
    if re.fullmatch(r"[A-Z]\d[A-Z]\d[A-Z]\d", bare):
        return f"{bare[:3]} {bare[3:]}"
    if re.fullmatch(r"\d{3,4}", bare):
        return bare.zfill(5)
    match = re.match(r"\d{5}(?!\d)", bare)
    return match[0] if match else None
