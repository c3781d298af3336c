"""How well the start of speech is told from everything else: rates that a benchmark can print."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.voice.turn import sounds
from tests.voice.turn.said import OURS, SENTENCES, TELEVISION, recorded
from voice.audio.pcm import Samples
from voice.turn.activity import Activity
from voice.turn.echo import Echo
from voice.turn.nearness import Nearness
from voice.turn.start import BargeIn

RATE = sounds.RATE
FRAME = RATE // 50
"""Samples of 20 ms, as a telephone line brings them."""

LEAD = 0.5
"""Seconds of quiet before what is tried."""

ONSET = LEAD + 0.05
"""Where a recorded sentence begins to be heard."""


@dataclass(frozen=True)
class Trial:
    """Something that comes in while we talk."""

    kind: str
    heard: Samples
    played: Samples
    is_speech: bool


@dataclass
class Rates:
    """What became of the trials, by kind."""

    stopped: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    tried: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    delays: list[float] = field(default_factory=list)
    """Seconds from the first sound of a word to the stop."""

    def rate(self, kinds: Iterable[str]) -> float:
        """Share of the trials of these kinds that stopped our voice."""
        kinds = list(kinds)
        return sum(self.stopped[kind] for kind in kinds) / sum(self.tried[kind] for kind in kinds)

    def delay(self, percent: float) -> float:
        """Percentile of the delays, in seconds."""
        return float(np.percentile(self.delays, percent))


def stop_time(trial: Trial, nearness: Nearness | None = None) -> float | None:
    """When our voice would be stopped, in seconds of the trial; None when it isn't."""
    activity, echo = Activity(RATE), Echo(RATE)
    barge_in = BargeIn(nearness=nearness)
    barge_in.began()
    for at in range(0, len(trial.heard) - FRAME + 1, FRAME):
        heard = trial.heard[at : at + FRAME]
        echo.exchange(trial.played[at : at + FRAME], heard)
        for voiced in activity.push(heard):
            like = echo.similarity() if voiced.is_speech(goes_on=True) else None
            if barge_in.hear(voiced, True, like) is not None:
                return (at + FRAME) / RATE
    return None


def measure(trials: Iterable[Trial]) -> Rates:
    """Lets all of them come in."""
    rates = Rates()
    for trial in trials:
        rates.tried[trial.kind] += 1
        stopped = stop_time(trial)
        if stopped is not None:
            rates.stopped[trial.kind] += 1
            if trial.is_speech:
                rates.delays.append(stopped - ONSET)
    return rates


def told(rates: Rates) -> str:
    """One line a kind, and the delays."""
    lines = [
        f"{kind:<24} stopped {rates.stopped[kind]:>3} of {rates.tried[kind]:>3}"
        for kind in rates.tried
    ]
    if rates.delays:
        delays = ", ".join(f"p{q} {rates.delay(q) * 1000:.0f} ms" for q in (50, 95, 100))
        lines.append(f"from the first sound of a word to the stop: {delays}")
    return "\n".join(lines)


def speech_trials(seed: int = 12349) -> Iterator[Trial]:
    """Every sentence, plain, quiet, trembling, in noise, and over the echo of our own voice."""
    rng = np.random.default_rng(seed)
    for name in SENTENCES:
        sentence = recorded(name)
        yield _trial("speech", sentence, rng)
        yield _trial("speech, quiet", sounds.at_level(sentence, -34), rng)
        yield _trial("speech, old", sounds.old(sentence, rng), rng)
        yield _trial("speech, in noise", sentence, rng, around=sounds.kettle(rng), decibels=-38)
        yield _trial("speech over echo -20", sentence, rng, echo=-20)
        yield _trial("speech over echo -14", sentence, rng, echo=-14)


def noise_trials(times: int = 10, seed: int = 12349) -> Iterator[Trial]:
    """Coughs, doors, hum and the like."""
    for name, make in sounds.NOISES.items():
        for number in range(times):
            rng = np.random.default_rng((seed, number))
            yield _trial(name, make(rng), rng, is_speech=False)


def television_trials(seed: int = 12349) -> Iterator[Trial]:
    """News across the room, 26 dB below a caller at the telephone."""
    for name in TELEVISION:
        for number in range(3):
            rng = np.random.default_rng((seed, number))
            sound = sounds.in_the_room(recorded(name), rng, -44 - 3 * number)
            yield _trial("television", sound, rng, is_speech=False)


def echo_trials(seed: int = 12349) -> Iterator[Trial]:
    """Our own voice, as loud and as late as lines bring it back."""
    ours = recorded(OURS)
    for number, decibels in enumerate((-12, -16, -20, -25, -30)):
        for delay in (0.05, 0.1, 0.2, 0.3):
            rng = np.random.default_rng((seed, number, round(delay * 1000)))
            back = sounds.echo(ours, rng, decibels, delay)
            heard = sounds.over_the_line(back + _quiet(len(ours), rng))
            yield Trial(f"echo {decibels} dB", heard, ours, False)


def _trial(
    kind: str,
    sound: Samples,
    rng: sounds.Rng,
    *,
    is_speech: bool = True,
    around: Samples | None = None,
    decibels: float = -40.0,
    echo: float | None = None,
) -> Trial:
    """`sound` after LEAD while we talk; `around` it noise, or our own voice as an `echo`."""
    length = round(LEAD * RATE) + len(sound) + RATE // 2
    heard = _quiet(length, rng)
    heard[round(LEAD * RATE) :][: len(sound)] += sound
    if around is not None:
        heard += np.resize(sounds.at_level(around, decibels), length)
    begin = int(rng.integers(0, 4 * RATE))
    played = np.resize(recorded(OURS)[begin:], length)
    if echo is not None:
        heard += sounds.echo(played, rng, echo, 0.15)
    return Trial(kind, sounds.over_the_line(heard), played, is_speech)


def _quiet(length: int, rng: sounds.Rng) -> Samples:
    return sounds.quiet(length / RATE, rng)[:length].copy()
