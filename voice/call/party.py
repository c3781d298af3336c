"""The people who are on the line with one caller, and the room in which they hear each other."""

from collections.abc import Callable
from dataclasses import dataclass

from voice.call.overhearing import Overhearing
from voice.call.tap import Tap
from voice.line.leg import CallLeg, Ended, Gone, Held, LegEvent, Resumed, Sound
from voice.line.place import WITH_CALLER, Place
from voice.line.room import Room


@dataclass(frozen=True)
class Present:
    """Somebody who is on the line with the caller."""

    name: str
    """An operator's sign-in name, or what was called."""
    place: Place
    leg: str
    """Id of their leg."""


@dataclass
class Person:
    """Somebody in the room."""

    leg: CallLeg
    name: str
    place: Place
    done: Callable[[Ended], None]
    """What follows when they have gone, and why they have."""
    heard: Overhearing | None = None
    away: bool = False
    """They put us on hold at their own telephone."""


class Party:
    """One caller's. For the event loop of the line."""

    def __init__(
        self,
        caller: CallLeg,
        overhear: Callable[[CallLeg, str], Overhearing],
        went: Callable[[Person, Ended], None],
        turned: Callable[[Person], None],
    ) -> None:
        """`overhear` gives ears for the leg of an operator of that name. `went` is told who is
        gone and why; they are still to be taken out (`part`). `turned` is told who put us on hold,
        or took us back."""
        self._caller, self._overhear, self._went = caller, overhear, went
        self._turned = turned
        self._room: Room | None = None
        self._tap: Tap | None = None
        self._people: dict[str, Person] = {}
        self.held = False
        """The caller hears the hold tone, and the others may talk about them."""
        self.present: tuple[Present, ...] = ()
        """Everybody; may be read from any thread."""

    @property
    def talks(self) -> bool:
        """Whether anybody is here who talks with the caller."""
        return any(each.place in WITH_CALLER for each in self._people.values())

    @property
    def waits(self) -> bool:
        """Whether the caller is on hold: for the desk, or since nobody is there who would hear
        them."""
        talkers = [each for each in self._people.values() if each.place in WITH_CALLER]
        return self.held or (bool(talkers) and all(each.away for each in talkers))

    def named(self, name: str) -> list[Person]:
        """Everybody of this name: somebody may have two windows."""
        return [each for each in self._people.values() if each.name == name]

    def person(self, leg_id: str) -> Person | None:
        """Who has this leg."""
        return self._people.get(leg_id)

    def feed(self, event: LegEvent) -> None:
        """What the caller's leg told its only reader, the driver of the call."""
        if self._tap is not None:
            self._tap.feed(event)

    def enter(self, person: Person) -> None:
        """Lets somebody in."""
        if self._room is None:
            self._room, self._tap = Room(self._told), Tap(self._caller)
            self._room.add(self._tap, Place.CALLER)
        if person.place is Place.OPERATOR:
            person.heard = self._overhear(person.leg, person.name)
        self._people[person.leg.id] = person
        self._room.add(person.leg, person.place)
        self._changed()

    def turn(self, person: Person, place: Place) -> None:
        """Gives somebody another place."""
        person.place = place
        if self._room is not None:
            self._room.move(person.leg, place)
        self._changed()

    def hold(self, on: bool) -> None:
        """Whether the caller is in the room only for the looks of it."""
        self.held = on
        self._changed()

    async def part(self, person: Person) -> None:
        """Takes somebody out, whose leg stays as it is."""
        self._people.pop(person.leg.id, None)
        self._changed()
        if person.heard is not None:
            person.heard.close()
        if self._room is not None:
            await self._room.remove(person.leg)

    async def end(self) -> None:
        """Hangs up on everybody but the caller."""
        room, tap, people = self._room, self._tap, list(self._people.values())
        self._room = self._tap = None
        self._people.clear()
        self.held = False
        self._changed()
        if tap is not None:
            tap.close()
        if room is not None:
            await room.stop()
        for person in people:
            if person.heard is not None:
                person.heard.close()
            await person.leg.hang_up()

    def _changed(self) -> None:
        people = self._people.values()
        self.present = tuple(Present(each.name, each.place, each.leg.id) for each in people)
        if self._room is not None and self._tap is not None:
            self._room.hold(self._tap, self.waits)

    def _told(self, leg: CallLeg, event: LegEvent) -> None:
        person = self._people.get(leg.id)
        if person is None:
            return  # the caller: the driver of the call hears them
        if isinstance(event, Sound) and person.heard is not None:
            person.heard.hear(event.samples)
        if isinstance(event, Held | Resumed):
            person.away = isinstance(event, Held)
            self._changed()
            self._turned(person)
        if isinstance(event, Gone):
            self._went(person, event.why)
