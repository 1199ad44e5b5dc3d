"""What the shop's people see of a return, by a signed link: a page, and its files."""

from html import escape

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from bot import audit
from bot.attachments.content import JPEG
from bot.attachments.folders import Folder
from bot.attachments.links import PATH
from bot.attachments.taken import Taken
from bot.service.state import ServiceState, State

router = APIRouter(prefix=PATH, include_in_schema=False)

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><h1>{title}</h1><ul>{files}</ul></html>"""
_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
_OF_PAGE = {**_HEADERS, "content-security-policy": "default-src 'none'; img-src 'self'"}
_OF_FILE = {**_HEADERS, "content-security-policy": "default-src 'none'; sandbox"}


@router.get("/{token}")
def page(state: State, token: str) -> HTMLResponse:
    """Every file of the return: pictures to look at, and papers to download."""
    folder = _folder(state, token)
    title = f"Return {folder.return_number}" if folder.return_number else "Return, not started"
    files = "".join(f"<li>{_shown(token, file)}" for file in folder.files)
    title = escape(f"{title}, order {folder.order_number}")
    return HTMLResponse(_PAGE.format(title=title, files=files), headers=_OF_PAGE)


@router.get("/{token}/{id}")
def file(state: State, token: str, id: str) -> Response:
    """One file. A picture is one that we have drawn ourselves; anything else is a download."""
    folder = _folder(state, token)
    found = next((each for each in folder.files if each.id == id), None)
    content = state.folders.content(folder, id) if found else None
    if found is None or content is None:
        raise HTTPException(404, "There is no such file.")
    is_shown = found.media_type == JPEG
    # Its own name would have to be encoded; the return's says more to the shop.
    name = f"{_plain(folder.return_number or folder.order_number)}{'.jpg' if is_shown else '.pdf'}"
    disposition = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    headers = {**_OF_FILE, "content-disposition": disposition}
    return Response(content, media_type=found.media_type, headers=headers)


def _folder(state: ServiceState, token: str) -> Folder:
    folder = state.folders.of_link(token)
    if folder is None:
        audit.refused("a link to a return's files", "forged, old, or erased")
        raise HTTPException(404, "This link is not valid, or no longer.")
    return folder


def _shown(token: str, file: Taken) -> str:
    address, name = f"{PATH}/{escape(token)}/{escape(file.id)}", escape(file.name)
    picture = f'<br><img src="{address}" alt="" width="480">' if file.media_type == JPEG else ""
    return f'<a href="{address}">{name}</a>{picture}'


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign in "-_"))
