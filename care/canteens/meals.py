"""When meals are served and ordered where no canteen says otherwise: `data/canteens/meals.yml`."""

from datetime import time
from functools import cache
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, RootModel, model_validator

from care.data_files import DATA, load_model

Hour = Annotated[time, BeforeValidator(lambda text: time.fromisoformat(str(text)))]


class Meal(BaseModel):
    """One meal of a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: Hour
    closes: Hour
    until: Hour
    """The last minute in which it is ordered for the same day, anywhere."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens has to be before closes")
        return self


class _Meals(RootModel[dict[str, Meal]]):
    pass


def served_next(at: time) -> str:
    """The meal that is usually served at this hour, or next; after the last one the first."""
    meals = usual_meals()
    return next((name for name, meal in meals.items() if at <= meal.closes), next(iter(meals)))


@cache
def usual_meals() -> dict[str, Meal]:
    """Of the project's own data folder, in the order of the day. Raises DataFileError."""
    return load_model(DATA / "canteens" / "meals.yml", _Meals).root
