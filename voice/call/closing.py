"""How a call ends, and the steps that lead there when nobody speaks."""

import re
from dataclasses import dataclass

from voice.call.actions import CallBack, HangUp
from voice.call.conversing import Conversing
from voice.call.mouth import Then, Utterance
from voice.call.phase import At, Phase
from voice.call.scene import Scene
from voice.turn.prompts import turn_prompts
from voice.turn.silence import Step

LONGEST = 3600.0
"""Seconds that the assistant talks with one caller; a person never has to hang up."""
HELD_MOST = 900.0
"""Seconds that we stay on hold."""
_AFTER_FAREWELL = 2.5
"""Seconds for a last word, after both said goodbye."""
_FETCHES_MOST = 3
"""Times that an operator is looked for while the caller is silent; then the line is given free, so
that whoever sees to the alarm can telephone them."""
_QUESTION = re.compile(r"[^。!?！？]*[?？]$")


@dataclass
class Closing:
    """One call's."""

    scene: Scene
    talk: Conversing
    hangs_up_at: float | None = None
    _fetched: int = 0
    """Times that a person was fetched for a caller who doesn't answer any more."""
    held_at: float | None = None

    def held(self) -> None:
        """The caller put us on hold."""
        if self.held_at is None:
            self.held_at = self.scene.now
            self.scene.held = True
            self.scene.note("held")
            self.scene.stop_talking()

    def resumed(self) -> None:
        """The caller took us back: what they didn't hear is said now."""
        if self.held_at is None:
            return
        self.held_at, self.scene.held = None, False
        self.scene.note("resumed")
        if self.scene.may_answer and self.talk.take_up():
            return
        if self.scene.assists and not self.talk.busy:
            self.scene.prompt(self.scene.setting.prompts.open_floor)

    def farewell(self) -> None:
        """The last words were heard."""
        self.scene.phase = Phase.CLOSING
        self.scene.listen(None)
        self.hangs_up_at = self.scene.now + _AFTER_FAREWELL

    def stay(self) -> None:
        """The caller said something more."""
        if self.scene.phase is Phase.CLOSING:
            self.scene.phase = Phase.TALKING
        self.hangs_up_at = None

    def hang_up(self, why: str) -> None:
        """Ends it."""
        self.hangs_up_at = self.held_at = None
        self.scene.phase = Phase.CLOSING
        self.scene.air.theirs()
        self.scene.note("hangs_up", why=why)
        self.scene.do(HangUp())

    def tend(self, up_at: float) -> None:
        """Sees to whatever is due."""
        now = self.scene.now
        if self.held_at is not None and now >= self.held_at + HELD_MOST:
            self.hang_up("held")
        elif self.hangs_up_at is not None and self.scene.at is not At.ASSISTANT:
            self.stay()  # a person has them, or comes
        elif self.hangs_up_at is not None:
            if now >= self.hangs_up_at and not self._speaks:
                self.hang_up("farewell")
        elif self._may_speak():
            if now >= up_at + LONGEST:
                self._say_goodbye(self.scene.setting.prompts.too_long, "too long")
                return
            if self.scene.silence.next_due() is None:  # a cough, a key without a meaning
                self.scene.silence.listening(now)
            self._climb(self.scene.silence.due(now))

    def next_due(self, up_at: float) -> float | None:
        """When `tend` has something to do."""
        if self.held_at is not None:
            return self.held_at + HELD_MOST
        if self.hangs_up_at is not None:
            return None if self._speaks else self.hangs_up_at
        if not self._may_speak():
            return None
        step = self.scene.silence.next_due()
        return up_at + LONGEST if step is None else min(step, up_at + LONGEST)

    @property
    def _speaks(self) -> bool:
        """Whether the caller says something more, or hears something that was still to be said."""
        return self.scene.floor.taken or self.talk.busy or self.scene.mouth.saying is not None

    def _may_speak(self) -> bool:
        """Whether it is the caller's turn, and they say nothing."""
        scene = self.scene
        ours = scene.mouth.saying or self.talk.busy or scene.floor.taken or scene.held
        return scene.phase is Phase.TALKING and scene.assists and scene.listens and not ours

    def _climb(self, step: Step | None) -> None:
        if step is None:
            return
        scene, prompts = self.scene, turn_prompts()
        scene.note("silence", step=str(step))
        slot = scene.floor.slot
        if step is Step.REPEAT:
            asked = _QUESTION.search(scene.mouth.last.text) if scene.mouth.last else None
            text = scene.variant(prompts.repeat if asked else scene.setting.prompts.open_floor)
            text += asked[0] if asked else ""
            scene.say(Utterance(text, expects=slot, told=False))
        elif step is Step.STILL_THERE:
            scene.prompt(prompts.still_there, expects=slot)
        elif step is Step.PERSON and self._fetched < _FETCHES_MOST:
            self._fetched += 1
            scene.prompt(prompts.person, then=Then.TRANSFER, interruptible=False)
            if self._fetched == 1:
                self.talk.raise_for_silence()
        else:
            self._say_goodbye(scene.variant(prompts.goodbye), "silence")

    def _say_goodbye(self, text: str, reason: str) -> None:
        self.scene.phase = Phase.CLOSING
        self.scene.do(CallBack(reason))
        self.scene.prompt(text, then=Then.HANG_UP)
