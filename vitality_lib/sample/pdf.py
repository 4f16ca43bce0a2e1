"""A PDF of plain lines, or one without any text, as a scanner leaves it (ISO 32000-1, sections 7.5 and 9.4)."""

from __future__ import annotations

_TOP, _LEADING, _MARGIN = 740, 18, 72  # points; a US letter page is 612 by 792
_GREY_BOX = "0.85 g 72 72 468 648 re f"  # stands for the scanned image


def pdf(text: str) -> bytes:
    """One page with the lines of `text`; without lines only a grey box. The same text gives the same bytes."""
    lines = [line.strip() for line in text.strip().splitlines()]
    content = (
        "\n".join(_shown(line, _TOP - number * _LEADING) for number, line in enumerate(lines) if line) or _GREY_BOX
    )
    stream = content.encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _file(objects)


def _shown(line: str, height: int) -> str:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 12 Tf {_MARGIN} {height} Td ({escaped}) Tj ET"


def _file(objects: list[bytes]) -> bytes:
    """Objects with the table that says where each begins."""
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(body)
