"""What is said when something broke: never nothing."""

from dataclasses import dataclass

from voice.call.actions import CallBack, Fill
from voice.call.closing import Closing
from voice.call.conversing import Conversing
from voice.call.desk import Desk
from voice.call.mouth import Then
from voice.call.phase import At, Phase
from voice.call.scene import Scene

_DEAF_MOST = 3
"""Failures of the ears until a person is brought."""
_MUTE_MOST = 2
"""Utterances in a row that no voice could speak, until the call is ended and called back."""


@dataclass
class Faults:
    """One call's."""

    scene: Scene
    talk: Conversing
    desk: Desk
    closing: Closing
    _deaf: int = 0
    _mute: int = 0

    def ears_failed(self) -> None:
        """Some words are lost: the caller is asked for them again, in the end a person is."""
        scene, prompts = self.scene, self.scene.setting.prompts
        scene.note("ears_failed")
        waited, self.talk.ending = self.talk.ending, False
        scene.floor.clear()
        if scene.phase is not Phase.TALKING or scene.at is not At.ASSISTANT:
            return
        self._deaf += 1
        if self._deaf >= _DEAF_MOST:
            self._deaf = 0
            scene.prompt(prompts.trouble, then=Then.TRANSFER, interruptible=False)
        elif self.talk.take_up():
            pass  # the answer to what was understood before
        elif waited or scene.mouth.saying is None:
            scene.prompt(prompts.not_heard, expects=scene.floor.slot)

    def voice_failed(self, number: int) -> None:
        """A rendered sentence and a person, or the end, when not even that can be said."""
        scene = self.scene
        done, _ = scene.mouth.ended(number)
        if done is None:
            return
        scene.stop_talking()
        scene.mouth.forget()
        scene.note("voice_failed")
        if scene.at is At.WAITING:
            scene.air.theirs()
            return  # they hear the tone, and the operator who comes needs no voice of ours
        self._mute += 1
        if done.then is Then.HANG_UP or self._mute > _MUTE_MOST:
            scene.do(CallBack("voice"))
            self.closing.hang_up("voice")
        elif scene.assists:
            scene.do(Fill(scene.setting.prompts.voice_trouble, scene.mouth.style))
            self.desk.bring()
        else:
            scene.air.theirs()

    def spoke(self) -> None:
        """The voice works."""
        self._mute = 0

    def alarm_stuck(self) -> None:
        """The alarm isn't on disk yet: the caller is told what to do themselves."""
        scene = self.scene
        scene.note("alarm_stuck")
        if scene.may_answer and not scene.floor.taken:
            # The answer waits for the same database; when it comes it is said after this.
            scene.prompt(scene.setting.prompts.alarm_stuck, interruptible=False)
            self.talk.watch.owned_up = True
