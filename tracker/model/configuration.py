"""The desk's configuration, `tracker.yml`, as a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)
from pydantic_core import PydanticCustomError, SchemaError

from tracker.model.address import WEB_ADDRESS
from tracker.model.calendar import Calendar
from tracker.model.desks import BRANCH_NAME, PREFIX, NamedDesk, OtherDesk, prefix_of
from tracker.model.location import Correspondent, Employee, Location, Zone
from tracker.model.mail import Destination, Mail
from tracker.model.people import Person, Team
from tracker.model.recurring import Recurring
from tracker.model.rules import Assignment, Cataloguing, ServiceLevel
from tracker.model.section import Handle, Label, Labels, Section, listed, named, named_sections, nothing_said
from tracker.model.workflow import Status, default_resolutions, default_statuses
from tracker.translation import _

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.hours import Hours

CATEGORY = r"^[a-z0-9][a-z0-9_-]{0,63}(/[a-z0-9][a-z0-9_-]{0,63}){0,3}$"
RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]
"""Whether there is such a rule is said by the rules themselves, with the one that was probably meant."""
INCLUDED = r"^settings/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\.ya?ml$"
Included = Annotated[str, StringConstraints(pattern=INCLUDED)]
FIELD_NAME = r"^[a-z][a-z0-9_]{0,63}$"


def _pattern(value: str) -> str:
    """Accept what pydantic's engine accepts: it takes linear time, whatever a stranger writes."""
    try:
        TypeAdapter(Annotated[str, StringConstraints(pattern=value)])
    except SchemaError as error:
        reason = str(error).splitlines()[-1].strip()
        message = _("“{value}” is not a regular expression: {reason}").format(value=value, reason=reason)
        raise PydanticCustomError("tracker_value", "{message}", {"message": message}) from None
    return value


class Ids(Section):
    """How tickets are numbered."""

    prefix: Annotated[str, StringConstraints(pattern=PREFIX)] = "HD"
    scheme: Literal["number", "key"] = "number"


class Forge(Section):
    """Where the repository is hosted, for links to edit and to read history."""

    kind: Literal["github", "gitlab", "gitea", "none"] = "none"
    url: Annotated[str, StringConstraints(pattern=WEB_ADDRESS)] | None = None
    branch: Annotated[str, StringConstraints(pattern=BRANCH_NAME)] = "main"


CUSTOM_KINDS = ("text", "number", "choice", "multiple choice", "date", "person", "ticket")


class CustomField(Section):
    """A field of this desk, or what this desk demands of a built-in one (which has its own kind)."""

    kind: Literal["text", "number", "choice", "multiple choice", "date", "person", "ticket"] | None = None
    label: Label | None = None
    help: Label | None = None
    values: Labels | None = None
    pattern: Annotated[str, AfterValidator(_pattern)] | None = None
    required: bool = False
    required_when: dict[str, Annotated[list[str], BeforeValidator(listed)]] = Field(default_factory=dict)


class Commits(Section):
    """Commits that resolve tickets by their messages (`Fixes HD-1042`); nothing does without words."""

    words: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^\w+$", max_length=30)]], BeforeValidator(listed)
    ] = Field(default_factory=list)
    status: str = "resolved"


class Attachments(Section):
    """What may be attached to a ticket."""

    largest: Annotated[float, Field(gt=0, le=1024)] = Field(10, description="In MiB.")


class Changes(Section):
    """Who may propose what. A change is judged by the settings that it began with."""

    comments: Literal["desk", "own", "any"] = Field(
        "desk",
        description="Who may comment in another’s name: the desk’s people, nobody, or anybody.",
    )
    settings: Annotated[list[Handle], BeforeValidator(listed)] | None = Field(
        None, description="Who may change tracker.yml and the templates; left out: the desk’s people."
    )


FieldPath = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
Origin = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(:[0-9]+)?$")]


class Website(Section):
    """What the website shows."""

    internal: bool = Field(
        False,
        description="What is internal or private, too: only where all who read it are the desk's people.",
    )
    private: Annotated[list[FieldPath], BeforeValidator(listed)] = Field(
        default_factory=lambda: ["requester.email"],
        description="Fields, or parts such as requester.email, that only the internal website shows.",
    )
    languages: Annotated[list[Literal["en", "fr"]], BeforeValidator(listed)] = Field(
        default_factory=list,
        description="Those it is in, the first at its root; left out: that of the theme, else the desk's.",
    )
    whole: Annotated[int, Field(ge=0)] = Field(
        2_000, description="So many closed tickets, the newest, have whole pages; those of others are light."
    )
    sources: Annotated[list[Origin], BeforeValidator(listed)] = Field(
        default_factory=list,
        description="Hosts that the desk's own pages load from, such as https://maps.example.org.",
    )


