"""All pages of elders' records."""

from fastapi import APIRouter

from console.desk.elders import (
    card_page,
    contacts_part,
    duplicates_page,
    export_page,
    finding_page,
    import_page,
    record_page,
    words_part,
)
from console.desk.floor import Floor


def build_routers(floor: Floor) -> list[APIRouter]:
    """Search, records, cards, import and export, duplicates."""
    return [
        pages.build_router(floor)
        for pages in (
            finding_page,
            record_page,
            contacts_part,
            words_part,
            card_page,
            import_page,
            export_page,
            duplicates_page,
        )
    ]
