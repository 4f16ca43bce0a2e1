"""What Airflow loads from `plugins/` is on the path here, too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent.parent / "plugins"))
