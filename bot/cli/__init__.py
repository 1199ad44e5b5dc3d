"""The `aisle` command line. Each verb is a file."""

import logging
import sys

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from bot.cli import (
    attachments,
    behaviour,
    chat,
    customer_data,
    evaluate,
    explain,
    import_,
    index,
    label,
    models,
    notify,
    policies,
    satisfaction,
    search,
    serve,
    setup,
    train,
    validate,
    vouchers,
)
from bot.cli.console import CommandError, stderr
from bot.settings import Settings
from catalog.importers import FeedError
from catalog.policies import PolicyError
from catalog.schema import SchemaError
from catalog.vouchers import VoucherError
from recommender.errors import IndexUnavailableError, ModelError, RayError

app = typer.Typer(
    name="aisle",
    help="Aisle, a shopping assistant that a shop hosts itself.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Configuration: AISLE_* environment variables, or a .env file. See README.md.",
)
app.command("setup")(setup.setup)
app.command("import")(import_.import_)
app.command("policies")(policies.policies)
app.command("vouchers")(vouchers.vouchers)
app.command("notify")(notify.notify)
app.command("attachments")(attachments.attachments)
app.command("satisfaction")(satisfaction.satisfaction)
app.command("behaviour")(behaviour.behaviour)
app.command("export-customer")(customer_data.export_customer)
app.command("erase-customer")(customer_data.erase_customer)
app.command("prune")(customer_data.prune)
app.command("index")(index.index)
app.command("search")(search.search)
app.command("chat")(chat.chat)
app.command("serve")(serve.serve)
app.add_typer(train.app, name="train")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(models.app, name="models")
app.command("label")(label.label)
app.command("explain")(explain.explain)
app.command("validate")(validate.validate)


def main() -> None:
    """Runs a command. Exit status: 0 done, 1 failed with a one-line reason, 2 wrong usage."""
    try:
        logging.basicConfig(level=Settings().log_level.upper(), format="%(levelname)s: %(message)s")
        app()
    except (
        CommandError,
        FeedError,
        IndexUnavailableError,
        ModelError,
        PolicyError,
        RayError,
        SchemaError,
        VoucherError,
    ) as failure:
        _fail(str(failure))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        reason = first["msg"].removeprefix("Value error, ")
        _fail(f"{Settings.model_config['env_prefix']}{name}: {reason}")
    except OSError as error:
        _fail(f"{error.strerror or error}: {error.filename or 'see AISLE_DATA_DIR'}")
    except DBAPIError as error:
        _fail(f"The database does not answer as it should: {error.orig}".splitlines()[0])
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        logging.getLogger(__name__).debug("Unexpected", exc_info=error)
        _fail(
            f"Unexpected {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
            " (AISLE_LOG_LEVEL=debug shows where)"
        )


def _fail(reason: str) -> None:
    stderr.print(f"aisle: {reason}", markup=False, highlight=False, soft_wrap=True)
    sys.exit(1)
