"""The form of a record, as the browser sends it."""

from collections.abc import Mapping

from starlette.requests import Request

from care.elders.field import FIELDS
from care.elders.lists import own_lists

_EXTRA = ("anyway",)


async def typed_fields(request: Request) -> Mapping[str, str]:
    """What stands in each field that the form has; several ticks of one field are one text."""
    form = await request.form()
    names = [
        field.name for field in FIELDS if field.name in form or f"{field.name}-is-here" in form
    ]
    return {name: "、".join(str(each) for each in form.getlist(name)) for name in [*names, *_EXTRA]}


def choices() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in each field where one chooses: the word, and what it means."""
    lists = own_lists()
    listed = {field.name: terms for field in FIELDS if (terms := lists.of(field.name))}
    found = {
        name: [(each.code, "" if each.means == each.code else each.means) for each in terms.entries]
        for name, terms in listed.items()
    }
    found |= {
        "sex": [("女", ""), ("男", "")],
        "residence": [("农村", ""), ("城镇", "")],
        "hukou": [("是", ""), ("否", "")],
        "pension": [("是", ""), ("否", "")],
    }
    return found
