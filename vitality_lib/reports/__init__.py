"""Step 5: statistics, data quality, charts, exports."""