class View(Section):
    """A query that many ask, which the website offers beside its query box."""

    label: Label | None = None
    query: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class Configuration(Section):
    """All of `tracker.yml`."""

    desk: Annotated[str, StringConstraints(min_length=1)] = Field(description="The desk's name.")
    include: Annotated[list[Included], BeforeValidator(listed)] = Field(
        default_factory=list, description="Further files with parts of it: settings/people.yml."
    )
    language: Literal["en", "fr"] = "en"
    time_zone: Zone = "UTC"
    ids: Ids = Field(default_factory=nothing_said, validate_default=True)
    forge: Forge = Field(default_factory=nothing_said, validate_default=True)
    commits: Commits = Field(default_factory=nothing_said, validate_default=True)
    attachments: Attachments = Field(default_factory=nothing_said, validate_default=True)
    mail: Mail = Field(default_factory=nothing_said, validate_default=True)
    website: Website = Field(default_factory=nothing_said, validate_default=True)
    changes: Changes = Field(default_factory=nothing_said, validate_default=True)
    rules: dict[RuleCode, Literal["error", "warning", "off"]] = Field(
        default_factory=dict, description="How much a rule weighs here; see “tracker rules”."
    )
    types: Labels = Field(
        default_factory=lambda: dict.fromkeys(("incident", "request", "problem", "task")), min_length=1
    )
    priorities: Labels = Field(
        default_factory=lambda: dict.fromkeys(("low", "normal", "high", "urgent")), min_length=1
    )
    statuses: Annotated[dict[Handle, Status], BeforeValidator(named_sections)] = Field(
        default_factory=default_statuses, min_length=1, validate_default=True
    )
    resolutions: Labels = Field(default_factory=default_resolutions, min_length=1)
    categories: Annotated[
        dict[Annotated[str, StringConstraints(pattern=CATEGORY)], Label | None], BeforeValidator(named)
    ] = Field(default_factory=dict)
    departments: Labels = Field(default_factory=dict)
    calendars: dict[Handle, Calendar] = Field(default_factory=dict)
    calendar: str | None = Field(
        None, description="The calendar that counts where a location has none; left out: every hour counts."
    )
    locations: Annotated[dict[Handle, Location], BeforeValidator(named_sections)] = Field(
        default_factory=dict
    )
    people: dict[Handle, Person] = Field(default_factory=dict)
    teams: dict[Handle, Team] = Field(default_factory=dict)
    directory: dict[Correspondent, Employee] = Field(
        default_factory=dict,
        description="What is known of those who ask, by address, or by domain: “@example.org”.",
    )
    cataloguing: Cataloguing = Field(default_factory=nothing_said, validate_default=True)
    assignment: Assignment = Field(default_factory=nothing_said, validate_default=True)
    service_levels: dict[Handle, ServiceLevel] = Field(
        default_factory=dict,
        description="By when tickets are done; the first whose query a ticket meets counts.",
    )
    recurring: dict[Handle, Recurring] = Field(
        default_factory=dict, description="Tickets that “tracker tick” makes again and again."
    )
    fields: dict[Annotated[str, StringConstraints(pattern=FIELD_NAME)], CustomField] = Field(
        default_factory=dict
    )
    views: dict[Handle, View] = Field(
        default_factory=dict, description="Queries that many ask: the website and “tracker list” know them."
    )
    desks: dict[Annotated[str, StringConstraints(pattern=PREFIX)], NamedDesk] = Field(
        default_factory=dict, description="Other desks, by the prefix of their tickets’ ids."
    )

    @model_validator(mode="after")
    def _with_addresses_of_locations(self) -> Configuration:
        """Let what is sent to the address of a location come in as mail to the desk."""
        for name, location in self.locations.items():
            for address in location.addresses:
                self.mail.addresses.setdefault(address.lower(), Destination(location=name))
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone, in which times without an offset are read."""
        return ZoneInfo(self.time_zone)

    def hours_at(self, location: str | None) -> Hours | None:
        """Return the working hours at a location, else those of the desk; None where every hour counts."""
        place = self.locations.get(location or "")
        calendar = self.calendars.get((place and place.calendar) or self.calendar or "")
        return calendar.in_zone(self.zone_at(location)) if calendar else None

    def zone_at(self, location: str | None) -> ZoneInfo:
        """Return the time zone of a location, else the desk's."""
        place = self.locations.get(location or "")
        return ZoneInfo(place.time_zone) if place and place.time_zone else self.zone

    def hours_of(self, person: Person) -> Hours | None:
        """Return the hours of a person, else those of their location; None where every hour counts."""
        calendar = self.calendars.get(person.calendar or "")
        return calendar.in_zone(self.zone_at(person.location)) if calendar else self.hours_at(person.location)

    def today_of(self, person: Person, now: datetime) -> date:
        """Return the day where a person is, at an aware moment."""
        return now.astimezone(self.zone_at(person.location)).date()

    def handle_of(self, address: str) -> str:
        """Return the handle of the person who has an address; empty for nobody's."""
        wanted = address.lower()
        return next((handle for handle, person in self.people.items() if wanted in person.mail), "")

    def names_in_directory(self, address: str) -> list[str]:
        """Return by which names the directory knows an address: the whole one, then its domain."""
        names = (address.lower(), f"@{address.lower().rpartition('@')[2]}")
        return [name for name in names if name in self.directory]

    def desk_of(self, ticket_id: str) -> OtherDesk | None:
        """Return the other desk whose ticket an id is; None for one of this desk's, or nobody's."""
        return self.desks.get(prefix_of(ticket_id))

    def local(self, moment: datetime) -> str:
        """Return a moment as the desk's people write it: day and minute in its time zone."""
        try:
            return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")
        except OverflowError:  # at one of the ends of the calendar
            return moment.isoformat(" ", "minutes")

    @property
    def first_status(self) -> str:
        """The status of a new ticket."""
        return next(iter(self.statuses))

    def is_open(self, status: str) -> bool:
        """Whether a ticket of this status still asks for work; unknown ones do."""
        return status not in self.statuses or self.statuses[status].open

    def runs_clocks(self, status: str) -> bool:
        """Whether the clocks of service levels run while a ticket has this status."""
        return self.is_open(status) and not (status in self.statuses and self.statuses[status].pauses)
