"""What a page as a whole is about: its one service, its language, or times that it keeps in a PDF or an image."""

from __future__ import annotations

import re
from itertools import islice

from vitality_lib.document import Document, Kind
from vitality_lib.models import Reason, ServiceType
from vitality_lib.schedules.lexicon.pattern import words

_MOST_LINKS = 3_000  # and images, that are looked at
_SAMPLE = 20_000  # characters of a page that tell its subject and its language
_SPANISH = re.compile(
    words(
        "misas?", "horarios?", "domingos?", "parroquia", "iglesia", "confesiones", "los", "las", "para", "con",
        "nuestra", "se\u00f1or", "santo", "todos",
    )
)  # fmt: skip
_ENGLISH = re.compile(
    words("the", "and", "of", "masses", "mass", "our", "for", "with", "church", "parish", "sunday", "is", "are")
)
_CONFESSION = words("confessions?", "reconciliation", "penance", "confesi[oó]n(?:es)?")
_NAMED = (
    (
        re.compile(
            r"\bmass(?:es)?\b.{0,20}\b(?:times?|schedules?|timings)\b|horarios?.{0,12}misas?"
            r"|^\W*mass(?:es)?\W*$|^\W*misas?\W*$|(?:worship|service|liturgy)[\s_-]*(?:times|schedule)",
            re.I,
        ),
        ServiceType.MASS,
    ),
    (re.compile(rf"{_CONFESSION}|\breconciliaci[oó]n\b", re.I), ServiceType.CONFESSION),
    (re.compile(r"\badoration\b|adoraci[oó]n", re.I), ServiceType.ADORATION),
)
_MENTIONED = (
    (re.compile(r"\bmass(?:es)?\b|\bmisas?\b|\blitur?gy\b"), ServiceType.MASS),
    (re.compile(_CONFESSION), ServiceType.CONFESSION),
    (re.compile(words("adoration", "exposition", "adoraci[oó]n")), ServiceType.ADORATION),
)
_ANNOUNCES = re.compile(
    r"mass(?:es)?[\s_%20-]*(?:times?|schedules?)|horarios?[\s_-]*(?:de)?[\s_-]*misas?"
    r"|(?:worship|liturgy|confession)[\s_-]*(?:times|schedule)",
    re.I,
)


def one_subject(document: Document, text: str) -> tuple[ServiceType, ...]:
    """The one service a page is about by its title, by its address, or because it speaks of no other.

    `Mass Times` at the top of a page is not always said again below. `text` is the visible text.
    """
    title = (document.tree.findtext(".//title") or "") if document.kind is Kind.HTML else ""
    for name in (title.split("|")[0].split(" - ")[0], document.page.url.rstrip("/").rpartition("/")[2]):
        for said, kind in _NAMED:
            if said.search(name[:200]):
                return (kind,)
    sample = text[:_SAMPLE].lower()
    mentions = {kind: len(said.findall(sample)) for said, kind in _MENTIONED}
    spoken_of = [kind for kind, times in mentions.items() if times]
    return (spoken_of[0],) if len(spoken_of) == 1 and mentions[spoken_of[0]] > 1 else ()


def written_in(text: str) -> str:
    """`es` for a page written in Spanish, else `en`: what its services are held in when nothing is said."""
    sample = text[:_SAMPLE].lower()
    return "es" if len(_SPANISH.findall(sample)) > len(_ENGLISH.findall(sample)) else "en"


def kept_elsewhere(document: Document) -> Reason | None:
    """Where an HTML page that only announces its times keeps them: in a PDF, in an image; None: it announces none."""
    for link in islice(document.tree.iter("a"), _MOST_LINKS):
        address = (link.get("href") or "").split("?")[0].split("#")[0]
        if address.lower().endswith(".pdf") and _ANNOUNCES.search(f"{link.text_content()[:200]} {address}"):
            return Reason.ONLY_IN_PDF
    for image in islice(document.tree.iter("img"), _MOST_LINKS):
        if _ANNOUNCES.search(f"{image.get('alt', '')} {image.get('title', '')} {image.get('src', '')[:300]}"):
            return Reason.ONLY_IN_IMAGE
    return None
