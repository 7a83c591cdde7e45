"""One configuration: defaults, then the file, then the environment, then flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.config import Config, load_config
from sayso.errors import ConfigError


def test_later_layers_win(tmp_path: Path) -> None:
    file = tmp_path / "sayso.toml"
    file.write_text('db = "file.db"\nprocesses = 2\nbatch = 7\n')
    config = load_config({"db": "flag.db", "processes": None}, {"SAYSO_PROCESSES": "3", "OTHER": "x"}, file)
    assert (config.db, config.processes, config.batch) == ("flag.db", 3, 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [("colour = 1", "unknown setting 'colour'"), ("processes = 'many'", "not int"), ("processes = ", "not valid TOML")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "sayso.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=words):
        load_config(env={}, file=file)


def test_a_missing_file_is_an_error_only_when_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config(env={}) == Config()
    with pytest.raises(ConfigError, match="no such file"):
        load_config(env={}, file=tmp_path / "none.toml")


def test_the_digest_changes_with_what_changes_results() -> None:
    assert Config().digest == Config(db="other.db", processes=4).digest
    assert Config().digest != Config(pipeline="en_core_web_trf").digest
