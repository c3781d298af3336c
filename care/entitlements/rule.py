"""An entitlement rule: who gets what, how much, by which document."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.entitlements.profile import Ability, Category, Pension, Residence

_NUMBER = re.compile(r"\d+")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AgeRange(_Entry):
    """Full years, both ends included; None is open."""

    min: int | None = Field(default=None, ge=0, le=130)
    max: int | None = Field(default=None, ge=0, le=130)

    @model_validator(mode="after")
    def _ordered(self) -> "AgeRange":
        if self.min is None and self.max is None:
            raise ValueError("an age range needs a min or a max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"the age range is inverted: {self.min} to {self.max}")
        return self


class Condition(_Entry):
    """Everything named has to hold; lists are fulfilled by one of their entries."""

    age: AgeRange | None = None
    hukou: Literal["local"] | None = None
    residence: Residence | None = None
    pension: Pension | None = None
    household: tuple[Category, ...] = ()
    ability: tuple[Ability, ...] = ()
    any_of: tuple["Condition", ...] = ()
    """Alternatives, one of which has to hold besides the fields above."""

    def ages(self) -> list[AgeRange]:
        """Every age range named anywhere in the condition."""
        own = [self.age] if self.age else []
        return own + [age for option in self.any_of for age in option.ages()]


class What(_Entry):
    """What is given. Without an amount it is a service, or money whose amount isn't published."""

    kind: Literal["cash", "hours", "service", "subsidy"]
    amount: Annotated[int, Field(gt=0)] | None = None
    amounts: tuple[Annotated[int, Field(gt=0)], ...] = ()
    """Several amounts without a word on who gets which; needs `unmapped`."""
    unmapped: bool = False
    least: Annotated[int, Field(gt=0)] | None = None
    most: Annotated[int, Field(gt=0)] | None = None
    unit: Literal["元", "小时", "次"] | None = None
    per: Literal["月", "年", "周", "次"] | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number of the amount; empty if there is none."""
        single = (self.amount, self.least, self.most)
        return tuple(number for number in single if number is not None) + self.amounts

    @model_validator(mode="after")
    def _consistent(self) -> "What":
        if self.numbers and not (self.unit and self.per):
            raise ValueError("an amount needs its unit and its period (per)")
        if not self.numbers and (self.unit or self.per):
            raise ValueError("a unit or period without an amount")
        if self.amount is not None and len(self.numbers) > 1:
            raise ValueError("either one amount, or bounds, or several amounts")
        if self.amounts and (self.least or self.most or len(self.amounts) < 2):
            raise ValueError("amounts lists two or more, and has no bounds beside it")
        if bool(self.amounts) != self.unmapped:
            raise ValueError("several amounts need 'unmapped: true', and only they may have it")
        if self.most is not None and (self.least is None or self.least > self.most):
            raise ValueError(f"the bounds are inverted or half open: {self.least} to {self.most}")
        return self


class Source(_Entry):
    """Where the rule stands."""

    document: str = Field(pattern=r"^[0-9]{3}$")
    """A document's id in `data/documents.yml`."""
    section: str = Field(min_length=2)
    """The heading that it stands under, as short as it can be found by."""


class Rule(_Entry):
    """One thing that a person or family can receive."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")
    """Place, benefit, aspect: e.g. alashan-old-age-80."""
    benefit: str
    """A name in `data/entitlements/benefits.yml`."""
    region: str
    """A canonical name in `data/regions.yml`; holds for every place inside it."""
    recipient: Literal["elder", "family"] = "elder"
    """family: given to those who care for the elder."""
    who: Condition = Condition()
    what: What
    status: Literal["in_force", "report", "plan"]
    """in_force: the text rules it; report: it tells what was paid; plan: it announces it."""
    year: int | None = Field(default=None, ge=2000, le=2100)
    """The year that the figures held, where it isn't the document's."""
    condition: str = Field(min_length=2)
    """Who gets it, as it is spoken after the region's name: 80到89岁、有本盟户口的老人."""
    gift: str | None = None
    """What it is called in an answer, where the benefit's name doesn't do."""
    check: str | None = None
    """What the office has to look up and no caller can answer, as it is spoken."""
    listed: bool = True
    """False: named only when asked for, left out of 我能领什么."""
    source: Source

    @property
    def name(self) -> str:
        """What an answer calls it."""
        return self.gift or self.benefit

    @property
    def rank(self) -> int:
        """How much it tells: 0 a sure amount, 1 a span or one to check, 2 none, 3 planned, none."""
        if (self.what.amount or (self.what.least and not self.what.most)) and not self.check:
            return 0
        if self.what.numbers:
            return 1
        return 3 if self.status == "plan" else 2

    @property
    def starts_at(self) -> int:
        """The youngest age that it names, in years; 0 if it names none."""
        return min((age.min for age in self.who.ages() if age.min is not None), default=0)

    @model_validator(mode="after")
    def _spoken_ages_are_the_ages(self) -> "Rule":
        spoken = {int(number) for number in _NUMBER.findall(self.condition)}
        bounds = {bound for age in self.who.ages() for bound in (age.min, age.max)}
        if strange := sorted(spoken - {bound for bound in bounds if bound is not None}):
            raise ValueError(f"condition speaks of {strange[0]}, which is no age of 'who'")
        return self
