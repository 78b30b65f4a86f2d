"""The reading time counts what a reader sees, and grows with it."""

import pytest

from reading.times import SECONDS_A_CHECK, SECONDS_A_LINE, WORDS_A_MINUTE, minutes, stated

PROSE = "<h1>T</h1><p>" + "word " * (3 * WORDS_A_MINUTE - 1) + "</p>"  # the title is a word too


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("", 3),
        ("<p>word</p>", 4),
        ("<pre>" + "line\n" * (60 // SECONDS_A_LINE) + "</pre>", 4),
        ('<div class="check">many words here</div>' * (60 // SECONDS_A_CHECK), 4),
        ("<details><p>" + "word " * 500 + "</p></details>", 3),
        ("<svg><text>" + "word " * 500 + "</text></svg>", 3),
        (
            '<div class="tabbed-set"><div class="tabbed-block"></div>'
            '<div class="tabbed-block">' + "word " * 500 + "</div></div>",
            3,
        ),
    ],
)
def test_what_counts(more: str, wanted: int) -> None:
    assert minutes(PROSE + more) == wanted


def test_it_stands_below_the_title_once() -> None:
    html = stated(PROSE + "<h1></h1>")
    assert html.startswith('<h1>T</h1>\n<p class="reading-time">About 3 minutes</p>')
    assert html.count("reading-time") == 1
