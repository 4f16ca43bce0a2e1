"""95 % intervals: of a mean by Student's t, of a share by Wilson (1927).

Both take the parishes whose schedule is known for a sample at random of all that might be; where they are not, the
interval is too narrow.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_Z = 1.959963984540054  # the normal distribution's quantile at 0.975
_FEW = np.array([np.nan, 12.706205, 4.302653, 3.182446, 2.776445, 2.570582])  # Student's, by degrees of freedom


def t_quantile(freedom: Numbers) -> Numbers:
    """Student's t at 0.975: exact to five degrees of freedom, beyond by Fisher's expansion (to three decimals)."""
    many = np.maximum(freedom, len(_FEW))
    z, z3, z5, z7 = _Z, _Z**3, _Z**5, _Z**7
    series = (
        z
        + (z3 + z) / (4 * many)
        + (5 * z5 + 16 * z3 + 3 * z) / (96 * many**2)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * many**3)
    )
    known = _FEW[np.clip(freedom, 0, len(_FEW) - 1).astype(int)]
    return np.where(freedom < len(_FEW), known, series)


def of_mean(total: Numbers, squares: Numbers, count: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The mean of `count` values that sum to `total` (their squares to `squares`), and its interval, never below 0.

    With one value there is no interval (NaN), with none no mean either.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / count
        variance = np.maximum(squares - count * mean**2, 0) / (count - 1)
        half = t_quantile(count - 1) * np.sqrt(variance / count)
    return mean, np.maximum(mean - half, 0), mean + half


def of_share(part: Numbers, count: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The share of `part` in `count`, and its interval inside 0 and 1; NaN where there is nothing to divide by."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = part / count
        middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
        half = _Z / (1 + _Z**2 / count) * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return share, np.maximum(middle - half, 0), np.minimum(middle + half, 1)
