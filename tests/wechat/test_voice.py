"""Voice messages: recognised by the platform, by us, or not at all; and answers that are heard.

The recordings in `said/` were made from this project's own voice: AMR at 8 kHz, Speex at 16 kHz.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from care.storage.engine import open_engine, open_sessions
from care.wechat import users
from tests.databases import ELDER_KEY, new_sqlite
from tests.wechat.world import ELDER, PATIENCE, World, world
from voice.audio.reading import read_audio

SAID = Path(__file__).parent / "said"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One hotline for all, since ears and voice take seconds to load."""
    path = tmp_path_factory.mktemp("wechat") / "hotline.db"
    engine = open_engine(new_sqlite(path), ELDER_KEY)
    with world(open_sessions(engine)) as made:
        made.start(patience=PATIENCE)
        yield made
    engine.dispose()


@pytest.fixture
def wechat(shared: World) -> World:
    """As nobody had written yet."""
    shared.account.users.clear()
    shared.account.media.clear()
    shared.rasa.heard.clear()
    return shared


def upload(made: World, octets: bytes) -> str:
    return made.account.keep("amr", octets)


def test_what_the_platform_recognised_is_taken(wechat: World) -> None:
    wechat.do(lambda d: d.voice(ELDER, "never-fetched", "高龄津贴怎么申请。"))
    assert wechat.rasa.heard == ["高龄津贴怎么申请。"]


@pytest.mark.parametrize("name", ["我要订饭.amr", "我要订饭.spx"])
def test_what_it_did_not_recognise_is_heard_by_us(wechat: World, name: str) -> None:
    media_id = upload(wechat, (SAID / name).read_bytes())
    wechat.do(lambda d: d.voice(ELDER, media_id, ""))
    assert wechat.until(1) == ["您说的是我要订饭"]


@pytest.mark.parametrize("octets", [b"", b"#!AMR\n", b"#!AMR\n" + b"\x7c" * 20, b"GIF89a", None])
def test_what_nobody_understands_is_answered_with_the_number(
    wechat: World, octets: bytes | None
) -> None:
    media_id = "not-there" if octets is None else upload(wechat, octets)
    wechat.do(lambda d: d.voice(ELDER, media_id, ""))
    [told] = wechat.until(1)
    assert "没听清" in told
    assert "12349" in told
    assert wechat.rasa.heard == []


def test_a_token_that_ended_is_renewed_for_media_too(wechat: World) -> None:
    wechat.account.failing.append(42001)
    media_id = upload(wechat, (SAID / "我要订饭.amr").read_bytes())
    wechat.do(lambda d: d.voice(ELDER, media_id, ""))
    assert wechat.until(1) == ["您说的是我要订饭"]


def test_a_voice_message_larger_than_it_may_be_is_not_kept(wechat: World) -> None:
    media_id = upload(wechat, b"#!AMR\n" + b"\x3c" * (2 * 1024 * 1024))
    wechat.do(lambda d: d.voice(ELDER, media_id, ""))
    assert "没听清" in wechat.until(1)[0]


def test_whoever_wishes_hears_the_answer_too(wechat: World, tmp_path: Path) -> None:
    wechat.rasa.says = lambda text: "好的。"
    with wechat.sessions.begin() as session:
        users.set_voice_replies(session, ELDER, wechat.clock(), wished=True)
    wechat.do(lambda d: d.voice(ELDER, "x", "我要订饭"))
    written, spoken = wechat.until(2)
    assert written == "好的。"
    kind, octets = wechat.account.media[spoken]
    path = tmp_path / "answer.mp3"
    path.write_bytes(octets)
    assert kind == "voice"
    assert 0.2 < read_audio(path, rate=8000).seconds < 5
    wechat.say("再见")  # what is written is answered in writing alone
    assert wechat.until(3)[2:] == ["好的。"]
    assert len(wechat.account.media) == 1
