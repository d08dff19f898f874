"""The life of one ticket, from the request to the last answer, as commits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.demo import english, french
from tracker.demo.company import REQUESTERS, STAFF, ZONES, Person
from tracker.demo.situation import Phrases, Situation, filled, random_slots
from tracker.document import compose
from tracker.model.fields import BUILT_IN
from tracker.store.stream import Commit, Signature

if TYPE_CHECKING:
    from random import Random

_OWN = BUILT_IN.index("labels")
_ORDER = (*BUILT_IN[:_OWN], "affected", "change_window", *BUILT_IN[_OWN:])
_LABELS = ("third-floor", "month-end", "new-office", "warranty", "supplier", "security", "vip")
_STAGES = ((60, 0.98), (30, 0.9), (10, 0.7), (2, 0.3), (0, 0.05))
"""For an age in days, how likely a ticket is to be done."""
_LIFE = 30
"""After how many days a ticket that will be done is done, whatever happens on the way."""


@dataclass(slots=True)
class Story:
    """A ticket in the making: what its file says now, and the commits so far."""

    random: Random
    requester: Person
    situation: Situation
    phrases: Phrases
    slots: dict[str, str]
    fields: dict[str, Any]
    body: str
    clock: datetime
    commits: list[Commit] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The ticket's id."""
        return str(self.fields["id"])

    @property
    def place(self) -> str:
        """The ticket's file without its ending."""
        return f"tickets/{self.fields['created'][:7].replace('-', '/')}/{self.id}"

    def commit(self, who: Person, what: str, files: dict[str, bytes | None] | None = None) -> None:
        """Add a commit of the ticket's file, or of other files."""
        data = files or {f"{self.place}.md": compose(self.fields, self.body, _ORDER).encode()}
        message = f"{self.id}: {what}\n\nTicket: {self.id}\n"
        self.commits.append(Commit(Signature(who.name, who.email, self.clock), message, data))

    def wait(self, hours: float) -> None:
        """Let up to so much time pass, and come back in office hours of the requester's location."""
        later = self.clock + timedelta(seconds=60 + self.random.random() * hours * 3600)
        local = later.astimezone(ZONES[self.requester.location])
        if not 8 <= local.hour < 18:  # noqa: PLR2004  # office hours
            local = (local + timedelta(hours=14)).replace(hour=self.random.randint(8, 11))
        if local.weekday() > 4:  # noqa: PLR2004  # Saturday
            local += timedelta(days=7 - local.weekday())
        self.clock = local.replace(microsecond=0)

    def comment(self, who: Person, text: str, visibility: str = "public") -> None:
        """Add a comment, as a file of its own."""
        author = who.handle or who.email
        stamp = self.clock.astimezone(UTC)
        slug = who.handle or who.email.partition("@")[0].replace(".", "-")
        path = f"{self.place}/{stamp:%Y-%m-%dT%H%M%SZ}-{slug}.md"
        head = {
            "author": author,
            "created": stamp.isoformat().replace("+00:00", "Z"),
            "visibility": visibility,
        }
        self.commit(who, f"comment by {author}", {path: compose(head, f"{text}\n", tuple(head)).encode()})

    def say(self, patterns: tuple[str, ...]) -> str:
        """Return one of some phrases with its slots filled."""
        return filled(self.random.choice(patterns), self.slots)


def tell(number: int, prefix: str, created: datetime, now: datetime, random: Random) -> list[Commit]:
    """Return the commits of one ticket, in order of time, none after `now`."""
    age = (now - created).days
    story = _begin(f"{prefix}-{number}", created, random, old=age > _LIFE)
    _live(story, age)
    return [commit for commit in story.commits if commit.author.time <= now]


def _begin(ticket_id: str, created: datetime, random: Random, *, old: bool) -> Story:
    requester = random.choice(REQUESTERS)
    language = french if requester.french else english
    situation = random.choice(language.SITUATIONS)
    model = random.choice(situation.system) if situation.system else ""
    slots = random_slots(random, model)
    clock = created.astimezone(ZONES[requester.location])
    fields: dict[str, Any] = {
        "id": ticket_id,
        "title": filled(random.choice(situation.titles), slots),
        "type": situation.type,
        "status": "new",
        "category": situation.category,
        "priority": random.choices(("low", "normal", "high", "urgent"), (20, 60, 16, 4))[0],
        "created": clock.isoformat(),
        "requester": {"name": requester.name, "email": requester.email},
        "department": situation.department or requester.department,
        "location": requester.location,
        "work": situation.work,
    }
    if model:
        fields["system"] = {
            "kind": situation.category.rpartition("/")[2],
            "model": model,
            "asset": slots["asset"],
        }
    story = Story(random, requester, situation, language.PHRASES, slots, fields, "", clock)
    _add_details(story, old=old)
    story.body = _body(story)
    return story


