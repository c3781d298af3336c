"""The SIP endpoint as a line."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress

import structlog
from baresip import (
    BaresipError,
    Call,
    CallFailed,
    CallTimeout,
    Event,
    RegistrationError,
    Runtime,
    StackEvent,
    UserAgent,
)

from voice.line.leg import CallLeg, DialError, Ended, Failed, LegState, LineError
from voice.line.sip.addresses import address_of, caller_number, number_in
from voice.line.sip.allowed import Guard, Resolve
from voice.line.sip.endings import failed
from voice.line.sip.frames import FRAME
from voice.line.sip.leg import SipLeg
from voice.line.sip.native import NativeCalls
from voice.line.sip.settings import SipSettings
from voice.line.sip.stack import configuration, own_account, trunk_account

_LOOK_AGAIN = 10.0
"""Seconds between two looks for the trunk's address."""
_LOOK = 3.0
"""Seconds that a caller from an unknown address waits for such a look."""
_STRANGERS_MOST = 8
"""Callers who wait for it at a time; more than these knock who aren't the trunk."""

log = structlog.get_logger()


class SipLine:
    """Implements `Line`. One a process: the stack's state is the process's."""

    def __init__(
        self,
        settings: SipSettings,
        on_dead: Callable[[], None] | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        """`on_dead` is told when the stack has died; only a new process can have another one.
        `resolve` finds the addresses of the trunk, by default with the machine's name servers."""
        self._settings = settings
        self._on_dead = on_dead
        self._legs: dict[str, SipLeg] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._guard = Guard(settings, resolve)
        self._strangers: set[str] = set()
        """Call-IDs of those who wait until it is known whether they may call."""
        self._looking: asyncio.Future[None] | None = None
        self._looked: float | None = None
        self._registers = settings.trunk is not None and settings.trunk.register_every > 0
        self.registered = not self._registers
        """See `Line`."""

    async def start(self, on_call: Callable[[CallLeg], None]) -> None:
        """See `Line`."""
        self._on_call = on_call
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._guard.look_up)
        # What the stack and its binding say names callers; what matters we say ourselves.
        logging.getLogger("baresip").setLevel(logging.ERROR)
        self._runtime = Runtime()
        try:
            await self._runtime.start(configuration(self._settings))
        except (BaresipError, ValueError) as error:
            where = f"{self._settings.host}:{self._settings.port}"
            raise LineError(
                f"the telephone line can't listen on {where} ({error}): end the program that has "
                "this port, or set another SIP_PORT"
            ) from error
        try:
            await self._open()
        except BaseException:
            await self._runtime.close()
            raise

    async def _open(self) -> None:
        self._native = NativeCalls()
        self._runtime.on_dead = self._died
        # Whoever asks us to call somebody else (REFER) might make us pay for it.
        policy = "reject"
        try:
            agents = [
                await UserAgent.create(
                    self._runtime, own_account(self._settings), transfer_policy=policy
                )
            ]
            if self._settings.trunk is not None:
                account = trunk_account(self._settings.trunk)
                agents.append(
                    await UserAgent.create(self._runtime, account, transfer_policy=policy)
                )
        except (BaresipError, ValueError) as error:
            raise LineError(
                f"the account of the telephone line is not accepted: {error}"
            ) from error
        self._agent = agents[-1]
        for agent in agents:
            agent.on_incoming(self._ring)
        self._spawn(self._tick())
        if self._registers:
            self._agent.on(self._on_registration)
            self._spawn(self._register())

    async def dial(self, target: str, *, timeout: float = 30.0) -> CallLeg:
        """See `Line`."""
        address = address_of(target, self._settings)
        if address is None:
            raise DialError(Failed.UNREACHABLE)
        inviting = asyncio.ensure_future(self._invite(address))
        try:
            call, leg, told = await asyncio.shield(inviting)
        except (BaresipError, ValueError) as error:
            raise DialError(Failed.UNREACHABLE) from error
        except asyncio.CancelledError:
            self._spawn(_take_back(inviting))  # it may ring already
            raise
        try:
            await call.wait_established(timeout)
            await leg.open_sound()
        except CallTimeout as error:
            rang = {event.event for event in told} & {Event.CALL_RINGING, Event.CALL_PROGRESS}
            raise DialError(failed(None, rang=bool(rang))) from error
        except CallFailed as error:
            raise DialError(failed(error.status, rang=False)) from error
        finally:
            if leg.state not in (LegState.UP, LegState.HELD):
                await leg.hang_up()
        if leg.state is LegState.GONE:
            raise DialError(Failed.UNREACHABLE)
        return leg

    async def _invite(self, address: str) -> tuple[Call, SipLeg, list[StackEvent]]:
        """The call, its leg, and a list that all events of the call are added to."""
        told: list[StackEvent] = []
        early: list[StackEvent] = []
        self._runtime.subscribe(early.append)
        try:
            call = await self._agent.dial(address)
        finally:
            self._runtime.unsubscribe(early.append)
        call.on(told.append)
        leg = self._leg(call, caller=self._settings.number, called=number_in(address))
        for event in early:
            # A telephone nearby may ring before `dial` returns, and this release forgets that.
            call._on_stack_event(event)
        return call, leg, told

    async def stop(self) -> None:
        """See `Line`."""
        await asyncio.gather(*(leg.hang_up() for leg in list(self._legs.values())))
        for task in self._tasks:
            task.cancel()
        with suppress(BaresipError):
            await self._agent.unregister(timeout=2.0)
        with suppress(BaresipError):
            await self._runtime.close()

    def _ring(self, call: Call) -> None:
        call_id = call.call_id or ""
        if call_id in self._strangers or self._is_known(call_id):
            # Two dialogs under one Call-ID: a forked or a forged invitation, not another caller.
            self._spawn(_reject(call))
            return
        source = self._native.source(call_id)
        if self._guard.allows(source):
            self._take(call)
        elif self._guard.may_change and len(self._strangers) < _STRANGERS_MOST:
            self._strangers.add(call_id)
            self._spawn(self._look_again(call, call_id))
        else:
            self._refuse(call_id, source)

    def _is_known(self, call_id: str) -> bool:
        return any(leg.call_id == call_id for leg in self._legs.values())

    async def _look_again(self, call: Call, call_id: str) -> None:
        """The trunk may have another address than it had."""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._find_trunk()
        finally:
            self._strangers.discard(call_id)
        source = self._native.source(call_id)
        if source is None:
            return  # they didn't wait for it
        if self._guard.allows(source):
            self._take(call)
        else:
            self._refuse(call_id, source)

    async def _find_trunk(self) -> None:
        """Looks for its address, unless that was done just now."""
        now = self._loop.time()
        if self._looking is None or self._looking.done():
            if self._looked is not None and now < self._looked + _LOOK_AGAIN:
                return
            self._looked = now
            self._looking = asyncio.ensure_future(asyncio.to_thread(self._guard.look_up))
        await asyncio.shield(self._looking)

    def _refuse(self, call_id: str, source: str | None) -> None:
        log.warning("call from a network that is not allowed", source=source)
        self._native.refuse(call_id, 403, "Forbidden")

    def _take(self, call: Call) -> None:
        headers = call.headers
        caller = caller_number(
            headers.get("From") or call.peer,
            headers.get("P-Asserted-Identity"),
            headers.get("Privacy"),
        )
        leg = self._leg(call, caller=caller, called=number_in(headers.get("To")))
        try:
            self._on_call(leg)
        except Exception:
            log.exception("nobody could take a call")
            self._spawn(leg.hang_up())  # busy is better than a line that rings for ever

    def _leg(self, call: Call, *, caller: str | None, called: str | None) -> SipLeg:
        leg = SipLeg(
            call,
            caller=caller,
            called=called,
            resolve=lambda target: address_of(target, self._settings),
            clock=self._loop.time,
        )
        self._legs[leg.id] = leg
        self._spawn(self._forget(leg))
        return leg

    async def _forget(self, leg: SipLeg) -> None:
        await leg.gone.wait()
        del self._legs[leg.id]

    async def _tick(self) -> None:
        """One clock for all legs: thirty timers would wake the process thirty times as often."""
        due = self._loop.time()
        while True:
            for leg in list(self._legs.values()):
                self._move(leg)
            due = max(due + FRAME, self._loop.time())
            await asyncio.sleep(due - self._loop.time())

    def _move(self, leg: SipLeg) -> None:
        try:
            leg.tick()
        except Exception:
            # One broken leg must not silence all others.
            log.exception("the sound of a call broke off")
            self._spawn(leg.hang_up())

    async def _register(self) -> None:
        with suppress(RegistrationError):  # told by `_on_registration`; the stack tries again
            await self._agent.register()

    def _on_registration(self, event: StackEvent) -> None:
        if event.event is Event.REGISTER_OK:
            self.registered = True
            log.info("registered with the trunk")
            self._spawn(self._find_trunk())  # it is there where its name leads to now
        elif event.event is Event.REGISTER_FAIL:
            self.registered = False
            log.warning("the trunk does not accept the registration", answer=event.text)

    def _died(self) -> None:
        log.critical("the SIP stack has died")
        for leg in list(self._legs.values()):
            leg.end(Ended.LOST)
        if self._on_dead is not None:
            self._on_dead()

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _take_back(inviting: asyncio.Future[tuple[Call, SipLeg, list[StackEvent]]]) -> None:
    with suppress(BaresipError, ValueError):
        _, leg, _ = await inviting
        await leg.hang_up()


async def _reject(call: Call) -> None:
    with suppress(BaresipError):
        await call.reject()
