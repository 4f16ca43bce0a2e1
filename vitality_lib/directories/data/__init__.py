"""Data in feeds and scripts: rows told by what their keys mean, tags, JavaScript, what WordPress and ArcGIS share."""
