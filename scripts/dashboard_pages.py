"""The pages of the dashboard that are photographed and looked through in a browser: by the name of their picture."""

from __future__ import annotations

# Another page is another line here. Ids are those that a run of the sample web gives.
SHOWN = {
    "now": "/",
    "reports": "/reports",
    "ai": "/ai",
    "take-away": "/take-away",
}
