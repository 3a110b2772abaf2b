"""How much a document may ask of this machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take; a document that asks for more is refused in one line, and the next one is read.

    Attributes
    ----------
    file_mib : int
        Size of the file, looked at before it is opened.
    unpacked_mib : int
        Size of all parts of a packed file (DOCX) together, by what its directory says and never unpacks beyond.
    part_mib : int
        Size of one XML part of it, which has to be taken apart in memory.
    pages : int
        Pages of a PDF.
    characters : int
        Length of the text that comes out.
    memory_mib : int
        Address space of the sub-process that reads; where the system has no such limit, time alone bounds it.
    cpu_s, wall_s : int
        Seconds of work, and seconds until the sub-process is ended.
    """

    file_mib: int = 100
    unpacked_mib: int = 400
    part_mib: int = 100
    pages: int = 5_000
    characters: int = 20_000_000
    memory_mib: int = 2_048
    cpu_s: int = 60
    wall_s: int = 90
