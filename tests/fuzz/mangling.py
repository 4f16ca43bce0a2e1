"""Inputs for parsers: those that we have, cut, with pieces moved and scraps put in; and any bytes."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

_SCRAPS = (
    b"<", b">", b"</", b'"', b"'", b"{", b"}", b"[", b"]", b",", b":", b";", b"\\", b"\x00", b"\xff", b"\r\n", b"\n\n",
    b"&#x0;", b"&#xD800;", b"<td>", b"</div>", b'<a href="http://[">', b"null", b"1e999", b"NaN", b"-1", b"<script>",
    b"<!--", b"\xed\xa0\x80", b"]]>", b"%00", b"%", b"\xe2\x80\xae", b"00:00", b"24:61", b"99999999999999999999",
    b"\xc2\xb2", b"\xd9\xa3", b"0000-00-00", b"\x1f", b"\xef\xbb\xbf",
)  # fmt: skip
_LONGEST_PIECE = 400


@st.composite
def mangled(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with up to six pieces of it replaced, repeated or left out; maybe cut off."""
    body = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + _LONGEST_PIECE)))
        body = body[:start] + draw(st.sampled_from((*_SCRAPS, b"", body[start:end] * 2))) + body[end:]
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


def foreign(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Mostly mangled seeds, sometimes any bytes or any text."""
    return mangled(seeds) | mangled(seeds) | st.binary(max_size=200) | st.text(max_size=200).map(str.encode)
