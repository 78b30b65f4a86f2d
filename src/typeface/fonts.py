"""Cut the fonts down: fewer characters, fewer weights, no more than Latin text and code need.

Their licence, the SIL Open Font License 1.1, reserves the name Source for fonts that nobody has
changed (section 3). What is written here is therefore named Book.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from listings.node_packages import installed

HERE = Path(__file__).parent
# tests/site/test_typeface.py names what a page shows and these lack.
ASCII = {*map(chr, range(0x20, 0x7F)), "\xa0"}
SIGNS = set("–—‘’“”…•·→←↑↓−×÷≤≥≠≈")  # noqa: RUF001
LETTERS = set("äöüéèµ§©°¶")
LINES = set("ů─│├└┌┐┘")  # a name in a listing, and what trees are drawn with


@dataclass(frozen=True)
class Font:
    """One font file of the site.

    Attributes:
        name: of its file, without the ending.
        source: the file that it is cut from, below `node_modules`.
        characters: what it can show.
        weights: the lightest and the boldest that it has.
    """

    name: str
    source: str
    characters: frozenset[str]
    weights: tuple[int, int]


TEXT = frozenset(ASCII | SIGNS | LETTERS)
CODE = frozenset(ASCII | SIGNS | LINES)
SANS = "source-sans/WOFF2/VF/SourceSans3VF"
FAMILY = 1  # in a font's table of names
FONTS = [
    Font("book-sans", f"{SANS}-Upright.ttf.woff2", TEXT, (400, 700)),
    Font("book-sans-italic", f"{SANS}-Italic.ttf.woff2", TEXT, (400, 400)),
    Font("book-code", "source-code-pro/WOFF2/VF/SourceCodeVF-Upright.ttf.woff2", CODE, (400, 700)),
]


def build(root: Path) -> None:
    """Write the fonts, unless they have been written from the same sources.

    Args:
        root: the project's folder.

    Raises:
        OSError: npm could not bring the family.
    """
    folder = root / "docs" / "assets" / "fonts"
    sources = [Path(__file__), HERE / "package-lock.json"]
    stamp = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    built = folder / "built"
    if built.exists() and built.read_text("utf-8") == stamp:
        return
    packages = installed(HERE)
    folder.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        cut(packages / font.source, font).save(folder / f"{font.name}.woff2")
    built.write_text(stamp, "utf-8")


def cut(source: Path, font: Font) -> TTFont:
    """Return the font at `source` with the characters and weights of `font` alone."""
    options = Options()
    options.layout_features = ["kern", "ccmp", "mark", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, style, licence and its address
    whole = TTFont(source)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(font.characters)))
    subsetter.subset(whole)
    lightest, boldest = font.weights
    weights = lightest if lightest == boldest else font.weights
    smaller = instancer.instantiateVariableFont(whole, {"wght": weights})
    family = font.name.removesuffix("-italic").replace("-", " ").title()
    for record in smaller["name"].names:
        if record.nameID == FAMILY:
            record.string = family
    smaller.flavor = "woff2"
    return smaller
