"""A mail server that dies: ``python -m tests.stapel.wankele_post POORT MANIER``.

After MAILS mails it is gone at once, in one of these ways: whoever sent the last one cannot know
what became of it.
"""

import asyncio
import os
import signal
import sys

from aiosmtpd.smtp import SMTP, Envelope, Session

from kcc import embedded
from kcc.postbus import Bus, folder, listen

MANIEREN = ("voor het bewaren", "voor het antwoord", "na het antwoord")
MAILS = 180  # that it lives


def die() -> None:
    """As when the machine stops."""
    os.kill(os.getpid(), signal.SIGKILL)


class WankeleBus(Bus):
    """Keeps mail like the mailbox of the demo, for as long as it lasts."""

    manier = ""
    aantal = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The last one: lost, kept without a word, or kept and answered."""
        self.aantal += 1
        if self.aantal == MAILS and self.manier == "voor het bewaren":
            die()
        self.keep(envelope)
        if self.aantal == MAILS and self.manier == "voor het antwoord":
            die()
        if self.aantal == MAILS:
            asyncio.get_running_loop().call_later(0.001, die)
        return "250 2.0.0 Bewaard"


if __name__ == "__main__":
    bus = WankeleBus(folder(embedded.data_dir()))
    bus.manier = sys.argv[2]
    asyncio.run(listen(bus, int(sys.argv[1])))
