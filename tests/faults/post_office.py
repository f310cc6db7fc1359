"""A mail server that can be ill: it hangs, says “later”, refuses for good, or cuts the line after it has taken the mail."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from typing import Any


class PostOffice(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; `mood` says how it behaves, `taken` holds the mails that it took over."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.mood, self.taken, self.calls = "well", [], 0  # type: str, list[str], int
        self.release = threading.Event()
        super().__init__(("127.0.0.1", port), Clerk)
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def ids(self) -> list[str]:
        """The ids of the mails it took over."""
        return [re.search(r"Message-ID: (\S+)", mail)[1] for mail in self.taken]  # type: ignore[index]

    def close(self) -> None:
        """Nobody listens any more."""
        self.release.set()
        self.shutdown()
        self.server_close()


class Clerk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: PostOffice

    def handle(self) -> None:
        """As much of RFC 5321 as a client needs."""
        self.server.calls += 1
        if self.server.mood == "hangs":
            self.server.release.wait()
            return
        if self.server.mood == "later":
            self._say("421 later")
            return
        self._say("220 here")
        for line in iter(self.rfile.readline, b""):
            word = line.decode("ascii", "replace").strip().upper()
            if word.startswith("RCPT") and self.server.mood == "unknown":
                self._say("550 no such person")
            elif word == "DATA":
                self._say("354 go on")
                if not self._take():
                    return
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _take(self) -> bool:
        lines: list[Any] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.taken.append(b"".join(lines).decode("utf-8", "replace"))
        if self.server.mood == "cuts off":
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
