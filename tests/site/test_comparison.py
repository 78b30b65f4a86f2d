"""Screenshots are compared tolerantly: a smoothed edge is no change, a word that has gone is."""

from pathlib import Path

from comparison import accept, changes
from PIL import Image, ImageDraw


def picture(folder: Path, name: str, *, level: int = 255, box: int = 0, height: int = 200) -> None:
    """Save a picture of one level of grey, with a black square of `box` pixels."""
    drawn = Image.new("L", (200, height), level)
    if box:
        ImageDraw.Draw(drawn).rectangle((0, 0, box - 1, box - 1), fill=0)
    folder.mkdir(exist_ok=True)
    drawn.save(folder / f"{name}.png")


def test_what_looks_otherwise_is_named(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    for name in ("same", "smoothed", "speck", "word", "longer", "gone"):
        picture(old, name)
    picture(new, "same")
    picture(new, "smoothed", level=230)
    picture(new, "speck", box=6)
    picture(new, "word", box=20)
    picture(new, "longer", height=210)
    picture(new, "added")
    assert changes(new, old) == {
        "word.png": "1.0% differs",
        "longer.png": "100.0% differs",
        "added.png": "is new",
        "gone.png": "is gone",
    }
    accept(new, old)
    assert changes(new, old) == {}
