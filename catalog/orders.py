"""Looking up a customer's order."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalog.models import Customer, Order


def find_order(session: Session, number: str, email: str) -> Order | None:
    """The order of this number, with its lines, if this is its customer's e-mail address.

    None whatever does not match, so that nobody learns which orders or customers there are. Case,
    white space and a `#` before the number do not matter.
    """
    order = (
        select(Order)
        .join(Order.customer)
        .where(
            Order.number == order_number(number),
            func.lower(Customer.email) == _without_spaces(email).lower(),
        )
        .options(joinedload(Order.customer), selectinload(Order.lines))
    )
    return session.scalars(order).one_or_none()


def order_number(text: str) -> str:
    """An order's number as the database has it: `# ab-1001` is `AB-1001`."""
    return _without_spaces(text).lstrip("#").upper()


def _without_spaces(text: str) -> str:
    """Without anything else that does not print either, which PostgreSQL may refuse."""
    return "".join(character for character in text if character.isprintable() and character != " ")
