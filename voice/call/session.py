"""One call as a pure state machine: an event comes in, what is to be done goes out.

It knows neither sound nor threads nor the time of day: whoever drives it brings the moment of each
event, does the actions in their order, and sends a Tick when `next_due` has come.
"""

from voice.call import events
from voice.call.actions import Action
from voice.call.closing import Closing
from voice.call.conversing import Conversing
from voice.call.dead_air import DeadAir
from voice.call.desk import Desk
from voice.call.faults import Faults
from voice.call.floor import Floor
from voice.call.listening import Listening
from voice.call.machine import Listener, Other
from voice.call.mouth import Mouth, Then
from voice.call.opening import Opening
from voice.call.phase import At, Phase
from voice.call.queueing import Queueing
from voice.call.scene import Scene
from voice.call.setting import Setting
from voice.call.watch import Watch
from voice.turn.keys import Keys
from voice.turn.pace import Pace


class Session:
    """One call's course; see the module."""

    def __init__(self, setting: Setting) -> None:
        self._scene = scene = Scene(setting, Mouth(setting.style), Floor(), DeadAir())
        self._talk = Conversing(scene, Watch(scene), Pace(setting.style), setting.recorded)
        self._desk = Desk(scene)
        self._queue = Queueing(scene)
        listener = Listener() if setting.purpose else None
        self._opening = Opening(scene, self._talk, self._queue, listener)
        self._closing = Closing(scene, self._talk)
        self._listening = Listening(
            scene, self._talk, self._queue, self._closing, self._desk, Keys()
        )
        scene.listens = listener is None
        self._faults = Faults(scene, self._talk, self._desk, self._closing)

    @property
    def phase(self) -> Phase:
        """Where the call stands."""
        return self._scene.phase

    @property
    def at(self) -> At:
        """Whom the caller is with."""
        return self._scene.at

    @property
    def reached(self) -> Other | None:
        """What picked up a call of ours; None as long as that isn't known."""
        return self._opening.reached

    @property
    def over(self) -> bool:
        """Whether nothing is left to be done."""
        return self.phase is Phase.GONE and not self._talk.ending and not self._talk.thinking

    def on(self, event: events.Event, now: float) -> list[Action]:
        """Takes one event; `now` in seconds of a clock that never goes back."""
        self._scene.now = max(now, self._scene.now)
        self._scene.actions = []
        self._take(event)
        if self.phase is not Phase.GONE:
            self._tend()
        return self._scene.actions

    def next_due(self) -> float | None:
        """When a Tick is wanted, if nothing happens until then."""
        up_at = self._opening.up_at
        if up_at is None or self.phase is Phase.GONE:
            return None
        if self._scene.held:
            return self._closing.next_due(up_at)
        times = (
            self._opening.next_due(),
            self._queue.next_due(),
            self._desk.next_due(),
            self._listening.next_due(),
            self._talk.gave_up_at(),
            self._scene.air.next_due(),
            self._closing.next_due(up_at),
        )
        return min((time for time in times if time is not None), default=None)

    def _tend(self) -> None:
        """Does what is due."""
        scene, up_at = self._scene, self._opening.up_at
        if up_at is None:
            return
        if not scene.held:
            self._opening.tend()
            self._queue.announce()
            self._desk.comfort()
            self._listening.tend()
            if not self._talk.ending:
                scene.say_what_waits()
            gives_up = self._talk.gave_up_at()
            if gives_up is not None and scene.now >= gives_up:
                self._talk.give_up()
            scene.fill()
        self._closing.tend(up_at)

    def _take(self, event: events.Event) -> None:
        match event:
            case events.Sounded(voiced, echo):
                if not self._opening.hear(voiced):
                    self._listening.sound(voiced, echo)
            case events.PartialHeard(text):
                self._listening.partial(text)
            case events.TurnHeard():
                self._listening.turn(event)
            case events.KeyPressed(digit):
                self._listening.key(digit)
            case events.AnswerReady(turn, answer):
                if self._scene.may_answer:
                    self._talk.answered(turn, answer)
                else:
                    self._talk.cancel()
            case events.AnswerFailed(turn):
                if self._scene.may_answer:
                    self._talk.failed(turn)
                else:
                    self._talk.cancel()
            case _:
                self._take_more(event)

    def _take_more(self, event: events.Event) -> None:
        match event:
            case events.Admitted():
                self._opening.admitted()
            case events.Queued(position):
                self._opening.queued(position)
            case events.TurnedAway():
                self._opening.turned_away()
            case events.Up():
                self._opening.up()
            case events.Held():
                self._closing.held()
            case events.Resumed():
                self._closing.resumed()
            case events.Gone():
                self._gone()
            case _:
                self._take_of_desk(event)

    def _take_of_desk(self, event: events.Event) -> None:
        match event:
            case events.HandedOver():
                self._talk.cancel()
                self._desk.came()
            case events.NotHandedOver(why):
                self._desk.failed(why)
            case events.Claimed():
                self._talk.cancel()
                self._desk.claimed()
            case events.OperatorLeft():
                self._desk.left()
            case events.OperatorLost():
                self._desk.lost()
            case _:
                self._take_of_voice(event)

    def _take_of_voice(self, event: events.Event) -> None:
        match event:
            case events.Started(number):
                if self._scene.mouth.started(number):
                    self._scene.air.sounds()
                    self._faults.spoke()
            case events.Played(number):
                self._played(number)
            case events.Stopped(number, heard):
                self._scene.mouth.stopped(number, heard)
            case events.VoiceFailed(number):
                self._faults.voice_failed(number)
            case events.EarsFailed():
                self._faults.ears_failed()
            case events.AlarmKept():
                self._scene.note("alarm_kept")
            case events.AlarmStuck():
                self._faults.alarm_stuck()
            case _:
                pass  # a Tick: what is due is seen to after every event

    def _played(self, number: int) -> None:
        scene = self._scene
        done, actions = scene.mouth.ended(number)
        scene.do(*actions)
        if done is None:
            return
        if done.tells_recording:
            self._opening.told_of_recording()
        if done.then is Then.TRANSFER:
            self._desk.bring()
        if scene.mouth.saying is not None:
            scene.we_begin(scene.mouth.saying)
        elif done.then is Then.HANG_UP and not self._talk.in_need:
            self._closing.farewell()
        else:
            if done.then is Then.HANG_UP:
                self._closing.stay()
            scene.listen(done.expects)
            if self._talk.busy:
                scene.air.ours(scene.now)
            self._talk.drop_leftover()

    def _gone(self) -> None:
        scene = self._scene
        if self.phase is Phase.GONE:
            return
        scene.phase = Phase.GONE
        if scene.floor.taken and not self._talk.ending:
            self._talk.end_turn()
