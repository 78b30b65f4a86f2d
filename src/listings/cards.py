"""The picture of each page that a link to it shows elsewhere: its title, and the book's."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from listings import book
from listings.site import address

FOLDER = Path("assets") / "cards"
FONT = Path("docs") / "assets" / "fonts" / "book-sans.woff2"
SIZE = (1200, 630)  # pixels, as ogp.me's readers cut pictures
MARGIN = 90
PAPER, INK, ACCENT = "#ffffff", "#1f2328", "#33479e"


def draw(root: Path) -> dict[Path, bytes]:
    """Return a card for every page of the navigation, by its file below the built site.

    Args:
        root: the project's folder.

    Raises:
        ValueError: the site's fonts have not been made.
    """
    if not (root / FONT).exists():
        raise ValueError("The site's fonts are missing: run python -m typeface first.")
    about = book.read(root)
    cards = dict[Path, bytes]()
    for entry in about.entries:
        name = address(entry.page).strip("/") or "index"
        title = about.title if name == "index" else entry.title
        png = BytesIO()
        drawn(title, entry.part, about.title, root / FONT).save(png, "PNG", optimize=True)
        cards[FOLDER / f"{name}.png"] = png.getvalue()
    return cards


def write(cards: dict[Path, bytes], site: Path) -> None:
    """Write the cards into the built site."""
    for name, png in cards.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)


def drawn(title: str, part: str, book: str, file: Path) -> Image.Image:
    """Draw one card.

    Args:
        title: the page's, in large letters, on as many lines as it takes.
        part: the part of the book that the page stands in.
        book: the book's title, at the foot.
        file: the font.
    """
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=ACCENT)
    large, small = font(file, 88, 700), font(file, 40, 400)
    below = pen.multiline_textbbox((MARGIN, 90), wrapped(title, large), font=large, spacing=20)
    pen.multiline_text((MARGIN, 90), wrapped(title, large), INK, large, spacing=20)
    if book != title:
        pen.text((MARGIN, below[3] + 40), part, INK, small)
        pen.text((MARGIN, SIZE[1] - 120), book, ACCENT, small)
    return card.quantize(32)


def font(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the font in one size, in pixels, and one weight."""
    chosen = ImageFont.truetype(str(file), size)
    chosen.set_variation_by_axes([weight])
    return chosen


def wrapped(text: str, letters: ImageFont.FreeTypeFont) -> str:
    """Return the text in lines that are no wider than the card."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.getlength(longer) <= SIZE[0] - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
