"""Who has one caller: an operator's telephone, or somebody at the desk, and what follows from it.

What the desk's database says counts (`care.desk.claims`): of several operators one has the caller.
"""

import asyncio
from collections.abc import Callable

from voice.call import events
from voice.call.handover import Held
from voice.call.means import Means
from voice.call.overhearing import Overhearing
from voice.call.party import Party, Person, Present
from voice.call.tasks import Tasks
from voice.call.telling import Telling
from voice.call.waiting import Waiting
from voice.line.leg import CallLeg, DialError, Ended, Gone, LegEvent, TransferError
from voice.line.place import WITH_CALLER, Place

COME_WITHIN = 25.0
"""Seconds that whoever claimed a caller at the desk has until they speak with them."""
BACK_WITHIN = 8.0
"""Seconds that an operator's connection may be away: a page is reloaded, a network blinks."""
_LAST_NOTES = 2.0
"""Seconds that the desk is given to write down how it ended."""
_DOES = {Place.LISTENER: "listens", Place.WHISPERER: "whispers"}
"""How the course of the hand-over calls it; whoever is heard by the caller has `joined`."""


class NotWithError(LookupError):
    """Somebody may not join: they don't have the caller, or nobody is with the caller."""


class Company:
    """One call's. For the event loop of the line."""

    def __init__(
        self, means: Means, tell: Callable[[events.Event], None], hold: Callable[[bool], None]
    ) -> None:
        """`tell` is the session's; `hold` plays the hold tone to the caller."""
        self._means, self._tell, self._hold = means, tell, hold
        self._began = means.handovers.clock()
        self._party = Party(means.leg, self._overhear, self._went, self._turned)
        self._holder: str | None = None
        self._by_phone = False
        """Whether the holder is a telephone that we called, not somebody at the desk."""
        self._searching: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._deciding = asyncio.Lock()
        self._tasks = Tasks()
        self._desk = Telling(means.handovers, means.run, self._tasks)
        self._waiting = Waiting(means.handovers, means.run)
        self._over = False
        self._handed_on = False
        """Whether the carrier has taken the caller to another telephone."""

    @property
    def present(self) -> tuple[Present, ...]:
        """Everybody on the line; may be read from any thread."""
        return self._party.present

    @property
    def held(self) -> bool:
        """Whether the caller is on hold; may be read from any thread."""
        return self._party.held

    async def opened(self) -> int:
        """The number of the caller's conversation, as soon as the desk's database tells it."""
        return await self._desk.opened()

    def feed(self, event: LegEvent) -> None:
        """What the caller's leg told."""
        self._party.feed(event)
        if isinstance(event, Gone) and event.why is Ended.MOVED:
            self._handed_on = True

    def search(self) -> None:
        """Fetches an operator. Told back: HandedOver or NotHandedOver."""
        if self._searching is None and self._holder is None:
            self._searching = self._tasks.spawn(self._search())

    def call_back(self) -> None:
        """Somebody is to telephone the caller; kept until the desk's database takes it."""
        self._waiting.call_back()

    async def look(self) -> None:
        """Follows what the desk's database says now."""
        async with self._deciding:
            held = await self._desk.write(self._means.handovers.holder)
            if held is not None and not self._over:
                await self._follow(held)

    async def join(self, leg: CallLeg, name: str, place: Place) -> None:
        """Somebody's browser is here. Raises NotWithError."""
        async with self._deciding:
            held = await self._desk.write(self._means.handovers.holder) or Held()
            if place is Place.OPERATOR and held.by == name != self._holder:
                await self._claimed(name)
            if not self._welcome(name, place):
                raise NotWithError(name)
            await self._enter(Person(leg, name, place, self._lost))

    async def call(self, target: str, name: str, place: Place) -> None:
        """Telephones somebody and lets them in; that they can't be reached is noted."""
        try:
            leg = await self._means.operators.dial(target)
        except DialError as error:
            self._desk.note("not_reached", name, str(error.why))
            return
        if self._welcome(name if place is Place.OPERATOR else None, place):
            done = self._put_down if place is Place.OPERATOR else self._lost
            await self._enter(Person(leg, name, place, done))
        else:
            await leg.hang_up()

    async def dismiss(self, leg_id: str) -> None:
        """Hangs up on somebody."""
        person = self._party.person(leg_id)
        if person is not None:
            await person.leg.hang_up()

    async def turn(self, name: str, place: Place) -> None:
        """A supervisor listens, whispers or joins in."""
        for person in self._party.named(name):
            if person.place is not Place.OPERATOR:
                self._party.turn(person, place)
                self._desk.note(_DOES.get(place, "joined"), name)

    async def hold(self, on: bool, by: str) -> None:
        """Puts the caller on hold, or takes them back."""
        if self._party.talks and on != self._party.held:
            self._party.hold(on)
            self._hold(self._party.waits)
            self._desk.note("held" if on else "resumed", by)

    async def close(self) -> None:
        """The caller is gone."""
        self._over = True
        if self._handed_on:
            self._waiting.served()
        elif self._searching is not None:  # else it has still to tell the desk who has them
            self._searching.cancel()
        self._waiting.gone()
        self._stop_waiting()
        await self._party.end()
        if self._holder is not None and self._by_phone:
            target = self._holder
            await self._desk.write(lambda: self._means.handovers.left(target))
        await self._tasks.wait(_LAST_NOTES)
        await self._tasks.cancel()

    # --- coming ----------------------------------------------------------------------------------

    async def _search(self) -> None:
        means = self._means
        try:
            target, leg = await means.operators.fetch(means.leg, desk=await self._waiting.ask())
        except TransferError as error:
            self._tell(events.NotHandedOver(error.why))
            return
        finally:
            self._searching = None
        self._waiting.served()
        if leg is None:  # the carrier has taken the caller over; theirs is gone here
            await self._desk.write(lambda: means.handovers.handed_on(target))
            return
        if self._over or self._holder is not None:
            await leg.hang_up()
            return
        self._holder, self._by_phone = target, True
        await self._enter(Person(leg, target, Place.OPERATOR, self._put_down))
        # Connected at once; the desk is told beside it.
        if await self._desk.write(lambda: means.handovers.took(target)) is False:
            await self.look()  # somebody at the desk was quicker

    async def _claimed(self, name: str) -> None:
        """Somebody at the desk has the caller now; nobody is looked for any more."""
        if self._searching is not None:
            self._searching.cancel()
        await self._party.end()
        self._holder, self._by_phone = name, False
        self._waiting.served()
        self._tell(events.Claimed())
        self._wait(COME_WITHIN)

    def _welcome(self, name: str | None, place: Place) -> bool:
        """Whether somebody may come in: the holder, and others while somebody has the caller."""
        if self._over:
            return False
        return self._holder == name if place is Place.OPERATOR else self._party.talks

    async def _enter(self, person: Person) -> None:
        for earlier in self._party.named(person.name):  # in another window, or at a telephone
            await self._party.part(earlier)
            await earlier.leg.hang_up()
        first = not self._party.talks and person.place in WITH_CALLER
        self._party.enter(person)
        if first:
            self._stop_waiting()
            self._tell(events.HandedOver())
        else:
            self._hold_if_alone()
        self._desk.note(_DOES.get(person.place, "joined"), person.name)

    # --- going -----------------------------------------------------------------------------------

    def _went(self, person: Person, why: Ended) -> None:
        async def go() -> None:
            await self._party.part(person)
            self._desk.note("left", person.name)
            if self._holder is not None and not self._party.talks:
                person.done(why)
            else:
                self._hold_if_alone()

        self._tasks.spawn(go())

    def _turned(self, person: Person) -> None:
        """Somebody put us on hold at their own telephone, or took us back."""
        self._hold_if_alone()
        self._desk.note("held" if person.away else "resumed", person.name)

    def _hold_if_alone(self) -> None:
        """The hold tone, as long as nobody would hear the caller."""
        if self._party.talks:
            self._hold(self._party.waits)

    def _lost(self, _why: Ended = Ended.LOST) -> None:
        """An operator's browser is gone, or the last guest: they may be back in a moment."""
        self._hold(True)
        self._wait(BACK_WITHIN)

    def _put_down(self, why: Ended) -> None:
        """The telephone of whoever has the caller was put down: they are done. If it was lost, the
        caller isn't: whoever is at the desk may be back, a telephone that we called won't."""
        holder, handovers = self._holder or "", self._means.handovers
        lost = why is Ended.LOST
        if lost and not self._by_phone:
            self._lost()
        elif lost:
            end = self._end(lambda: handovers.unreached(holder), events.OperatorLost())
            self._tasks.spawn(end)
        else:
            done = handovers.left if self._by_phone else handovers.handed_back
            self._tasks.spawn(self._end(lambda: done(holder), events.OperatorLeft()))

    def _wait(self, seconds: float) -> None:
        def give_up() -> None:
            holder = self._holder or ""
            end = self._end(lambda: self._means.handovers.lost(holder), events.OperatorLost())
            self._tasks.spawn(end)

        self._stop_waiting()
        self._timer = asyncio.get_running_loop().call_later(seconds, give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _end(self, write: Callable[[], None], event: events.Event) -> None:
        async with self._deciding:
            if self._holder is not None:
                await self._desk.write(write)
                await self._free(event)

    async def _free(self, event: events.Event) -> None:
        self._holder, self._by_phone = None, False
        self._stop_waiting()
        await self._party.end()
        self._tell(event)

    # --- the desk --------------------------------------------------------------------------------

    async def _follow(self, held: Held) -> None:
        if held.by == self._holder:
            return
        if held.by is not None:
            if held.at is not None and held.at >= self._began:  # an earlier call's doesn't count
                await self._claimed(held.by)
        elif not self._by_phone:  # that one is still to be written down
            await self._free(events.OperatorLost() if held.waits else events.OperatorLeft())

    def _overhear(self, leg: CallLeg, name: str) -> Overhearing:
        means = self._means

        return Overhearing(
            leg.rate,
            lambda hear: means.make_ears(leg.rate, hear),
            clock=means.clock,
            tape=means.tape(leg),
            keep=lambda text: self._desk.said(name, text),
            spawn=self._tasks.spawn,
        )
