"""Draws the demo products: the drawings beside this file, tinted in a variant's colour.

A drawing is a complete SVG that any editor opens. Its shapes take their colours from classes
(`body`, `light`, `shade`, `deep`, `backdrop` …) in its one `<style>` element; to tint it is to
write that element anew.
"""

import os
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import tomllib

Color: TypeAlias = tuple[int, int, int]

_DRAWINGS = Path(__file__).parent / "drawings"
_COLORS = Path(__file__).parent / "colors.toml"
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PAPER: Color = (251, 248, 243)
_INK: Color = (24, 26, 46)
_WHITE: Color = (255, 255, 255)
_SLATE: Color = (176, 190, 203)


def render(drawing: str, color: str) -> str:
    """The SVG of a drawing in one of the colours of `colors.toml`."""
    source = (_DRAWINGS / f"{drawing}.svg").read_text(encoding="utf-8")
    return _STYLE.sub(f"<style>\n{_palette(_colors()[color])}</style>", source, count=1)


def draw(names: Iterable[str], folder: Path) -> None:
    """Writes the pictures named `<drawing>-<color>.svg`; one that is right already is left."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(names):
        picture = render(*_split(name))
        file = folder / name
        if file.is_file() and file.read_text(encoding="utf-8") == picture:
            continue
        # Beside it and then into place: the service may be reading the folder.
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, suffix=".part", delete=False
        ) as part:
            part.write(picture)
        os.chmod(part.name, 0o644)
        os.replace(part.name, file)


def _split(name: str) -> tuple[str, str]:
    drawing, _, color = name.removesuffix(".svg").rpartition("-")
    return drawing, color


@cache
def _colors() -> dict[str, Color]:
    hexes = tomllib.loads(_COLORS.read_text(encoding="utf-8"))
    return {name: (int(h[1:3], 16), int(h[3:5], 16), int(h[5:7], 16)) for name, h in hexes.items()}


def _palette(base: Color) -> str:
    pale = min(base) > 205
    # A white shirt needs a darker wall behind it than a red one.
    backdrop = _mix(_SLATE, _PAPER, 0.42) if pale else _mix(base, _PAPER, 0.84)
    light, shade, deep = _mix(base, _WHITE, 0.24), _mix(base, _INK, 0.2), _mix(base, _INK, 0.46)
    fills = {
        "backdrop": backdrop,
        "halo": _mix(backdrop, _WHITE, 0.5),
        "ground": _mix(backdrop, _INK, 0.2),
        "light": light,
        "flat": base,
        "shade": shade,
        "deep": deep,
    }
    stops = {"stop-light": light, "stop-flat": base, "stop-shade": shade}
    rules = [f".{name}{{fill:{_hex(color)}}}" for name, color in fills.items()]
    rules += [f".{name}{{stop-color:{_hex(color)}}}" for name, color in stops.items()]
    strokes = {"cord": deep, "ribbon": base, "ribbon-light": light}
    rules += [
        f".{name}{{fill:none;stroke:{_hex(color)};stroke-linecap:round}}"
        for name, color in strokes.items()
    ]
    rules += [
        ".body{fill:url(#body)}",
        f".seam{{fill:none;stroke:{_hex(deep)};stroke-width:2;stroke-linecap:round}}",
        f".edge{{fill:none;stroke:{_hex(light)};stroke-width:3;stroke-linecap:round}}",
        ".gloss{fill:#fff;opacity:.28}",
        ".dim{fill:#181a2e;opacity:.14}",
    ]
    return "\n".join(rules) + "\n"


def _mix(color: Color, other: Color, share: float) -> Color:
    """`color` with a `share` of `other` in it, from 0 to 1."""
    red, green, blue = (
        round(one + (two - one) * share) for one, two in zip(color, other, strict=True)
    )
    return red, green, blue


def _hex(color: Color) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
