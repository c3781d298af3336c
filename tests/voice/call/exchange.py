"""A switchboard with a real conversation and database, and everything else imagined."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

import numpy as np

from bot.conversation import Conversation
from bot.dialogue import Said
from bot.reply import Reply
from care.calls.notebook import Job
from care.data_files import DATA
from care.storage.engine import Sessions
from tests.voice.call.fake_leg import FakeLeg, FakeLine
from voice.audio.pcm import Samples
from voice.call.about_call import AboutCall
from voice.call.admission import Admission
from voice.call.alarms import AlarmKeeper
from voice.call.books import NoTape
from voice.call.equipment import Books, Equipment
from voice.call.ports import Journal, Tape
from voice.call.prompts import load_call_prompts
from voice.call.switchboard import Switchboard
from voice.line.leg import CallLeg
from voice.synthesis.port import Style, SynthesisError

T = TypeVar("T")
PROMPTS = load_call_prompts(DATA)


class Echoing:
    """In Rasa's place."""

    def say(self, _dialogue_id: str, text: str) -> Said:
        return Said((Reply(f"您说的是{text}。"),))


@dataclass
class FakeVoice:
    """A tone for every text."""

    said: list[str] = field(default_factory=list)
    broken: bool = False

    def stream(
        self, text: str, style: Style | None = None, *, rate: int = 24_000, patience: float = 2.5
    ) -> Iterator[Samples]:
        if self.broken:
            raise SynthesisError("broken on purpose")
        self.said.append(text)
        return self._tone(len(text) * 0.2, rate)

    @staticmethod
    def _tone(seconds: float, rate: int) -> Iterator[Samples]:
        while seconds > 0:
            length = min(seconds, 0.5)
            times = np.arange(round(length * rate)) / rate
            yield (0.1 * np.sin(2 * np.pi * 300 * times)).astype(np.float32)
            seconds -= length


@dataclass
class FakeEars:
    """Hears the next of its texts as soon as there is sound."""

    texts: list[str]
    hear: Callable[[str], None]
    broken: bool = False
    _loud: float = 0.0

    def push(self, samples: Samples) -> None:
        if self.broken:
            raise RuntimeError("broken on purpose")
        self._loud += float(np.count_nonzero(np.abs(samples) > 0.01)) / 8000
        if self._loud > 0.3 and self.texts:
            self.hear(self.texts[0])

    def finish(self) -> Awaitable[tuple[str, float]]:
        loud, self._loud = self._loud, 0.0
        text = self.texts.pop(0) if loud > 0.3 and self.texts else ""

        async def done() -> tuple[str, float]:
            return text, 0.9

        return done()

    def narrow(self, slot: str | None) -> None:
        """It hears everything anyhow."""


@dataclass
class FakeJournal:
    """Keeps what is noted."""

    notes: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    why: str | None = None

    def note(self, kind: str, detail: Mapping[str, object], at: datetime) -> None:
        self.notes.append((kind, dict(detail)))

    def answered(self, at: datetime) -> None:
        self.notes.append(("answered", {}))

    def belongs(self, *, elder_id: int | None = None, conversation_id: int | None = None) -> None:
        self.notes.append(("belongs", {"elder": elder_id, "conversation": conversation_id}))

    def agreed(self, at: datetime) -> None:
        self.notes.append(("agreed", {}))

    def refused(self, at: datetime) -> None:
        self.notes.append(("refused", {}))

    def ended(self, why: str, at: datetime) -> None:
        self.why = why

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.notes]


@dataclass
class FakeBooks:
    """Hands out journals."""

    journals: list[FakeJournal] = field(default_factory=list)
    records: bool = True

    def open(self, leg: CallLeg, *, outbound: bool) -> Journal:
        journal = FakeJournal()
        self.journals.append(journal)
        return journal

    def tape(
        self, journal: Journal, leg: CallLeg, now: float, *, of_operator: bool = False
    ) -> Tape:
        return NoTape()


@dataclass
class Exchange:
    """Everything of one test; made inside the loop."""

    conversation: Conversation
    sessions: Sessions
    texts: list[str] = field(default_factory=list)
    """What the caller says, one each time they speak."""
    limit: int = 4
    operators: tuple[str, ...] = ("sip:8001@127.0.0.1",)
    refers: bool = False
    own_books: Books | None = None
    """In place of the imagined ones."""
    later: Callable[[Job], None] | None = None
    """In place of one that writes at once."""

    def __post_init__(self) -> None:
        self.line, self.voice, self.books = FakeLine(), FakeVoice(), FakeBooks()
        self.ears: list[FakeEars] = []
        self.deaf = False
        loop = asyncio.get_running_loop()
        self.loop = loop
        equipment = Equipment(
            line=self.line,
            conversation=self.conversation,
            voice=self.voice,
            make_ears=self._make_ears,
            alarms=AlarmKeeper(self.conversation, inline),
            books=self.own_books or self.books,
            sessions=self.sessions,
            later=self.later or self._at_once,
            prompts=PROMPTS,
            about=AboutCall.load(DATA),
            run=inline,
            clock=loop.time,
            style=Style(),
            operators=self.operators,
            refers=self.refers,
        )
        self.alarms = equipment.alarms
        self.switchboard = Switchboard(equipment, Admission(self.limit, 3))

    def ring(self, name: str = "a", caller: str | None = "13800000001") -> FakeLeg:
        leg = FakeLeg(name, caller)
        self.switchboard.on_call(leg)
        return leg

    def _at_once(self, job: Job) -> None:
        with self.sessions.begin() as session:
            job(session)

    def _make_ears(self, rate: int, hear: Callable[[str], None]) -> FakeEars:
        ears = FakeEars(self.texts, hear, broken=self.deaf)
        self.ears.append(ears)
        return ears


async def inline(function: Callable[[], T]) -> T:
    """Does it at once, and lets others go first as a thread would."""
    await asyncio.sleep(0.001)
    return function()


def with_dialogue(conversation: Conversation, dialogue: object) -> Conversation:
    return replace(conversation, dialogue=dialogue)  # type: ignore[arg-type]
