"""Rasa's action protocol as a FastAPI route, open only to the dialogue process."""

import secrets
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, HTTPException, Query, Request, status
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.actions import build_actions
from actions.context import Context

log = structlog.get_logger(__name__)


def build_router(context: Context, token: str) -> APIRouter:
    """`POST /actions/webhook?token=…`; without the right token it answers 404."""
    router = APIRouter(include_in_schema=False)
    executor = ActionExecutor()
    for action in build_actions(context):
        executor.register_action(action)

    @router.post("/actions/webhook")
    async def webhook(request: Request, given: Annotated[str, Query(alias="token")] = "") -> Any:
        if not token or not secrets.compare_digest(given.encode(), token.encode()):
            raise HTTPException(status.HTTP_404_NOT_FOUND)
        call = await request.json()
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            body = {"error": "rejected", "action_name": error.action_name}
            return JSONResponse(body, status.HTTP_400_BAD_REQUEST)
        except ActionNotFoundException as error:
            body = {"error": "unknown action", "action_name": error.action_name}
            return JSONResponse(body, status.HTTP_404_NOT_FOUND)
        return JSONResponse(result.model_dump() if result else None)

    return router
