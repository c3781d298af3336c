"""All routers of these pages."""

from fastapi import APIRouter

from console.desk.providers import (
    capacity_part,
    catalogue_page,
    complaints_page,
    list_page,
    one_page,
    people_part,
    picture_part,
    reviews_page,
)
from console.desk.providers.shared import ProviderDesk


def build_routers(desk: ProviderDesk) -> list[APIRouter]:
    """One a page."""
    modules = (
        catalogue_page,
        complaints_page,
        list_page,
        one_page,
        capacity_part,
        people_part,
        picture_part,
        reviews_page,
    )
    return [module.build_router(desk) for module in modules]
