"""What people corrected, laid over what is read: each reading anew, so that a correction outlives the next crawl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vitality_lib.models import Correction, Service, Standing

# Everything that is said of a service. What is named loose may be stated by one and not by the other.
_FIELDS = (
    *("type", "recurrence", "start", "end", "nights", "language", "church", "vigil", "note", "streamed"),
)  # fmt: skip
_LOOSE = frozenset({"end", "nights", "church", "vigil", "note", "streamed"})


@dataclass(frozen=True)
class Corrected:
    """What is published, and by the number of each correction what it did and what was read in its place."""

    services: tuple[Service, ...]
    standings: Mapping[int, Standing] = field(default_factory=dict)
    displaced: Mapping[int, tuple[Service, ...]] = field(default_factory=dict)


def corrected(services: Sequence[Service], corrections: Sequence[Correction]) -> Corrected:
    """A reading with corrections laid over it, one after the other.

    What a correction is about is what its two services differ in. A service is the wrong one when it says that as the
    wrong one does; the rest may since be stated otherwise or no more, and stays as it is read.
    """
    said = tuple(services)
    standings: dict[int, Standing] = {}
    displaced: dict[int, tuple[Service, ...]] = {}
    for one in corrections:
        said, standings[one.number], displaced[one.number] = _laid_over(said, one)
    return Corrected(said, standings, displaced)


def _laid_over(said: tuple[Service, ...], one: Correction) -> tuple[tuple[Service, ...], Standing, tuple[Service, ...]]:
    about = _about(one)
    wrong = _matching(said, one.wrong, about) if one.wrong else ()
    right = _matching(said, one.right, about) if one.right else ()
    left = tuple(service for service in said if service not in wrong)
    if one.right is None:
        return left, Standing.USED if wrong else Standing.NOT_NEEDED, wrong
    if one.wrong is None:
        return (said, Standing.NOT_NEEDED, ()) if right else ((*said, one.right), Standing.USED, ())
    if not wrong:
        return said, Standing.NOT_NEEDED if right else Standing.NO_MATCH, ()
    stated = {service.value for service in left}
    put_right = (_put_right(service, one.right, about) for service in wrong)
    return (*left, *(service for service in put_right if service.value not in stated)), Standing.USED, wrong


def _about(one: Correction) -> frozenset[str]:
    if one.wrong is None or one.right is None:
        return frozenset()
    return frozenset(name for name in _FIELDS if getattr(one.wrong, name) != getattr(one.right, name))


def _matching(said: Sequence[Service], wanted: Service, about: frozenset[str]) -> tuple[Service, ...]:
    """The services that are exactly this one; when there is none, those that agree with it."""
    exact = tuple(service for service in said if service.value == wanted.value)
    return exact or tuple(service for service in said if _agree(service, wanted, about))


def _agree(read: Service, wanted: Service, about: frozenset[str]) -> bool:
    return all(
        (one := getattr(read, name)) == (other := getattr(wanted, name))
        or (name in _LOOSE - about and (not one or not other))
        for name in _FIELDS
    )


def _put_right(read: Service, right: Service, about: frozenset[str]) -> Service:
    return replace(read, evidence=right.evidence, **{name: getattr(right, name) for name in about})
