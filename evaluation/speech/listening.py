"""One utterance through a recogniser, as a call feeds it."""

from voice.audio.pcm import Pcm
from voice.recognition.beside import Beside
from voice.recognition.phrases import Grammar
from voice.recognition.recogniser import Recogniser
from voice.recognition.transcript import Transcript, joined
from voice.recognition.vosk_model import SpeechModel

CHUNK = 0.1
"""Seconds handed over at once."""


def listen(ears: Recogniser, pcm: Pcm) -> Transcript:
    """Everything that `ears`, made for the rate of `pcm`, hear in it."""
    size = round(CHUNK * pcm.rate)
    heard: list[Transcript] = []
    for start in range(0, len(pcm.samples), size):
        event = ears.accept(pcm.samples[start : start + size])
        if isinstance(event, Transcript):
            heard.append(event)
    return joined([*heard, ears.finish()])


def listen_openly(model: SpeechModel, pcm: Pcm) -> Transcript:
    """With the whole vocabulary."""
    return listen(model.recogniser(pcm.rate), pcm)


def listen_narrowly(model: SpeechModel, pcm: Pcm, grammar: Grammar) -> Transcript:
    """With nothing but the grammar."""
    return listen(model.recogniser(pcm.rate, grammar), pcm)


def listen_beside(model: SpeechModel, pcm: Pcm, grammar: Grammar) -> Transcript:
    """With both, as a call does while it waits for a number."""
    ears = Beside(model.recogniser(pcm.rate), rate=pcm.rate)
    ears.narrow(model.recogniser(pcm.rate, grammar))
    return listen(ears, pcm)
