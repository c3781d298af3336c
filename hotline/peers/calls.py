"""All calls of the installation as its desk speaks into them, whichever process has them."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool

from care.changes.hub import Hub
from console.desk.calls import Browser, Calls, Line, NotInCallError, Part, Plug
from hotline.peers.asked import Dial, Dismiss, Hold, Sound, Step, Turn, do
from hotline.peers.link import open_link
from hotline.peers.others import Others


class AllCalls:
    """Implements `console.desk.calls.Calls`: those of this process first."""

    def __init__(self, own: Calls, others: Others) -> None:
        self._own, self._others = own, others

    def lines(self) -> Mapping[int, Line]:
        """See `Calls`."""
        return {**self._others.lines(), **self._own.lines()}

    async def plug(self, conversation: int, name: str, part: Part, browser: Browser) -> Plug:
        """See `Calls`."""
        try:
            return await self._own.plug(conversation, name, part, browser)
        except NotInCallError:
            peer = await run_in_threadpool(self._others.whose, conversation)
        asked = Sound(conversation=conversation, name=name, part=part, rate=browser.rate)
        return await open_link(peer, self._others.ticket(peer, asked), browser)

    async def follow(self, hub: Hub) -> None:
        """See `Calls`; each process does it for its own."""
        await self._own.follow(hub)

    def dial(self, conversation: int, target: str, name: str, part: Part) -> None:
        """See `Calls`."""
        self._do(Dial(conversation=conversation, target=target, name=name, part=part))

    def hold(self, conversation: int, on: bool, by: str) -> None:
        """See `Calls`."""
        self._do(Hold(conversation=conversation, on=on, by=by))

    def turn(self, conversation: int, name: str, part: Part) -> None:
        """See `Calls`."""
        self._do(Turn(conversation=conversation, name=name, part=part))

    def dismiss(self, conversation: int, leg: str) -> None:
        """See `Calls`."""
        self._do(Dismiss(conversation=conversation, leg=leg))

    def _do(self, step: Step) -> None:
        try:
            do(self._own, step)
        except NotInCallError:
            self._others.ask(self._others.whose(step.conversation), step)
