"""What is sent about elders."""

from typing import Annotated, Literal

from pydantic import Field

from console.api.v1.fields import Body, Code, Long, Name

_WORDS = {
    "female": "女",
    "male": "男",
    "rural": "农村",
    "urban": "城镇",
    "local": "是",
    "nonlocal": "否",
}
"""Of the fields in which only these may stand, and how the desk's form calls them."""
_Listed = Annotated[list[Annotated[Code, Field(min_length=1)]], Field(max_length=30)]


class ElderBody(Body):
    """The fields of a record; null empties one, and what is left out stays as it is."""

    identity: Long | None = Field(None, description="公民身份号码, 18 signs (GB 11643).")
    birth: Long | None = Field(None, examples=["1940-05-01"], description="A day, or a year.")
    sex: Literal["female", "male"] | None = None
    region: Long | None = Field(None, examples=["巴彦浩特镇"])
    address: Long | None = None
    situations: _Listed | None = Field(None, examples=[["独居"]])
    categories: _Listed | None = Field(None, examples=[["低保"]])
    residence: Literal["rural", "urban"] | None = None
    hukou: Literal["local", "nonlocal"] | None = None
    pension: Annotated[bool, Field(strict=True)] | None = None
    diet: Long | None = None
    allergies: _Listed | None = None
    language: Long | None = None
    health: Long | None = Field(None, description="Notes for whoever comes to them.")


class NewElder(ElderBody):
    """A new record."""

    name: Long = Field(examples=["王秀英"])
    phone: Long = Field(examples=["13800000001"])
    anyway: bool = Field(
        False, description="It is somebody else than those whom maybe_duplicate named."
    )


class ElderChange(ElderBody):
    """What is to be different."""

    name: Long | None = None
    phone: Long | None = None
    state: Literal["active", "moved", "deceased"] | None = None


class ConsentBody(Body):
    """What an elder said."""

    given: Annotated[bool, Field(strict=True)]
    how: Name = Field(examples=["纸质同意书"], description="By which way they said it.")


def typed(body: ElderBody) -> dict[str, str]:
    """What was sent, as it would stand in the desk's form: the record reads it as it reads that."""
    sent = body.model_fields_set - {"anyway", "state"}
    return {name: _written(name, getattr(body, name)) for name in sent}


def _written(field: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return _WORDS[str(value)] if field in ("sex", "residence", "hukou") else str(value)
