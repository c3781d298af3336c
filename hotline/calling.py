"""`/local/calls`: how `hotline call` has the running process telephone somebody."""

import secrets
from collections import OrderedDict
from ipaddress import ip_address
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, HTTPException, Request, status
from pydantic import BaseModel, ConfigDict, Field

from voice.call.placed import Placed, Stage
from voice.call.setting import Purpose
from voice.line.leg import LineError

CALLS = "/local/calls"
"""Where they are asked for, and looked at."""
_KEPT = 100
"""Calls whose outcome is still told."""


class Places(Protocol):
    """What of `hotline.telephone.Telephone` is needed here."""

    def place(self, target: str, purpose: Purpose, ring: float) -> Placed:
        """Raises LineError."""
        ...


class Wish(BaseModel):
    """Whom to call, and what to say."""

    model_config = ConfigDict(extra="forbid")

    target: Annotated[str, Field(pattern=r"^[!-~]{2,128}$")]
    """A number, or a SIP address."""
    say: Annotated[str, Field(min_length=2, max_length=200)]
    message: Annotated[str, Field(min_length=2, max_length=200)] | None = None
    """For an answering machine."""
    ring: Annotated[float, Field(ge=5, le=60)] = 30.0
    """Seconds."""


class Course(BaseModel):
    """Where the call stands."""

    id: str
    stage: Stage
    why: str | None = None
    reached: str | None = None


def build_router(telephone: Places, token: str, limit: int) -> APIRouter:
    """For this machine alone, and only with the token; anybody else is answered 404.

    `limit`: calls that go on at once.
    """
    placed: OrderedDict[str, Placed] = OrderedDict()

    def ours(request: Request) -> None:
        given = request.headers.get("authorization", "")
        right = secrets.compare_digest(given.encode(), f"Bearer {token}".encode())
        if not right or not _is_here(request):
            raise HTTPException(status.HTTP_404_NOT_FOUND)

    router = APIRouter(prefix=CALLS, include_in_schema=False, dependencies=[Depends(ours)])

    @router.post("", status_code=status.HTTP_202_ACCEPTED)
    def place(wish: Wish) -> Course:
        going = sum(each.stage in {Stage.RINGING, Stage.TALKING} for each in placed.values())
        if going >= limit:
            raise HTTPException(status.HTTP_429_TOO_MANY_REQUESTS)
        try:
            call = telephone.place(wish.target, Purpose(wish.say, message=wish.message), wish.ring)
        except LineError as error:
            raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE) from error
        number = secrets.token_hex(8)
        placed[number] = call
        while len(placed) > _KEPT:
            placed.popitem(last=False)
        return _course(number, call)

    @router.get("/{number}")
    def look(number: str) -> Course:
        if number not in placed:
            raise HTTPException(status.HTTP_404_NOT_FOUND)
        return _course(number, placed[number])

    return router


def _course(number: str, call: Placed) -> Course:
    return Course(id=number, stage=call.stage, why=call.why, reached=call.reached)


def _is_here(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
