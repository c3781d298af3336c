"""What the parts of one session share: the moment, what is to be done, the voice, the caller."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voice.call.actions import Action, Fill, Narrow, Note
from voice.call.dead_air import DeadAir
from voice.call.floor import Floor
from voice.call.mouth import Mouth, Then, Utterance
from voice.call.phase import At, Phase
from voice.call.setting import Setting
from voice.turn.prompts import turn_prompts
from voice.turn.silence import Silence


@dataclass
class Scene:
    """One call's; the session owns it, its parts write into it."""

    setting: Setting
    mouth: Mouth
    floor: Floor
    air: DeadAir
    silence: Silence = field(default_factory=Silence)
    now: float = 0.0
    """Seconds of the clock that every event brings."""
    phase: Phase = Phase.RINGING
    at: At = At.ASSISTANT
    listens: bool = True
    """False as long as it isn't known whom a call of ours reached."""
    held: bool = False
    """The caller put us on hold: nothing is said."""
    actions: list[Action] = field(default_factory=list)
    """What the event at hand leads to."""
    _turns: dict[Sequence[str], int] = field(default_factory=dict)
    _filler: str | None = None
    """That was said last."""

    @property
    def assists(self) -> bool:
        """Whether the caller is with us, and not with an operator or in the queue."""
        return self.phase in {Phase.TALKING, Phase.CLOSING} and self.at is At.ASSISTANT

    @property
    def may_answer(self) -> bool:
        """Whether an answer may be said: no operator is on the line."""
        return self.phase in {Phase.TALKING, Phase.CLOSING} and self.at is not At.OPERATOR

    def do(self, *actions: Action) -> None:
        """Adds to what is to be done."""
        self.actions += actions

    def note(self, kind: str, **detail: str | float | bool) -> None:
        """Adds to the timeline."""
        self.do(Note(kind, detail))

    def say(self, utterance: Utterance) -> None:
        """Speaks, after what is being said."""
        self._begin(self.mouth.say(utterance))

    def say_what_waits(self) -> None:
        """What has to be heard whole, and waited until the caller had finished."""
        if not self.floor.taken:
            self._begin(self.mouth.next())

    def _begin(self, begins: Sequence[Action]) -> None:
        self.do(*begins)
        if begins and self.mouth.saying is not None:
            self.we_begin(self.mouth.saying)

    def we_begin(self, utterance: Utterance) -> None:
        """An utterance is on its way."""
        self.floor.we_talk(utterance.interruptible)
        self.floor.expect(utterance.expects)
        self.silence.talking()
        self.air.ours(self.now)

    def prompt(
        self,
        text: str | Sequence[str],
        *,
        then: Then = Then.LISTEN,
        interruptible: bool = True,
        expects: str | None = None,
        told: bool = False,
    ) -> None:
        """A sentence of the line itself; of variants the next."""
        self.say(Utterance(self.variant(text), interruptible, expects, then, told=told))

    def variant(self, text: str | Sequence[str]) -> str:
        """Of several wordings the next one, so that nothing is said twice running."""
        if isinstance(text, str):
            return text
        turn = self._turns[text] = self._turns.get(text, -1) + 1
        return text[turn % len(text)]

    def stop_talking(self) -> None:
        """Breaks off what is being said."""
        self.do(*self.mouth.stop())
        self.floor.we_are_silent(self.now)

    def interrupt(self) -> None:
        """Breaks off for good what may be interrupted."""
        saying = self.mouth.saying
        if saying is None or saying.interruptible:
            self.stop_talking()
            self.mouth.drop()

    def fill(self) -> None:
        """Something short when it is due, while the answer isn't there."""
        place = self.air.due(self.now)
        if place is None:
            return
        text = self._filler = turn_prompts().filler(place, self._filler)
        self.do(Fill(text, self.mouth.style))
        self.note("filler", place=place)
        self.air.filled(text, self.now)

    def listen(self, slot: str | None) -> None:
        """It is the caller's turn; this is what they were asked for."""
        self.air.theirs()
        self.floor.we_are_silent(self.now)
        self.floor.expect(slot)
        self.silence.listening(self.now)
        self.do(Narrow(slot))
