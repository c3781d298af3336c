"""How a call begins: picked up, greeted, queued, turned away, or placed by us."""

from dataclasses import dataclass

from voice.call.actions import HoldTone, KeepRecording, PickUp
from voice.call.conversing import Asked, Conversing
from voice.call.machine import Listener, Other
from voice.call.mouth import Then, Utterance
from voice.call.phase import Phase
from voice.call.queueing import Queueing
from voice.call.scene import Scene
from voice.line.leg import CameBack
from voice.turn.voiced import Voiced


@dataclass
class Opening:
    """One call's."""

    scene: Scene
    talk: Conversing
    queue: Queueing
    other: Listener | None
    """Of a call that we placed, until it is known what picked up."""
    up_at: float | None = None
    """When sound began to flow."""
    reached: Other | None = None
    """What picked up a call of ours, as soon as that is known."""
    _told: bool = False

    def admitted(self) -> None:
        """There is a line."""
        if self.scene.phase is Phase.RINGING:
            self.scene.do(PickUp())
        elif self.scene.phase is Phase.QUEUED:
            self.scene.phase = Phase.TALKING
            self.queue.over()
            self.scene.note("admitted")
            self.scene.interrupt()
            if self.queue.wish is not None:
                self.talk.think(self.queue.wish)
            elif not self.talk.watch.fresh:
                self._greet()

    def queued(self, position: int) -> None:
        """All lines are busy."""
        if self.scene.phase is Phase.RINGING:
            self.scene.phase = Phase.QUEUED
            self.scene.do(PickUp())
        if self.scene.phase is Phase.QUEUED:
            self.queue.placed(position)

    def turned_away(self) -> None:
        """The queue is full: they are told so, and what to do in danger."""
        self.scene.phase = Phase.CLOSING
        self.queue.turned_away = True
        self.scene.note("turned_away")
        self.scene.do(PickUp())

    def up(self) -> None:
        """Sound flows both ways."""
        if self.up_at is not None:
            return
        self.up_at = self.scene.now
        self.scene.note("up")
        if self.scene.phase is Phase.CLOSING:
            text = self.scene.setting.prompts.queue_full
            self.scene.prompt(text, then=Then.HANG_UP, interruptible=False)
        elif self.scene.phase is Phase.QUEUED:
            self.scene.do(HoldTone(on=True))
        else:
            self.scene.phase = Phase.TALKING
            if self.other is None:
                self._greet()

    def told_of_recording(self) -> None:
        """The caller heard that the call is recorded."""
        if self.talk.recorded and not self._told:
            self._told = True
            self.scene.do(KeepRecording())

    def hear(self, voiced: Voiced) -> bool:
        """Sound of whatever picked up a call of ours; False when that is settled."""
        if self.other is None:
            return False
        self.other.hear(voiced)
        return True

    def tend(self) -> None:
        """Speaks as soon as it is known to whom."""
        purpose, up_at = self.scene.setting.purpose, self.up_at
        if self.other is None or purpose is None or up_at is None:
            return
        verdict = self.other.verdict(self.scene.now - up_at)
        if verdict is None:
            return
        self.other, self.reached = None, verdict
        self.scene.listens = True
        self.scene.note("picked_up", by=str(verdict))
        self.talk.drop_words()
        if verdict is Other.PERSON:
            self.scene.say(Utterance(purpose.opening, expects=purpose.expects))
        else:
            text = purpose.message or self.scene.setting.prompts.outbound_machine
            self.scene.prompt(text, then=Then.HANG_UP, interruptible=False)

    def next_due(self) -> float | None:
        """When `tend` has to look again."""
        if self.other is None or self.up_at is None:
            return None
        return self.up_at + self.other.next_look(self.scene.now - self.up_at)

    def _greet(self) -> None:
        setting = self.scene.setting
        prompts = setting.prompts
        if setting.came_back:
            # They were greeted, and may have refused the recording: without a word of it, none.
            cut_off = setting.came_back is CameBack.LINE
            self.scene.say(Utterance(prompts.greeting_back if cut_off else prompts.operator_left))
            return
        text = prompts.greeting if setting.recorded else prompts.greeting_unrecorded
        names = list(setting.elders.values())
        if names and setting.sure:
            text = prompts.greeting_to(names[0])
        self.scene.say(
            Utterance(text, interruptible=False, brisk=True, tells_recording=setting.recorded)
        )
        if names and not setting.sure:
            self.talk.asked = Asked.NAME
            text = prompts.asks_name.format(name=",还是".join(names))
            expects = "confirmed" if len(names) == 1 else "person_name"
            self.scene.prompt(text, expects=expects, told=True)
