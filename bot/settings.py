"""What a shop configures, from `AISLE_*` environment variables and a `.env` file."""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from bot.channel_settings import ChannelSettings
from bot.desk.hours import Hours
from recommender.reranking.time_budget import RERANK_MS

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(ChannelSettings):
    """One shop's configuration. Two shops run side by side with different data, database, ports."""

    model_config = SettingsConfigDict(env_prefix="AISLE_", env_file=".env", extra="ignore")

    data_dir: Path = PROJECT_ROOT / "var"
    """Indexes, models, conversations, and secrets made on first use."""
    database_url: str = ""
    """`sqlite:///…` or `postgresql+psycopg://…`; by default a SQLite file in the data folder."""
    index: Literal["faiss", "milvus"] = "faiss"
    """The engine of the vector index."""
    milvus_uri: str = ""
    """`http://host:19530/database`; by default a milvus-lite file in the data folder."""
    milvus_token: str = Field(default="", repr=False)
    """`user:password`, or an API key."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    embedding_model: str = ""
    """A folder or a hub name; by default the one in service, at first the one that ships."""
    reranker: str = ""
    """A folder or a hub name; by default the one in service, at first the one that ships."""
    rerank_ms: float = Field(default=RERANK_MS, gt=0)
    """Milliseconds that the reranker may take of a search; in a hurry it reads fewer products."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    rasa_url: str = ""
    """Where customers' browsers reach the chat; by default where Rasa listens."""
    rasa_port: int = Field(default=0, ge=0, le=65535)
    """Where Rasa listens; 0 is the port of a `rasa_url` on this machine, and 5005 without one."""
    rasa_workers: int = Field(default=1, ge=1, le=64)
    """How many Rasa processes share the customers; several need Redis. Each listens on a port of
    its own too, the ones after `rasa_port`."""
    redis_url: str = Field(default="", repr=False, validate_default=True)
    """`redis://host:6379`: what several Rasa processes share; rate limits are counted there too."""
    tracker_url: str = Field(default="", repr=False)
    """Rasa's memory of the conversations, as `database_url`; by default a SQLite file in the data
    folder."""
    rasa_python: Path = PROJECT_ROOT / ".venv-rasa" / "bin" / "python"
    """The interpreter of Rasa's own environment."""
    allowed_origins: Annotated[list[str], NoDecode] = Field(default_factory=list)
    """Web origins whose pages may embed the chat, besides the service's own; commas between."""
    voice: Path = PROJECT_ROOT / "bot" / "voice" / "shop.toml"
    """How the assistant speaks; a key that the file lacks is taken from this one."""
    checkout_url: str = ""
    """The shop's own checkout page, which gets the cart as a signed parameter; by default the demo
    shop's."""
    smtp_url: str = Field(default="", repr=False)
    """`smtp://[user:password@]host[:port]`, with `smtps` for TLS from the start; a server that
    offers STARTTLS gets it. Without one, mail to example addresses, as the demo shop's customers
    have, goes to its mailbox page, and other mail can't be sent."""
    mail_from: str = "shop@localhost"
    """The sender of notices and codes."""
    shop_token_secret: str = Field(default="", repr=False)
    """What the shop's site signs its customers' tokens with, if by HS256; 32 bytes at least."""
    shop_token_keys: str = ""
    """Public keys for RS256 and EdDSA: PEM or a JWKS, or a file that holds one."""
    shop_token_audience: str = "aisle"  # noqa: S105  # no secret
    shop_token_issuer: str = ""
    """Empty is any issuer."""
    identity_minutes: int = Field(default=30, ge=1, le=24 * 60)
    """How long a customer who proved who they are counts as that."""
    orders: Literal["database", "shopify", "woocommerce"] = "database"
    """The engine that keeps the orders."""
    shopify_url: str = ""
    """`https://my-shop.myshopify.com`."""
    shopify_client_id: str = ""
    shopify_client_secret: SecretStr = SecretStr("")
    shopify_token: SecretStr = SecretStr("")
    """In place of both: of a custom app made in Shopify's admin before 2026."""
    woocommerce_url: str = ""
    """`https://shop.example`."""
    woocommerce_key: SecretStr = SecretStr("")
    woocommerce_secret: SecretStr = SecretStr("")
    return_days: int = Field(default=30, ge=0)
    """In which things can be sent back, from the day of their delivery."""
    return_address: str = ""
    """Where returns go; empty where the label says it."""
    return_label_url: str = ""
    """Where a customer prints the label; `{number}` in it stands for the return's."""
    attachments: int = Field(default=5, ge=0, le=20)
    """How many pictures or PDFs a customer may add to a return; 0 asks for none."""
    attachment_megabytes: int = Field(default=8, ge=1, le=25)
    """Of one file."""
    desk: Literal["none", "chatwoot", "email", "webhook"] = "none"
    """Where the people are that the assistant hands conversations over to."""
    desk_url: str = ""
    """Of Chatwoot, or of the address that signed webhooks go to."""
    desk_account: int = Field(default=1, ge=1)
    """The account's number in Chatwoot."""
    desk_inbox: str = ""
    """The identifier of an API inbox in Chatwoot."""
    desk_token: SecretStr = SecretStr("")
    """The access token of an agent bot in Chatwoot."""
    desk_secret: SecretStr = SecretStr("")
    """What webhooks are signed with: Chatwoot's own, or `whsec_<base64>` (standardwebhooks.com)."""
    desk_address: str = ""
    """The mailbox that gets the tickets."""
    desk_public_url: str = ""
    """How the desk's people reach the service, for the links in letters; empty sends none."""
    desk_hours: str = ""
    """`Mon-Fri 09:00-17:30; Sat 10:00-14:00`; empty is always."""
    desk_zone: str = "UTC"
    """The desk's time zone, as Europe/Berlin."""
    desk_holidays: str = ""
    """Days without anybody, as 2026-12-25; commas between."""
    rest_key: SecretStr = SecretStr("")
    """What front ends without Socket.IO show to `/v1/chat`; empty closes it."""
    retention_days: int = Field(default=0, ge=0)
    """After how many days without a word a conversation is deleted; 0 keeps it."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return [origin.strip().rstrip("/") for origin in value.split(",") if origin.strip()]

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, value: list[str]) -> list[str]:
        for origin in value:
            parts = urlsplit(origin)
            if (
                parts.scheme not in ("http", "https")
                or origin != f"{parts.scheme}://{parts.netloc}"
            ):
                raise ValueError(
                    f"{origin!r} is no web origin; write scheme, host and port alone, as in "
                    "https://shop.example"
                )
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str, info: ValidationInfo) -> str:
        workers = info.data.get("rasa_workers", 1)
        if workers > 1 and not value:
            raise ValueError(
                f"{workers} Rasa processes need a Redis that they share. Start one and set this to "
                "redis://127.0.0.1:6379, or set AISLE_RASA_WORKERS=1"
            )
        if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
            raise ValueError("write redis://host:6379, or rediss:// for TLS")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_lower_case(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fill_defaults(self) -> "Settings":
        self.data_dir = self.data_dir.expanduser().resolve()
        _ = self.opening_hours  # which says what is wrong with them
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'aisle.db'}"
        if not self.tracker_url:
            self.tracker_url = f"sqlite:///{self.data_dir / 'conversations.db'}"
        address = urlsplit(self.rasa_url)
        on_this_machine = address.hostname in (None, self.host, "127.0.0.1", "localhost")
        if not self.rasa_port:
            self.rasa_port = (address.port if on_this_machine else None) or 5005
        if on_this_machine and address.port != self.rasa_port:
            self.rasa_url = f"http://{self.host}:{self.rasa_port}"
        return self

    @property
    def rasa_ports(self) -> list[int]:
        """Where each Rasa process listens alone: one that has no others on the only port."""
        if self.rasa_workers == 1:
            return [self.rasa_port]
        return [self.rasa_port + number for number in range(1, self.rasa_workers + 1)]

    @property
    def actions_key_file(self) -> Path:
        """Holds the secret that Rasa shows when it calls the service's actions."""
        return self.data_dir / "secrets" / "actions.key"

    @property
    def opening_hours(self) -> Hours:
        """When people are at the desk."""
        return Hours.parse(self.desk_hours, self.desk_zone, self.desk_holidays)

    @property
    def rasa_listens_at(self) -> str:
        """Where the service reaches Rasa: on this machine, whatever address customers use, unless
        it runs on another one."""
        host = urlsplit(self.rasa_url).hostname
        on_this_machine = host in (None, self.host, "127.0.0.1", "localhost")
        return f"http://{self.host}:{self.rasa_port}" if on_this_machine else self.rasa_url

    @property
    def service_url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def origins(self) -> list[str]:
        """Every web origin that may talk to the service and to the chat from a browser."""
        hosts = dict.fromkeys((self.host, "127.0.0.1", "localhost"))
        own = [f"http://{host}:{self.port}" for host in hosts]
        return list(dict.fromkeys([*own, *self.allowed_origins]))

    def channel_environment(self) -> dict[str, str]:
        """The platforms' keys alone, as Rasa's process reads them."""
        names = {f"AISLE_{name.upper()}" for name in ChannelSettings.model_fields}
        return {name: value for name, value in self.environment().items() if name in names}

    def environment(self) -> dict[str, str]:
        """These settings as environment variables, for a child process."""
        values = self.model_dump(mode="json")
        for name, value in self:
            if isinstance(value, SecretStr):  # which the dump shows as asterisks
                values[name] = value.get_secret_value()
        values["allowed_origins"] = ",".join(self.allowed_origins)
        values |= {
            name: value.get_secret_value() for name, value in self if isinstance(value, SecretStr)
        }
        return {f"AISLE_{name.upper()}": str(value) for name, value in values.items()}
