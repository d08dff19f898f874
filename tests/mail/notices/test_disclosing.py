"""What is internal or private is in no mail to others: something is planted in every place that a desk has."""

import pytest

from tests.mail.notices.conftest import Desk, Server, Taken, ticket
from tests.mail.notices.test_notify import ADA, LEA, MONTH, NOW, OMAR, PLACE, is_now, said, write

SECRETS = {
    "title": "The zebra merger of quagmire holdings",
    "body": "Nobody may hear about the vermilion acquisition",
    "requester": "Wilhelmina Thistlewood",
    "label": "obsidian-project",
    "system": "Cryptarch 9000 prototype",
    "alias": "HD-secretx",
    "comment of it": "The lawyers of octopus partners agreed yesterday",
    "internal comment": "do not tell them about the marmalade incident",
    "serial": "SN-77-XQJ-4411",
    "private address": "wilhelmina.thistlewood@example.org",
    "attachment": "zephyr-contract.txt",
    "held subject": "The periwinkle affair",
}
SETTINGS = {
    "website": {"private": ["requester.email", "requester.name", "supplier", "system.serial"]},
    "assignment": {"dispatcher": "omar"},
    "fields": {"supplier": {"kind": "text"}},
    "service_levels": {"all": {"first_response": "1h", "hours": "always"}},
}  # fmt: skip
OUTSIDER, WATCHER = "lea@example.com", "wanda@example.com"


@pytest.fixture
def planted(tmp_path_factory: pytest.TempPathFactory, server: Server, port: int) -> list[Taken]:
    """All mail that comes of everything that can happen at a desk with something planted in every place."""
    people = {"omar": {"name": "Omar Haddad", "email": OMAR}, "ada": {"name": "Ada Byron", "email": ADA}}
    mail = {
        "notices": {part: ["requester", "assignee", "watchers", "dispatcher"] for part in PARTS}
        | {"digest_at": 0}
    }
    desk = Desk(tmp_path_factory.mktemp("planted"), {**SETTINGS, "people": people, "mail": mail}, port)
    desk.put_out()
    text = f"Ask {SECRETS['private address']} or SN-77-XQJ-4411, or {SECRETS['private address'].replace('.', chr(92) + '.')}"
    for step, status in enumerate(["open", "waiting", "resolved", "closed", "open"]):
        private = {
            "system": f"{{model: {SECRETS['system']}, serial: {SECRETS['serial']}}}",
            "labels": f"[{SECRETS['label']}]",
        }
        shared = {"status": status, "assignee": ["", "omar", "ada", "omar", "ada"][step], **private}
        mine = ticket(
            1,
            f"Ask {SECRETS['private address']} {step}",
            text,
            created=NOW,
            **{**shared, "supplier": "Vermilion Metals"},
        )
        other = ticket(
            2, SECRETS["title"], SECRETS["body"], created=NOW, **shared, visibility="internal",
            aliases=f"[{SECRETS['alias']}]", requester=f"{{name: {SECRETS['requester']}, email: {OUTSIDER}}}",
        )  # fmt: skip
        third = ticket(
            3,
            "Seen",
            "Open",
            created=NOW,
            **shared,
            requester=f"{{name: {SECRETS['requester']}, email: {SECRETS['private address']}}}",
            watchers="[ada]",
        )
        write(desk, {f"{PLACE}.md": mine, f"{MONTH}/HD-2.md": other, f"{MONTH}/HD-3.md": third})
        public = said("omar", f"{text} {step}. Seen by everybody.")
        inner = said(
            "ada",
            f"Please {SECRETS['internal comment']} {step}",
            "internal",
            attachments=f"[files/3f2a91c0-{SECRETS['attachment']}]",
        )
        hidden = {
            name.replace("HD-1", "HD-2"): words.replace(text, SECRETS["comment of it"])
            for name, words in public.items()
        }
        stranger = said(SECRETS["private address"], "From somebody")
        for number, files in enumerate((public, inner, hidden, stranger)):
            write(
                desk,
                {name.replace("T101200Z", f"T10{step}{number}00Z"): words for name, words in files.items()},
            )
        desk.commit("Step", "desk@example.org")
        desk.notify()
    return server.take()


PARTS = ("receipt", "assignment", "comment", "internal", "transition", "warning", "digest")


def test_nothing_private_is_in_mail_to_others_and_all_in_that_to_the_desks_people(
    planted: list[Taken],
) -> None:
    outside = [one for one in planted if one.recipient == OUTSIDER]
    assert len(outside) >= 5
    everything = "\n".join(one.words + one.data.decode() for one in outside)
    assert "Seen by everybody" in everything
    assert [name for name, secret in SECRETS.items() if secret.lower() in everything.lower()] == []
    assert "thistlewood" not in everything.lower()
    assert "HD-2" not in everything
    assert {one.recipient for one in planted} == {OUTSIDER, OMAR, ADA, SECRETS["private address"]}

    inside = "\n".join(one.words for one in planted if one.recipient in (OMAR, ADA))
    expected = (
        "title",
        "body",
        "comment of it",
        "internal comment",
        "private address",
        "serial",
        "attachment",
    )
    assert [name for name in expected if SECRETS[name] not in inside] == []
    own = [one.words for one in planted if one.recipient == SECRETS["private address"]]
    assert own
    assert all("Hello Wilhelmina Thistlewood," in words for words in own)


def test_what_was_public_when_it_was_said_is_internal_if_it_is_now(sending: Desk, server: Server) -> None:
    write(sending, is_now(title="Zebra"))
    sending.commit("A ticket")
    write(sending, is_now(title="Zebra", visibility="internal"))
    sending.commit("Hide it")
    sending.notify()
    assert server.take() == []


def test_the_text_of_a_request_is_not_sent_back(sending: Desk, server: Server) -> None:
    """Whoever forges a sender must not make us send their words to others."""
    write(sending, {f"{PLACE}.md": ticket(1, created=NOW, body="Buy cheap pills")})
    sending.commit("A ticket")
    sending.notify()
    (receipt,) = server.take()
    assert receipt.recipient == LEA
    assert "pills" not in receipt.words
