"""Pieces that are kept: found again, never wrong, never too many, never a caller's on disk."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.voice.synthesis.speaking import tone
from voice.synthesis.clause import Clause
from voice.synthesis.port import Style
from voice.synthesis.prompts import Pieces, piece_key

KEY = "ab" + "0" * 62
CLAUSE = Clause("记下了，")


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_piece_comes_back_and_outlives_the_process(tmp_path: Path) -> None:
    sound = tone(0.3)
    Pieces(tmp_path).put(KEY, sound, on_disk=True)
    again = Pieces(tmp_path)
    assert KEY in again
    found = again.get(KEY)
    assert found is not None
    np.testing.assert_allclose(found, sound, atol=1 / 32768)


def test_what_is_not_ours_is_never_on_disk(tmp_path: Path) -> None:
    pieces = Pieces(tmp_path)
    pieces.put(KEY, tone(0.3), on_disk=False)
    assert pieces.get(KEY) is not None
    assert not pieces.is_kept(KEY)
    assert not kept(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "longer"])
def test_a_damaged_file_is_a_miss_and_goes(tmp_path: Path, damage: str) -> None:
    Pieces(tmp_path).put(KEY, tone(0.3), on_disk=True)
    (path,) = kept(tmp_path)
    content = bytearray(path.read_bytes())
    content[1000] ^= 255
    damaged = {
        "cut": path.read_bytes()[:-7],
        "empty": b"",
        "flipped": bytes(content),
        "longer": path.read_bytes() + b"\0\0",
    }
    path.write_bytes(damaged[damage])
    assert Pieces(tmp_path).get(KEY) is None
    assert not kept(tmp_path)


def test_memory_and_disk_are_bounded_and_the_oldest_goes(tmp_path: Path) -> None:
    sound = tone(0.1)
    size = len(sound) * 2
    pieces = Pieces(tmp_path, memory=3 * size, disk=4 * (size + 16))
    keys = [f"{number:064x}" for number in range(9)]
    for number, key in enumerate(keys):
        pieces.put(key, sound, on_disk=True)
        path = tmp_path / key[:2] / f"{key}.pcm"
        os.utime(path, (number, number))
    assert sum(path.stat().st_size for path in kept(tmp_path)) <= 4 * (size + 16)
    assert [pieces.is_kept(key) for key in keys] == [False] * 5 + [True] * 4
    fresh = Pieces(tmp_path / "other", memory=3 * size)
    for key in keys:
        fresh.put(key, sound, on_disk=False)
    assert [key in fresh for key in keys] == [False] * 6 + [True] * 3


def test_a_folder_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    pieces = Pieces(blocked)
    pieces.put(KEY, tone(0.1), on_disk=True)
    assert pieces.get(KEY) is not None


def test_everything_that_is_heard_is_in_the_name() -> None:
    def key(**other: object) -> str:
        made = {"clause": CLAUSE, "phonemes": "a", "style": Style(), "version": "1", **other}
        return piece_key(**made)  # type: ignore[arg-type]

    others = [
        key(clause=Clause("记下啦，")),
        key(phonemes="b"),
        key(style=Style(voice="zm_yunjian")),
        key(style=Style(speed=0.9)),
        key(version="2"),
    ]
    assert len({key(), *others}) == 6
    assert key(style=Style(volume=3.0)) == key()
    assert key(style=Style(pauses=1.5)) == key(), "no pause inside: the piece is the same"
    inside = Clause("低保、特困，")
    assert key(clause=inside, style=Style(pauses=1.5)) != key(clause=inside)


def test_tidying_leaves_what_is_wanted(tmp_path: Path) -> None:
    pieces = Pieces(tmp_path)
    other = "cd" + "0" * 62
    for key in (KEY, other):
        pieces.put(key, tone(0.1), on_disk=True)
    (tmp_path / "ab" / "half.part").write_bytes(b"PCM1")
    pieces.tidy({other})
    assert [path.stem for path in kept(tmp_path)] == [other]


def test_many_threads_write_one_piece(tmp_path: Path) -> None:
    pieces, sound = Pieces(tmp_path), tone(0.2)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: pieces.put(KEY, sound, on_disk=True), range(40)))
    assert len(kept(tmp_path)) == 1
    assert Pieces(tmp_path).get(KEY) is not None


def test_a_hit_costs_under_two_milliseconds(tmp_path: Path) -> None:
    Pieces(tmp_path).put(KEY, tone(5.0), on_disk=True)
    pieces = Pieces(tmp_path)
    times = []
    for _ in range(20):
        began = time.thread_time()
        assert pieces.get(KEY) is not None
        times.append(time.thread_time() - began)
    assert max(times[1:]) < 0.002, "from memory"
    assert times[0] < 0.01, "from disk, the first time"
