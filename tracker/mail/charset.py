"""From bytes to text, whatever they say they are: a ladder of guesses that never raises.

The names of charsets are read as browsers do (https://encoding.spec.whatwg.org/#names-and-labels): a mail
that says ISO-8859-1 means windows-1252, and one that says GB2312 means GB 18030.
"""

from __future__ import annotations

import codecs
import re

from tracker.errors import MissingExtraError

try:
    from charset_normalizer import from_bytes
except ImportError as missing:
    raise MissingExtraError("mail") from missing

_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "ks_c_5601": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
}
_ALIASES = {
    "ansi_x3.110-1983": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "ks_c_5601-1987": "cp949",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-sjis": "cp932",
}
# Names of Python's that are no charsets of mail: their decoders warn, are slow, or differ between systems.
_NEVER = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
_ISO_2022 = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_MOST_EXAMINED = 4096
_FEWEST_EXAMINED = 100
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, charset: str = "") -> str:
    """Return bytes as text: by the charset named, else as UTF-8, else by what they look like.

    Args:
        data: the bytes.
        charset: the name of their charset as it was given; anything.
    """
    named = _codec(charset)
    likely = ["iso2022_jp_ext"] if _ISO_2022.search(data) and named in ("", "cp1252") else []
    # Of the bytes above 127, windows-1252 takes nearly all: what is valid UTF-8 is no accident.
    named_first = [named, "utf-8"] if named not in ("", "cp1252") else ["utf-8", named]
    for codec in (*likely, *named_first):
        if codec and (text := _strict(data, codec)) is not None:
            return text
    if named and not (named == "utf-8" and _is_something_else(data)):
        return _clean(data.decode(named, "replace"))
    return _clean(data.decode(_detected(data), "replace"))


def _is_something_else(data: bytes) -> bool:
    """Whether more of some bytes is no UTF-8 than is: programs call everything so."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return broken * 2 > sum(not sign.isascii() for sign in text)


def _codec(charset: str) -> str:
    """Return the name of the codec that a charset's name means; empty when there is none."""
    name = re.sub(r"[^a-z0-9_.:-]", "", charset.lower().partition("*")[0])[:40]
    name = re.sub(r"^(?:x-)?(?:cp|windows|ibm)-?(\d+)$", r"cp\1", _ALIASES.get(name, name))
    try:
        found = codecs.lookup(name).name if name else ""
        b"\0\0\0\0".decode(found or "ascii")
    except UnicodeError:
        pass
    except (LookupError, ValueError):  # no such codec, or one that does not make text
        return ""
    return "" if found.replace("_", "-") in _NEVER else _MEANT.get(found, found)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except (UnicodeError, ValueError):
        return None
    return None if _SURROGATE.search(text) else text


def _clean(text: str) -> str:
    return _SURROGATE.sub("�", text)  # UTF-7 can spell them


def _detected(data: bytes) -> str:
    """Return the codec of what bytes look like: a Western one where they are few, or mostly of ASCII.

    The detector tells scripts apart from a few sentences on, but not the languages of Europe.
    """
    examined = data[:_MOST_EXAMINED]
    high = len(examined.translate(None, bytes(range(128))))
    if len(examined) < _FEWEST_EXAMINED or high * 4 < len(examined):
        return "cp1252"
    best = from_bytes(examined).best()
    return (_codec(best.encoding) if best else "") or "cp1252"
