"""A caller, a line and a conversation on a virtual clock, around one real session."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from bot.emergency.emergency import Emergency
from bot.reply import Answer, Reply
from care.data_files import DATA
from voice.call import actions as do
from voice.call import events
from voice.call.about_call import AboutCall
from voice.call.phase import At, Phase
from voice.call.prompts import load_call_prompts
from voice.call.session import Session
from voice.call.setting import Purpose, Setting
from voice.line.leg import Ended, Failed
from voice.turn.voiced import Voiced

WINDOW = 0.032
SYLLABLE = 0.2
PROMPTS = load_call_prompts(DATA)
ABOUT = AboutCall.load(DATA)
LONGEST_SILENCE = 1.5
"""Seconds of nothing while it is our turn."""


def detect(text: str) -> Emergency | None:
    """Two kinds of emergency are enough here."""
    for word, category in (("摔倒", "fall"), ("着火", "fire")):
        if word in text:
            return Emergency(category, 1, word, third_person=False, evidence=())  # type: ignore[arg-type]
    return None


def setting(
    *names: str,
    sure: bool = False,
    recorded: bool = True,
    purpose: Purpose | None = None,
) -> Setting:
    elders = dict(enumerate(names, start=1))
    return Setting(PROMPTS, ABOUT, detect, elders, sure, recorded, purpose=purpose)


def says(text: str, **more: object) -> Answer:
    return Answer((Reply(text),), **more)  # type: ignore[arg-type]


A = TypeVar("A", bound=do.Action)


@dataclass
class Plan:
    """How the world around the session behaves."""

    answer: Callable[[str], Answer | None] = lambda text: says(f"您说的是{text}。")
    """None: the conversation raises."""
    thinks: float = 0.1
    voice: float = 0.1
    """Seconds until an utterance sounds."""
    broken_voice: bool = False
    operator: float | None = None
    """Seconds until one picks up; None: nobody does."""
    rings: float = 20.0
    talks: float = 10.0
    """Seconds that the operator stays."""
    alarms_stick: bool = False


@dataclass
class World:
    """Runs the session; everything that happened is kept with its time."""

    plan: Plan = field(default_factory=Plan)
    with_setting: Setting = field(default_factory=setting)
    now: float = 0.0
    done: list[tuple[float, do.Action]] = field(default_factory=list)
    heard: list[tuple[float, float, str]] = field(default_factory=list)
    """From, to, what the caller heard of us."""
    steps: int = 0

    def __post_init__(self) -> None:
        self.session = Session(self.with_setting)
        self._coming: list[tuple[float, int, Callable[[], None]]] = []
        self._number = count()
        self._speech: list[tuple[float, float, str]] = []
        self._cut = 0.0
        self._saying: tuple[int, str, float, float] | None = None
        self._texts: dict[int, str] = {}
        self._filler_until = 0.0
        self._tone = self._gone = False
        self._owed: float | None = None
        self._alarming: dict[str, float] = {}
        self._raised: set[str] = set()
        self._partial = ""

    # --- what the test says ------------------------------------------------------------------

    def call(self) -> "World":
        self.at(0.0, lambda: self.tell(events.Admitted()))
        return self

    def at(self, when: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._coming, (when, next(self._number), what))

    def speaks(self, when: float, text: str, seconds: float | None = None) -> float:
        """Gives when they are done."""
        until = when + (len(text) * SYLLABLE if seconds is None else seconds)
        self._speech.append((when, until, text))
        return until

    def press(self, when: float, digit: str) -> None:
        self.at(when, lambda: self.tell(events.KeyPressed(digit)))

    def hang_up(self, when: float, why: Ended = Ended.THEY_HUNG_UP) -> None:
        self.at(when, lambda: self._go(why))

    def run(self, until: float) -> "World":
        while self.now < until and not (self._gone and not self._coming):
            quiet = self._owed is None and not self._near_speech(0.3)
            self._step(min(self.now + (0.24 if quiet else WINDOW), until))
        return self

    def _near_speech(self, before: float) -> bool:
        """Whether the caller spoke shortly before, or is about to: else windows tell nothing."""
        return any(begin - before <= self.now <= end + 2.0 for begin, end, _ in self._speech)

    # --- what the test asks ------------------------------------------------------------------

    def did(self, kind: type[A]) -> list[tuple[float, A]]:
        return [(at, action) for at, action in self.done if isinstance(action, kind)]

    def notes(self, kind: str) -> list[do.Note]:
        return [a for _, a in self.done if isinstance(a, do.Note) and a.kind == kind]

    @property
    def said(self) -> list[str]:
        return [action.text for _, action in self.done if isinstance(action, do.Say)]

    @property
    def words(self) -> list[str]:
        return [action.text for _, action in self.done if isinstance(action, do.Hear)]

    # --- the world ---------------------------------------------------------------------------

    def tell(self, event: events.Event) -> None:
        self.steps += 1
        assert self.steps < 400 + 200 * (self.now + 1), "the session never comes to rest"
        if self._gone and not isinstance(
            event, events.Gone | events.TurnHeard | events.AnswerReady | events.AnswerFailed
        ):
            return
        for action in self.session.on(event, self.now):
            self.done.append((self.now, action))
            self._act(action)

    def _step(self, until: float) -> None:
        while True:
            due = self.session.next_due()
            coming = self._coming[0][0] if self._coming else None
            times = [each for each in (due, coming) if each is not None and each <= until]
            if not times:
                break
            self.now = max(self.now, min(times))
            if coming is not None and coming <= self.now:
                heapq.heappop(self._coming)[2]()
            else:
                self.tell(events.Tick())
        self.now = until
        self._listen()
        self._check()

    def _listen(self) -> None:
        if self._gone or self.session.phase is Phase.RINGING or not self._near_speech(0.1):
            return
        speaking = any(begin <= self.now < end for begin, end, _ in self._speech)
        probability = 0.95 if speaking else 0.02
        level = -22.0 if speaking else -70.0
        self.tell(events.Sounded(Voiced(self.now - WINDOW, WINDOW, probability, level, 0.9)))
        text = self._text()
        if text != self._partial:
            self._partial = text
            found = detect(text)
            if found is not None and found.category not in self._raised:
                self._alarming.setdefault(found.category, self.now)
            self.tell(events.PartialHeard(text))

    def _text(self) -> str:
        """What the recogniser has of everything since the last turn, 0.15 s late."""
        parts = []
        for begin, end, text in self._speech:
            if begin >= self._cut:
                share = (self.now - 0.15 - begin) / max(end - begin, 1e-9)
                parts.append(text[: max(0, int(min(share, 1.0) * len(text)))])
        return "".join(parts)

    def _act(self, action: do.Action) -> None:  # noqa: PLR0912
        match action:
            case do.PickUp():
                self._owed = self.now
                self.at(self.now + 0.05, lambda: self.tell(events.Up()))
            case do.Say(number, text, _):
                assert self.session.at is not At.OPERATOR, "spoke over an operator"
                self._texts[number] = text
                self._begin(number, 0.0)
            case do.GoOn(number, stopped):
                assert self.session.at is not At.OPERATOR, "spoke over an operator"
                self._begin(number, stopped)
            case do.Fill(text, _):
                assert self.session.at is not At.OPERATOR, "spoke over an operator"
                self._filler_until = self.now + 0.05 + len(text) * SYLLABLE
            case do.StopTalking(number):
                self._stop(number)
            case do.EndTurn():
                self._end_turn()
            case do.Hear(turn, text):
                self._ask(turn, text)
            case do.RaiseForSilence(turn, _):
                self._ask(turn, "没有声音")
            case do.RaiseAlarm(text):
                self._raise(text)
            case do.Transfer():
                self._transfer()
            case do.HoldTone(on):
                self._tone = on
            case do.Note("dropped", _):
                self._owed = None  # 嗯, while we talked: nobody waits for an answer
            case do.GetThrough():
                self.at(self.now, lambda: self.tell(events.Admitted()))
            case do.HangUp():
                self.at(self.now + 0.05, lambda: self._go(Ended.WE_HUNG_UP))

    def _begin(self, number: int, stopped: float) -> None:
        assert self._saying is None, "two utterances at once"
        if self.plan.broken_voice:
            self.at(self.now, lambda: self.tell(events.VoiceFailed(number)))
            return
        begin = max(self.now + self.plan.voice, self._filler_until)
        end = begin + max(0.1, len(self._texts[number]) * SYLLABLE - stopped)
        self._saying = (number, self._texts[number], begin - stopped, end)

        def ifsaying(what: Callable[[], None]) -> Callable[[], None]:
            mine = self._saying
            return lambda: what() if self._saying is mine else None

        def played() -> None:
            self.heard.append((begin, self.now, self._texts[number]))
            self._saying = None
            self.tell(events.Played(number))

        self.at(begin, ifsaying(lambda: self.tell(events.Started(number))))
        self.at(end, ifsaying(played))

    def _stop(self, number: int) -> None:
        if self._saying is not None and self._saying[0] == number:
            _, text, begin, _ = self._saying
            self._saying = None
            heard = max(0.0, self.now - begin)
            self.heard.append((begin, self.now, text))
            self.at(self.now, lambda: self.tell(events.Stopped(number, heard)))
        self._filler_until = min(self._filler_until, self.now)

    def _end_turn(self) -> None:
        text = self._text()
        self._cut, self._partial = self.now, ""
        self._speech = [
            (b, e, t)
            if e <= self.now or b >= self.now
            else (self.now, e, t[self._done_of(b, e, t) :])
            for b, e, t in self._speech
        ]
        if text and self._owed is None:
            self._owed = self.now
        self.at(self.now + 0.05, lambda: self.tell(events.TurnHeard(text)))

    def _done_of(self, begin: float, end: float, text: str) -> int:
        return max(0, int(min((self.now - 0.15 - begin) / (end - begin), 1.0) * len(text)))

    def _ask(self, turn: int, text: str) -> None:
        answer = self.plan.answer(text)
        event = events.AnswerFailed(turn) if answer is None else events.AnswerReady(turn, answer)
        self.at(self.now + self.plan.thinks, lambda: self.tell(event))

    def _raise(self, text: str) -> None:
        found = detect(text)
        assert found is not None
        self._alarming.pop(found.category, None)
        self._raised.add(found.category)
        told = events.AlarmStuck() if self.plan.alarms_stick else events.AlarmKept()
        self.at(self.now + 0.03, lambda: self.tell(told))

    def _transfer(self) -> None:
        wait = self.plan.operator
        if wait is None or wait > self.plan.rings:
            late = min(self.plan.rings, 20.0)
            self.at(self.now + late, lambda: self.tell(events.NotHandedOver(Failed.NO_ANSWER)))
            return
        self.at(self.now + wait, lambda: self.tell(events.HandedOver()))
        self.at(self.now + wait + self.plan.talks, lambda: self.tell(events.OperatorLeft()))

    def _go(self, why: Ended) -> None:
        if not self._gone:
            self.tell(events.Gone(why))
            self._gone = True
            self._saying = None

    def _check(self) -> None:
        for category, at in self._alarming.items():
            assert self.now - at < 0.3, f"{category} was said and no alarm raised"
        sounds = self._saying is not None and self._saying[2] <= self.now
        sounds = sounds or self._filler_until > self.now or self._tone
        speaking = any(begin <= self.now < end for begin, end, _ in self._speech)
        if sounds or speaking or self._gone or self.session.at is At.OPERATOR:
            self._owed = None
        if self._owed is not None:
            silent = self.now - self._owed
            assert silent <= LONGEST_SILENCE, f"{silent:.1f} s of nothing at {self.now:.1f}"
