"""An encrypted log shows nothing on the disk, and its key is never quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.log import Log, LogFault
from tests.traces import CANARY, everything


def test_an_encrypted_log_shows_nothing_on_the_disk_and_opens_with_its_key_alone(path: Path) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra 'encrypted' is not installed")
    key, other = "ab" * 32, "cd" * 32
    with Log.open(path, key=key) as log:
        me = log.local().id
        everything(log, me, CANARY)
        log.backup()
        assert log.search(me, CANARY)
        assert log.check() == []
        assert all(CANARY.encode() not in p.read_bytes() for p in path.parent.rglob("*") if p.is_file())
    for wrong in (None, other):
        with pytest.raises(LogFault, match="key"):
            Log.open(path, key=wrong)
    with Log.open(path, key=key) as log:
        assert log.erase(me).clean


def test_a_call_in_the_terminal_is_kept_encrypted_where_the_host_set_a_key(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra 'encrypted' is not installed")
    from bot.cli import cli
    from bot.settings import settings

    file = path.with_name("key")
    file.write_text("ab" * 32)
    monkeypatch.setenv("RUNNER_UP_DB", str(path))
    monkeypatch.setenv("RUNNER_UP_DB_KEY_FILE", str(file))
    settings.cache_clear()
    done = CliRunner().invoke(cli, ["call", "harbour", "--json"], input=f"Hello, this is {CANARY}.\n")
    settings.cache_clear()
    assert done.exit_code == 0, done.output
    with Log.open(path, key="ab" * 32) as log:
        assert CANARY in log.turns(log.local().id, log.calls(log.local().id)[0].session)[1].said
    assert CANARY.encode() not in path.read_bytes()


def test_a_key_file_is_read_strictly_and_never_quoted(tmp_path: Path) -> None:
    from bot.log.encrypted import NoKey, read_key

    file = tmp_path / "key"
    file.write_text("ab" * 32 + "\n")
    assert read_key(file) == "ab" * 32
    for bad in ("ab" * 31, "zz" * 32, "", "ab" * 33):
        file.write_text(bad)
        with pytest.raises(NoKey) as caught:
            read_key(file)
        assert not bad or bad not in str(caught.value)
    with pytest.raises(NoKey):
        read_key(tmp_path / "nowhere")
