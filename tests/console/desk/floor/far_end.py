"""A telephone line whose far end is the test: what browsers say is kept, and can be answered."""

from dataclasses import dataclass, field

from care.changes.hub import Hub
from console.desk.calls import Browser, Calls, Line, NotInCallError, OnCall, Part, Plug


@dataclass
class FarEnd:
    """Implements `Calls` for one conversation."""

    conversation: int = 1
    browsers: list[Browser] = field(default_factory=list)
    came: list[bytes] = field(default_factory=list)
    steps: list[tuple[object, ...]] = field(default_factory=list)
    people: tuple[OnCall, ...] = ()
    held: bool = False
    pulled: int = 0

    def lines(self) -> dict[int, Line]:
        return {self.conversation: Line(self.people, self.held)}

    async def plug(self, conversation: int, name: str, part: Part, browser: Browser) -> Plug:
        if conversation != self.conversation:
            raise NotInCallError
        if browser.rate not in (16_000, 48_000):
            raise ValueError(browser.rate)
        self.browsers.append(browser)
        self.steps.append(("plug", name, part))
        return _Plug(self)

    async def follow(self, hub: Hub) -> None:
        """Nothing is to be followed."""

    def dial(self, conversation: int, target: str, name: str, part: Part) -> None:
        self._step(conversation, "dial", target, name, part)

    def hold(self, conversation: int, on: bool, by: str) -> None:
        self._step(conversation, "hold", on, by)

    def turn(self, conversation: int, name: str, part: Part) -> None:
        self._step(conversation, "turn", name, part)

    def dismiss(self, conversation: int, leg: str) -> None:
        self._step(conversation, "dismiss", leg)

    def _step(self, conversation: int, *step: object) -> None:
        if conversation != self.conversation:
            raise NotInCallError
        self.steps.append(step)


@dataclass
class _Plug:
    end: FarEnd

    def receive(self, octets: bytes) -> None:
        if len(octets) % 2 or not octets:
            raise ValueError("no sound")
        self.end.came.append(octets)

    def pull(self) -> None:
        self.end.pulled += 1


_: type[Calls] = FarEnd
