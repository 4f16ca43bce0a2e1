"""What XML may hold beside elements: entities, comments, instructions."""

from vitality_lib.directories import super_store_finder
from vitality_lib.document import Document
from vitality_lib.models import Page

FEED = b"""<?xml version="1.0"?><!DOCTYPE locator [<!ENTITY odo "St. Odo">]><locator><store><item>&odo;<!-- x --><?y z?>
<location>St. Brand Church</location><address>1 Elm St.  Alderton, OH 43001</address></item></store></locator>"""


def test_entities_comments_and_instructions_are_no_fields() -> None:
    (parish,) = super_store_finder.read(Document(Page("https://lakemont.example/ssf-wp-xml.php", FEED))).parishes
    assert (parish.name, parish.zip) == ("St. Brand Church", "43001")


def test_half_of_a_character_is_nothing() -> None:
    feed = FEED.replace(b"St. Brand", b"St. &#xD800;&#x00dfFf;&#55296;&#57343;Brand")
    (parish,) = super_store_finder.read(Document(Page("https://lakemont.example/ssf-wp-xml.php", feed))).parishes
    assert parish.name == "St. Brand Church"
