"""Command-line options of a configuration: one for each field, with its help and default."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

Config = TypeVar("Config", bound=BaseModel)


def with_options_of(
    config: type[BaseModel],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the configuration's fields as options, in the place of its `**options`."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        own = [each for each in signature.parameters.values() if each.kind is not each.VAR_KEYWORD]
        # Arguments first, and what is said of the report last.
        first = [each for each in own if each.kind is not each.KEYWORD_ONLY]
        last = [each for each in own if each.kind is each.KEYWORD_ONLY]
        command.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*first, *_options(config), *last]
        )
        return command

    return give


def configured(config: type[Config], options: dict[str, Any]) -> Config:
    """The configuration that the options say.

    Raises:
        BadParameter: the options contradict each other.
    """
    try:
        return config(**options)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"--{part}: ".replace("_", "-") for part in first["loc"])
        raise typer.BadParameter(where + first["msg"].removeprefix("Value error, ")) from error


def _options(config: type[BaseModel]) -> list[inspect.Parameter]:
    options = []
    for name, field in config.model_fields.items():
        required = field.default is PydanticUndefined
        annotation: Any = Annotated[field.annotation, typer.Option(help=field.description)]
        options.append(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if required else field.default,
                annotation=annotation,
            )
        )
    return options
