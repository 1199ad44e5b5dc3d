"""Rasa's action protocol: Rasa says which action to run, the reply says what came of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.service.private import ForRasa

router = APIRouter(include_in_schema=False, dependencies=[ForRasa])


@router.post("/webhook")
async def webhook(
    request: Request,
    call: Annotated[dict[str, Any], Body()],
) -> JSONResponse:
    """Private: only the Rasa of this shop knows the key."""
    executor: ActionExecutor = request.app.state.executor
    try:
        result = await executor.run(call)
    except ActionExecutionRejection as rejection:
        # Rasa reads this status as "the action declines, ask the policies again".
        return JSONResponse(
            {"error": str(rejection), "action_name": rejection.action_name}, status_code=400
        )
    except ActionNotFoundException as missing:
        return JSONResponse(
            {"error": str(missing), "action_name": missing.action_name}, status_code=404
        )
    return JSONResponse(result.model_dump() if result else None)
