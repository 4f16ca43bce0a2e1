"""What every component of Airflow loads of the dashboard is light, and what tests and pictures look at is all of it."""

import hashlib
import subprocess
import sys
from pathlib import Path

import airflow_home  # before anything imports Airflow

AXE = Path(__file__).parent / "axe"
AXE_VERSION, AXE_SHA256 = "4.14.1", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
HEAVY = ("fastapi", "starlette", "jinja2", "psycopg", "airflow", "vitality_lib")


def test_a_component_that_shows_no_page_loads_nothing_for_it() -> None:
    code = (
        f"import sys; sys.path.append({str(airflow_home.ROOT / 'plugins')!r})\n"
        "import vitality_airflow.dashboard.mounted\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


def test_the_view_leads_to_where_the_app_is_mounted() -> None:
    from vitality_airflow.dashboard.mounted import EXTERNAL_VIEWS, FASTAPI_APPS  # noqa: PLC0415

    (view,) = EXTERNAL_VIEWS
    assert view["href"] == f"{FASTAPI_APPS[-1]['url_prefix']}/"
    static = airflow_home.ROOT / "plugins" / "vitality_airflow" / "dashboard" / "static"
    for icon in ("icon", "icon_dark_mode"):
        assert (static / Path(view[icon]).name).is_file()


def test_the_first_prefix_that_fits_is_the_right_one() -> None:
    from vitality_airflow.dashboard.mounted import FASTAPI_APPS  # noqa: PLC0415

    prefixes = [app["url_prefix"] for app in FASTAPI_APPS]
    pairs = [(prefix, later) for place, prefix in enumerate(prefixes) for later in prefixes[place:]]
    assert not [pair for pair in pairs if pair[1].startswith(f"{pair[0]}/")]


def test_browser_and_camera_miss_no_page_of_the_navigation() -> None:
    sys.path.append(str(airflow_home.ROOT / "scripts"))
    from dashboard_pages import SHOWN  # noqa: PLC0415
    from vitality_airflow.dashboard.pages import PAGES  # noqa: PLC0415

    assert {page.path for page in PAGES if page.label} <= set(SHOWN.values())


def test_axe_is_the_released_one() -> None:
    script = (AXE / "axe.min.js").read_bytes()
    assert f"axe v{AXE_VERSION}".encode() in script[:100]
    assert hashlib.sha256(script).hexdigest() == AXE_SHA256
    assert (AXE / "LICENSE").read_text(encoding="utf-8").startswith("Mozilla Public License")
