"""What a model's labels add to what a website states: each needs the page's own word beside the model's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vitality_lib.ai.mark_spans import MOST_SPANS, Label, Mark, Span
from vitality_lib.models import Service
from vitality_lib.schedules.doubts import Doubt, without_known


async def marked(mark: Mark | None, pages: Sequence[Sequence[Doubt]], known: Sequence[Service]) -> tuple[Service, ...]:
    """The services that uncertain lines of pages state, as far as `known` ones do not say them.

    One question for each page whose doubts could add something. Nothing that is known is changed.
    """
    found: list[Service] = []
    for page in pages if mark else ():
        asked = page[:MOST_SPANS]
        if mark and without_known([service for doubt in asked for service in doubt.services], [*known, *found]):
            labels = await mark([Span(doubt.text, doubt.heading) for doubt in asked])
            found += without_known(list(_confirmed(asked, labels)), [*known, *found])
    return tuple(found)


def _confirmed(asked: Sequence[Doubt], labels: Sequence[Label | None]) -> Iterator[Service]:
    """The readings of lines that the model labels as what the page suggests for them."""
    for doubt, label in zip(asked, labels, strict=True):
        if label is not None and label.value == doubt.suggested.value:
            yield from doubt.services
