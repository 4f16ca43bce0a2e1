"""Point Airflow at this checkout, before anything imports it. Nothing is read from or written to the user's own."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOME = Path(tempfile.mkdtemp(prefix="vitality-airflow-"))
ENVIRONMENT = {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(HOME / "logs"),
    "VITALITY_RUNTIME": "local",
}

os.environ.update(ENVIRONMENT)
sys.path.append(str(ROOT / "plugins"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
