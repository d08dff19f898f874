"""What a form writes into a mail is read back as it was, also after programs for mail have been at it."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.model.mail_form import MailedForm, read_mailed_form, write_mailed_form

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
TRICKY = st.sampled_from(
    [".", "..", "", "status: open", "[tracker: x]", " x", "---", "#", "é: ü", "  - a", "…"]
)
VALUES = st.lists(TRICKY | TEXTS, max_size=4).map("\n".join).map(str.strip)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,9}(\.[a-z]{1,5})?", fullmatch=True)
TEMPLATES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,9}", fullmatch=True)
FORMS = st.builds(
    MailedForm,
    TEMPLATES,
    st.dictionaries(NAMES, VALUES, max_size=5),
    st.lists(TRICKY | TEXTS, max_size=3).map("\n".join),
)


@given(FORMS)
def test_what_is_written_is_read(form: MailedForm) -> None:
    assert read_mailed_form(write_mailed_form(form)) == form


@given(FORMS, TEXTS.filter(lambda line: "[" not in line))
def test_words_above_and_line_ends_of_mail_change_nothing(form: MailedForm, above: str) -> None:
    mailed = f"{above}\n{write_mailed_form(form)}".replace("\n", "\r\n")
    assert read_mailed_form(mailed) == form._replace(above=above.strip("\n"))


def test_lines_that_were_broken_are_joined() -> None:
    mail = (
        "Hello,\n\n[tracker: incident]  \ntitle: Printer on the third\nfloor jams\npriority: high\n\nText.\n"
    )
    expected = MailedForm(
        "incident",
        {"title": "Printer on the third floor jams", "priority": "high"},
        "Text.\n",
        "Hello,",
    )
    assert read_mailed_form(mail) == expected


def test_an_ordinary_mail_is_none() -> None:
    assert read_mailed_form("Hello, my printer [tracker: jams] again.\n") is None
