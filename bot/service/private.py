"""What only this shop's own Rasa server may ask for."""

import secrets
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request

from bot import audit
from bot.service.state import State


def require_key(
    request: Request, state: State, authorization: Annotated[str, Header()] = ""
) -> None:
    expected = f"Bearer {state.actions_key}".encode()
    if not secrets.compare_digest(authorization.encode(), expected):
        audit.refused(f"{request.method} {request.url.path}", "without the shop's key")
        raise HTTPException(401, "This address is for the shop's own Rasa server.")


ForRasa = Depends(require_key)
