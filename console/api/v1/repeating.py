"""A request that comes again is not done again."""

from dataclasses import dataclass

from fastapi import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from care.api_keys import writes
from care.api_keys.keys import Caller
from care.api_keys.model import ApiWrite
from console.api.v1.access import Access
from console.api.v1.problems import ProblemError


@dataclass(frozen=True)
class Asked:
    """A request that makes something."""

    caller: Caller
    token: str
    """Idempotency-Key."""
    path: str
    body: BaseModel


def claim(session: Session, access: Access, asked: Asked, response: Response) -> ApiWrite:
    """First in a transaction; see care.api_keys.writes. Raises ProblemError."""
    content = f"{asked.path}\n{asked.body.model_dump_json()}"
    key, now = asked.caller.key_id, access.clock()
    try:
        row = writes.claim(session, key, asked.token, content=content, now=now)
    except writes.OtherContentError as error:
        raise ProblemError(422, "token_reused", access.sentences.token_reused) from error
    if row.made_id is not None:
        response.headers["Idempotent-Replayed"] = "true"
    return row
