"""Names that a user adds, and ten ways to get them wrong."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from detente.core.errors import EvidenceError
from detente.evidence.coding.mentions import mentions
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.own_names import own_names

GOOD = """\
LIRAN_FRONT:
  names: [Liran Front, Kenya]
  people: [Lirans]
  capital: [Lirapolis]
  speakers: [[Jane Okoro, 2019-03, 2024], [Ann Roe]]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "names.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_names_is_joined_and_overrides(tmp_path):
    lexicon = general_lexicon().joined(own_names(written(tmp_path, GOOD)))
    text = "Kenya, the Lirans, Okoro and Ann Roe met Peru in Lirapolis."
    found = [one.actor for one in mentions(text, lexicon, datetime.date(2020, 1, 1))]
    assert found == ["LIRAN_FRONT"] * 4 + ["PER"]


def test_a_speaker_outside_the_term_is_nobody(tmp_path):
    lexicon = own_names(written(tmp_path, GOOD))
    assert mentions("Okoro spoke.", lexicon, datetime.date(2025, 1, 1)) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- A", "is a mapping"),
        ("A: [x", "is not YAML"),
        ("A: 5", "is no entry"),
        ("A: {name: [x]}", "field that is not known"),
        ("A: {kind: empire}", "kind that is not known"),
        ("A: {names: Kenya}", "no list of names"),
        ("A: {names: [5]}", "no list of names"),
        ("A: {names: [x], since: soon}", "date that is none"),
        ("A: {speakers: [Jane]}", "a speaker is a name"),
        ("A: {speakers: Jane}", "speakers is no list"),
        ("A: {speakers: [[Jane, 2020, 2021, 2022]]}", "a speaker is a name"),
    ],
)
def test_a_fault_is_one_line_that_names_the_file(tmp_path, text, says):
    with pytest.raises(EvidenceError) as caught:
        own_names(written(tmp_path, text))
    assert says in str(caught.value)
    assert str(caught.value).startswith("names.yaml: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(EvidenceError, match="cannot be read"):
        own_names(tmp_path / "absent.yaml")
