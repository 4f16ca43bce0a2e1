"""`python -m vitality_lib`: the `vitality` command."""

import sys

from vitality_lib.cli import main

if __name__ == "__main__":
    sys.exit(main())
