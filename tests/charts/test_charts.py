"""What holds of every chart: it is a value, complete in words, inert, grey, and the same each time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from detente.case.case import Case
from detente.case.ledger import ledger
from detente.case.load import load_case
from detente.charts import Chart, bargaining_space, feasibility_curve, matrix_parties, paper_matrix, timeline
from detente.charts.chart import VEGA_LITE
from detente.charts.theme import TEXT, WIDTH
from detente.core.errors import MissingExtraError
from detente.registry.settlement import settlement_report
from detente.wording.never_print import violations
from tests.charts.conftest import all_charts, rewritten, texts

SVG = "{http://www.w3.org/2000/svg}"
NEVER = re.compile(r"\b(optimal|bluff|sucker|win over|wins?|winning|loses?|prevail|dominance)\b", re.IGNORECASE)
HOSTILE = '<script>alert("x")</script>]]>&#0;\x00\x1b\u202e {{signal}} datum.x'
A4_BODY_MM = 257  # A4 with margins of 2 cm
PRINT_WIDTH_MM = 170


def parsed(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg())


def test_every_specification_keeps_to_the_grammar(charts: tuple[Chart, ...]) -> None:
    text = resources.files("altair.vegalite.v6.schema").joinpath("vega-lite-schema.json").read_text(encoding="utf-8")
    checker = jsonschema.Draft7Validator(json.loads(text))
    for chart in charts:
        assert [error.message[:200] for error in checker.iter_errors(chart.spec)] == [], chart.name


def test_the_drawing_library_knows_the_pinned_version_of_the_grammar() -> None:
    import vl_convert

    assert VEGA_LITE in vl_convert.get_vegalite_versions()


def test_the_picture_is_well_formed_and_refers_to_nothing_outside(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        root = parsed(chart)
        assert root.tag == f"{SVG}svg"
        values = [value for element in root.iter() for value in element.attrib.values()]
        assert not [value for value in values if "http" in value or "javascript" in value or "data:" in value]
        outside = re.findall(r"https?://[^\"'\s<]+", re.sub(r'xmlns(:\w+)?="[^"]+"', "", chart.svg()))
        assert outside == []


def test_the_same_chart_gives_the_same_bytes_in_this_process_and_in_another(charts: tuple[Chart, ...]) -> None:
    first = [chart.svg() for chart in charts]
    assert [chart.svg() for chart in charts] == first
    again = (
        "import sys; from detente.case.load import load_case; from detente.charts import timeline;"
        "sys.stdout.buffer.write(timeline(load_case('river-basin')).svg().encode())"
    )
    environment = {"TZ": "Pacific/Auckland", "LANG": "C", "PATH": ""}
    other = subprocess.run([sys.executable, "-c", again], capture_output=True, check=True, env=environment)
    assert other.stdout.decode() == first[0]


def test_ids_of_two_charts_on_a_page_do_not_clash(charts: tuple[Chart, ...]) -> None:
    ids = [element.attrib["id"] for chart in charts for element in parsed(chart).iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert all(any(id_.startswith(chart.name) for chart in charts) for id_ in ids)


def test_every_label_is_a_native_hover_text(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        root = parsed(chart)
        labels = [row["label"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "label" in row]
        hovers = [element.text for element in root.iter(f"{SVG}title")]
        assert sorted(hovers) == sorted(labels)
        assert labels


def hostile(case: Case) -> Case:
    def change(data: dict[str, Any]) -> dict[str, Any]:
        for key in ("parties", "consent_lists"):
            for item in data[key]:
                item["name"] = f"{HOSTILE} {item['id']}"
        for issue in data["issues"]:
            issue["title"] = issue["short"] = HOSTILE
            issue["cluster"] = HOSTILE
            for option in issue["options"]:
                option["text"] = HOSTILE
        for key in ("events", "statements"):
            for item in data[key]:
                item["says"] = HOSTILE
        for text in data["texts"]:
            text["title"] = HOSTILE
        data["version"] = HOSTILE
        return data

    return rewritten(case, change)


def test_hostile_labels_stay_text(basin: Case, basin_report: dict[str, Any]) -> None:
    for chart in all_charts(hostile(basin), basin_report):
        picture = chart.svg()
        assert "<script" not in picture
        assert "&lt;script&gt;" in picture
        root = ElementTree.fromstring(picture)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            *("svg", "g", "path", "text", "tspan", "title", "desc", "defs", "clipPath", "rect", "line")
        }
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
        words = (
            chart.title,
            chart.subtitle,
            chart.source,
            chart.alt,
            *(cell for row in chart.table.rows for cell in row),
        )
        assert not re.search("[\x00-\x08\x0e-\x1f\u202e]", picture + " ".join(words))


def test_only_greys_are_used(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        painted = {
            element.attrib[name]
            for element in parsed(chart).iter()
            for name in ("fill", "stroke")
            if element.attrib.get(name, "none") not in ("none", "transparent")
        }
        for color in painted:
            digits = re.fullmatch("#(..)(..)(..)", color)
            assert digits is not None, color
            assert len(set(digits.groups())) == 1, color


def test_no_text_is_smaller_than_nine_points_in_print_and_each_sheet_fits_a4(charts: tuple[Chart, ...]) -> None:
    points_per_pixel = PRINT_WIDTH_MM / 25.4 * 72 / WIDTH
    assert TEXT * points_per_pixel == pytest.approx(9, abs=0.1)
    for chart in charts:
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', chart.svg())]
        assert min(sizes) >= TEXT
        assert chart.spec["width"] == WIDTH
        assert chart.spec["height"] / WIDTH * PRINT_WIDTH_MM < A4_BODY_MM


def test_titles_say_what_is_shown_and_the_source_names_case_and_day(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        for words in (chart.title, chart.subtitle, chart.alt, *chart.table.header):
            assert not NEVER.search(words), words
        assert "river-basin" in chart.source
        assert "30 Jun 2019" in chart.source
        assert chart.alt.endswith(".")
        assert " ".join(" ".join(t.itertext()) for t in parsed(chart).iter(f"{SVG}text")).count("Source:") == 1
        assert parsed(chart).attrib["aria-label"] == chart.title
        assert all(len(row) == len(chart.table.header) for row in chart.table.rows)
    titles = {chart.name: chart.title for chart in charts}
    assert "by party and day" in titles["timeline"]
    assert "parties" in titles["paper-matrix"]
    assert "Packages left" in titles["feasibility-curve"]
    assert "below each party's best" in titles["concession-map"]
    assert "single judgement" in titles["breakpoints"]
    assert "0 to 1" in titles["bargaining-space"]
    for chart in charts:
        if chart.name in ("zone-curve", "acceptability-bars"):  # a title never headlines a share
            assert "0 to 1" in chart.subtitle
            assert not re.search(r"share|how often|0 to 1", chart.title, re.IGNORECASE)
    curve = next(chart for chart in charts if chart.name == "feasibility-curve")
    assert "number of packages, in powers of ten" in curve.subtitle


def test_charts_of_judged_numbers_keep_to_the_words_of_a_brief(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        if chart.name in {"zone-curve", "acceptability-bars", "concession-map", "breakpoints"}:
            for words in (chart.title, chart.subtitle, chart.alt, *chart.table.header, *texts(chart)):
                assert violations(words) == (), words


def test_exchanging_the_names_of_two_parties_exchanges_only_names(basin: Case, basin_report: dict[str, Any]) -> None:
    def exchange(data: dict[str, Any]) -> dict[str, Any]:
        for party, other in (("TAR", "OST"), ("OST", "TAR")):
            _named(data, party)["name"] = "Xland" if other == "TAR" else "Yland"
        return data

    def straight(data: dict[str, Any]) -> dict[str, Any]:
        for party, name in (("TAR", "Xland"), ("OST", "Yland")):
            _named(data, party)["name"] = name
        return data

    def _named(data: dict[str, Any], id_: str) -> dict[str, Any]:
        return next(party for party in data["parties"] if party["id"] == id_)

    one = all_charts(rewritten(basin, straight), basin_report)
    two = all_charts(rewritten(basin, exchange), basin_report)
    for chart, other in zip(one, two, strict=True):
        swapped = json.dumps(other.spec).replace("Xland", "Zland").replace("Yland", "Xland").replace("Zland", "Yland")
        assert swapped == json.dumps(chart.spec)


def test_without_the_extra_one_line_says_what_to_install(
    charts: tuple[Chart, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    for draw in (charts[0].svg, charts[0].png):
        with pytest.raises(MissingExtraError) as caught:
            draw()
        assert 'pip install "detente[report]"' in caught.value.line()
        assert "\n" not in caught.value.line()


def test_importing_and_building_charts_loads_no_drawing_library() -> None:
    program = (
        "import sys; from detente.case.load import load_case; from detente.charts import timeline;"
        "timeline(load_case('river-basin'));"
        "sys.exit(any(name in sys.modules for name in ('altair', 'vl_convert', 'pandas', 'matplotlib')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_case_without_events_or_positions_still_gives_charts() -> None:
    case = load_case("two-rivals")
    report = settlement_report(case)
    assert timeline(case).subtitle == "Nothing dated is on record."
    empty = paper_matrix(case, ledger(case), matrix_parties(case))
    assert empty.subtitle == "No party of this chart has a position on record."
    for chart in (timeline(case), empty, feasibility_curve(case, report), bargaining_space(case, report)):
        assert parsed(chart).tag == f"{SVG}svg"


def test_a_png_is_drawn_for_documents_that_take_no_svg(charts: tuple[Chart, ...]) -> None:
    assert charts[1].png(scale=1).startswith(b"\x89PNG")
