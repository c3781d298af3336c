"""What the pages of elders' records share."""

from typing import Annotated

from fastapi import Depends, Form
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from care.elders.ability import LEVELS
from care.elders.code import shown
from care.elders.identity import masked_identity
from care.elders.model import Elder
from care.elders.profile import age_of
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.page import templates

Reader = Annotated[SignedIn, Depends(may(Right.SEE_ELDERS))]
Changer = Annotated[SignedIn, Depends(may(Right.CHANGE_ELDERS))]
Revealer = Annotated[SignedIn, Depends(may(Right.REVEAL_NUMBERS))]
Text = Annotated[str, Form(max_length=4000)]

LEVEL_WORDS = dict(
    zip(LEVELS, ("能力完好", "轻度失能", "中度失能", "重度失能", "完全失能"), strict=True)
)
"""GB/T 42195-2022."""
STATES = {"active": "在册", "moved": "迁出", "deceased": "去世", "merged": "已合并"}

templates.env.filters.update(masked_identity=masked_identity, in_fours=shown)
templates.env.globals.update(age_of=age_of, level_words=LEVEL_WORDS, elder_states=STATES)


def elder_or_404(session: Session, number: int) -> Elder:
    """The record of a number in a page's address."""
    found = session.get(Elder, number)
    if found is None:
        raise HTTPException(404, "没有这份档案。")
    return found
