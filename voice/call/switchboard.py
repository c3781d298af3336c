"""All calls of one line: who is let in, who drives each, and calls that we place."""

import asyncio
from collections.abc import Collection, Sequence
from functools import partial

import structlog

from bot.conversation import Incoming
from care.elders.number import national
from care.elders.service import Caller, by_calling_number
from care.language.normalise import normalise
from voice.call.admission import Admission, News
from voice.call.company import Company
from voice.call.driver import Driver, Parts
from voice.call.equipment import Equipment
from voice.call.handover import CallHandovers
from voice.call.hearing import SoundIn
from voice.call.means import Means
from voice.call.operators import PhoneOperators
from voice.call.placed import Placed, Stage
from voice.call.playback import Playback
from voice.call.ports import Journal
from voice.call.session import Session
from voice.call.setting import Purpose, Setting
from voice.call.tasks import Tasks
from voice.line import tones
from voice.line.leg import CallLeg, DialError

RING = 30.0
"""Seconds that a telephone that we call rings at most."""
_WHO = 0.5
"""Seconds to find out who calls; nobody's telephone rings longer for it."""

log = structlog.get_logger(__name__)


class Switchboard:
    """One for the line. For one thread, its event loop."""

    def __init__(self, equipment: Equipment, admission: Admission) -> None:
        self._equipment = equipment
        self._admission = admission
        self._drivers: dict[str, Driver] = {}
        self._tasks = Tasks()

    @property
    def calls(self) -> int:
        """Calls that go on now."""
        return len(self._drivers)

    @property
    def companies(self) -> dict[int, Company]:
        """Who has each caller who talks with us now, by conversation. From any thread."""
        return {
            driver.conversation: driver.company
            for driver in list(self._drivers.values())
            if driver.conversation is not None and driver.can_be_taken
        }

    async def look(self, conversations: Collection[int] | None = None) -> None:
        """The hand-overs of these conversations have changed, or any may have (None): their calls
        follow what the desk says now."""
        drivers = [
            driver
            for driver in self._drivers.values()
            if conversations is None or driver.conversation in conversations
        ]
        await asyncio.gather(*(driver.company.look() for driver in drivers))

    def on_call(self, leg: CallLeg) -> None:
        """A telephone rings."""
        self._tasks.spawn(self._take(leg))

    async def place(
        self, target: str, purpose: Purpose, placed: Placed, ring: float = RING
    ) -> None:
        """Telephones somebody, for `ring` seconds, and returns when that is over.

        Raises DialError; `placed` is told at each step.
        """
        try:
            leg = await self._equipment.line.dial(target, timeout=ring)
        except DialError as error:
            placed.failed(error.why)
            raise
        placed.stage = Stage.TALKING
        driver = self._driver(leg, await self._who(target), target, purpose)
        try:
            await self._drive(leg, driver, admits=False)
        finally:
            placed.over(driver.reached)

    async def stop(self) -> None:
        """Waits for calls whose line was stopped."""
        await self._tasks.wait(15.0)
        await self._tasks.cancel()

    async def _take(self, leg: CallLeg) -> None:
        who = await self._who(leg.caller)
        await self._drive(leg, self._driver(leg, who, leg.caller, None), admits=True)

    async def _drive(self, leg: CallLeg, driver: Driver, *, admits: bool) -> None:
        self._drivers[leg.id] = driver
        try:
            if admits:
                self._tell(self._admission.arrive(leg.id))
            await driver.drive()
        except Exception:  # one call must not take the others with it
            log.exception("a call failed")
            await leg.hang_up()
        finally:
            del self._drivers[leg.id]
            self._tell(self._admission.leave(leg.id))

    def _driver(
        self, leg: CallLeg, who: Caller | None, number: str | None, purpose: Purpose | None
    ) -> Driver:
        shared = self._equipment
        home = national(number) if number else None
        sender = f"tel:{home}"
        if home is None or any(each.sender == sender for each in self._drivers.values()):
            sender = f"call:{leg.id}"  # of two who call from one number, each is talked with
        incoming = Incoming(sender, "", channel="phone", caller_phone=home)
        journal = shared.books.open(leg, outbound=purpose is not None)
        elders = {each.id: each.name for each in who.elders} if who else {}
        sure = who is not None and who.sure
        if sure:
            journal.belongs(elder_id=next(iter(elders)))
        setting = Setting(
            prompts=shared.prompts,
            about=shared.about,
            detect=lambda text: shared.conversation.emergency.detector.detect(normalise(text)),
            elders=elders,
            sure=sure,
            recorded=shared.books.records and purpose is None,
            style=shared.style,
            came_back=leg.came_back,
            purpose=purpose,
        )
        company = Means(
            leg=leg,
            operators=PhoneOperators(shared.line, shared.operators, shared.refers, shared.clock),
            handovers=CallHandovers(
                shared.sessions, shared.conversation.clock, incoming, shared.later
            ),
            run=shared.run,
            clock=shared.clock,
            make_ears=shared.make_ears,
            tape=lambda operator: shared.books.tape(
                journal, operator, shared.clock(), of_operator=True
            ),
        )
        parts = Parts(
            leg=leg,
            session=Session(setting),
            talker=(purpose and purpose.talker) or shared.conversation,
            alarms=shared.alarms,
            company=company,
            journal=journal,
            run=shared.run,
            clock=shared.clock,
            today=shared.conversation.clock,
            incoming=incoming,
            get_through=lambda: self._tell(self._admission.get_through(leg.id)),
        )
        return Driver(parts, partial(self._connected, leg, journal))

    def _connected(
        self, leg: CallLeg, journal: Journal, driver: Driver
    ) -> tuple[Playback, SoundIn]:
        shared = self._equipment
        tape = shared.books.tape(journal, leg, shared.clock())
        playback = Playback(
            leg,
            shared.voice,
            shared.run,
            driver.played,
            hold=tones.hold(leg.rate),
            given=lambda samples: tape.played(samples, shared.clock()),
            flushed=lambda: tape.flushed(shared.clock()),
        )
        sound_in = SoundIn(
            leg.rate,
            lambda hear: shared.make_ears(leg.rate, hear),
            driver.tell,
            clock=shared.clock,
            tape=tape,
            sent=playback.sent,
            queued=lambda: leg.queued,
            sparing=lambda: driver.queued,
        )
        return playback, sound_in

    async def _who(self, number: str | None) -> Caller | None:
        if number is None:
            return None

        def find() -> Caller | None:
            with self._equipment.sessions() as session:
                return by_calling_number(session, number)

        try:
            async with asyncio.timeout(_WHO):
                return await self._equipment.run(find)
        except Exception:  # the call is answered all the same
            log.warning("it could not be found out who calls")
            return None

    def _tell(self, news: Sequence[News]) -> None:
        for call, event in news:
            driver = self._drivers.get(call)
            if driver is not None:
                driver.tell(event)
