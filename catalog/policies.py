"""The shop's help pages: shipping, returns, warranty, payment, privacy, or what it has."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Policy
from catalog.policy_errors import PolicyError
from catalog.policy_files import read_policies

__all__ = ["PolicyError", "get_policy", "list_policies", "load_policies"]


def load_policies(session: Session, path: Path) -> list[Policy]:
    """Add or change a policy for each page in a file or folder, as `read_policies` reads them.
    Policies without a file stay as they are.

    Raises:
        PolicyError: a file can't be used; the message names it and the line, and says why.
    """
    return [session.merge(policy) for policy in read_policies(path)]


def list_policies(session: Session) -> Sequence[Policy]:
    """Every policy, by title."""
    return session.scalars(select(Policy).order_by(Policy.title, Policy.slug)).all()


def get_policy(session: Session, slug: str) -> Policy | None:
    return session.get(Policy, slug)
