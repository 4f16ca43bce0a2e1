"""Build the images of the worker and of Airflow with docker, podman or buildah, whichever works here.

Each comes with a list of what is in it (CycloneDX) under build/images. Behind a company's proxy or mirror, --ca and
--pip-conf hand the machine's own files to the build; they do not stay in the image.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from image_engine import ENGINES, Build, Engine, EngineError, choose

ROOT = Path(__file__).parent.parent
IMAGES = ("worker", "airflow")
SBOM = "/opt/sbom.cdx.json"
DONE, FAILED, USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Build what is asked for; exit codes: 0 done, 1 failed, 2 wrong usage."""
    given = _arguments().parse_args(argv)
    given.folder.mkdir(parents=True, exist_ok=True)
    try:
        engine = choose(given.engine)
        for image in given.images or IMAGES:
            _make(engine, _build(image, given), given)
    except EngineError as error:
        print(f"images: {error}", file=sys.stderr)
        return FAILED
    return DONE


def _make(engine: Engine, build: Build, given: argparse.Namespace) -> None:
    began = time.monotonic()
    print(f"Building {build.name} with {engine.command}", flush=True)
    engine.build(build, ROOT)
    image = build.dockerfile.parent.name
    sbom = given.folder / f"{image}.cdx.json"
    sbom.write_text(engine.read(build.name, SBOM) + "\n", encoding="utf-8")
    packages = len(json.loads(sbom.read_text(encoding="utf-8"))["components"])
    took = round(time.monotonic() - began)
    print(f"{build.name}: {engine.size(build.name)}, {packages} packages ({sbom}), {took} s", flush=True)
    if given.save:
        archive = given.folder / f"{image}.tar"
        engine.save(build.name, archive)
        print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB", flush=True)


def _build(image: str, given: argparse.Namespace) -> Build:
    arguments = {"VERSION": _version(), "REVISION": _revision(), "CREATED": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    base = (given.airflow_base if image == "airflow" else "") or given.base
    if base:
        arguments["BASE"] = base
    secrets = {"ca": given.ca, "pip-conf": given.pip_conf}
    return Build(
        dockerfile=ROOT / "images" / image / "Dockerfile",
        name="/".join(
            filter(None, (given.registry.rstrip("/"), "diocesan-vitality", f"{image}:{given.tag or _version()}"))
        ),
        arguments=arguments,
        secrets={name: path for name, path in secrets.items() if path},
    )


def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _revision() -> str:
    """The commit that is built, with `-dirty` where files differ from it; `unknown` outside of git."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty"]
    try:
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="images", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("images", nargs="*", metavar="IMAGE", type=_image, help="worker or airflow (default: both)")
    parser.add_argument(
        "--engine", default="", type=_engine, help="docker, podman or buildah (default: the first that works)"
    )
    parser.add_argument("--registry", default="", help="what comes before the name, as registry.example.org/team")
    parser.add_argument("--tag", default="", help="the tag (default: the project's version)")
    parser.add_argument(
        "--base", default="", help="another base image: a mirror's, or any Debian with Python 3.11 to 3.13"
    )
    parser.add_argument("--airflow-base", default="", help="another base image for Airflow alone")
    parser.add_argument("--ca", type=_file, help="certificate issuers to trust in the build, as one PEM file")
    parser.add_argument("--pip-conf", type=_file, help="pip.conf for the build: where packages come from")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "images", help="where files go")
    parser.add_argument("--save", action="store_true", help="also write each image to an archive there")
    return parser


def _engine(text: str) -> str:
    if text and text not in ENGINES:
        raise argparse.ArgumentTypeError(f"{text!r} is not known; choose docker, podman or buildah")
    return text


def _image(text: str) -> str:
    if text not in IMAGES:
        raise argparse.ArgumentTypeError(f"{text!r} is no image; choose worker or airflow")
    return text


def _file(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).resolve()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text!r}")
    return path


if __name__ == "__main__":
    sys.exit(main())
