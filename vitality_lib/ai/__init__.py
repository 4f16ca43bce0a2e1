"""Gemini, where a key is set: it orders and points, by number, at what is on a page. Values are read by the parsers."""
