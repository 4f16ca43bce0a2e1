"""The published data as files to take away, in one format for each purpose; the occurrences agree in all of them."""
