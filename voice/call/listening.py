"""What the caller says and presses, and whose turn it is therefore."""

from dataclasses import dataclass

from bot.wants_person import wants_person
from voice.call.actions import Keep
from voice.call.closing import Closing
from voice.call.conversing import Conversing
from voice.call.desk import Desk
from voice.call.events import TurnHeard
from voice.call.floor import Change
from voice.call.phase import At, Phase
from voice.call.queueing import Queueing
from voice.call.scene import Scene
from voice.turn.expectation import Expectation
from voice.turn.keys import Digits, Key, Keys, Meaning
from voice.turn.prompts import turn_prompts
from voice.turn.voiced import Voiced

_SPOKEN = {Key.PERSON: "0", Key.YES: "是的", Key.NO: "不是"}
"""What a key would be if it were said."""


@dataclass
class Listening:
    """One call's."""

    scene: Scene
    talk: Conversing
    queue: Queueing
    closing: Closing
    desk: Desk
    keys: Keys

    def sound(self, voiced: Voiced, echo: float | None) -> None:
        """One window of sound."""
        self._change(self.scene.floor.hear(voiced, echo, self.scene.now))
        if self.scene.floor.taken:
            self.scene.silence.heard()

    def partial(self, text: str) -> None:
        """Words that are still being spoken."""
        scene = self.scene
        if self.talk.watch.listen(text):
            if self._waits:
                self.queue.get_through()
            scene.interrupt()
        if text:
            self.scene.silence.heard()
        if not scene.listens:  # 喂: what picked up a call of ours is judged by its sound
            return
        self._change(scene.floor.partial(text, scene.now))

    def turn(self, event: TurnHeard) -> None:
        """What was said in the whole turn."""
        scene = self.scene
        if scene.phase is Phase.GONE:
            self.talk.last_words(event)
            return
        if not self.talk.heard(event):
            return
        self.talk.watch.listen(event.text)
        self.scene.silence.heard()
        in_need = self.talk.watch.fresh or wants_person(event.text)
        if scene.phase is Phase.QUEUED:
            scene.air.theirs()
            if in_need:
                self.queue.get_through(event.text)
            elif self.talk.change_pace(event.text):
                self.queue.again()
        elif self.queue.turned_away and not in_need:
            scene.air.theirs()  # there is no room for anything that can wait
        elif scene.at is At.ASSISTANT:
            if self.queue.turned_away:
                self.queue.get_through()
            self.closing.stay()
            self.talk.route(event.text)
        elif scene.at is At.WAITING and self.talk.watch.fresh:
            self.talk.think(event.text)
        elif scene.at is At.WAITING and self.talk.change_pace(event.text):
            self.desk.again()
        else:
            scene.air.theirs()
            scene.do(Keep(event.text))

    def key(self, digit: str) -> None:
        """A key of the telephone."""
        scene = self.scene
        scene.note("key", digit=digit)
        self.scene.silence.heard()
        if scene.phase is Phase.QUEUED and digit == "0":
            self.queue.get_through("0")
        elif scene.phase is Phase.QUEUED and digit == "*":
            scene.interrupt()
            self.queue.again()
        elif scene.phase is Phase.TALKING and scene.at is At.WAITING and digit == "*":
            scene.interrupt()
            self.desk.again()
        elif self.queue.turned_away and digit != "0":
            return
        elif scene.assists:
            if self.queue.turned_away:
                self.queue.get_through()
            self.keys.expect(Expectation.of_slot(scene.floor.slot))
            meaning = self.keys.press(digit, scene.now)
            if self.keys.is_typing:
                scene.interrupt()
            self._pressed(meaning)

    def tend(self) -> None:
        """Ends the turn, and a row of digits, when it is time to."""
        scene = self.scene
        if scene.assists:
            self._pressed(self.keys.due(scene.now))
        self._change(scene.floor.tend(scene.now))
        if self._may_end_turn() and scene.floor.is_over(scene.now):
            why, waited = scene.floor.why_over(scene.now)
            scene.note("turn_end", why=why, waited=round(waited, 2))
            self.talk.end_turn()

    def next_due(self) -> float | None:
        """When `tend` has something to do."""
        times = [
            self.keys.next_due() if self.scene.assists else None,
            self.scene.floor.next_tend(),
            self.scene.floor.next_over() if self._may_end_turn() else None,
        ]
        return min((time for time in times if time is not None), default=None)

    @property
    def _waits(self) -> bool:
        """Whether there is no line for this call yet."""
        return self.scene.phase is Phase.QUEUED or self.queue.turned_away

    def _may_end_turn(self) -> bool:
        """Not while we say what has to be heard whole: what was said meanwhile is kept."""
        return not self.talk.ending and self.scene.mouth.saying is None

    def _change(self, change: Change | None) -> None:
        if change is Change.STOP:
            self.scene.note("barge_in")
            self.scene.do(*self.scene.mouth.stop())
            self.scene.air.theirs()
        elif change is Change.GO_ON and not self.talk.ending:
            self.talk.go_on()

    def _pressed(self, meaning: Meaning | None) -> None:
        if meaning is None:
            return
        if meaning is Key.JUST_SPEAK:
            if self.scene.mouth.saying is None and not self.talk.busy:
                self.scene.prompt(turn_prompts().just_speak, expects=self.scene.floor.slot)
            return
        self.closing.stay()
        self.scene.interrupt()
        if meaning is Key.REPEAT:
            self.talk.repeat()
        else:
            text = meaning.digits if isinstance(meaning, Digits) else _SPOKEN[meaning]
            self.talk.route(text)
