"""Step 3: reading parish directories. One small module a platform, and the registry that chooses among them.

Here lie the platforms, the registry, the crawl and the audit. What platforms share has folders of its own: `pieces`
(of a page), `data` (feeds and scripts), `paper` (PDF and text), `crawling` (to the end of a list), `parish` (records).
"""
