"""All routers of these pages."""

from fastapi import APIRouter

from console.desk.canteens import list_page, menu_page, one_page, riders_page
from console.desk.providers.shared import ProviderDesk


def build_routers(desk: ProviderDesk) -> list[APIRouter]:
    """One a page."""
    return [module.build_router(desk) for module in (list_page, riders_page, menu_page, one_page)]
