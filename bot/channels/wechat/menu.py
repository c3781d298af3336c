"""The account's menu, `data/wechat/menu.yml`: what clicks mean, and as the platform wants it."""

from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_model

PAGE = "/wechat/page"
_SAY, _PLACE = "say:", "place"


class Button(BaseModel):
    """One button, which does one thing, or opens a row of others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Annotated[str, Field(min_length=1, max_length=8)]
    says: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    page: bool = False
    place: bool = False
    buttons: Annotated[tuple["Button", ...], Field(max_length=5)] = ()

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if [bool(self.says), self.page, self.place, bool(self.buttons)].count(True) != 1:
            raise ValueError(f"{self.label}: expected one of says, page, place, buttons")
        return self


class Menu(BaseModel):
    """Of the whole account."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    buttons: Annotated[tuple[Button, ...], Field(min_length=1, max_length=3)]

    @classmethod
    def load(cls, data: Path = DATA) -> Self:
        """Reads the data folder. Raises DataFileError."""
        return load_model(data / "wechat" / "menu.yml", cls)

    def says(self, key: str) -> str | None:
        """What a click with this key means; None for a button that there isn't (any more)."""
        words = key.removeprefix(_SAY)
        return words if key.startswith(_SAY) and words in self._words() else None

    def platform(self, page_url: str | None) -> dict[str, Any]:
        """As `/cgi-bin/menu/create` takes it; without `page_url` the page is left out."""
        return {"button": list(filter(None, (_platform(each, page_url) for each in self.buttons)))}

    def _words(self) -> set[str]:
        rows = [each for button in self.buttons for each in (button, *button.buttons)]
        return {each.says for each in rows if each.says}


def _platform(button: Button, page_url: str | None) -> dict[str, Any] | None:
    if button.says:
        return {"type": "click", "name": button.label, "key": _SAY + button.says}
    if button.place:
        return {"type": "location_select", "name": button.label, "key": _PLACE}
    if button.page:
        if page_url is None:
            return None
        return {"type": "view", "name": button.label, "url": page_url.rstrip("/") + PAGE}
    row = list(filter(None, (_platform(each, page_url) for each in button.buttons)))
    return {"name": button.label, "sub_button": row} if row else None
