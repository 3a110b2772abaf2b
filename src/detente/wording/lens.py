"""What a lens did to the numbers, in sentences; and what the lenses that are not used have to say."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.lens import Lens, Override
from detente.case.lens_apply import Lensed
from detente.case.lens_path import Target, lens_target
from detente.core.fields import text_of
from detente.wording.naming import ours
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Sentence, count, label, sentence, separated


def lens_sentences(reading: Reading) -> Iterator[Sentence]:
    """Yield through which lens the numbers are read, what it changes, and each override that changes nothing."""
    lensed = reading.lensed
    if lensed is None:
        return
    name = label(lens_name(lensed.lens))
    if not lensed.has_effect:
        why = "it overrides no number here" if not lensed.unresolved else "no override of it finds a number to change"
        yield sentence("Read through the lens ", name, ", which has no effect in this case on this day: ", why, ".")
    else:
        yield sentence("All numbers of this annex are read through the lens ", name, ", not as the case gives them.")
        changed = [_place(reading, one.override) for one in lensed.applied]
        yield sentence("It changes ", count(len(changed), "number"), ": ", separated(changed), ".")
    if lensed.unresolved:
        idle = [(*_place(reading, one.override), f" ({one.reason})") for one in lensed.unresolved]
        yield sentence("It would change, and does not: ", separated(idle), ".")


def other_lenses(reading: Reading) -> Iterator[Sentence]:
    """Yield whose readings are on record, where they stand, and which of them change no number of this case."""
    others = [lens for lens in reading.case.lenses if lens.id != reading.lens]
    speaking, silent = [one for one in others if one.pairs], [one for one in others if not one.pairs]
    if speaking:
        where = "each by itself in Annex A" if reading.lens is None and reading.is_drawn else "not used here"
        yield sentence(f"Other readings on record, {where}: ", label("; ".join(map(_view, speaking))), ".")
    if silent:
        yield sentence(
            "On record, and silent on every number of this case: ", label("; ".join(map(_view, silent))), "."
        )


def used_lens(lensed: Lensed | None) -> Iterator[Sentence]:
    """Yield whose reading is used."""
    if lensed is None:
        return
    view = label(_view(lensed.lens))
    if lensed.has_effect:
        yield sentence("The judged numbers are read through ", view, ", not as the case gives them.")
    else:
        yield sentence("The judged numbers are read through ", view, ", which changes none of them here.")


def lens_name(lens: Lens) -> str:
    """Return a lens by its viewpoint, as it stands in a sentence."""
    return ours(_view(lens))


def _view(lens: Lens) -> str:
    return text_of(lens.viewpoint).split(";")[0]


def _place(reading: Reading, override: Override) -> tuple[Part, ...]:
    """Return in words which number of which party an override is about."""
    naming, party = reading.naming, override.party
    target = lens_target(reading.case, override.path)
    if target is None:
        return (label(override.path), " of ", naming.the(party))
    ids = target.ids
    match target.kind:
        case Target.WEIGHT:
            return ("the weight of ", naming.file(ids[0]), " for ", naming.the(party))
        case Target.VALUE:
            return ("the value of ", naming.option(*ids), " (", naming.issue(ids[0]), ") to ", naming.the(party))
        case Target.RED_LINE:
            which = (naming.option(*ids), " (", naming.issue(ids[0]), ")")
            return ("whether the line of ", naming.the(party), " against ", *which, " binds")
        case Target.BELIEF:
            return ("the judged belief of ", naming.the(party), " in scenario ", label(ids[0]))
        case Target.PAYOFF:
            return ("the judged value of scenario ", label(ids[0]), " for ", naming.the(party))
        case Target.RESERVATION:
            return ("the judged value of no deal for ", naming.the(party))
        case Target.TRUST:
            other = ids[1] if party == ids[0] else ids[0]
            return ("the trust of ", naming.the(party), " in ", naming.the(other))
        case Target.PATIENCE:
            return ("the patience of ", naming.the(party))
