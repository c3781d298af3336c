"""Bringing an operator, and taking the caller back."""

from dataclasses import dataclass

from voice.call.actions import CallBack, HoldTone, Transfer
from voice.call.mouth import Then
from voice.call.phase import At
from voice.call.scene import Scene
from voice.line.leg import Failed

GIVE_UP = 30.0
"""Seconds after which a transfer counts as failed, whatever became of it; the line itself gives up
after 20."""

_COMFORT = 9.0
"""Seconds of hold tone between two words that we are still at it."""


@dataclass
class Desk:
    """One call's."""

    scene: Scene
    _since: float = 0.0
    _comforted: float = 0.0

    def bring(self) -> None:
        """Calls an operator; a second time does nothing."""
        if self.scene.at is not At.ASSISTANT:
            return
        self.scene.at = At.WAITING
        self._since = self._comforted = self.scene.now
        self.scene.air.theirs()
        self.scene.do(Transfer(), HoldTone(on=True))
        self.scene.note("transfer")

    def came(self) -> None:
        """An operator picked up: from here on we are silent."""
        self.scene.at = At.OPERATOR
        self.scene.stop_talking()
        self.scene.mouth.forget()
        self.scene.air.theirs()
        self.scene.do(HoldTone(on=False))
        self.scene.note("handed_over")

    def claimed(self) -> None:
        """Somebody at the desk takes the caller: the assistant ends its talk, and nobody waits in
        silence until they speak."""
        if self.scene.at is At.OPERATOR:
            return
        self.scene.at = At.WAITING
        self._since = self._comforted = self.scene.now
        self.scene.interrupt()
        self.scene.air.theirs()
        self.scene.do(HoldTone(on=True))
        self.scene.note("claimed")
        self.scene.prompt(self.scene.setting.prompts.operator_coming, then=Then.WAIT)

    def failed(self, why: Failed) -> None:
        """Nobody came: the caller is ours again, and somebody will telephone them."""
        if self.scene.at is not At.WAITING:
            return
        self._back()
        self.scene.do(CallBack(str(why)))
        self.scene.note("not_handed_over", why=str(why))
        self.scene.prompt(self.scene.setting.prompts.operator_busy)

    def left(self) -> None:
        """The operator is done."""
        if self.scene.at is At.ASSISTANT:
            return
        self._back()
        self.scene.note("operator_left")
        self.scene.prompt(self.scene.setting.prompts.operator_left)

    def lost(self) -> None:
        """The operator can't be heard any more: the caller is told, and another one is fetched."""
        if self.scene.at is At.ASSISTANT:
            return
        self._back()
        self.scene.note("operator_lost")
        text = self.scene.setting.prompts.operator_lost
        self.scene.prompt(text, then=Then.TRANSFER, interruptible=False)

    def comfort(self) -> None:
        """Says now and then that we are still at it; gives up in the end."""
        if self.scene.at is not At.WAITING:
            return
        if self.scene.now >= self._since + GIVE_UP:
            self.failed(Failed.NO_ANSWER)
        elif self.scene.mouth.saying is None and self.scene.now >= self._comforted + _COMFORT:
            self.again()

    def again(self) -> None:
        """Says now that we are still at it."""
        self._comforted = self.scene.now
        self.scene.prompt(self.scene.setting.prompts.transfer_wait, then=Then.WAIT)

    def next_due(self) -> float | None:
        """When `comfort` has something to do."""
        if self.scene.at is not At.WAITING:
            return None
        if self.scene.mouth.saying is not None:
            return self._since + GIVE_UP
        return min(self._comforted + _COMFORT, self._since + GIVE_UP)

    def _back(self) -> None:
        self.scene.at = At.ASSISTANT
        self.scene.do(HoldTone(on=False))
