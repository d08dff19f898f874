"""The people of the company: who works on tickets, who asks, and where they are."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

CONFIGURATION = (Path(__file__).parent / "tracker.yml").read_bytes()
ZONES = {
    "lyon": ZoneInfo("Europe/Paris"),
    "austin": ZoneInfo("America/Chicago"),
    "montreal": ZoneInfo("America/Toronto"),
}


class Person(NamedTuple):
    """Somebody of the company; `handle` is empty for those who only ask."""

    handle: str
    name: str
    location: str
    department: str
    french: bool

    @property
    def email(self) -> str:
        """Their address."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return plain.lower().replace(" ", ".").replace("'", "") + "@example.org"


STAFF = tuple(
    Person(handle, name, location, "engineering", location != "austin")
    for handle, name, location in (
        ("amelie", "Amélie Roussel", "lyon"),
        ("bastien", "Bastien Chevalier", "lyon"),
        ("elif", "Elif Kaya", "lyon"),
        ("ines", "Inès Moreau", "lyon"),
        ("omar", "Omar Haddad", "lyon"),
        ("ben", "Ben Carter", "austin"),
        ("dana", "Dana Whitfield", "austin"),
        ("grace", "Grace Liu", "austin"),
        ("hector", "Héctor Ruiz", "austin"),
        ("chloe", "Chloé Tremblay", "montreal"),
        ("felix", "Félix Gagnon", "montreal"),
        ("maude", "Maude Bélanger", "montreal"),
    )
)

REQUESTERS = tuple(
    Person("", name, location, department, french)
    for name, location, department, french in (
        ("Léa Martin", "lyon", "accounting", True),
        ("Hugo Bernard", "lyon", "logistics", True),
        ("Sofia Petrova", "lyon", "sales", False),
        ("Karim Benali", "lyon", "human-resources", True),
        ("Jeanne Lefèvre", "lyon", "accounting", True),
        ("Paul Dubois", "lyon", "engineering", True),
        ("Emma O'Neill", "austin", "sales", False),
        ("Marcus Johnson", "austin", "logistics", False),
        ("Priya Raman", "austin", "engineering", False),
        ("Olivia Brooks", "austin", "accounting", False),
        ("Diego Fernández", "austin", "human-resources", False),
        ("Tyler Nguyen", "austin", "sales", False),
        ("Rachel Cohen", "montreal", "accounting", False),
        ("Étienne Lavoie", "montreal", "logistics", True),
        ("Simone Pelletier", "montreal", "sales", True),
        ("Andrew McKay", "montreal", "engineering", False),
        ("Mélanie Côté", "montreal", "human-resources", True),
        ("Jin Park", "montreal", "engineering", False),
    )
)