def _add_details(story: Story, *, old: bool) -> None:
    random, fields = story.random, story.fields
    if random.random() < 0.25:  # noqa: PLR2004  # a quarter has a day by which it is needed
        fields["due"] = (story.clock + timedelta(days=random.randint(3, 30))).date().isoformat()
    if random.random() < 0.2:  # noqa: PLR2004
        fields["labels"] = sorted(random.sample(_LABELS, random.randint(1, 2)))
    if fields["type"] in ("incident", "problem") and random.random() < 0.3:  # noqa: PLR2004
        fields["affected"] = int(story.slots["count"])
    if fields["type"] == "task":
        fields["change_window"] = (story.clock + timedelta(days=14)).date().isoformat()
    prefix, _hyphen, own = story.id.partition("-")
    number = int(own)
    if number > 1 and random.random() < 0.09:  # noqa: PLR2004
        other = random.randint(max(1, number - 200), number - 1)
        kind = random.choices(("relates", "follows", "blocks", "parent", "duplicates"), (5, 3, 1, 1, 1))[0]
        if kind == "parent" and not old:
            kind = "relates"  # the parent may be closed already, and this one is not done yet
        fields["links"] = [f"{kind} {prefix}-{other}"]


def _body(story: Story) -> str:
    """Write what the requester sends: an opening, then some of the rest, in Markdown."""
    random, phrases, situation = story.random, story.phrases, story.situation
    parts = [story.say(situation.openings), story.say(phrases.impact)]
    tried = [f"- [{random.choice(' x')}] {item}" for item in situation.tried]
    parts += [phrases.tried, "\n".join(filled(item, story.slots) for item in tried)]
    parts += [
        filled(text, story.slots) for text in random.sample(phrases.background, random.choice((1, 2, 2)))
    ]
    if situation.log:
        parts += [phrases.message, f"```text\n{filled(situation.log, story.slots)}\n```"]
    if story.slots["model"]:
        where, what, asset, seen = phrases.table
        row = "| <room> | <model> | <asset> | <hour> |"
        parts.append(
            filled(f"| {where} | {what} | {asset} | {seen} |\n| --- | --- | --- | --- |\n{row}", story.slots)
        )
    parts.append(story.say(phrases.closing))
    return "\n\n".join(parts) + "\n"


def _live(story: Story, age: int) -> None:
    """Let the ticket go through the desk, as far as its age makes likely."""
    random, phrases = story.random, story.phrases
    story.commit(story.requester, f"file: {story.fields['title']}")
    likely = next(chance for days, chance in _STAGES if age >= days)
    links = story.fields.get("links", ())
    duplicate = any(link.startswith("duplicates") for link in links)
    child = any(link.startswith("parent") for link in links)  # its parent may be closed before it
    done = duplicate or random.random() < likely or child
    if not done and random.random() < 0.25:  # noqa: PLR2004  # nobody has looked at it yet
        return
    near = [person for person in STAFF if person.location == story.requester.location]
    agent = random.choice(near if story.situation.work == "onsite" else STAFF)
    story.wait(6)
    story.fields |= {"assignee": agent.handle, "status": "open"}
    story.commit(random.choice(near), f"assign {agent.handle}")
    if not done and random.random() < 0.35:  # noqa: PLR2004  # it waits for its turn
        return
    story.wait(12)
    if random.random() < 0.35:  # noqa: PLR2004  # a question, and often its answer
        story.comment(agent, story.say(phrases.questions))
        story.fields["status"] = "waiting"
        story.commit(agent, "move to waiting")
        if not done and random.random() < 0.6:  # noqa: PLR2004  # no answer yet
            return
        story.wait(30)
        story.comment(story.requester, story.say(phrases.replies))
    elif random.random() < 0.3:  # noqa: PLR2004
        story.comment(agent, story.say(phrases.notes), "internal")
    story.fields["status"] = "in_progress"
    if story.fields["type"] == "incident" and story.situation.category.startswith("network"):
        _confirm_outage(story)
    story.commit(agent, "move to in_progress")
    if done:
        _finish(story, agent)


def _confirm_outage(story: Story) -> None:
    """Let it be known from when to when nobody could work: often, by whoever looked for the reason."""
    random = story.random
    if random.random() < 0.5:  # noqa: PLR2004
        began = datetime.fromisoformat(story.fields["created"]) - timedelta(minutes=random.randint(1, 90))
        over = began + timedelta(minutes=random.randint(20, 400))
        times = {"since": began, "until": min(over, story.clock)}
        story.fields["outage"] = {name: time.replace(second=0).isoformat() for name, time in times.items()}


def _finish(story: Story, agent: Person) -> None:
    """Let the ticket be resolved: sometimes by somebody else, and sometimes twice."""
    random = story.random
    if random.random() < 0.08 and story.situation.work != "onsite":  # noqa: PLR2004  # it needs somebody else
        story.wait(20)
        agent = random.choice([person for person in STAFF if person is not agent])
        story.fields["assignee"] = agent.handle
        story.commit(agent, f"assign {agent.handle}")
    story.wait(60)
    if random.random() < 0.5:  # noqa: PLR2004
        story.comment(agent, story.say(story.situation.answers))
    _move(story, agent, "resolved")
    if random.random() < 0.05:  # noqa: PLR2004  # it was not, after all
        story.wait(48)
        _move(story, story.requester, "open")
        story.wait(24)
        _move(story, agent, "resolved")
    if random.random() < 0.9:  # noqa: PLR2004
        story.wait(24 * 7)
        _move(story, agent, "closed")


def _move(story: Story, who: Person, status: str) -> None:
    story.fields["status"] = status
    story.commit(who, f"move to {status}")
