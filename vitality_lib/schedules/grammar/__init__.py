"""One stretch of text (a line, a sentence, a cell) and what is known before it, read into services.

Each time of the stretch becomes a service once three questions are answered: what takes place (`subject`), on which
days (`when`), and whether the time is the service's own or only mentioned (`anchors`). Words beside the time answer
first, then the rest of the stretch, then the headings above it, last what the line before said by the way.
"""

from vitality_lib.schedules.grammar.draft import Draft
from vitality_lib.schedules.grammar.read import read_stretch

__all__ = ["Draft", "read_stretch"]
