"""Every format comes in as mono at the rate that was asked for."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.voice.audio.sounds import AMR_NB, AMR_WB, amr, babble, converted, strength, tone, wav
from voice.audio.errors import AudioError
from voice.audio.g711 import alaw_encode, ulaw_encode
from voice.audio.pcm import Samples, to_int16
from voice.audio.reading import read_audio, stream_audio

SOUNDFILE = {
    "16 bits": ("WAV", "PCM_16"),
    "8 bits": ("WAV", "PCM_U8"),
    "24 bits": ("WAV", "PCM_24"),
    "float": ("WAV", "FLOAT"),
    "double": ("WAV", "DOUBLE"),
    "A-law": ("WAV", "ALAW"),
    "mu-law": ("WAV", "ULAW"),
    "extensible": ("WAVEX", "PCM_16"),
    "RF64": ("RF64", "PCM_16"),
    "FLAC": ("FLAC", "PCM_16"),
    "Vorbis": ("OGG", "VORBIS"),
    "Opus": ("OGG", "OPUS"),
    "MP3": ("MP3", "MPEG_LAYER_III"),
}
FFMPEG = {
    "in.m4a": [],
    "in.webm": ["-c:a", "libopus"],
    "in.aac": [],
    "g726.wav": ["-c:a", "g726", "-b:a", "32k"],
    "gsm.wav": ["-c:a", "gsm_ms"],
}


def _streamed(path: Path, rate: int, chunk: float = 0.1) -> Samples:
    return np.concatenate(
        [np.zeros(0, dtype=np.float32), *stream_audio(path, rate=rate, chunk=chunk)]
    )


@pytest.mark.parametrize("rate", [8000, 16000])
@pytest.mark.parametrize("kind", SOUNDFILE)
def test_formats_that_soundfile_writes(tmp_path: Path, kind: str, rate: int) -> None:
    container, coding = SOUNDFILE[kind]
    path = tmp_path / "recording"
    soundfile.write(path, tone(1.0, rate, 500), rate, format=container, subtype=coding)
    heard = read_audio(path)
    assert heard.rate == 16000
    assert heard.seconds == pytest.approx(1.0, abs=0.1)
    assert strength(heard.samples, 16000, 500) == pytest.approx(0.3, rel=0.1)
    assert np.array_equal(_streamed(path, 16000), heard.samples)


@pytest.mark.parametrize("name", FFMPEG)
def test_formats_that_only_ffmpeg_knows(tmp_path: Path, name: str) -> None:
    source = wav(tmp_path / "source.wav", tone(1.0, 8000, 500), 8000)
    heard = read_audio(converted(source, name, *FFMPEG[name]))
    assert heard.seconds == pytest.approx(1.0, abs=0.25)
    assert strength(heard.samples, 16000, 500) == pytest.approx(0.3, rel=0.15)


@pytest.mark.parametrize("kind", [AMR_NB, AMR_WB], ids=["narrow band", "wide band"])
def test_amr_is_heard_whatever_its_name(tmp_path: Path, kind: tuple[bytes, int, int]) -> None:
    path = tmp_path / "recording.wav"
    path.write_bytes(amr(kind, frames=50))
    heard = read_audio(path)
    assert heard.seconds == pytest.approx(1.0, abs=0.001)
    assert np.abs(heard.samples).mean() > 0.01
    assert np.array_equal(_streamed(path, 16000), heard.samples)


@pytest.mark.parametrize("suffix", [".alaw", ".al", ".ALAW", ".ulaw", ".ul", ".mulaw"])
def test_bare_codes_are_told_by_their_suffix(tmp_path: Path, suffix: str) -> None:
    encode = ulaw_encode if "u" in suffix else alaw_encode
    path = tmp_path / f"call{suffix}"
    path.write_bytes(encode(to_int16(tone(1.0, 8000, 500))).tobytes())
    heard = read_audio(path, rate=8000)
    assert len(heard.samples) == 8000
    assert strength(heard.samples, 8000, 500) == pytest.approx(0.3, rel=0.02)


@pytest.mark.parametrize("rate", [4000, 11025, 22050, 44100, 48000, 96000, 192000])
def test_any_rate_comes_in(tmp_path: Path, rate: int) -> None:
    heard = read_audio(wav(tmp_path / "in.wav", tone(1.0, rate, 500), rate), rate=8000)
    assert len(heard.samples) == 8000
    assert strength(heard.samples, 8000, 500) == pytest.approx(0.3, rel=0.02)


@pytest.mark.parametrize("channels", [2, 3, 6])
def test_channels_are_averaged(tmp_path: Path, channels: int) -> None:
    frames = np.zeros((16000, channels), dtype=np.float32)
    frames[:, 0] = tone(1.0, 16000, 500)
    heard = read_audio(wav(tmp_path / "in.wav", frames, 16000))
    np.testing.assert_allclose(heard.samples, frames[:, 0] / channels, atol=1e-4)


@pytest.mark.parametrize("kind", ["MP3", "Vorbis", "Opus", "FLAC"])
def test_block_by_block_is_the_same_as_at_once(tmp_path: Path, kind: str) -> None:
    container, coding = SOUNDFILE[kind]
    path = tmp_path / "recording"
    soundfile.write(path, babble(3, 24000), 24000, format=container, subtype=coding)
    at_once, rate = soundfile.read(path, dtype="float32")
    heard = read_audio(path, rate=rate).samples
    np.testing.assert_allclose(heard, np.clip(at_once, -1, 1), atol=1e-6)


@pytest.mark.parametrize("chunk", [0.02, 0.1, 0.37, 30])
def test_chunks_are_as_long_as_was_asked(tmp_path: Path, chunk: float) -> None:
    path = wav(tmp_path / "in.wav", babble(2, 8000), 8000)
    lengths = [len(piece) for piece in stream_audio(path, rate=16000, chunk=chunk)]
    assert set(lengths[:-1]) <= {round(chunk * 16000)}
    assert sum(lengths) == 32000


def test_a_chunk_of_nothing_is_a_mistake_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one sample"):
        stream_audio(tmp_path / "in.wav", chunk=0)


def test_spoiled_floats_become_silence_or_full_scale(tmp_path: Path) -> None:
    samples = tone(1.0, 16000)
    samples[1000:1100], samples[2000], samples[3000] = np.nan, np.inf, 1e38
    heard = read_audio(wav(tmp_path / "in.wav", samples, 16000, "FLOAT")).samples
    assert not heard[1000:1100].any()
    assert (heard[2000], heard[3000]) == (0, 1)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_next_to_nothing_is_next_to_nothing(tmp_path: Path, count: int) -> None:
    path = wav(tmp_path / "in.wav", tone(1.0, 8000)[:count], 8000)
    assert len(read_audio(path).samples) == 2 * count
    assert len(_streamed(path, 16000)) == 2 * count


@pytest.mark.parametrize("kind", ["16 bits", "A-law", "FLAC", "Vorbis", "MP3"])
def test_a_cut_off_file_gives_what_is_left(tmp_path: Path, kind: str) -> None:
    container, coding = SOUNDFILE[kind]
    path = tmp_path / "recording"
    soundfile.write(path, babble(5, 16000), 16000, format=container, subtype=coding)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert 1 < read_audio(path).seconds < 3  # Ogg pages hold a second and more


def test_a_wav_that_was_written_to_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    content = bytearray(wav(tmp_path / "in.wav", tone(1.0, 8000), 8000).read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"  # the writer never learnt the length
    (tmp_path / "in.wav").write_bytes(content)
    assert read_audio(tmp_path / "in.wav").seconds == 1


def test_a_long_file_is_streamed_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "call.alaw"
    with path.open("wb") as file:
        file.truncate(8000 * 1200)  # twenty minutes, which take no room on the disk
    tracemalloc.start()
    seconds = sum(len(chunk) for chunk in stream_audio(path)) / 16000
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds == 1200
    assert peak < 1_000_000  # octets; the whole would be 77 million


def test_four_hours_are_read_and_not_a_minute_more(tmp_path: Path) -> None:
    path = tmp_path / "call.alaw"
    with path.open("wb") as file:
        file.truncate(8000 * 4 * 3600)
        assert len(next(stream_audio(path))) == 1600
        file.truncate(8000 * (4 * 3600 + 60))
    for read in (read_audio, lambda path: next(stream_audio(path))):
        with pytest.raises(AudioError, match="最长4小时"):
            read(path)


@pytest.mark.parametrize(
    ("longest", "said"), [(1800, "最长30分钟"), (90, "最长90秒"), (0.5, "最长0.5秒")]
)
def test_the_limit_is_named_in_a_unit_that_fits(tmp_path: Path, longest: float, said: str) -> None:
    path = tmp_path / "call.alaw"
    with path.open("wb") as file:
        file.truncate(8000 * 1801)
    with pytest.raises(AudioError, match=said):
        read_audio(path, longest=longest)


def test_a_limit_holds_where_the_header_tells_no_length(tmp_path: Path) -> None:
    path = tmp_path / "call.amr"
    path.write_bytes(amr(AMR_NB, frames=100))
    assert read_audio(path, longest=2).seconds == 2
    with pytest.raises(AudioError, match="最长1秒"):
        read_audio(path, longest=1)
