import re
from pathlib import Path

import pytest
from defusedxml import ElementTree

from catalog.demo import illustrations, source

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    illustrations.draw(source.pictures(), folder)
    return folder


def test_exactly_the_pictures_asked_for_are_drawn(pictures: Path) -> None:
    assert {file.name for file in pictures.iterdir()} == source.pictures()


def test_pictures_are_square_svgs_that_run_and_load_nothing(pictures: Path) -> None:
    for file in pictures.iterdir():
        text = file.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg"
        assert root.get("viewBox") == "0 0 320 320"
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert not tags & {"script", "foreignObject", "image", "use", "a"}, file.name
        names = {name for element in root.iter() for name in element.attrib}
        assert not [name for name in names if name.startswith("on") or "href" in name], file.name
        assert re.findall(r"(?:https?:)?//[^\s\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_every_class_and_gradient_is_defined(pictures: Path) -> None:
    for file in pictures.iterdir():
        text = file.read_text(encoding="utf-8")
        used = {name for names in re.findall(r'class="([^"]+)"', text) for name in names.split()}
        assert used <= set(re.findall(r"^\.([\w-]+)\{", text, re.MULTILINE)), file.name
        assert set(re.findall(r"url\(#(\w+)\)", text)) <= set(re.findall(r'id="(\w+)"', text))


def test_every_drawing_and_colour_is_in_use() -> None:
    drawings = {file.stem for file in (Path(illustrations.__file__).parent / "drawings").iterdir()}
    assert drawings == {name.rpartition("-")[0] for name in source.pictures()}


def test_the_colour_tints_the_drawing() -> None:
    assert "#d0413c" in illustrations.render("running-shoe", "red")
    assert "#d0413c" not in illustrations.render("running-shoe", "navy")


def test_white_stands_out_from_its_backdrop() -> None:
    white, red = (illustrations.render("t-shirt", color) for color in ("white", "red"))
    assert _lightness(white, "backdrop") < _lightness(white, "flat") - 20
    assert _lightness(red, "backdrop") > _lightness(red, "flat") + 20


def test_drawing_again_leaves_what_is_right_and_mends_what_is_not(tmp_path: Path) -> None:
    names = {"tote-red.svg", "tote-navy.svg"}
    illustrations.draw(names, tmp_path)
    right = (tmp_path / "tote-red.svg").stat().st_mtime_ns
    (tmp_path / "tote-navy.svg").write_text("half a picture")
    illustrations.draw(names, tmp_path)
    assert (tmp_path / "tote-red.svg").stat().st_mtime_ns == right
    assert (tmp_path / "tote-navy.svg").read_text() == illustrations.render("tote", "navy")
    assert {file.name for file in tmp_path.iterdir()} == names


def _lightness(picture: str, name: str) -> float:
    """Mean of the red, green and blue of a class, 0 to 255."""
    found = re.search(rf"^\.{name}{{fill:#(\w\w)(\w\w)(\w\w)}}", picture, re.MULTILINE)
    assert found
    return sum(int(part, 16) for part in found.groups()) / 3
