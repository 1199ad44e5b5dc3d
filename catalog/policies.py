"""The shop's help pages: shipping, returns, warranty, payment, privacy, or what it has."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Policy


class PolicyError(Exception):
    """A policy file that cannot be loaded; the message names it and says why."""


def load_policies(session: Session, folder: Path) -> list[Policy]:
    """Add or change a policy for each Markdown file in the folder, in order of their names.

    `returns.md` becomes the policy `returns`; its first `# heading` is the title, the rest the
    body. Policies without a file stay as they are.

    Raises:
        PolicyError: a file without such a heading, without text under it, or not in UTF-8; or a
            folder without a Markdown file.
    """
    policies = [_read(file) for file in sorted(folder.glob("*.md"))]
    if not policies:
        raise PolicyError(f"There is no Markdown file in {folder}.")
    return [session.merge(policy) for policy in policies]


def list_policies(session: Session) -> Sequence[Policy]:
    """Every policy, by title."""
    return session.scalars(select(Policy).order_by(Policy.title, Policy.slug)).all()


def get_policy(session: Session, slug: str) -> Policy | None:
    return session.get(Policy, slug)


def _read(file: Path) -> Policy:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyError(f"{file} is not in UTF-8: save it as UTF-8.") from None
    before, mark, after = f"\n{text}".partition("\n# ")
    title, _, rest = after.partition("\n")
    body = f"{before.strip()}\n\n{rest.strip()}".strip()
    if not mark or not title.strip():
        raise PolicyError(f"{file} has no title: begin it with a line like “# Returns”.")
    if not body:
        raise PolicyError(f"{file} has a title and no text.")
    return Policy(slug=file.stem, title=title.strip(), body=body)
