"""Links by which the shop's people see what was added to a return."""

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.secret_key import read_or_create
from bot.settings import Settings

PATH = "/attachments"
LIFETIME_DAYS = 60
"""Thirty for a return to be sent, and as many for the shop to look at it."""


class AttachmentLinks:
    """Whoever holds a link sees one folder, until it is too old: it goes to the shop alone."""

    def __init__(self, url: str, key: str) -> None:
        self._url = f"{url.rstrip('/')}{PATH}"
        self._serializer = URLSafeTimedSerializer(key, salt="aisle.attachments")

    @classmethod
    def of(cls, settings: Settings) -> "AttachmentLinks":
        key = read_or_create(settings.data_dir / "secrets" / "attachments.key")
        return cls(settings.desk_public_url or settings.service_url, key)

    def link(self, folder_id: str) -> str:
        return f"{self._url}/{self._serializer.dumps(folder_id)}"

    def folder_of(self, token: str) -> str | None:
        """The folder's id; None where the link is forged or old."""
        try:
            return str(self._serializer.loads(token, max_age=LIFETIME_DAYS * 24 * 60 * 60))
        except BadData:
            return None
