"""Documents as they are found on a disk, read into clean text with stable offsets.

`read_file` and `read_folder` return them, `read_into` keeps them as a corpus, `load_corpus` yields them again.
"""

from detente.evidence.reading.corpus import is_corpus, load_corpus, save_corpus
from detente.evidence.reading.document import Document, Format, Paragraph, Role, Said
from detente.evidence.reading.limits import Limits
from detente.evidence.reading.reader import document_of_text
from detente.evidence.reading.reading import Corpus, read_file, read_folder, read_into
from detente.evidence.reading.refused import Refused

__all__ = [
    "Corpus",
    "Document",
    "Format",
    "Limits",
    "Paragraph",
    "Refused",
    "Role",
    "Said",
    "document_of_text",
    "is_corpus",
    "load_corpus",
    "read_file",
    "read_folder",
    "read_into",
    "save_corpus",
]
