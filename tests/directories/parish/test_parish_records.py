"""Loose values become clean records."""

import pytest

from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.records import clean_parish, clergy_in, email_in, phone_in, tidy


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("(740) 555-0101", "+17405550101"),
        ("740.555.0101", "+17405550101"),
        ("1-740-555-0101", "+17405550101"),
        ("740-555-0101 x12", "+17405550101;ext=12"),
        ("740-555-0101, Option 3", "+17405550101;ext=3"),
        ("740-555-0101; 740-555-0102", "+17405550101; +17405550102"),
        ("740-555-0101 or 740-555-0101", "+17405550101"),
        ("Fax: 740-555-0109 Phone: 740-555-0101", "+17405550101"),
        ("555-0101", None),
        ("n/a", None),
        (None, None),
    ],
)
def test_telephones_are_e164_with_their_extension(text: str | None, phone: str | None) -> None:
    assert phone_in(text) == phone


@pytest.mark.parametrize(
    ("text", "clergy"),
    [
        ("Rev. Leopold Ashdown", "Rev. Leopold Ashdown"),
        ("Pastor: Very Rev. Msgr. Edwin Farthing, V.F.", "Very Rev. Msgr. Edwin Farthing, V.F."),
        ("Rev. Casimir Vandersloot<br>Secretary: Ottilie Brannigan", "Rev. Casimir Vandersloot"),
        ("P. Baltasar Quiñonez", "P. Baltasar Quiñonez"),
        ("Ottilie Brannigan, secretary", None),
        ("", None),
    ],
)
def test_only_clergy_are_named(text: str, clergy: str | None) -> None:
    assert clergy_in(text) == clergy


def test_escaped_text_of_feeds_is_unescaped_once_or_twice_and_stripped_of_tags() -> None:
    assert tidy("Our Lady &amp;amp; St. John&#8217;s <b>Parish</b>") == "Our Lady & St. John’s Parish"
    assert tidy(" N/A ") is None
    assert tidy({"a": 1}) is None


def test_a_record_without_a_name_is_none_and_coordinates_of_zero_are_unknown() -> None:
    assert clean_parish("  ") is None
    entry = clean_parish("St. Ann", latitude="0.0", longitude=0, website="javascript:void(0)", detail_url="/p/1")
    assert entry is not None
    assert (entry.latitude, entry.website, entry.detail_url) == (None, None, None)


def test_links_to_the_directorys_own_site_are_no_website() -> None:
    entry = clean_parish("St. Ann", website="/p/1", detail_url="/p/1", base="https://lakemont.example/list")
    assert entry is not None
    assert (entry.website, entry.detail_url) == (None, "https://lakemont.example/p/1")
    assert email_in("mailto:Office@StAnn.example?subject=Hi") == "office@stann.example"


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Parish", Field.NAME),
        ("parishName", Field.NAME),
        ("Nombre", Field.NAME),
        ("Parish Website", Field.WEBSITE),
        ("WEBSITE", Field.WEBSITE),
        ("Dirección", Field.ADDRESS),
        ("Mailing Address", Field.MAILING),
        ("address-line1", Field.STREET),
        ("State / Zip", Field.PLACE),
        ("City, State Zip", Field.PLACE),
        ("postal_code", Field.ZIP),
        ("administrative-area", Field.STATE),
        ("locality", Field.CITY),
        ("Teléfono", Field.PHONE),
        ("Office Phone:", Field.PHONE),
        ("Fax", Field.OTHER),
        ("loc_lat", Field.LATITUDE),
        ("Párroco", Field.PASTOR),
        ("Deanery", Field.DEANERY),
        ("OBJECTID", None),
        ("", None),
    ],
)
def test_one_vocabulary_names_fields_in_tables_labels_classes_and_feeds(label: str, field: Field | None) -> None:
    assert field_named(label) is field
