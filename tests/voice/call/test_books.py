"""What is kept of a call in which the caller was connected with an operator."""

import asyncio
from datetime import timedelta
from pathlib import Path

import numpy as np
import soundfile

from bot.conversation import Conversation
from care.calls import recordings, service
from care.calls.keys import open_keyring
from care.calls.notebook import Notebook
from care.calls.recorder import Recorder
from care.storage.engine import Sessions
from hotline.calls_play import play, playable
from tests.conftest import NOW
from tests.voice.call.exchange import Exchange
from tests.voice.call.virtual_loop import run
from voice.call.books import CallBooks
from voice.line.leg import Pcm16

GREETED = 6.0


def test_both_voices_of_a_talk_with_an_operator_are_heard_again(
    conversation: Conversation,
    embedded: Sessions,
    speech: Pcm16,
    tmp_path: Path,
) -> None:
    keys, folder = open_keyring(tmp_path / "keys"), tmp_path / "recordings"
    notebook, recorder = Notebook(embedded, every=0.0), Recorder(folder, keys)
    moments: list[float] = []  # of the call, when the elder and when the operator began to speak

    async def call() -> None:
        loop = asyncio.get_running_loop()
        books = CallBooks(
            notebook,
            recorder,
            lambda: NOW + timedelta(seconds=loop.time()),
            channel="sip",
            process="test",
            peer="http://127.0.0.1:8000",
        )
        exchange = Exchange(conversation, embedded, own_books=books)
        elder = exchange.ring()
        await asyncio.sleep(GREETED)
        elder.press("0")
        await asyncio.sleep(10.0)
        [operator] = exchange.line.operators
        moments.append(loop.time())
        elder.say(speech)
        await asyncio.sleep(4.0)
        moments.append(loop.time())
        operator.say(speech)
        await asyncio.sleep(4.0)
        elder.put_down()
        await asyncio.sleep(1.0)
        await exchange.switchboard.stop()

    run(call())
    assert recorder.close()
    assert notebook.close() == 0
    with embedded() as session:
        [found] = service.recent(session)
        rows = playable(found, recordings.of_call(session, found.id))
    assert {row.speaker for row in rows} == {"elder", "assistant", "operator"}
    play(rows, folder, keys, tmp_path / "call.wav")
    samples, rate = soundfile.read(tmp_path / "call.wav")

    def loud(side: int, start: float) -> bool:
        piece = samples[round((start + 0.5) * rate) : round((start + 1.5) * rate), side]
        return bool(np.abs(piece).mean() > 0.01)

    elder, operator = moments
    assert [loud(0, elder), loud(1, elder)] == [True, False]
    assert [loud(0, operator), loud(1, operator)] == [False, True]
