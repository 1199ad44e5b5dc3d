"""Routes of the demo shop: its pages, its pictures, and the widget's script."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from bot import mailbox
from bot.checkout import PATH, CheckoutError, CheckoutLinks
from bot.storefront import display, headers, shelves
from bot.storefront.checkout import bill as bill_of
from bot.storefront.pages import not_found, render, shop_of
from catalog.demo import PICTURES
from catalog.policies import get_policy
from catalog.products import find_product

WIDGET = Path(__file__).parent.parent / "widget" / "dist" / "widget.js"

MAILBOX = "/mailbox"
"""The page of the demo's mail."""

router = APIRouter(include_in_schema=False)

_static = StaticFiles(directory=Path(__file__).parent / "static")
_pictures = StaticFiles(directory=PICTURES, check_dir=False)  # drawn when the demo shop is loaded


@router.get("/")
def home(request: Request, category: str = "", page: str = "") -> HTMLResponse:
    """The shop's front; with a category or a page number, its shelves."""
    with shop_of(request).sessions() as session:
        categories = shelves.categories(session)
        if categories and not category and not page:
            tastes = [
                (department, [display.tile(product) for product in products])
                for department, products in shelves.tastes(session, categories)
            ]
            return render(request, session, "home.html", tastes=tastes)
        if category and category not in categories:
            return not_found(request, session, "shelf")
        # A page number that is none is a mistyped address, not an error worth showing.
        number = int(page) if page.isdecimal() and len(page) < 10 else 1
        shelf = shelves.shelf(session, category, number)
        return render(
            request,
            session,
            "shelf.html",
            category=categories.get(category),
            children=[each for each in categories.values() if each.parent == category],
            shelf=shelf,
            tiles=[display.tile(product) for product in shelf.products],
        )


@router.get(MAILBOX)
def mailbox_page(request: Request) -> HTMLResponse:
    """What the demo shop wrote to its made-up customers; no such page where mail is really sent."""
    settings = shop_of(request).settings
    with shop_of(request).sessions() as session:
        if settings.smtp_url:
            return not_found(request, session, "page")
        mails = mailbox.latest(settings.data_dir)
        return render(request, session, "mailbox.html", mails=mails)


@router.get("/chat")
def chat(request: Request) -> HTMLResponse:
    """The chat on a page of its own."""
    with shop_of(request).sessions() as session:
        return render(request, session, "chat.html")


@router.get("/products/{product_id:path}")
def product(request: Request, product_id: str, variant: str = "") -> HTMLResponse:
    """One product, with the variant that the address names chosen."""
    with shop_of(request).sessions() as session:
        found = find_product(session, product_id)
        if found is None or not found.variants:
            return not_found(request, session, "product")
        return render(
            request,
            session,
            "product.html",
            product=found,
            category=shelves.Category(found.category, 0) if found.category else None,
            sheet=display.sheet(found, variant),
        )


@router.get("/policies/{slug}")
def policy(request: Request, slug: str) -> HTMLResponse:
    """One help page of the shop."""
    with shop_of(request).sessions() as session:
        # PostgreSQL refuses to look for some characters, which no slug has.
        found = get_policy(session, slug) if slug.isprintable() else None
        if found is None:
            return not_found(request, session, "page")
        return render(request, session, "policy.html", policy=found)


@router.get(PATH)
def checkout(request: Request, cart: str = "") -> HTMLResponse:
    """Where the chat's links lead: the cart, at the prices of now."""
    shop = shop_of(request)
    with shop.sessions() as session:
        try:
            handed_over = CheckoutLinks.of(shop.settings).read(cart)
        except CheckoutError as error:
            said = "This link has expired." if error.expired else "This is no link of this shop's."
            return render(request, session, "checkout.html", status=400, error=said, bill=None)
        bill = bill_of(session, handed_over)
        return render(request, session, "checkout.html", error="", bill=bill)


@router.get("/pictures/{name}")
async def picture(request: Request, name: str) -> Response:
    """A drawing of the demo shop."""
    response = await _pictures.get_response(name, request.scope)
    response.headers.update(headers.PICTURE)
    return response


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """The style sheet and the icon of the shop's pages."""
    return await _static.get_response(name, request.scope)


@router.get("/widget.js")
def widget() -> Response:
    """The chat, as any shop embeds it with one script tag."""
    return FileResponse(WIDGET, media_type="text/javascript", headers=headers.SCRIPT)
