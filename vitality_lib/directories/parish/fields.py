"""What a field is called: headings of tables, labels in cards, class names, keys of feeds; English and Spanish.

One vocabulary for all readers: `Parish Name`, `parishName`, `field--name-field-parish-name` and `Nombre` say the same.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """What a cell, a labelled line or a value of a feed holds. Several are parts of the same address."""

    NAME = "name"
    ADDRESS = "address"  # the whole address, or only its street
    STREET = "street"
    MAILING = "mailing"  # an address for letters: second choice
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    PLACE = "place"  # city, state and ZIP in one
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    PASTOR = "pastor"
    DEANERY = "deanery"
    RITE = "rite"
    LANGUAGES = "languages"
    CHURCHES = "churches"  # the worship sites of a parish
    STATUS = "status"  # open, closed, merged
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    DETAIL = "detail"
    OTHER = "other"  # named, and none of the above: a fax number, the hours, a county


_CHURCH = r"(?:parish|church|mission|store|parroquia|iglesia|organi[sz]ation)"
_ORDER: tuple[tuple[Field, str], ...] = (
    (
        Field.OTHER,
        r"\b(?:fax|id|type|icon|image|photo|logo|hours?|horarios?|mass|misas?|count|founded|map|directions)\b",
    ),
    (Field.DEANERY, r"\b(?:deanery|deaneries|vicariate|decanato|vicar[íi]a)\b(?!.*\baddress)"),
    (Field.RITE, r"^(?:\w+ )?(?:rite|rito|tradition)$"),
    (Field.LANGUAGES, r"\b(?:languages?|idiomas?|lenguas?)\b"),
    (
        Field.CHURCHES,
        r"\b(?:worship sites?|campus(?:es)?|mission churches)\b|^(?:churches|sites|missions|chapels)$",
    ),
    (Field.STATUS, r"^(?:\w+ )?status$|^estado de la parroquia$"),
    (Field.WEBSITE, r"^(?:www|web|web ?page|home ?page|(?:site|link|website)? ?url|site|web ?url|hyperlink)$"),
    (Field.WEBSITE, r"\b(?:web ?site|web ?addr(?:ess)?|sitio web|p[áa]gina(?: web)?)\b"),
    (Field.EMAIL, r"\b(?:e ?mail|correo(?: electr[óo]nico)?)\b"),
    (Field.PHONE, r"\b(?:phone|tel|tel[ée]fono|telephone)\b|^(?:ph|phone)(?: ?(?:no|num|number|nbr))?$|^call$"),
    (Field.LATITUDE, r"^(?:\w+ )?lat(?:itude)?$|^latitud$"),
    (Field.LONGITUDE, r"^(?:\w+ )?(?:lng|lon|long|longitude)$|^longitud$"),
    (Field.PLACE, r"\b(?:city|town|ciudad)\b.*\b(?:state|zip|estado)\b|\bstate\b.*\bzip\b|\bestado\b.*\bc[óo]digo\b"),
    (Field.MAILING, r"\b(?:mail|mailing|postal)\b.*\b(?:address|addr)\b|^mailing$"),
    (Field.ZIP, r"\b(?:zip5?|zip ?code|postal ?code|post ?code|postal|c[óo]digo postal)\b"),
    (
        Field.CITY,
        r"^(?:\w+ ){0,3}(?:city|town|locality|municipality|muni|borough|township|village|ciudad|municipio|localidad)"
        r"(?: name| nm| \d)?$",
    ),
    (
        Field.STATE,
        r"^(?:\w+ )?(?:state|st|estado|province|prov|administrative area|region)"
        r"(?: (?:code|cd|abbr|abbrev|abbreviation|prov))?$|^state (?:name|full)$",
    ),
    (Field.STATE, r"\baddress (?:state|provin?ce|providence)(?: (?:code|name))?$"),
    (Field.PASTOR, r"\b(?:pastor|p[áa]rroco|priest|clergy|administrator|sacerdote)\b"),
    (Field.STREET, r"\b(?:street|thoroughfare|calle)\b|\baddress ?(?:line ?)?[12]$|^addr(?:ess)?[12]$"),
    (Field.ADDRESS, r"\b(?:address|addr|direcci[óo]n|domicilio|ubicaci[óo]n)\b|^location$"),
    (Field.DETAIL, r"^(?:link|permalink|details?|details? (?:page )?url|profile|more(?: info)?)$"),
    (
        Field.NAME,
        rf"^(?:{_CHURCH} )?(?:name|title|nombre|label)$|^{_CHURCH} nm$|^{_CHURCH}s?(?: name)?$|\b{_CHURCH} name\b",
    ),
    (Field.NAME, r"\b(?:nombre|name) (?:of|de)\b"),
)
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _ORDER)
_LONGEST = 60


@lru_cache(maxsize=4096)
def field_named(label: str) -> Field | None:
    """The field that a heading, label, class or key names, or None when it says nothing of the kind."""
    if len(label) > _LONGEST:
        return None
    said = words_of(label)
    return next((field for field, pattern in _PATTERNS if pattern.search(said)), None)


def words_of(label: str) -> str:
    """`parishWebsite`, `parish_website` and `Parish website:` as `parish website`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label)
    return " ".join(re.findall(r"[^\W_]+", apart.lower()))
