"""Texts that are not UTF-8 and say nothing of their encoding: short ones too come out as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.reading.decoding import decoded
from detente.evidence.reading.refused import Unreadable
from tests.evidence.reading.encoded import CENTRAL, CYRILLIC, FOREIGN, WESTERN


def _sentences(groups: dict[str, tuple[str, ...]]) -> list[str]:
    return [one for sentences in groups.values() for one in sentences]


@pytest.mark.parametrize("sentence", _sentences(WESTERN))
def test_one_western_sentence_in_cp1252_is_read_as_it_was_written(sentence: str) -> None:
    found = decoded(sentence.encode("cp1252"))
    assert (found.text, found.how) == (sentence, "guessed")
    assert found.note().startswith("cp1252 (guessed")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "koi8-u", "cp866"])
@pytest.mark.parametrize("sentence", _sentences(CYRILLIC))
def test_one_cyrillic_sentence_is_read_as_it_was_written_or_differs_in_no_letter_that_is_there(
    sentence: str, encoding: str
) -> None:
    text = sentence.encode(encoding, "ignore").decode(encoding)  # koi8-r has no Ukrainian letters
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize("sentence", _sentences(CENTRAL))
def test_one_central_european_sentence_is_read_as_it_was_written(sentence: str, encoding: str) -> None:
    assert decoded(sentence.encode(encoding)).text == sentence


@pytest.mark.parametrize(("encoding", "sentence"), FOREIGN)
def test_a_sentence_in_another_script_is_read_as_it_was_written(encoding: str, sentence: str) -> None:
    assert decoded(sentence.encode(encoding)).text == sentence


@given(st.sampled_from(sorted(WESTERN)).flatmap(lambda name: st.lists(st.sampled_from(WESTERN[name]), min_size=1)))
def test_any_western_text_of_one_language_round_trips_through_cp1252(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert decoded(text.encode("cp1252")).text == text


@given(
    st.sampled_from(sorted(CYRILLIC)).flatmap(lambda name: st.lists(st.sampled_from(CYRILLIC[name]), min_size=1)),
    st.sampled_from(["cp1251", "koi8-u"]),
)
def test_any_cyrillic_text_round_trips(sentences: list[str], encoding: str) -> None:
    text = "\n".join(sentences).encode(encoding, "ignore").decode(encoding)
    assert decoded(text.encode(encoding)).text == text


def test_names_of_another_language_do_not_change_the_reading() -> None:
    text = "Talks in Málaga between Øystein Bråten and François Hollande’s envoys ended. " * 3
    assert decoded(text.encode("cp1252")).text == text
    names = "Lech Wałęsa and Václav Havel spoke first; later Wałęsa left for Łódź by train with his aides. " * 2
    assert decoded(names.encode("cp1250")).text == names


def test_two_readings_that_cannot_be_told_apart_are_both_said() -> None:
    found = decoded("нет".encode("cp1251"))
    assert found.text == "нет"
    assert found.note() == "cp1251 (guessed; cp1253 would read “νες” for “нет”, which cannot be ruled out)"


def test_readings_that_give_the_same_text_leave_no_doubt() -> None:
    assert decoded("Le président a déclaré.".encode("cp1252")).note() == "cp1252 (guessed)"


@pytest.mark.parametrize(
    "raw", [b"\x80\xff\xfe abc \x9d" * 3, "会议在北京举行".encode("gb18030"), b"\xb0\xb1\xdb\xdb\xb1\xb0 \xc9\xcd\xbb"]
)
def test_what_is_in_no_language_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="cannot be told"):
        decoded(raw)
