"""`aisle serve`: the whole assistant."""

from typing import Annotated, Any

import typer

from bot import supervisor
from bot.cli.console import CommandError, stderr, stdout
from bot.cli.setup import set_up
from bot.dialogue import DialogueError, check_redis, check_tracker
from bot.settings import Settings


def serve(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="The service's port. [default: AISLE_PORT, 8000]"),
    ] = None,
    rasa_port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Rasa's port. [default: AISLE_RASA_URL's, 5005]"),
    ] = None,
    rasa_workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=64,
            help="Rasa processes; several need AISLE_REDIS_URL. [default: AISLE_RASA_WORKERS, 1]",
        ),
    ] = None,
) -> None:
    """Start the service and Rasa over the configured database. Ctrl-C stops both.

    What is missing (database, models, index, trained dialogue) is made first; an empty database
    is filled with the demo shop.
    """
    given: dict[str, Any] = {"port": port, "rasa_port": rasa_port, "rasa_workers": rasa_workers}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})

    def announce() -> None:
        stdout.print(f"\nAisle is open at {settings.service_url}/", style="bold")
        stderr.print(f"Chat: {settings.rasa_url}   Logs: {settings.data_dir / 'logs'}")
        stderr.print("Ctrl-C stops it.")

    try:
        with supervisor.interrupted_by_signals():
            supervisor.check_ports(settings)
            check_redis(settings)
            check_tracker(settings)
            set_up(settings)
            stderr.print("Starting the service and Rasa …")
            supervisor.run(settings, announce)
    except (supervisor.ServeError, DialogueError) as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        stderr.print("Stopped.")
