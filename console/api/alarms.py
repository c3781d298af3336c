"""`POST /api/alarms` and `POST /api/devices/heartbeat`: for pendants, detectors and apps.

Every request carries `X-Device`, `X-Timestamp` (seconds since 1970), `X-Nonce` (16 to 64 letters,
digits, - and _, never used twice) and `X-Signature`, the hex HMAC-SHA256 (RFC 2104) under the
device's key of method, path, timestamp, nonce and the hex SHA-256 of the body, joined by line
feeds. Each attempt is signed anew; the reference in the body makes a repetition the same alarm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal

import anyio
import anyio.to_thread
import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import SQLAlchemyError

from care.clock import Clock
from care.devices.gate import Gate, Refusal, RefusedError
from care.devices.keys import DeviceKeyError
from care.devices.kind import Kinds
from care.devices.model import Device
from care.devices.reports import MOST_REFERENCE, Event, report
from care.devices.sentences import sentence
from care.devices.signature import Signed
from care.storage.engine import Sessions
from console.limits import SenderLimit

MOST = 4096
"""Octets of a body."""

AGAIN = 10
"""Seconds that a device waits which was too fast."""

_THREADS = 16
"""Of their own: an alarm doesn't wait for those who chat."""

log = structlog.get_logger(__name__)


class Position(BaseModel):
    """Where it happened, for what is carried outside: WGS 84, degrees."""

    model_config = ConfigDict(extra="forbid", strict=True)

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class AlarmRequest(BaseModel):
    """What a device sends."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reference: Annotated[str, Field(pattern=rf"^[A-Za-z0-9._:-]{{1,{MOST_REFERENCE}}}$")]
    """The device's own, of this event. Kept for a day: within it, it is the same alarm."""
    type: Literal["alarm", "fault"] = "alarm"
    """A fault is about the device: a battery that runs out, a sensor that fails."""
    text: Annotated[str, Field(max_length=200)] = ""
    place: Annotated[str, Field(max_length=100)] = ""
    position: Position | None = None


class AlarmResponse(BaseModel):
    """The alarm is on disk."""

    alarm: str
    """Its number, to be named when asking for it."""
    repeated: bool
    """This reference was reported before."""


@dataclass(frozen=True)
class Limits:
    """How often anybody and one device may ask."""

    addresses: SenderLimit
    devices: SenderLimit

    @classmethod
    def usual(cls) -> "Limits":
        """A gateway may stand for a whole house; a device in panic still gets through."""
        return cls(SenderLimit(300, AGAIN), SenderLimit(20, AGAIN))


def build_router(
    sessions: Sessions, gate: Gate, kinds: Kinds, clock: Clock, limits: Limits | None = None
) -> APIRouter:
    """Both routes."""
    router, limits = APIRouter(), limits or Limits.usual()
    threads = anyio.CapacityLimiter(_THREADS)

    async def answered(request: Request, work: Callable[[Device, bytes], Response]) -> Response:
        address = request.client.host if request.client else ""
        if not limits.addresses.allows(address):
            return _too_fast()
        body = await request.body()
        if len(body) > MOST:
            return _refused(413, sentence("too_large", most=MOST))
        admitted = partial(_admitted, gate, limits, clock, _signed(request, body), work)
        return await anyio.to_thread.run_sync(admitted, limiter=threads)

    @router.post("/api/alarms", response_model=AlarmResponse, status_code=202)
    async def raise_alarm(request: Request) -> Response:
        def work(device: Device, body: bytes) -> Response:
            found = AlarmRequest.model_validate_json(body)
            kept = report(sessions, device, kinds, _event(found), clock())
            answer = AlarmResponse(alarm=kept.alarm.ref, repeated=not kept.new)
            return JSONResponse(answer.model_dump(), 202 if kept.new else 200)

        return await answered(request, work)

    @router.post("/api/devices/heartbeat", status_code=204)
    async def heartbeat(request: Request) -> Response:
        return await answered(request, lambda _device, _body: Response(status_code=204))

    return router


def _admitted(
    gate: Gate, limits: Limits, clock: Clock, request: Signed,
    work: Callable[[Device, bytes], Response],
) -> Response:  # fmt: skip
    try:
        device = gate.admit(request)
        # After the signature: a stranger can't use up what a device is allowed.
        if not limits.devices.allows(device.ref):
            return _too_fast()
        return work(device, request.body)
    except RefusedError as error:
        status = 409 if error.why is Refusal.REPLAYED else 401
        now = int(clock().timestamp()) if error.why is Refusal.STALE else None
        return _refused(status, sentence(error.why.value), now=now)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"]) or "JSON"
        return _refused(422, sentence("bad_body", field=field))
    except (SQLAlchemyError, DeviceKeyError):
        log.exception("a device's request was not kept")
        return _refused(503, sentence("not_kept"), headers={"Retry-After": "1"})


def _signed(request: Request, body: bytes) -> Signed:
    header = request.headers.get
    return Signed(
        device=header("x-device", "")[:64],
        timestamp=header("x-timestamp", "")[:32],
        nonce=header("x-nonce", "")[:128],
        signature=header("x-signature", "")[:128],
        method=request.method,
        path=request.scope["path"],
        body=body,
    )


def _event(found: AlarmRequest) -> Event:
    facts = {}
    if found.position is not None:
        facts["position"] = f"{found.position.latitude:.6f},{found.position.longitude:.6f}"
    return Event(
        reference=found.reference,
        how="api",
        fault=(found.text or "原因不明") if found.type == "fault" else None,
        text="" if found.type == "fault" else found.text.strip(),
        place=found.place.strip() or None,
        facts=facts,
    )


def _too_fast() -> Response:
    told = sentence("too_fast", seconds=AGAIN)
    return _refused(429, told, headers={"Retry-After": str(AGAIN)})


def _refused(
    status: int, detail: str, *, headers: dict[str, str] | None = None, now: int | None = None
) -> JSONResponse:
    """`now` is our clock in seconds since 1970, for a device whose own is wrong."""
    content = {"detail": detail} if now is None else {"detail": detail, "now": now}
    return JSONResponse(content, status, headers)
