"""What is in an image, as CycloneDX 1.6 JSON on standard output: run inside of it, by the Python whose packages count.

Python's packages are those that are installed, Debian's those that dpkg knows. It needs nothing but Python's own
library. The standard: https://cyclonedx.org/docs/1.6/json/; package URLs: https://github.com/package-url/purl-spec.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any
from urllib.parse import quote

_DPKG = "${db:Status-Abbrev}\t${Package}\t${Version}\t${Architecture}\n"
Component = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    """Print the bill of materials of this machine; exit code 0, or 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="sbom", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", help="the image's name")
    parser.add_argument("version", help="the image's version")
    parser.add_argument("--created", required=True, help="when it was made, as 2026-01-31T12:00:00Z")
    given = parser.parse_args(argv)
    json.dump(bill(given.name, given.version, given.created), sys.stdout, indent=1)
    print()
    return 0


def bill(name: str, version: str, created: str) -> dict[str, Any]:
    """The whole document. The same packages give the same document: its serial number is made from what it says."""
    components = sorted([*python_packages(), *debian_packages()], key=lambda component: str(component["bom-ref"]))
    refs = "\n".join(component["bom-ref"] for component in components)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{name}:{version}:{created}:{refs}')}",
        "version": 1,
        "metadata": {
            "timestamp": created,
            "component": {"type": "container", "bom-ref": f"{name}@{version}", "name": name, "version": version},
        },
        "components": components,
    }


def python_packages() -> Iterator[Component]:
    """Each package that this Python can import, once: the first on the path is the one that counts."""
    seen: set[str] = set()
    for distribution in distributions():
        name = re.sub(r"[-_.]+", "-", distribution.name).lower()
        if name not in seen:
            seen.add(name)
            purl = f"pkg:pypi/{name}@{quote(distribution.version)}"
            yield _component(name, distribution.version, purl, _licence(distribution))


def debian_packages() -> Iterator[Component]:
    """Each package that is installed as Debian's; none where there is no dpkg."""
    if not shutil.which("dpkg-query"):
        return
    system = _system()
    asked = ["dpkg-query", "--show", f"--showformat={_DPKG}"]
    for line in subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines():
        status, name, version, architecture = line.split("\t")
        if status.startswith("ii"):
            distro = f"{system['ID']}-{system.get('VERSION_ID', 'sid')}"
            purl = f"pkg:deb/{system['ID']}/{quote(name)}@{quote(version)}?arch={architecture}&distro={distro}"
            yield _component(name, version, purl)


def _component(name: str, version: str, purl: str, licence: str = "") -> Component:
    licences = {"licenses": [{"license": {"name": licence}}]} if licence else {}
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, **licences}


def _licence(distribution: Distribution) -> str:
    # Some write the whole text where its name belongs.
    metadata = distribution.metadata
    said = next((metadata[key] for key in ("License-Expression", "License") if key in metadata), "")
    return said if "\n" not in said and len(said) <= 100 else ""


def _system() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return {key: value.strip('"') for key, _, value in (line.partition("=") for line in lines)}


if __name__ == "__main__":
    sys.exit(main())
