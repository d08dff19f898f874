"""From what a part looks like on the way to its bytes (RFC 2045, section 6), be it damaged or not."""

from __future__ import annotations

import binascii
import re

_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/\r\n\t]+")
_MOST_FOREIGN = 20
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """Return the bytes that a Content-Transfer-Encoding of this name stands for."""
    match encoding.strip().lower():
        case "base64":
            return _decode_base64_body(data)
        case "quoted-printable":
            return binascii.a2b_qp(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _decode_uu(data)
        case _:
            return data


def decode_base64(data: bytes) -> bytes:
    """Return what base64 stands for: foreign characters are skipped, a torn end is completed.

    Pieces that were encoded one by one are joined; what follows the last of them is no base64.
    """
    first, *following = data.split(b"=")
    pieces = [first]
    for piece in following:
        if _NO_BASE64.search(piece):
            break
        pieces.append(piece)
    return b"".join(_decode_piece(piece) for piece in pieces)


def _decode_piece(data: bytes) -> bytes:
    letters = b"".join(_NO_BASE64.sub(b"", data).split())
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _decode_base64_body(data: bytes) -> bytes:
    """Likewise; but what has blanks and other signs everywhere is text that only claims to be encoded."""
    foreign = sum(map(len, _NO_BASE64.findall(data.partition(b"=")[0].strip())))
    return data if foreign * _MOST_FOREIGN > len(data) else decode_base64(data)


def _decode_uu(data: bytes) -> bytes:
    begin = _UU_BEGIN.search(data)
    decoded = []
    for line in data[begin.end() if begin else 0 :].splitlines():
        if line.strip() in (b"end", b"`", b""):
            break
        length = (((line[0] - 32) & 63) * 4 + 5) // 3  # some encoders write longer lines than they say
        for candidate in (line, line[:length]):
            try:
                decoded.append(binascii.a2b_uu(candidate))
                break
            except binascii.Error:
                continue
    return b"".join(decoded)
