"""Pieces of a page: its markup, a card and its lines and links, the headings above, rows and columns of tables."""
