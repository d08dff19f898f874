"""What a message only repeats is found, and nothing of the message is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.quotes import parts

QUOTE = "> one\n> two\n>\n> four\n"
HEADER = "From: Ada <ada@example.org>\nSent: Tuesday, 24 November 2026\nTo: Omar\nSubject: Paper\n"
CASES = {
    "nothing": ("Text.\n", ["text"]),
    "a long quotation at the end": (f"Yes.\n\n{QUOTE}", ["text", "quote"]),
    "with the line that says whose it is": (
        f"Yes.\n\nOn Wed, 25 Sep 2013 at 15:57, Ada <ada@example.org> wrote:\n\n{QUOTE}",
        ["text", "quote"],
    ),
    "that line broken, in French, right below the text": (
        f'C’est super !\nLe 4 janv. 2016 19:03, "Omar"\n<omar@example.org>\na écrit :\n\n{QUOTE}',
        ["text", "quote"],
    ),
    "a name first": (f"Ja.\n\nMax <m@example.org> schrieb am 28. Jan. um 19:04:\n{QUOTE}", ["text", "quote"]),
    "a short quotation": ("Yes.\n\n> one\n> two\n", ["text"]),
    "an answer below": (f"{QUOTE}\nYes.\n", ["text"]),
    "an answer right below": (f"Hello\n\n{QUOTE}Yes.\n", ["text"]),
    "only a quotation": (QUOTE, ["text"]),
    "a signature": ("Yes.\n\n-- \nAda\nLyon\n", ["text", "signature"]),
    "a signature that lost its space": ("Yes.\n\n--\nAda\n", ["text", "signature"]),
    "a title underlined": ("A title\n--\nText\n", ["text"]),
    "a signature above a quotation": (f"Yes.\n\n-- \nAda\n\n{QUOTE}", ["text", "signature", "quote"]),
    "a signature below a quotation": (f"Yes.\n\n{QUOTE}\n-- \nAda\n", ["text", "quote", "signature"]),
    "a long list below two hyphens": ("Yes.\n\n-- \n" + "line\n" * 20, ["text"]),
    "what Outlook repeats": (f"Yes.\n\n{HEADER}\nIt jams.\n", ["text", "quote"]),
    "what Outlook repeats, in French, bold": (
        "Oui.\n\n---\n\n**De :** Ada \\<ada@example.org>  \n**Envoyé :** mardi  \n**À :** Omar  \n**Objet :** Papier\n\nIl bloque.",
        ["text", "quote"],
    ),
    "below a line with words": (
        f"Yes.\n\n-----Original Message-----\n{HEADER}\nIt jams.\n",
        ["text", "quote"],
    ),
    "a signature above it": (f"Yes.\n\n-- \nAda\n\n{HEADER}\nIt jams.\n", ["text", "signature", "quote"]),
    "a quotation in it": (f"Yes.\n\n{HEADER}\nIt jams.\n\n{QUOTE}", ["text", "quote"]),
    "only that": (f"{HEADER}\nIt jams.\n", ["text"]),
    "what is passed on": (
        f"See below.\n\n---------- Forwarded message ---------\n{HEADER}\nIt jams.\n",
        ["text"],
    ),
    "a field alone": ("From: the printer\n\nSubject: paper\n", ["text"]),
    "fields in code": (f"Yes.\n\n```\n{HEADER}```\n", ["text"]),
    "code": (f"Yes.\n\n```\n{QUOTE}```\n", ["text"]),
    "code that nothing closes": (f"Yes.\n\n```\n{QUOTE}", ["text"]),
    "Windows line ends": (f"Yes.\n\n{QUOTE}".replace("\n", "\r\n"), ["text", "quote"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_folded(name: str) -> None:
    text, kinds = CASES[name]
    assert [part.kind for part in parts(text)] == kinds


@pytest.mark.parametrize("name", ["that line broken, in French, right below the text", "a name first"])
def test_whose_quotation_it_is_stands_with_it(name: str) -> None:
    first, quotation = parts(CASES[name][0])
    assert quotation.text.startswith(("Le 4 janv.", "Max"))
    assert (first.text.strip(), quotation.lines) in (("C’est super !", 4), ("Ja.", 4))


LINES = st.sampled_from(
    [
        "> a",
        ">",
        "",
        "-- ",
        "--",
        "b",
        "On 1 May at 10:00 Ada wrote:",
        "a écrit :",
        "```",
        "    > c",
        "- d\r",
        "From: a",
        "`a b`",
        " > c",
        "**Envoyé :** b",
        "Subject: c",
        "---- Forwarded ----",
        "----",
    ]
)


@given(st.lists(LINES, max_size=24).map("\n".join))
def test_nothing_of_a_message_is_lost(text: str) -> None:
    assert "".join(part.text for part in parts(text)) == text
