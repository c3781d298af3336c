"""The caller's words to the conversation, and its answer to the caller."""

from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.reply import Answer
from bot.wants_person import without_refusal
from bot.who_it_is import who_it_is
from voice.call.actions import EndTurn, Hear, Identify, RaiseForSilence, StopRecording
from voice.call.events import TurnHeard
from voice.call.mouth import Then, Utterance
from voice.call.scene import Scene
from voice.call.unsaid import Unsaid
from voice.call.watch import Watch
from voice.turn.pace import Pace
from voice.turn.pace_wish import Wish, pace_wish
from voice.turn.pace_words import pace_words
from voice.turn.parts import Part, parts, wants_more
from voice.turn.prompts import turn_prompts
from voice.turn.wait_wish import wants_a_moment

PATIENCE = 8.0
"""Seconds after which an answer isn't waited for any more: a person is needed then."""

_MOMENT = 10
"""Characters of 等一下,我拿个笔 at most; 等一下我还要订饭 goes on to say what is wanted."""
_LONG = 0.8
"""Seconds of voice without a word that was understood: worth asking again."""


class Asked(StrEnum):
    """What the line itself asked."""

    NAME = "name"
    MORE = "more"


@dataclass
class Conversing:
    """One call's."""

    scene: Scene
    watch: Watch
    pace: Pace
    recorded: bool
    asked: Asked | None = None
    ending: bool = False
    """EndTurn was asked for and isn't answered yet."""
    turn: int = 0
    """Of the words that were handed on last."""
    _since: float | None = None
    """When they were, if they aren't answered yet."""
    _ready: Answer | None = None
    """An answer that came while the caller was speaking again."""
    _unsaid: Unsaid = field(default_factory=Unsaid)
    """What it told, or an answer to earlier words."""
    _void: int = 0
    """The last turn whose answer counts no more: a person was fetched in its place, or came."""
    _rest: deque[Part] = field(default_factory=deque)
    """Parts of a long answer that are still to be told."""
    _alarm: str | None = None
    _drops: bool = False
    """Whether the turn that is being ended is to be forgotten."""
    _farewell: bool = False

    @property
    def thinking(self) -> bool:
        """Whether an answer is waited for."""
        return self._since is not None

    @property
    def busy(self) -> bool:
        """Whether something is under way that will bring words of ours."""
        return self.thinking or self.ending or self._ready is not None

    @property
    def in_need(self) -> bool:
        """Whether the caller can't be let go: they are to be answered, also what they cried while
        we talked."""
        return self.busy or (self.watch.fresh and self.scene.floor.leftover)

    def end_turn(self) -> None:
        """The caller has finished."""
        self.ending = True
        self.scene.air.ours(self.scene.now)
        self.scene.do(EndTurn())

    def drop_leftover(self) -> None:
        """What was said while we talked, and was no reason to stop, belongs to no turn."""
        if self.scene.floor.leftover:
            self.drop_words()

    def drop_words(self) -> None:
        """What was heard up to now gets no answer."""
        if not self.ending:
            self.ending = self._drops = True
            self.scene.do(EndTurn())

    def heard(self, event: TurnHeard) -> bool:
        """The whole turn. Whether there were any words."""
        self.ending = False
        if self._drops and not self.watch.fresh:
            self._drops = False
            self.scene.floor.forget_words()
            self.scene.note("dropped", characters=len(event.text))
            return False
        self._drops = False
        seconds = self.scene.floor.voiced
        self.scene.floor.clear()
        if event.text:
            self.scene.note(
                "heard",
                text=event.text,
                confidence=round(event.confidence, 3),
                seconds=round(seconds, 2),
            )
            self.scene.mouth.drop()
            self.pace.heard(len(event.text), seconds)
            self.scene.mouth.style = self.pace.style
            self._put_aside()
            return True
        self._without_words(seconds >= _LONG)
        return False

    def think(self, text: str) -> None:
        """Hands words to the conversation."""
        self.turn += 1
        self._since = self.scene.now
        self._farewell = self.scene.setting.about.says_goodbye(text)
        self._rest.clear()
        self.asked = None
        self.scene.air.ours(self.scene.now)
        self.scene.do(Hear(self.turn, text))

    def raise_for_silence(self) -> None:
        """Tells that somebody may need help and can't speak."""
        self.turn += 1
        self._since = self.scene.now
        self._farewell = False
        self.scene.do(RaiseForSilence(self.turn, self.scene.setting.prompts.silence_note))

    def route(self, text: str) -> None:
        """What the words are about: the call itself, or something for the conversation."""
        self._route(text)
        if self._unsaid.person and not self.thinking:
            self._tell(Answer(()))

    def _route(self, text: str) -> None:
        prompts, about = self.scene.setting.prompts, self.scene.setting.about
        rest = about.without_refusal(text)
        if rest is not None and self.recorded:
            self.recorded = False
            self.scene.do(StopRecording())
            self.scene.note("not_recorded")
            self.scene.prompt(prompts.not_recorded)
            if not rest:
                return
            text = rest
        if without_refusal(text) is not None:
            self._unsaid.forget()
        if self.watch.fresh or not (self._about_pace(text) or self._about_question(text)):
            self.think(text)

    def change_pace(self, text: str) -> bool:
        """Slower, faster, louder, softer; whether that was wished, or to hear something again,
        which whoever said it sees to."""
        wish = pace_wish(text)
        if wish is None:
            return False
        self.scene.note("pace", wish=str(wish))
        if wish is not Wish.REPEAT:
            met = self.pace.wish(wish)
            confirmation: str = getattr(self.scene.setting.prompts, wish.value)
            self.scene.prompt(confirmation if met else turn_prompts().at_limit[wish])
        self.scene.mouth.style = self.pace.style
        return True

    def repeat(self) -> None:
        """Says the last thing again."""
        last = self.scene.mouth.last
        if last is None:
            self.scene.prompt(self.scene.setting.prompts.nothing_said_yet)
        else:
            self.scene.say(replace(last, brisk=False))

    def answered(self, turn: int, answer: Answer) -> None:
        """An answer came."""
        if turn <= self._void:
            return
        if turn < self.turn and (self.thinking or self._ready is not None):
            self._unsaid.keep(answer)
        elif turn == self.turn or answer.asked_person:
            self._since = None
            if self.scene.floor.taken or self.ending or self.scene.held:
                self._ready = answer
            else:
                self._tell(answer)

    def failed(self, turn: int) -> None:
        """No answer will come: a person is needed."""
        if turn <= self._void:
            return
        if turn < self.turn and (self.thinking or self._ready is not None):
            self._unsaid.person = True
        else:
            self.give_up()

    def give_up(self) -> None:
        """The answer isn't waited for any longer."""
        self._since, self._void = None, self.turn
        self.scene.note("no_answer")
        prompts = self.scene.setting.prompts
        owns_up = self.watch.fresh and not self.watch.owned_up
        text = prompts.alarm_stuck if owns_up else prompts.trouble
        self.scene.prompt(text, then=Then.TRANSFER, interruptible=False)

    def gave_up_at(self) -> float | None:
        """When the answer will be too late."""
        return None if self._since is None else self._since + PATIENCE

    def cancel(self) -> None:
        """No answer is waited for any more: an operator has the caller."""
        self._since = self._ready = None
        self._void = self.turn
        self._unsaid.forget()

    def last_words(self, event: TurnHeard) -> None:
        """What was said before the connection ended: kept, and answered to nobody."""
        self.ending = False
        if event.text:
            self.scene.note("heard", text=event.text, confidence=event.confidence)
            self.watch.listen(event.text)
            self.think(event.text)

    def _put_aside(self) -> None:
        if self._ready is not None:
            self._unsaid.keep(self._ready)
        self._ready = None

    def _without_words(self, mumbled: bool) -> None:
        if not self.scene.may_answer:
            self.scene.air.theirs()
        elif self.take_up():
            return
        elif mumbled and self.scene.assists:
            self.scene.prompt(self.scene.setting.prompts.not_heard)
        elif not self.thinking and self.scene.mouth.saying is None:
            self.scene.air.theirs()

    def take_up(self) -> bool:
        """Says what waits to be said, or the rest of what was broken off; False when nothing is."""
        if self._ready is not None:
            answer, self._ready = self._ready, None
            self._tell(answer)
            return True
        if self.scene.mouth.broken:
            self.go_on()
            return True
        return False

    def go_on(self) -> None:
        """It was no word: the sentence that was broken off is taken up again."""
        actions = self.scene.mouth.go_on()
        if actions:
            self.scene.do(*actions)
            self.scene.note("goes_on")
            self.scene.air.ours(self.scene.now)
            self.scene.floor.we_talk(interruptible=True)

    def _about_pace(self, text: str) -> bool:
        if len(text) <= _MOMENT and wants_a_moment(text):
            self.scene.note("wait")
            self.scene.silence.wait()
            self.scene.prompt(turn_prompts().waiting, expects=self.scene.floor.slot)
            return True
        if not self.change_pace(text):
            return False
        self.repeat()
        return True

    def _about_question(self, text: str) -> bool:
        asked, self.asked = self.asked, None
        prompts = self.scene.setting.prompts
        if asked is Asked.NAME:
            meant = who_it_is(text, self.scene.setting.elders)
            if meant.elder is not None:
                self.scene.do(Identify(meant.elder))
            if meant.answer is not None:
                right = meant.answer == "yes"
                self.scene.prompt(prompts.name_right if right else prompts.name_wrong)
            return meant.answer is not None
        more = wants_more(text) if asked is Asked.MORE else None
        if more:
            self._tell_more()
        elif more is False:
            self._rest.clear()
            self.scene.prompt(prompts.no_more)
        return more is not None

    def _tell_more(self) -> None:
        part = self._rest.popleft()
        if self._rest:
            self.asked = Asked.MORE
            question = self.scene.variant(pace_words().more)
            self.scene.say(Utterance(part.text + question, expects="confirmed"))
        else:
            self.scene.say(Utterance(part.text))

    def _tell(self, answer: Answer) -> None:
        new = answer.alarm_ref is not None and answer.alarm_ref != self._alarm
        self._alarm = answer.alarm_ref or self._alarm
        if answer.emergency or answer.offered == "emergency":
            self.scene.silence.alarming()
        unsaid, asked_before = self._unsaid.take()
        replies = (*unsaid, *answer.replies)
        then = Then.LISTEN
        if answer.asked_person or asked_before:
            then = Then.TRANSFER
        elif (self._farewell or answer.ends) and not answer.emergency and answer.expects is None:
            then = Then.HANG_UP
        # What brings a person must come to its end, whatever is said into it.
        interruptible = not (new or self.watch.fresh or then is Then.TRANSFER)
        self.watch.fresh = False
        told = parts([reply.text for reply in replies])
        if not told:  # somebody at the desk has taken over, and isn't on the line
            prompts = self.scene.setting.prompts
            text = prompts.transfer if asked_before else prompts.operator_taken
            self.scene.prompt(text, then=then, interruptible=interruptible)
            return
        if len(told) > 1 and then is Then.LISTEN and answer.expects is None and interruptible:
            self._rest = deque(told)
            self._tell_more()
            return
        text = "".join(part.text for part in told)
        self.scene.say(Utterance(text, interruptible, answer.expects, then))
