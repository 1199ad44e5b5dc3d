"""`aisle train`: fine-tunes."""

import typer

from bot import dialogue
from bot.cli.console import CommandError, stderr
from bot.settings import Settings

app = typer.Typer(help="Fine-tune the models.", no_args_is_help=True)


@app.command("dialogue")
def train_dialogue(
    force: bool = typer.Option(False, "--force", help="Train even if nothing changed."),
) -> None:
    """Train the dialogue model from config.yml, domain.yml and bot/data, if they changed."""
    try:
        trained = dialogue.train(Settings(), force=force)
    except dialogue.DialogueError as error:
        raise CommandError(str(error)) from error
    stderr.print("Trained." if trained else "Nothing changed; the trained model stands.")
