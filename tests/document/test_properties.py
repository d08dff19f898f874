"""Whatever a front matter looks like, an edit changes one entry and reading gives the new value back."""

from datetime import date

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tracker.document import compose, delete_value, read_document, set_value

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TRICKY = st.sampled_from(["no", "010", "1:30", "a: b", "a #b", "- x", "@x", "'", '"', "\\n", "$15,000", "—", "---", "...", "x\ny", " x", "~", "<<", "=", "{{ x }}", "<<<<<<< a", "é\u2028", "🖨", "\ufeff", "\x85"])  # fmt: skip
VALUES = st.one_of(TEXTS, TRICKY)
WORDS = st.from_regex(r"[a-z][a-z0-9_/.-]{0,9}", fullmatch=True).filter(
    lambda word: word not in ("y", "n") and isinstance(yaml.safe_load(word), str)
)
KEYS = ("id", "title", "status", "priority", "assignee", "due", "labels", "watchers", "zeta", "omega")


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """Return a scalar as an author may write it, with or without quotes."""
    word = draw(WORDS)
    return draw(
        st.sampled_from(
            [word, f"'{word}'", f'"{word}"', f"{word}  # {word}", f"'{word}'# not a comment"[:-15]]
        )
    )


@st.composite
def entries(draw: st.DrawFn, key: str) -> list[str]:
    """Return the lines of one key with its value, in one of many styles."""
    form = draw(
        st.sampled_from(["scalar", "empty", "block", "flow", "nested", "literal", "folded", "indentless"])
    )
    items = draw(st.lists(WORDS, min_size=1, max_size=3))
    match form:
        case "scalar":
            return [f"{key}: {draw(scalars())}"]
        case "empty":
            return [f"{key}:" + draw(st.sampled_from(["", " ", "  # nothing"]))]
        case "block":
            return [f"{key}:", *(f"    - {item}  # {item}" for item in items)]
        case "indentless":
            return [f"{key}:  # list", *(f"- {item}" for item in items)]
        case "flow":
            return [f"{key}: [ {', '.join(items)} ] # flow"]
        case "nested":
            return [f"{key}:", *(f"   k{number}: {item}" for number, item in enumerate(items))]
        case "literal":
            return [f"{key}: |", *(f"  {item}" for item in items)]
        case _:
            return [f"{key}: >-", *(f"  {item}" for item in items)]


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[str], dict[str, list[str]], str, str, str]:
    """Return keys in some order, the lines of each, a body, the line end and what stands before."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    lines = {key: draw(entries(key)) for key in keys}
    for key in keys:
        if draw(st.booleans()):
            lines[key].insert(0, f"# about {key}")
    body = draw(st.sampled_from(["", "text", "text\n", "\n\n# title\n---\nmore: x\n", "no end\r\nmixed\n"]))
    return keys, lines, body, draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(["", "\ufeff"]))


def written(keys: list[str], lines: dict[str, list[str]], body: str, end: str, before: str) -> bytes:
    """Put a document together."""
    front = [line for key in keys for line in lines[key]]
    return (before + end.join(["---", *front, "---", ""]) + body).encode()


@given(documents(), st.data(), VALUES)
def test_editing_one_field_leaves_every_other_byte(parts, data, value) -> None:
    keys, lines, *frame = parts
    key = data.draw(st.sampled_from(keys))
    document = read_document(written(keys, lines, *frame), "t.md")
    assert not document.findings
    changed = set_value(document, (key,), value, KEYS)
    assert changed.values[key] == value
    others = {name: part for name, part in lines.items() if name != key}
    assert _without(changed, keys, others, key, frame)


def _without(changed, keys, others, key, frame) -> bool:
    """Whether the text is the other entries, byte for byte, around whatever the edited one became."""
    end = frame[1]
    place = keys.index(key)
    top = end.join(["---", *(line for name in keys[:place] for line in others[name]), ""])
    bottom = end.join([*(line for name in keys[place + 1 :] for line in others[name]), "---", ""]) + frame[0]
    text = changed.encode().decode().removeprefix("\ufeff")
    return text.startswith(top) and text.endswith(bottom) and changed.bom == bool(frame[2])


@given(documents(), st.data(), st.lists(VALUES, max_size=4))
def test_editing_a_list_leaves_every_other_byte(parts, data, items) -> None:
    keys, lines, *frame = parts
    key = data.draw(st.sampled_from(keys))
    changed = set_value(read_document(written(keys, lines, *frame), "t.md"), (key,), items, KEYS)
    assert changed.values.get(key, []) == items
    assert _without(changed, keys, {name: part for name, part in lines.items() if name != key}, key, frame)


@given(documents(), st.data(), st.one_of(VALUES, st.lists(WORDS, min_size=1, max_size=3), st.dates()))
def test_inserting_and_deleting_gives_the_same_bytes_again(parts, data, value) -> None:
    keys, lines, *frame = parts
    key = data.draw(st.sampled_from([name for name in (*KEYS, "fresh") if name not in keys]))
    document = read_document(written(keys, lines, *frame), "t.md")
    inserted = set_value(document, (key,), value, KEYS)
    assert inserted.values[key] == (value.isoformat() if isinstance(value, date) else value)
    assert {name: part for name, part in inserted.values.items() if name != key} == document.values
    assert delete_value(inserted, (key,)).encode() == document.encode()


@given(documents(), st.data(), WORDS)
def test_there_and_back_gives_the_same_bytes(parts, data, value) -> None:
    keys, lines, *frame = parts
    lines = {
        key: [line for line in part if not line.endswith((": |", ": >-"))] for key, part in lines.items()
    }
    lines = {
        key: part if part[-1][:2] != "  " or ":" in part[0] else [f"{key}: x"] for key, part in lines.items()
    }
    document = read_document(written(keys, lines, *frame), "t.md")
    single = [name for name in keys if isinstance(document.values.get(name), str)]
    for key in data.draw(st.just(single)):
        there = set_value(document, (key,), value, KEYS)
        assert set_value(there, (key,), document.values[key], KEYS).encode() == document.encode()


@given(
    st.dictionaries(
        st.sampled_from(KEYS), st.one_of(VALUES, st.lists(VALUES), st.dictionaries(WORDS, VALUES))
    )
)
def test_what_is_composed_reads_as_itself_here_and_elsewhere(fields) -> None:
    text = compose(fields, "body", KEYS)
    document = read_document(text.encode(), "t.md")
    kept = {key: value for key, value in fields.items() if value not in ([], {})}
    assert document.findings == ()
    assert document.values == kept
    assert document.body == "body"
    assert (yaml.safe_load(document.text[document.span.start : document.span.end]) or {}) == kept
