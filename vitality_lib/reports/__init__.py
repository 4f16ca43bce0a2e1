"""Step 5: statistics, data quality, charts, exports."""

from vitality_lib.reports.report import Report, make_report

__all__ = ["Report", "make_report"]
