"""The mailbox of the demo: ``python -m kcc.postbus 2525`` keeps all mail that it is given.

Nothing leaves this machine. Each mail is one .eml file in the folder ``post`` of the data
directory, in order of arrival.
"""

import asyncio
import secrets
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from kcc import embedded


class Bus:
    """What to do with a mail: keep it, and only then say yes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd when a mail has come in whole."""
        self.keep(envelope)
        return "250 2.0.0 Bewaard"

    def keep(self, envelope: Envelope) -> None:
        """Write it under another name first: who looks finds whole mails only."""
        assert isinstance(envelope.content, bytes)  # noqa: S101 - what aiosmtpd does unless told else
        half = self.folder / f".{secrets.token_hex(8)}"
        half.write_bytes(envelope.content)
        half.rename(self.folder / f"{time.time_ns()}-{secrets.token_hex(2)}.eml")


async def listen(bus: Bus, port: int) -> None:
    """Take mail on loopback until somebody stops us."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(bus, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    sys.stdout.write(f"De postbus luistert op poort {port}.\n")
    sys.stdout.flush()
    await server.serve_forever()


def folder(data: Path) -> Path:
    """Where the mail is kept; made when it is not there."""
    post = data / "post"
    post.mkdir(mode=0o700, exist_ok=True)
    return post


def main(argv: list[str]) -> int:
    """Listen on the port that is given. Returns the exit code."""
    if len(argv) != 2 or not argv[1].isdigit():
        sys.stderr.write("Gebruik: python -m kcc.postbus POORT\n")
        return 2
    asyncio.run(listen(Bus(folder(embedded.data_dir())), int(argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
