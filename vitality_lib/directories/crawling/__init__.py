"""How a directory is followed to its end: further pages, letters and regions, forms, frames, the sitemap."""
