"""The pages of the dashboard that are photographed and looked through in a browser: by the name of their picture."""

from __future__ import annotations

# Another page is another line here. Ids are those that a run of the sample web gives.
SHOWN = {
    "now": "/",
    "dioceses": "/dioceses",
    "diocese": "/dioceses/1",
    "map": "/map",
    "parishes": "/parishes",
    "parish": "/parishes/1",
    "reports": "/reports",
    "ai": "/ai",
    "take-away": "/take-away",
}
