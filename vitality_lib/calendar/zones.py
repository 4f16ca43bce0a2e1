"""The time zone of an address in the United States, where no coordinates are known.

A state with two zones has the zone of most of its people as its default; dioceses and ZIP prefixes that lie wholly, or
nearly so, in the other one are named. Where a county line inside a ZIP prefix parts two zones, the default stands.
"""

from __future__ import annotations

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
_STATES = {
    _EASTERN: "CT DC DE FL GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    _CENTRAL: "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    _MOUNTAIN: "CO MT NM UT WY",
    _PACIFIC: "CA NV OR WA",
    "America/Anchorage": "AK",
    "America/Boise": "ID",
    "America/Detroit": "MI",
    "America/Indiana/Indianapolis": "IN",
    "America/Kentucky/Louisville": "KY",
    "America/Phoenix": "AZ",
    "America/Puerto_Rico": "PR",
    "America/St_Thomas": "VI",
    "Pacific/Guam": "GU",
    "Pacific/Honolulu": "HI",
    "Pacific/Pago_Pago": "AS",
    "Pacific/Saipan": "MP",
}
_ZONE_OF_STATE = {state: zone for zone, states in _STATES.items() for state in states.split()}
_ZIP_PREFIXES = {
    _CENTRAL: "324 325 420 421 422 423 424 463 464 476 477",  # Florida's west, Kentucky's west, Gary, Evansville
    _MOUNTAIN: "577 586 693 799 865 885",  # the west of the Dakotas and of Nebraska, El Paso, the Navajo Nation
    "America/Boise": "979",  # Malheur County in Oregon
    _PACIFIC: "835 838",  # Idaho's north
}
_ZONE_OF_ZIP = {prefix: zone for zone, prefixes in _ZIP_PREFIXES.items() for prefix in prefixes.split()}
# Of dioceses that share a state with two zones, those that lie in the other one.
_ZONE_OF_DIOCESE = {
    ("TN", "knoxville"): _EASTERN,
    ("KY", "owensboro"): _CENTRAL,
    ("IN", "gary"): _CENTRAL,
    ("SD", "rapid city"): _MOUNTAIN,
    ("TX", "el paso"): _MOUNTAIN,
}


def zone_of_address(state: str | None, zip_code: str | None, diocese: str | None) -> str | None:
    """The IANA zone of a two-letter state, refined by the first three digits of the ZIP, else by the diocese's name.

    None for a state that is unknown.
    """
    own = (state or "").strip().upper()
    if own not in _ZONE_OF_STATE:
        return None
    by_zip = _ZONE_OF_ZIP.get((zip_code or "").strip()[:3])
    if by_zip:
        return by_zip
    name = (diocese or "").lower()
    by_diocese = (zone for (where, see), zone in _ZONE_OF_DIOCESE.items() if where == own and name.endswith(see))
    return next(by_diocese, _ZONE_OF_STATE[own])
