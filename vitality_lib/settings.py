"""Every setting, read once from the environment. `docs/settings.md` is generated from this file."""

from __future__ import annotations

import os
import re
import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vitality_lib.models import Stage

USCCB_URL = "https://www.usccb.org/about/bishops-and-dioceses/all-dioceses"
_RESOLVE = re.compile(r"^(?P<host>\*|[a-z0-9.-]+)=(?P<ip>\[[0-9a-f:.]+\]|[0-9.]+):(?P<port>\d{1,5})$")


class SettingsError(Exception):
    """A setting is missing or wrong. The text names the variable, the value's fault and what to do."""


class Settings(BaseSettings):
    """The settings of one process. Each field is one environment variable of the name given in `validation_alias`."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    # --- what this worker does
    worker_type: Stage = Field(
        Stage.ALL, validation_alias="WORKER_TYPE", description="The stage that `vitality worker` runs."
    )
    worker_id: str = Field(
        default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}",
        validation_alias="WORKER_ID",
        max_length=200,
        description="This worker's name in `pipeline_workers`; on a cluster the pod's name.",
    )
    run: str = Field(
        "",
        validation_alias="VITALITY_RUN",
        description="The run that outcomes are written under. Airflow sets its own run id; empty: a new one is made.",
    )
    dioceses: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        validation_alias="VITALITY_DIOCESES",
        description="Only these dioceses, by name, separated by `;`. Empty: all.",
    )
    max_dioceses: int = Field(
        0, ge=0, validation_alias="VITALITY_MAX_DIOCESES", description="At most this many dioceses. 0: no limit."
    )
    max_parishes_per_diocese: int = Field(
        0,
        ge=0,
        validation_alias="MAX_PARISHES_PER_DIOCESE",
        description="Extraction keeps at most this many parishes of a diocese. 0: no limit.",
    )
    num_parishes_for_schedule: int = Field(
        0,
        ge=0,
        validation_alias="NUM_PARISHES_FOR_SCHEDULE",
        description="The schedule stage visits at most this many parishes of a diocese. 0: no limit.",
    )
    force: bool = Field(
        False,
        validation_alias="VITALITY_FORCE",
        description="Visit what is not due yet, too (pages are still asked for conditionally).",
    )

    # --- where the data is
    database_url: SecretStr = Field(
        SecretStr(""),
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 or later, as `postgresql://user:password@host:5432/name`. "
        "Empty: the embedded PostgreSQL in `VITALITY_HOME`.",
    )
    prepared_statements: str = Field(
        "auto",
        pattern="^(auto|on|off)$",
        validation_alias="VITALITY_PREPARED_STATEMENTS",
        description="Whether PostgreSQL plans a repeated statement once for each connection. `off`: for a pooler in "
        "transaction mode. `auto`: off where port (6543, 6432) or host of `DATABASE_URL` (`pooler`, `bouncer`) say "
        "that it is one.",
    )
    home: Path = Field(
        Path(".vitality"),
        validation_alias="VITALITY_HOME",
        description="Folder for the embedded PostgreSQL, reports, logs and state.",
    )

    # --- the web it crawls
    usccb_url: str = Field(
        USCCB_URL, validation_alias="VITALITY_USCCB_URL", description="Where the list of dioceses is."
    )
    resolve: str = Field(
        "",
        validation_alias="VITALITY_RESOLVE",
        description="Send requests for a host elsewhere, as `HOST=IP:PORT`, comma-separated, `*` for every host; "
        "http and https alike. "
        "It is how a web on loopback stands in for the live one.",
    )
    user_agent: str = Field(
        "DiocesanVitality/0.1 (+https://github.com/diocesan-vitality/diocesan-vitality; parish data, polite)",
        validation_alias="VITALITY_USER_AGENT",
        description="The honest name under which every request is made; must hold a contact URL or e-mail address.",
    )
    pace: float = Field(
        1.0,
        gt=0,
        le=100,
        validation_alias="VITALITY_PACE",
        description="Factor on every delay of the manners. Under 1 only where `VITALITY_RESOLVE` maps `*` to loopback.",
    )
    min_delay_seconds: float = Field(
        2.0,
        ge=0,
        validation_alias="VITALITY_MIN_DELAY",
        description="Least seconds between two requests to one host (times pace).",
    )
    delay_factor: float = Field(
        5.0,
        ge=0,
        validation_alias="VITALITY_DELAY_FACTOR",
        description="The next request waits this many times the last response time.",
    )
    max_delay_seconds: float = Field(
        60.0,
        ge=0,
        validation_alias="VITALITY_MAX_DELAY",
        description="Most seconds that `VITALITY_DELAY_FACTOR` may add up to.",
    )
    per_address: int = Field(
        2,
        ge=1,
        validation_alias="VITALITY_PER_ADDRESS",
        description="Hosts asked at once per registrable domain, network and hosting platform.",
    )
    timeout_seconds: float = Field(
        25.0, gt=0, validation_alias="VITALITY_TIMEOUT", description="Seconds for one request, all in."
    )
    max_html_bytes: int = Field(
        5 * 2**20, gt=0, validation_alias="VITALITY_MAX_HTML_BYTES", description="Decoded bytes read of a page at most."
    )
    max_pdf_bytes: int = Field(
        15 * 2**20, gt=0, validation_alias="VITALITY_MAX_PDF_BYTES", description="Bytes read of a PDF at most."
    )
    requests_per_parish: int = Field(
        8, ge=1, validation_alias="VITALITY_REQUESTS_PER_PARISH", description="Requests per parish and visit at most."
    )
    requests_per_directory: int = Field(
        600,
        ge=1,
        validation_alias="VITALITY_REQUESTS_PER_DIRECTORY",
        description="Requests per parish directory and visit at most.",
    )
    whole_visit_days: float = Field(
        28.0,
        ge=0,
        validation_alias="VITALITY_WHOLE_VISIT_DAYS",
        description="A site is visited whole again after so many days at the latest; meanwhile a visit ends with the "
        "pages that its reading rests on, where these are unchanged. `0`: every visit is a whole one.",
    )
    concurrency: int = Field(
        64,
        ge=1,
        le=512,
        validation_alias="VITALITY_CONCURRENCY",
        description="Sites one worker has in hand at once (each host still has its turn).",
    )
    browser: str = Field(
        "auto",
        pattern="^(auto|off)$",
        validation_alias="VITALITY_BROWSER",
        description="`auto`: Chromium, where found, reads pages that need it; `off`: they end in `needs_browser`.",
    )
    browser_memory: int = Field(
        700,
        ge=64,
        validation_alias="VITALITY_BROWSER_MEMORY",
        description="MiB that Chromium's processes may hold together, what they share left out (without a page: 250). "
        "After a page with which they held more, the next page gets a new one.",
    )

    # --- work
    heartbeat_seconds: float = Field(
        30.0, gt=0, validation_alias="VITALITY_HEARTBEAT", description="Seconds between two heartbeats of a worker."
    )
    lease_seconds: float = Field(
        120.0,
        gt=0,
        validation_alias="VITALITY_LEASE",
        description="Seconds after which a silent worker's diocese may go to another.",
    )

    stalled_cycles: int = Field(
        3,
        ge=0,
        validation_alias="VITALITY_STALLED_CYCLES",
        description="So many cycles of a stage in a row with due work and nothing done are a failure. 0: never.",
    )
    canary: str = Field(
        "off",
        pattern="^(on|off)$",
        validation_alias="VITALITY_CANARY",
        description="`on`: extraction and schedule first read two sites of the sample web, whose truth is known.",
    )

    # --- how long things are kept (docs/storage.md)
    keep_bodies_days: int = Field(
        90,
        ge=1,
        validation_alias="VITALITY_KEEP_BODIES_DAYS",
        description="Days that the body of a page is kept after the page changed. What evidence quotes stays for good.",
    )
    keep_pages_days: int = Field(
        180,
        ge=15,
        validation_alias="VITALITY_KEEP_PAGES_DAYS",
        description="Days that a page is kept after it was last asked for, unless published facts were read from it.",
    )
    keep_outcomes_days: int = Field(
        180,
        ge=30,
        validation_alias="VITALITY_KEEP_OUTCOMES_DAYS",
        description="Days that the run ledger is kept. The newest and the newest good outcome of each unit stay.",
    )
    keep_runs: int = Field(
        20,
        ge=10,
        validation_alias="VITALITY_KEEP_RUNS",
        description="So many runs of each stage stay in the ledger, however old.",
    )
    keep_hosts_days: int = Field(
        180,
        ge=30,
        validation_alias="VITALITY_KEEP_HOSTS_DAYS",
        description="Days that the state of a host, and its robots.txt, is kept after it was last asked.",
    )
    keep_ai_calls_days: int = Field(
        90,
        ge=31,
        validation_alias="VITALITY_KEEP_AI_CALLS_DAYS",
        description="Days that questions to the model without an answer are kept.",
    )
    keep_ai_answers_days: int = Field(
        730,
        ge=31,
        validation_alias="VITALITY_KEEP_AI_ANSWERS_DAYS",
        description="Days that answers of the model are kept, so that none is asked for twice.",
    )
    keep_alerts_days: int = Field(
        365,
        ge=1,
        validation_alias="VITALITY_KEEP_ALERTS_DAYS",
        description="Days that an alert is kept after it was over.",
    )

    # --- others
    monitoring_url: str = Field(
        "", validation_alias="MONITORING_URL", description="Where worker events are posted as JSON. Empty: nowhere."
    )
    monitoring_token: SecretStr = Field(
        SecretStr(""),
        validation_alias="MONITORING_TOKEN",
        description="Secret that signs the events posted to `MONITORING_URL`, and that receivers ask for. "
        "Empty: events are not signed, and the dashboard takes none.",
    )
    gemini_api_key: SecretStr = Field(
        SecretStr(""), validation_alias="GEMINI_API_KEY", description="Key for Gemini. Empty: everything works without."
    )
    gemini_model: str = Field(
        "gemini-flash-latest",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,99}$",
        validation_alias="VITALITY_GEMINI_MODEL",
        description="The model that is asked.",
    )
    gemini_url: str = Field(
        "",
        validation_alias="VITALITY_GEMINI_URL",
        description="Where the model is asked, as `https://HOST`; http on loopback only. Empty: Google's own service.",
    )
    gemini_budget: int = Field(
        200,
        ge=0,
        validation_alias="VITALITY_GEMINI_BUDGET",
        description="Questions to the model a day (UTC) at most, all workers together. 0: none.",
    )
    log_format: str = Field(
        "auto",
        pattern="^(auto|json|console)$",
        validation_alias="VITALITY_LOG_FORMAT",
        description="`json`, `console`, or by terminal.",
    )
    log_level: str = Field(
        "INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        validation_alias="VITALITY_LOG_LEVEL",
        description="Least level that is logged.",
    )

    @field_validator("dioceses", mode="before")
    @classmethod
    def _split_names(cls, value: Any) -> Any:
        return tuple(name.strip() for name in value.split(";") if name.strip()) if isinstance(value, str) else value

    @field_validator("user_agent")
    @classmethod
    def _has_contact(cls, value: str) -> str:
        if not re.search(r"https?://\S+\.\S+|\S+@\S+\.\S+", value):
            raise ValueError("must hold a contact URL or e-mail address, so that a webmaster can reach us")
        return value

    @field_validator("gemini_url")
    @classmethod
    def _keeps_the_key_secret(cls, value: str) -> str:
        if value and not re.match(r"https://[\w.-]+|http://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/|$)", value):
            raise ValueError("must begin with https://, or the key would cross the network in clear")
        return value

    @field_validator("monitoring_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not re.match(r"https?://[^\s/?#]+\S*$", value, re.I):
            raise ValueError("must begin with http:// or https://, as in https://airflow.example/vitality")
        return value

    @field_validator("resolve")
    @classmethod
    def _well_formed_resolve(cls, value: str) -> str:
        for part in filter(None, (piece.strip() for piece in value.split(","))):
            match = _RESOLVE.match(part.lower())
            if not match or not 0 < int(match["port"]) < 65536:
                raise ValueError(f"{part!r} is not HOST=IP:PORT, as in *=127.0.0.1:8000")
            ip_address(match["ip"].strip("[]"))
        return value

    @model_validator(mode="after")
    def _pace_is_for_loopback(self) -> Self:
        target = self.resolved("any.host.invalid")
        if self.pace < 1 and not (target and ip_address(target[0]).is_loopback):
            raise ValueError(
                "VITALITY_PACE under 1 is only for a web on loopback: set VITALITY_RESOLVE=*=127.0.0.1:PORT"
            )
        return self

    @property
    def resolve_map(self) -> dict[str, tuple[str, int]]:
        """Host (or `*`) to address and port."""
        # Not kept: `model_copy(update=...)` would take the old settings' map along.
        matches = (_RESOLVE.match(part.strip().lower()) for part in self.resolve.split(",") if part.strip())
        return {m["host"]: (m["ip"].strip("[]"), int(m["port"])) for m in matches if m}

    def for_real_web(self) -> Settings:
        """The same with a home, and so an embedded database, of its own: the real web and the sample web must not mix.

        A `VITALITY_HOME` or `DATABASE_URL` that is set stays: then the operator has decided.
        """
        if "home" in self.model_fields_set or self.database_url.get_secret_value():
            return self
        return self.model_copy(update={"home": self.home / "live"})

    def resolved(self, host: str) -> tuple[str, int] | None:
        """Where `VITALITY_RESOLVE` sends a host, or None when it is left alone."""
        return self.resolve_map.get(host.lower()) or self.resolve_map.get("*")


def load(**overrides: Any) -> Settings:
    """The settings from the environment, with `overrides` (field names) on top.

    Raises SettingsError with one line for each wrong variable.
    """
    named = {_variable(name): value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**named)
    except ValidationError as error:
        raise SettingsError(explain(error)) from None


def explain(error: ValidationError) -> str:
    """What pydantic found, in one line for each wrong variable, named by its alias."""
    return "; ".join(_say(fault) for fault in error.errors())


def _variable(name: str) -> str:
    """The environment variable of a field: values are given by it, too, so that `HOME` can never set `home`."""
    return str(Settings.model_fields[name].validation_alias)


def _say(fault: Any) -> str:
    name = str(fault["loc"][0]) if fault["loc"] else ""
    message = fault["msg"].removeprefix("Value error, ")
    given = fault.get("input")
    shown = (
        f" (it is {given!r})"
        if isinstance(given, str | int | float) and "KEY" not in name and "URL" not in name
        else ""
    )
    return f"{name}: {message}{shown}" if name else message
