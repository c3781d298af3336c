"""How well a running Rasa server understands the test utterances, clean and noisy."""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpx
from rich.progress import track

from care.language.normalise import normalise
from evaluation.noise import corrupt
from evaluation.scores import Reading
from evaluation.server import ServerError
from evaluation.utterances import Named, Utterance, is_noisy

Parse = Callable[[str], dict[str, Any]]
"""From a normalised text to the server's answer, as `/model/parse` gives it."""


def rasa(url: str, timeout: float = 20.0) -> Parse:
    """A `Parse` over HTTP; `timeout` in seconds. Calls raise `ServerError`."""
    client = httpx.Client(base_url=url, timeout=timeout)

    def parse(text: str) -> dict[str, Any]:
        try:
            response = client.post("/model/parse", json={"text": text})
            response.raise_for_status()
            answer: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ServerError(f"{url}/model/parse gave no answer: {error}") from error
        return answer

    return parse


def read_all(
    utterances: Sequence[Utterance], parse: Parse, *, seed: int
) -> dict[str, list[Reading]]:
    """Readings of four sets: `clean` (two thirds) and `noisy` (one third), and all both ways."""
    clean = [
        read(utterance, parse, heard=utterance.text, noisy=False)
        for utterance in track(utterances, description="clean")
    ]
    noisy = [
        read(utterance, parse, heard=recognised(utterance, seed), noisy=True)
        for utterance in track(utterances, description="noisy")
    ]
    return {
        "clean": _where(clean, noisy_third=False),
        "noisy": _where(noisy, noisy_third=True),
        "all_clean": clean,
        "all_noisy": noisy,
    }


def recognised(utterance: Utterance, seed: int) -> str:
    """What the simulated recogniser writes; depends on `seed` and the text alone."""
    rng = random.Random(f"{seed}:{utterance.text}")  # noqa: S311 - a simulation, no secret
    return corrupt(utterance.text, rng)


def read(utterance: Utterance, parse: Parse, *, heard: str, noisy: bool) -> Reading:
    """One utterance the way a conversation sends it: normalised first."""
    answer = parse(normalise(heard))
    intent = answer.get("intent") or {}
    return Reading(
        utterance=utterance,
        heard=heard,
        noisy=noisy,
        intent=str(intent.get("name") or "nothing"),
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(_named(answer.get("entities") or [])),
    )


def _named(entities: Iterable[dict[str, Any]]) -> Iterable[Named]:
    for entity in entities:
        yield Named(kind=str(entity["entity"]), value=str(entity["value"]))


def _where(readings: Sequence[Reading], *, noisy_third: bool) -> list[Reading]:
    return [reading for place, reading in enumerate(readings) if is_noisy(place) == noisy_third]
