"""What is sent about orders."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from care.desk.ordering import Typed
from console.api.v1.fields import Body, Code, Day, Id, Long, Name

_Service = Annotated[Code, Field(description="Of the catalogue, or 早餐, 午餐, 晚餐.")]
_At = Annotated[time | None, Field(description="HH:MM, for a service; meals have none.")]
_Count = Annotated[int, Field(ge=1, le=20, strict=True, description="Portions of a meal.")]
_Way = Annotated[
    Literal["delivery", "pick_up", "dine_in"] | None,
    Field(description="How a meal comes to the elder; null: brought to the door."),
]
_Canteen = Annotated[
    Id | None, Field(description="Where it is fetched or eaten; the desk's pages number them.")
]
_WITHOUT_ELDER = "May be left out with elder_id: then it is the record's."


class WishBody(Body):
    """What is wanted, for whom, when and where."""

    service: _Service = Field(examples=["助浴"])
    on: Day = Field(examples=["2026-11-25"])
    at: _At = Field(None, examples=["09:30"])
    count: _Count = 1
    diet: Code | None = None
    way: _Way = None
    canteen: _Canteen = None
    elder_id: Id | None = Field(None, examples=[1], description="Of a record on the register.")
    place: Long | None = Field(None, description=_WITHOUT_ELDER)
    person: Name | None = Field(None, description=_WITHOUT_ELDER)
    phone: Name | None = Field(None, description=_WITHOUT_ELDER)
    region: Code | None = Field(None, description="Where the place is; without it, the record's.")


class OrderBody(WishBody):
    """A wish, and what the elder was told of money."""

    pays: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] | None = Field(
        None,
        description="分. What the elder was told that they pay: with another, nothing is placed.",
        examples=[4500],
    )


class ChangeBody(Body):
    """What is to be different; what is left out stays."""

    service: _Service | None = None
    on: Day | None = Field(None, examples=["2026-11-26"])
    at: _At = None
    count: _Count | None = None
    diet: Code | None = Field(None, description="null: none.")
    way: _Way = None
    canteen: _Canteen = None
    place: Long | None = None
    person: Name | None = None
    phone: Name | None = None


def typed(body: WishBody | ChangeBody) -> dict[str, str]:
    """What was sent, as it would stand in the desk's form: read there, it means the same."""
    names = set(Typed.__dataclass_fields__) & body.model_fields_set
    return {name: _written(getattr(body, name)) for name in names}


def _written(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
