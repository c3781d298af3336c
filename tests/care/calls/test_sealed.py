"""Sealed files: readable when cut anywhere, and nothing that was not sealed is believed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.calls.keys import Keyring, open_keyring, rotate
from care.calls.sealed import Ending, SealedError, SealedWriter, read_sealed

PIECES = [b"first", b"second piece", b"3"]
HEAD = 32


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return open_keyring(tmp_path / "key")


def _sealed(path: Path, keys: Keyring, pieces: list[bytes] = PIECES) -> bytes:
    writer = SealedWriter(path, keys.current)
    for piece in pieces:
        writer.write(piece)
    writer.close()
    writer.close()
    return path.read_bytes()


def test_what_was_sealed_is_read(tmp_path: Path, keys: Keyring) -> None:
    path = tmp_path / "2026-11" / "x.sealed"
    octets = _sealed(path, keys)
    assert read_sealed(path, keys).octets == b"".join(PIECES)
    assert read_sealed(path, keys).ending == Ending.WHOLE
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not any(piece in octets for piece in PIECES[:2])


def test_the_same_sound_never_looks_the_same(tmp_path: Path, keys: Keyring) -> None:
    one, other = _sealed(tmp_path / "a", keys), _sealed(tmp_path / "b", keys)
    assert one[HEAD:] != other[HEAD:]


def test_a_file_is_never_overwritten(tmp_path: Path, keys: Keyring) -> None:
    before = _sealed(tmp_path / "a", keys)
    with pytest.raises(FileExistsError):
        SealedWriter(tmp_path / "a", keys.current)
    assert (tmp_path / "a").read_bytes() == before


def test_a_long_piece_is_divided(tmp_path: Path, keys: Keyring) -> None:
    long = bytes(range(256)) * 40_000
    _sealed(tmp_path / "a", keys, [long])
    assert read_sealed(tmp_path / "a", keys).octets == long


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_cut_anywhere_the_whole_pieces_before_are_read(
    tmp_path: Path, keys: Keyring, data: st.DataObject
) -> None:
    path = tmp_path / "cut"
    path.unlink(missing_ok=True)
    octets = _sealed(path, keys)
    size = data.draw(st.integers(HEAD, len(octets) - 1))
    path.write_bytes(octets[:size])
    content = read_sealed(path, keys)
    assert content.ending == Ending.CUT
    ends = [HEAD + sum(len(piece) + 20 for piece in PIECES[:n]) for n in range(len(PIECES) + 1)]
    whole = sum(size >= end for end in ends) - 1
    assert content.octets == b"".join(PIECES[:whole])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_changed_octet_is_never_believed(
    tmp_path: Path, keys: Keyring, data: st.DataObject
) -> None:
    path = tmp_path / "changed"
    path.unlink(missing_ok=True)
    octets = bytearray(_sealed(path, keys))
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(octets)
    try:
        content = read_sealed(path, keys)
    except SealedError:
        return
    assert content.ending != Ending.WHOLE
    assert b"".join(PIECES).startswith(content.octets)


def _pieces(octets: bytes) -> list[bytes]:
    found, at = [], HEAD
    while at < len(octets):
        end = at + 4 + int.from_bytes(octets[at : at + 4], "big")
        found.append(octets[at:end])
        at = end
    return found


@pytest.mark.parametrize("order", [[1, 0, 2, 3], [0, 2, 3], [0, 1, 3], [0, 0, 1, 2, 3], [0, 1, 2]])
def test_pieces_cannot_be_moved_or_left_out(
    tmp_path: Path, keys: Keyring, order: list[int]
) -> None:
    path = tmp_path / "a"
    octets = _sealed(path, keys)
    parts = _pieces(octets)
    path.write_bytes(octets[:HEAD] + b"".join(parts[n] for n in order))
    try:
        content = read_sealed(path, keys)
    except SealedError:
        return
    assert content.ending != Ending.WHOLE


def test_nothing_can_be_added_at_the_end(tmp_path: Path, keys: Keyring) -> None:
    path = tmp_path / "a"
    octets = _sealed(path, keys)
    path.write_bytes(octets + _pieces(octets)[0])
    assert read_sealed(path, keys).ending == Ending.DAMAGED


def test_an_older_key_is_found_and_a_wrong_one_told(tmp_path: Path, keys: Keyring) -> None:
    path = tmp_path / "a"
    _sealed(path, keys)
    assert read_sealed(path, rotate(keys.path)).octets == b"".join(PIECES)
    other = open_keyring(tmp_path / "other")
    with pytest.raises(SealedError) as raised:
        read_sealed(path, other)
    assert keys.current.id.hex() in str(raised.value)
    assert str(other.path) in str(raised.value)
    assert "找回" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "不是本系统加密的录音"), (b"OggS" * 20, "不是本系统加密的录音"), (None, "不见了")],
)
def test_other_files_are_refused(
    tmp_path: Path, keys: Keyring, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "x"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SealedError, match=sentence):
        read_sealed(path, keys)


def test_a_file_damaged_from_the_start(tmp_path: Path, keys: Keyring) -> None:
    path = tmp_path / "x"
    octets = bytearray(_sealed(path, keys))
    octets[HEAD + 5] ^= 1
    path.write_bytes(octets)
    with pytest.raises(SealedError, match="被改动过或已损坏"):
        read_sealed(path, keys)
