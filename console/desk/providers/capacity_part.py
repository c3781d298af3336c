"""How much a provider takes on which weekday and in which slot, and its days off."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from care.providers import register
from care.providers.slot import Slot
from console.desk.answers import refuse
from console.desk.providers.one_page import HERE
from console.desk.providers.shared import (
    Keeper,
    ProviderDesk,
    Text,
    changing,
    day_of,
    provider_or_404,
)

_DIGITS = 5
"""Of a count; larger ones are refused anyway."""


async def _counts(request: Request) -> dict[tuple[int, Slot], int]:
    """What was filled in; an empty field takes nothing."""
    form = await request.form()
    typed = {
        (weekday, slot): str(form.get(f"{weekday}-{slot.value}") or "").strip()
        for weekday in range(7)
        for slot in Slot
    }
    if any(text and not _is_count(text) for text in typed.values()):
        raise refuse("接单量要填数字。", 400)
    return {place: int(text) for place, text in typed.items() if text}


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


Counts = Annotated[dict[tuple[int, Slot], int], Depends(_counts)]


def build_router(desk: ProviderDesk) -> APIRouter:
    """Both."""
    router = APIRouter(prefix=HERE)
    clock = desk.floor.clock

    @router.post("/capacity")
    def capacity(who: Keeper, number: int, counts: Counts, service: Text = "") -> Response:
        if service and desk.catalogue.find(service) is None:
            raise refuse("没有这项服务，请从目录里选。", 400)
        with changing(desk) as session:
            provider = provider_or_404(session, number)
            register.set_capacity(session, provider, service, counts, by=who.name, now=clock())
        return RedirectResponse(f"/desk/providers/{number}?done=1", 303)

    @router.post("/day-off")
    def day_off(who: Keeper, number: int, on: Text = "", why: Text = "") -> Response:
        with changing(desk) as session:
            provider = provider_or_404(session, number)
            register.close_on(session, provider, day_of(on), why, by=who.name, now=clock())
        return RedirectResponse(f"/desk/providers/{number}?done=1", 303)

    return router
