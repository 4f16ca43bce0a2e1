"""Step 3: reading parish directories. One small module a platform, and the registry that chooses among them."""

from vitality_lib.directories.registry import read_directory

__all__ = ["read_directory"]
