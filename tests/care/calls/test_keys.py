"""The secret file of the recordings' keys."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from care.calls.keys import KEY_BYTES, KeyFileError, open_keyring, read_keyring, rotate


def test_made_on_first_use_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "recordings.key"
    ring = open_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(ring.current.secret) == KEY_BYTES
    assert open_keyring(path) == ring
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    one, other = open_keyring(tmp_path / "a"), open_keyring(tmp_path / "b")
    assert one.current.secret != other.current.secret
    assert other.find(one.current.id) is None


def test_of_many_that_start_at_once_all_use_one_key(tmp_path: Path) -> None:
    together = Barrier(8)

    def start(_: int) -> bytes:
        together.wait(30)
        return open_keyring(tmp_path / "key").current.secret

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start, range(8)))) == 1


def test_a_new_key_is_used_and_the_old_one_kept(tmp_path: Path) -> None:
    path = tmp_path / "key"
    old = open_keyring(path).current
    ring = rotate(path)
    assert ring.current.secret != old.secret
    assert ring.find(old.id) == old
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_the_secret_does_not_show(tmp_path: Path) -> None:
    ring = open_keyring(tmp_path / "key")
    assert repr(ring.current.secret) not in repr(ring) + repr(ring.current)
    assert ring.current.secret not in ring.current.id


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    open_keyring(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=f"chmod 600 {path}"):
        open_keyring(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "是空的"),
        ("# nothing\n\n", "是空的"),
        ("0011223344556677 AAAA\n", "第1行"),
        ("# a\nnonsense\n", "第2行"),
        ("0011223344556677 " + "A" * 43 + "=\n", "第1行"),
        ("密钥\n", "读不出来"),
    ],
)
def test_a_spoiled_file_is_told_and_never_replaced(
    tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "key"
    path.write_text(content, "utf-8")
    path.chmod(0o600)
    for use in (open_keyring, rotate):
        with pytest.raises(KeyFileError, match=sentence):
            use(path)
    assert path.read_text("utf-8") == content


def test_a_folder_in_its_place_and_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"读不出来|别人也能读"):
        read_keyring(tmp_path)
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(KeyFileError, match="写不进去"):
        open_keyring(Path(os.fspath(blocked)) / "key")
