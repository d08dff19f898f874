"""Text as mail carries it, as Markdown: format=flowed (RFC 3676) or lines as they were typed."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(?:> ?)*+")
_SIGNATURE = "-- "
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*")
_VANISHES = re.compile(r" {0,3}\[[^\]]+\]:")
_CODE = re.compile(r" {4}|\t")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_MEANT_OTHERWISE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would vanish, as in C:\*.log
    r"|&(?=#?\w+;)"
    r"|<(?=[a-zA-Z/!?])(?![a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>)(?![^\s<>@]+@[^\s<>@]+>)"  # save addresses
)
_NARROWEST, _WIDEST = 60, 78
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def clean(text: str) -> str:
    """Return a text with one kind of line ending and no other control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return _CONTROL.sub("", lines)


def unflow(text: str, *, delete_space: bool) -> str:
    """Return a text of format=flowed with its paragraphs on one line each (RFC 3676, section 4).

    Args:
        text: the text; its lines end in line feeds.
        delete_space: whether the blank that marks a soft line break belongs to no word (DelSp=yes).
    """
    lines: list[list[str]] = []
    depth_before, open_paragraph = 0, False
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth, rest = len(line) - len(rest), rest.removeprefix(" ")
        soft = rest.endswith(" ") and rest != _SIGNATURE
        joined = open_paragraph and depth == depth_before and rest != _SIGNATURE
        kept = rest[:-1] if soft and delete_space else rest
        if joined:
            lines[-1].append(kept)
        else:
            lines.append(["> " * depth, kept])
        depth_before, open_paragraph = depth, soft
    return "\n".join("".join(line) for line in lines)


def from_plain(text: str) -> str:
    """Return a text as Markdown that reads as the text does: no word vanishes, and lines stay lines.

    A line that could have gone on, because the first word of the next one had room, was ended on purpose.
    """
    lines = text.split("\n")
    width = min(max(_NARROWEST, *map(len, lines)), _WIDEST)
    found, is_code, is_indented, is_free = [], False, False, True
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        depth, rest = _quoted(line)
        next_depth, next_rest = _quoted(following)
        is_fence = bool(_FENCE.match(rest))
        is_code = is_code != is_fence  # whether one begins or ends
        is_indented = bool(_CODE.match(rest)) and (is_indented or is_free)  # it cannot interrupt a paragraph
        is_free = not rest.strip()
        literal = is_code or is_fence or is_indented
        told = rest.rstrip() if literal else _escaped(rest.rstrip())
        found.append(
            line.rstrip()[: len(line) - len(rest)].rstrip(" ") + (f" {told}" if depth and told else told)
        )
        if not rest.strip() or not next_rest.strip():
            continue
        if depth > next_depth:
            found.append(">" * next_depth)  # else the answer is taken for quoted
        elif depth == next_depth and not literal and len(line) + len(next_rest.split()[0]) < width:
            found[-1] += "  "
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip("\n")


def _quoted(line: str) -> tuple[int, str]:
    marks = _QUOTED.match(line)[0]  # type: ignore[index]  # matches nothing at least
    return marks.count(">"), line[len(marks) :]


def _escaped(text: str) -> str:
    """Return a line without its quoting, so that it is taken for no heading, definition, tag or the like."""
    if "`" not in text:
        text = _MEANT_OTHERWISE.sub(r"\\\g<0>", text)
    if _UNDERLINE.fullmatch(text) or _VANISHES.match(text) or _HEADING.match(text):
        text = re.sub(r"^( *)", r"\1\\", text, count=1)
    return text
