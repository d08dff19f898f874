"""What can keep a desk from working: on the machine, in the desk, in the clone. Nothing is changed."""

from tracker.checkup.catalogue import check_up

__all__ = ["check_up"]
