"""An IMAP server on loopback that refuses what a test tells it to: Dovecot does so too rarely."""

import re
import socket
import threading
from typing import Any, BinaryIO


class ImapServer(threading.Thread):
    """A server with numbered messages that takes one client at a time, and any password.

    Args:
        messages: those of the inbox, from number 1 on.
        refused: what it answers when it is asked for a message, by its number: a tagged answer, or data.
        moving: what it answers to moving messages.
    """

    def __init__(
        self, *messages: bytes, refused: dict[int, str] | None = None, moving: str = "OK done"
    ) -> None:
        super().__init__(daemon=True)
        self.messages, self.refused, self.moving = messages, refused or {}, moving
        self.asked: list[int] = []
        self.moved: list[str] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.start()

    def settings(self, **more: Any) -> dict[str, Any]:
        """Return the mailbox as tracker.yml describes it."""
        port = self.listening.getsockname()[1]
        return {"host": "127.0.0.1", "port": port, "security": "none", "user": "help", **more}

    def end(self) -> None:
        """Take no further client."""
        self.listening.shutdown(socket.SHUT_RDWR)  # closing alone would leave the thread waiting for one
        self.join(20)
        self.listening.close()

    def run(self) -> None:
        """Serve one client after the other."""
        while True:
            try:
                client = self.listening.accept()[0]
            except OSError:
                return
            with client, client.makefile("rwb") as stream:
                stream.write(b"* OK ready\r\n")
                stream.flush()
                for line in stream:
                    tag, _blank, command = line.decode().strip().partition(" ")
                    end = self._answer(command, stream)
                    stream.write(f"{tag} {end}\r\n".encode())
                    stream.flush()

    def _answer(self, command: str, stream: BinaryIO) -> str:
        """Write what a command asks for; return how it ends."""
        number = int(found[0]) if (found := re.findall(r"\d+", command)) else 0
        match command.split()[:2]:
            case ["CAPABILITY", *_]:
                stream.write(b"* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n")
            case ["SELECT", *_]:
                stream.write(b"* OK [UIDVALIDITY 1] x\r\n")
                return "OK [READ-WRITE] done"
            case ["UID", "SEARCH"]:
                numbers = " ".join(str(one) for one in self._numbers() if one >= number)
                stream.write(f"* SEARCH {numbers}\r\n".encode())
            case ["UID", "FETCH"] if "SIZE" in command:
                for one in self._numbers():
                    size = len(self.messages[one - 1])
                    stream.write(f"* {one} FETCH (UID {one} RFC822.SIZE {size})\r\n".encode())
            case ["UID", "FETCH"]:
                return self._hand_out(number, "[HEADER]" if "HEADER" in command else "[]", stream)
            case ["UID", "MOVE"]:
                self.moved.append(command.split()[2])
                return self.moving
        return "OK done"

    def _numbers(self) -> range:
        return range(1, len(self.messages) + 1)

    def _hand_out(self, number: int, part: str, stream: BinaryIO) -> str:
        refusal, data = self.refused.get(number, ""), self.messages[number - 1]
        self.asked.append(number)
        if refusal.startswith(("NO", "BAD")):
            return refusal
        told = refusal.encode() or b"{%d}\r\n" % len(data) + data
        stream.write(f"* {number} FETCH (UID {number} BODY{part}<0> ".encode() + told + b")\r\n")
        return "OK done"
