"""What the desk says: webhooks for an engine, a page for the people who get letters."""

import secrets
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from bot.desk.answer_link import AnswerLinks
from bot.desk.desks import LONGEST_REPLY, Desks
from bot.desk.port import Desk, ForgedEventError, MalformedEventError, PersonReply

LARGEST_BODY = 256 * 1024
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Answer</title>
<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<h1>{title}</h1>{form}</html>"""
_FORM = f"""<form method="post"><p><label>Your name<br><input name="author" maxlength="255"></label>
<p><label>Your answer<br><textarea name="text" rows="8" cols="60" maxlength="{LONGEST_REPLY}"
required></textarea></label><input type="hidden" name="nonce" value="{{nonce}}">
<p><button>Send</button></form>"""


def router(desk: Desk, desks: Desks, links: AnswerLinks | None) -> APIRouter:
    """The routes of one desk."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/v1/desk/{engine}", status_code=204)
    async def receive(request: Request, engine: str) -> None:
        """Public, and believed only with the desk's signature."""
        if engine != desk.name:
            raise HTTPException(404, "This shop has another desk.")
        body = await _body(request)
        try:
            event = desk.read(dict(request.headers), dict(request.query_params), body)
        except ForgedEventError as error:
            raise HTTPException(401, "This address is for the shop's own desk.") from error
        except MalformedEventError as error:
            raise HTTPException(422, str(error)) from error
        if event is not None:
            # An event of another ticket is a success too: nothing comes of sending it again.
            await run_in_threadpool(desks.receive, desk.name, event)

    if links is None:
        return routes

    @routes.get("/desk/answer/{token}")
    def page(token: str) -> HTMLResponse:
        _ticket_of(links, token)
        return _html("Answer the customer", _FORM.format(nonce=secrets.token_urlsafe(12)))

    @routes.post("/desk/answer/{token}")
    async def answer(request: Request, token: str) -> HTMLResponse:
        ticket = _ticket_of(links, token)
        form = dict(parse_qsl((await _body(request)).decode(errors="replace")))
        text, nonce = form.get("text", ""), form.get("nonce", "")[:64]
        if not text.strip() or not nonce:
            raise HTTPException(422, "Go back, and write an answer.")
        # Sent twice by an impatient finger, it is one answer.
        reply = PersonReply(f"{ticket}:{nonce}", ticket, form.get("author", ""), text)
        if not await run_in_threadpool(desks.receive, desk.name, reply):
            raise HTTPException(404, "This conversation is gone.")
        return _html("Sent")

    return routes


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, "That is more than a desk says at once.")
    return bytes(body)


def _ticket_of(links: AnswerLinks, token: str) -> str:
    ticket = links.ticket_of(token)
    if ticket is None:
        raise HTTPException(404, "This link is not valid, or no longer.")
    return ticket


def _html(title: str, form: str = "") -> HTMLResponse:
    """Nothing of a customer's is in it, so nothing needs escaping."""
    headers = {
        "content-security-policy": "default-src 'none'; form-action 'self'",
        "cache-control": "no-store",
    }
    return HTMLResponse(_PAGE.format(title=title, form=form), headers=headers)
