"""The sample web: a small fictional country of parishes, served on loopback.

It is data: `country/*.yaml` holds one diocese a file with all that is true of it, `templates/` one folder for each
platform of a directory and each layout of a parish's site. Pages and truth are both made from it.
"""

from vitality_lib.sample.hosts import USCCB_URL
from vitality_lib.sample.server import serve

__all__ = ["PACE", "USCCB_URL", "serve"]

PACE = 0.02  # the manners' delays and the slow sites' latencies times this: a whole run takes seconds
