"""Links by which the desk's people answer without a desk of their own."""

from itsdangerous import BadData, URLSafeTimedSerializer

_SALT = "aisle.desk.answer"
_LIFETIME_SECONDS = 14 * 24 * 60 * 60


class AnswerLinks:
    """Whoever holds a link may answer in its ticket, for two weeks: it goes to the desk alone."""

    def __init__(self, public_url: str, key: str) -> None:
        self._url = f"{public_url.rstrip('/')}/desk/answer"
        self._serializer = URLSafeTimedSerializer(key, salt=_SALT)

    def of(self, ticket_id: str) -> str:
        return f"{self._url}/{self._serializer.dumps(ticket_id)}"

    def ticket_of(self, token: str) -> str | None:
        """The ticket's id; None where the link is forged or old."""
        try:
            return str(self._serializer.loads(token, max_age=_LIFETIME_SECONDS))
        except BadData:
            return None
