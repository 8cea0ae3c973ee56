"""How a line of the application log is written."""

import logging
from types import TracebackType

import psycopg
from django.db import Error

SysExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Regel(logging.Formatter):
    """A line without what a database adds to its errors: it quotes the row that it refused, with
    the name, the BSN and the question in it. No personal data in application logs.
    """

    def formatException(self, ei: SysExcInfo) -> str:
        """The traceback, with of each database error its first line only."""
        tekst = super().formatException(ei)
        fout, gezien = ei[1], set[int]()
        while fout is not None and id(fout) not in gezien:
            gezien.add(id(fout))
            if isinstance(fout, psycopg.Error | Error):
                heel = str(fout)
                tekst = tekst.replace(heel, heel.partition("\n")[0])
            fout = fout.__cause__ or fout.__context__
        return tekst
