"""Renders the templates, with what every page of the shop shows around its content."""

from pathlib import Path
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy.orm import Session, sessionmaker

from bot.help.markup import rendered
from bot.settings import Settings
from bot.storefront import headers, shelves
from catalog.policies import list_policies

SHOP_NAME = "Fernway"


class Shop(Protocol):
    """What the pages need of the service's state."""

    @property
    def settings(self) -> Settings: ...

    @property
    def sessions(self) -> sessionmaker[Session]: ...


def shop_of(request: Request) -> Shop:
    shop: Shop = request.app.state.aisle
    return shop


def render(
    request: Request, session: Session, template: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of the shop, with its categories, policies and chat."""
    settings = shop_of(request).settings
    chat_url = settings.rasa_url
    categories = shelves.categories(session)
    return _templates.TemplateResponse(
        request,
        template,
        {
            "shop_name": SHOP_NAME,
            "chat_url": chat_url,
            "has_mailbox": not settings.smtp_url,
            "departments": [each for each in categories.values() if not each.parent],
            "policies": list_policies(session),
            **context,
        },
        status_code=status,
        headers=headers.for_page(chat_url),
    )


def not_found(request: Request, session: Session, what: str) -> HTMLResponse:
    return render(request, session, "not_found.html", status=404, what=what)


def _render_markdown(text: str) -> Markup:
    return Markup(rendered(text))  # noqa: S704 - rendered with HTML switched off


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = _render_markdown
    return environment


_templates = Jinja2Templates(env=_environment())
