"""A conversation as it is read: a comment that corrects an earlier one stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.entry import Comment


class Said(NamedTuple):
    """What someone said: the comment that holds now, and the earlier ones that it corrects, oldest first."""

    comment: Comment
    earlier: tuple[Comment, ...] = ()


def conversation(comments: Iterable[Comment]) -> list[Said]:
    """Return comments, given in order of time, with corrections in the place of what they correct.

    Only an author corrects their own words: what claims to supersede another's comment stands by itself.
    """
    places: dict[str, int] = {}
    said: list[Said] = []
    for comment in comments:
        place = places.get(comment.supersedes)
        if place is not None and said[place].comment.author == comment.author:
            said[place] = Said(comment, (*said[place].earlier, said[place].comment))
        else:
            place = len(said)
            said.append(Said(comment))
        places[comment.name] = place
    return said
