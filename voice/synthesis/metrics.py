"""What an operator of the system sees of the voice; nothing of what was said."""

from functools import cache

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 2.5, 5.0, 10.0)


class Metrics:
    """One set for each registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.waited = Histogram(
            "voice_synthesis_wait_seconds",
            "How long a clause waited until its synthesis began",
            buckets=_SECONDS,
            registry=registry,
        )
        self.waiting = Gauge(
            "voice_synthesis_waiting", "Clauses that wait for their turn", registry=registry
        )
        self.running = Gauge(
            "voice_synthesis_running", "Clauses being synthesised", registry=registry
        )
        self.pieces = Counter(
            "voice_pieces",
            "Pieces of speech by where they came from",
            ["source"],
            registry=registry,
        )
        self.first = Histogram(
            "voice_first_audio_seconds",
            "From a text to the first sound of it",
            buckets=_SECONDS,
            registry=registry,
        )


@cache
def metrics_of(registry: CollectorRegistry = REGISTRY) -> Metrics:
    """The metrics in this registry; a second speaker in one process shares them."""
    return Metrics(registry)
