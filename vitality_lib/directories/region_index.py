"""An index that only leads to the parts of a list: letters (`?Alphabet=C`), counties, deaneries, vicariates, towns, as
links, as areas of a picture or as a menu; and a search that has to be submitted (Toolset Views 3, ASP.NET, ColdFusion).

`All` is preferred where the site offers it, then the search left empty; else every part is asked for.
"""

from __future__ import annotations

from vitality_lib.directories.crawling.parts import parts
from vitality_lib.directories.crawling.subject import is_about_parishes
from vitality_lib.document import Document
from vitality_lib.models import DirectoryReading, Route


def recognise(document: Document) -> float:
    return 0.45 if is_about_parishes(document) and parts(document) else 0.0


def read(document: Document) -> DirectoryReading:
    return DirectoryReading("region_index", Route.STATIC, next=parts(document))
