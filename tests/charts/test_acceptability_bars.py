"""Acceptability bars: every share in the table, readings apart, error respected, benchmarks unnamed, none first."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from detente.case.case import Case
from detente.charts import Chart, acceptability_bars
from detente.charts.readings import Share, Span, package_names
from detente.charts.theme import DARK, INK, LIGHT, PAPER, day
from detente.core.errors import ModelError
from tests.charts.conftest import marks, rewritten, texts


def spread(mean: float, error: float | None = 0.01) -> dict[str, Any]:
    return {"probability": mean, "low": max(0.0, mean - 0.2), "high": min(1.0, mean + 0.2), "error": error}


def share(certain: float, possible: float, error: float | None = 0.01) -> dict[str, Any]:
    return {"certain": spread(certain, error), "possible": spread(possible, error)}


def drawn(*packages: dict[str, Any], parties: tuple[str, ...] = ("TAR", "OST"), **other: Any) -> dict[str, Any]:
    own = {"lens": None, "weights": "analyst", "packages": list(packages)}
    readings = [own, *other.get("readings", ())]
    draws = {"draws": 1000, "inner": 50, "seed": 0, "interval": [0.05, 0.95], "readings": readings}
    return {"consent": "cl_upper", "parties": list(parties), "issues": ["a", "b", "c"], "draws": draws}


def package(all_: dict[str, Any], *each: dict[str, Any], name: str = "reply", kind: str = "tabled") -> dict[str, Any]:
    parties = dict(zip(("TAR", "OST"), each, strict=False))
    return {"package": name, "kind": kind, "choice": {"a": "o1"}, "parties": parties, "all": all_}


ONE = package(share(0.2, 0.6), share(0.3, 0.7), share(1, 1))


def test_every_share_of_every_reading_is_in_the_table(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = acceptability_bars(basin, basin_report, "cl_basin")
    draws = basin_report["by_consent"]["cl_basin"]["draws"]
    assert len(draws["readings"]) == len(chart.table.header) - 3 == 4
    assert len(chart.table.rows) == len(draws["readings"][0]["packages"]) * (1 + 3)
    for at, reading in enumerate(draws["readings"]):
        wanted = [
            "its own text" if basin.text.get(one["package"]) and who in basin.text[one["package"]].authors else words
            for one in reading["packages"]
            for who, words in (
                (None, Span.of(one["all"]).words),
                *((party, Span.of(found).words) for party, found in one["parties"].items()),
            )
        ]
        assert "its own text" in wanted
        assert sorted(row[3 + at] for row in chart.table.rows) == sorted(wanted)


def test_certain_is_filled_and_possible_open(basin: Case) -> None:
    chart = acceptability_bars(basin, drawn(ONE))
    filled = [row for _, row in marks(chart, "rect", fill=DARK, stroke=INK)]
    opened = [row for _, row in marks(chart, "rect", fill=PAPER, stroke=INK)]
    bars = sorted(row["x2"] - row["x"] for row in filled if row["x2"] - row["x"] != 16)  # the key's sample is 16 px
    step = (640 - 4 - 158) / 3 - 16
    assert bars == pytest.approx([0.2 * step, 0.3 * step, step], abs=0.02)
    assert sorted(row["x2"] - row["x"] for row in opened)[1:] == pytest.approx([0.4 * step, 0.4 * step], abs=0.02)


def test_what_differs_by_less_than_the_error_is_one_bar(basin: Case) -> None:
    near = package(share(0.5, 0.505), share(0.5, 0.505), share(0.5, 0.505))
    chart = acceptability_bars(basin, drawn(near))
    assert not marks(chart, "rect", fill=PAPER, stroke=INK)
    assert "at best" not in texts(chart)
    assert "differ by less than the error" in chart.table.rows[0][3]


def test_of_one_draw_no_error_is_known() -> None:
    assert Share.of(spread(0.5, None)).words == "0.50 [0.30 to 0.70] error unknown"
    assert Share.of_outer(0.5, 1).error is None
    assert Share.of_outer(0.5, 101).error == pytest.approx(0.05)  # sqrt(0.25 / 100)


def test_each_other_reading_has_a_glyph_of_its_own_and_is_not_pooled(basin: Case) -> None:
    other = package(share(0.9, 0.9), share(0.9, 0.9), share(0.9, 0.9))
    lens = {"lens": "lens_column", "weights": "analyst", "packages": [other]}
    equal = {"lens": None, "weights": "equal", "packages": [other]}
    chart = acceptability_bars(basin, drawn(ONE, readings=[equal, lens]))
    assert {look["shape"] for look, _ in marks(chart, "point")} == {"square", "triangle-up"}
    assert chart.table.header[3:5] == ("the case's own numbers", "the same weight on every issue")
    assert chart.table.header[5].startswith("as read by ‹columnist")
    assert chart.table.rows[0][3:] != chart.table.rows[0][4:]


def test_a_reading_without_an_answer_says_so(basin: Case) -> None:
    none = {"lens": "lens_column", "weights": "analyst", "not_computed": True}
    chart = acceptability_bars(basin, drawn(ONE, readings=[none]))
    assert chart.table.rows[0][4] == "nothing to compute"
    assert "nothing to compute" in texts(chart)


def test_benchmarks_are_named_by_concept_and_never_by_content(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = acceptability_bars(basin, basin_report, "cl_upper")
    names = {row[0] for row in chart.table.rows}
    assert {"Nash, Kalai–Smorodinsky and egalitarian benchmark", "Utilitarian benchmark"} <= names
    everything = " ".join([chart.alt, *texts(chart), *(cell for row in chart.table.rows for cell in row)])
    assert not [issue.id for issue in basin.issues if issue.id in everything]


def test_benchmarks_of_one_concept_are_numbered(basin: Case) -> None:
    two = [{"kind": "solution", "package": "nash"}, {"kind": "solution", "package": "nash"}]
    assert package_names(basin, two) == ("Nash benchmark (1 of 2)", "Nash benchmark (2 of 2)")


def test_the_party_that_leads_comes_first_and_the_others_follow(basin: Case, basin_report: dict[str, Any]) -> None:
    def order(lead: str | None) -> list[str]:
        rows = acceptability_bars(basin, basin_report, "cl_basin", lead=lead).table.rows[:4]
        return [row[2] for row in rows]

    assert order("MEL") == ["all of them", "Melune", "Tarvia", "Ostrel"]
    assert order("OST") == ["all of them", "Ostrel", "Melune", "Tarvia"]
    assert order(None)[1] != "Tarvia"  # the first of the list is not the first of every chart


def test_relabelling_parties_relabels_and_changes_no_place(basin: Case) -> None:
    other = copy.deepcopy(ONE)
    other["parties"] = {"OST": ONE["parties"]["TAR"], "TAR": ONE["parties"]["OST"]}
    one = acceptability_bars(basin, drawn(ONE), lead="TAR")
    two = acceptability_bars(basin, drawn(other, parties=("OST", "TAR")), lead="OST")

    def boxes(chart: Chart) -> list[tuple[float, ...]]:
        return sorted((r["x"], r["y"], r["x2"], r["y2"]) for _, r in marks(chart, "rect", stroke=INK))

    assert boxes(one) == boxes(two)
    assert [row[3] for row in one.table.rows] == [row[3] for row in two.table.rows]


def test_the_title_states_no_share_and_the_subtitle_says_what_a_draw_is(basin: Case) -> None:
    chart = acceptability_bars(basin, drawn(ONE))
    assert "0.2" not in chart.title
    assert "A draw takes one number from every judged range" in chart.subtitle
    assert "no forecast" in chart.subtitle


def test_a_single_party_and_a_list_without_packages_are_drawn(basin: Case) -> None:
    alone = package(share(0.2, 0.6), share(0.2, 0.6))
    assert len(acceptability_bars(basin, drawn(alone, parties=("TAR",))).table.rows) == 2
    empty = acceptability_bars(basin, drawn())
    assert empty.table.rows == ()
    assert "no text on the table" in empty.subtitle
    empty.svg()


def test_the_author_of_a_text_has_no_share_of_it(basin: Case) -> None:
    text = next(text for text in basin.texts if "TAR" in text.authors)
    own = package(share(0.2, 0.6), share(0.3, 0.7), share(0.4, 0.8), name=text.id)
    chart = acceptability_bars(basin, drawn(own), lead="TAR")
    assert [row[3] for row in chart.table.rows][1] == "its own text"
    assert "Tarvia its own text, Ostrel 0.40 to 0.80" in chart.alt
    assert texts(chart).count("its own text") == 1
    assert "No share is given for a text's own author" in chart.subtitle
    step = (640 - 4 - 158) / 3
    bars = [row["x"] for _, row in marks(chart, "rect", fill=DARK, stroke=INK) if row["x2"] - row["x"] != 16]
    assert bars == pytest.approx([166, 166 + 2 * step], abs=0.02)  # for all and for Ostrel, none for Tarvia


def test_who_speaks_for_a_party_makes_its_text_that_party_s_own(basin: Case) -> None:
    def speak(data: dict[str, Any]) -> dict[str, Any]:
        next(party for party in data["parties"] if party["id"] == "OST")["represented_by"] = "TAR"
        return data

    text = next(text for text in basin.texts if "TAR" in text.authors)
    own = package(share(0.2, 0.6), share(0.3, 0.7), share(0.4, 0.8), name=text.id)
    chart = acceptability_bars(rewritten(basin, speak), drawn(own))
    assert texts(chart).count("its own text") == 2


def test_a_long_title_is_cut_at_the_end_of_a_word_below_author_and_day(basin: Case) -> None:
    text = next(text for text in basin.texts if "TAR" in text.authors)
    words = "Agreement on measures that ensure the unhindered navigation of the river for everybody living on its banks"

    def entitle(data: dict[str, Any]) -> dict[str, Any]:
        next(one for one in data["texts"] if one["id"] == text.id)["title"] = words
        return data

    own = package(share(0.2, 0.6), share(0.3, 0.7), share(0.4, 0.8), name=text.id)
    chart = acceptability_bars(rewritten(basin, entitle), drawn(own))
    assert f"Tarvia, {day(text.happened.first)}" in [line.replace("\u00a0", " ") for line in texts(chart)]
    cut = next(line for line in texts(chart) if line.endswith("…"))
    assert f" {cut.removesuffix('…')} " in words
    assert {row[0] for row in chart.table.rows} == {words}


def test_what_has_no_room_is_in_the_table_and_said(basin: Case) -> None:
    many = [package(share(0.2, 0.6), share(0.3, 0.7), share(1, 1), name=f"text {n}") for n in range(40)]
    chart = acceptability_bars(basin, drawn(*many))
    assert len(chart.table.rows) == 40 * 3
    assert any("are in the table only" in text for text in texts(chart))
    assert chart.spec["height"] / 640 * 170 < 257  # fits A4


def test_a_list_without_draws_is_refused(basin: Case, basin_report: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="one consent list is needed"):
        acceptability_bars(basin, basin_report)
    with pytest.raises(ModelError, match="no list with draws"):
        acceptability_bars(basin, basin_report, "cl_delta")


def test_only_inks_of_the_house_are_used(basin: Case) -> None:
    fills = {look["fill"] for look, _ in marks(acceptability_bars(basin, drawn(ONE)), "rect")}
    assert {DARK, PAPER} <= fills
    assert LIGHT not in fills  # certain and possible differ by filled and open, not by a shade
