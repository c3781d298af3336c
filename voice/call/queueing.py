"""While all lines are busy: the place in the queue, said now and then, and a tone between."""

from dataclasses import dataclass

from voice.call.actions import GetThrough, HoldTone
from voice.call.mouth import Then, Utterance
from voice.call.scene import Scene

AGAIN = 20.0
"""Seconds between two announcements."""


@dataclass
class Queueing:
    """One call's."""

    scene: Scene
    waiting: bool = False
    turned_away: bool = False
    """Even the queue is full: they are let go unless they are in need."""
    position: int = 0
    wish: str | None = None
    """What was asked for while waiting (0), to be seen to as soon as there is a line."""
    _said: float | None = None
    _place: int = 0
    """That was said."""

    def placed(self, position: int) -> None:
        """The place in the queue, or a new one."""
        self.waiting, self.position = True, position
        self.scene.note("queued", position=position)

    def announce(self) -> None:
        """Says the place when it is time to."""
        if not self.waiting or self.scene.mouth.saying is not None:
            return
        first = self._said is None
        if self._said is not None and self.scene.now < self._next():
            return
        self._said, self._place = self.scene.now, self.position
        setting = self.scene.setting
        template = setting.prompts.queue if first else setting.prompts.queue_moved
        text = template.format(position=self.position)
        tells = first and setting.recorded  # whoever gets through with a cry hears no greeting
        if tells:
            text += setting.prompts.queue_recorded
        self.scene.say(Utterance(text, then=Then.WAIT, told=False, tells_recording=tells))

    def again(self) -> None:
        """They want to hear it once more, as they heard it first."""
        self._said = None

    def get_through(self, wish: str | None = None) -> None:
        """An emergency, or 0: nobody waits with that, and nobody is turned away."""
        self.wish, self.turned_away = wish, False
        self.scene.note("gets_through")
        self.scene.do(GetThrough())

    def over(self) -> None:
        """There is a line."""
        self.waiting = False
        self.scene.do(HoldTone(on=False))

    def next_due(self) -> float | None:
        """When `announce` has something to say."""
        if not self.waiting or self.scene.mouth.saying is not None or self._said is None:
            return None
        return self._next()

    def _next(self) -> float:
        said = self._said or 0.0
        return said + (AGAIN / 2 if self.position != self._place else AGAIN)
