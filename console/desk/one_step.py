"""One step that somebody takes at the desk: a transaction, or a sentence that says why not."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from care.storage.engine import Sessions

Refusals = Mapping[type[Exception], Callable[[Any], HTTPException]]
"""What is answered (`console.desk.answers.refuse`) instead of each exception."""


@contextmanager
def refusing(refusals: Refusals) -> Iterator[None]:
    """What can't be done is answered with a sentence."""
    try:
        yield
    except tuple(refusals) as error:
        kind = next(kind for kind in refusals if isinstance(error, kind))
        raise refusals[kind](error) from error


@contextmanager
def one_step(sessions: Sessions, refusals: Refusals) -> Iterator[Session]:
    """A transaction around one step; the sentence is made when it is over."""
    with refusing(refusals), sessions.begin() as session:
        yield session
