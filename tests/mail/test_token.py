"""Only we can write our tokens, and they survive what mail programs do to addresses."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.mail.token import message_id, reply_address, signed_tickets

SECRET, OTHER = b"a secret of the desk", b"a secret of another"
ids = st.from_regex(r"HD-([0-9]{1,6}|[0-9a-z]{5})", fullmatch=True)


@given(ids)
def test_what_we_wrote_is_ours(ticket: str) -> None:
    assert list(signed_tickets(SECRET, [message_id(SECRET, ticket, "example.org")], ())) == [ticket]
    address = reply_address(SECRET, ticket, "help@example.org")
    for written in (address, address.upper(), address.lower()):
        assert [one.lower() for one in signed_tickets(SECRET, (), [written])] == [ticket.lower()]


@given(ids, st.text(), st.integers(0, 200))
def test_what_somebody_changed_is_not(ticket: str, letters: str, place: int) -> None:
    for token in (message_id(SECRET, ticket, "x"), reply_address(SECRET, ticket, "help@x")):
        start = place % (token.index("@") + 1)
        changed = token[:start] + letters + token[start + len(letters) :]
        found = list(signed_tickets(SECRET, [changed], [changed]))
        assert found == [] or [one.lower() for one in found] == [ticket.lower()]
        assert list(signed_tickets(OTHER, [token], [token])) == []
