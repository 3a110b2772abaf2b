"""The timeline: every entry in the table, disputed acts in nobody's lane, nothing from after the cut-off."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import Chart, timeline
from tests.charts.conftest import rewritten, texts


@pytest.fixture(scope="module")
def drafts() -> Chart:
    return timeline(load_case("drafts-and-replies-2021-22"))


def labels(chart: Chart) -> list[str]:
    return [row["label"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "label" in row]


def test_every_event_text_and_day_of_positions_is_in_the_table(basin: Case) -> None:
    ids = {id_ for row in timeline(basin).table.rows for id_ in row[-1].split()}
    known = [item for item in (*basin.events, *basin.texts) if item.public_since <= datetime.date(2019, 6, 30)]
    assert {item.id for item in known} <= ids
    assert {position.id for position in basin.positions} <= ids


def test_nothing_that_became_public_after_the_cut_off_is_shown(drafts: Chart) -> None:
    case = load_case("drafts-and-replies-2021-22")
    assert case.cut_off is not None
    later = {event.id for event in case.events if event.public_since > case.cut_off}
    assert later
    assert not later & {row[-1] for row in drafts.table.rows}


def test_a_disputed_event_carries_every_attribution_and_stands_in_no_party_s_lane(drafts: Chart) -> None:
    shelling = [row for row in drafts.table.rows if "Donbas line rises" in row[4]]
    assert len(shelling) == 1
    assert shelling[0][2] == "event, disputed"
    assert shelling[0][6].count("Feb 2022") == 4
    hovers = [label for label in labels(drafts) if "Donbas line rises" in label]
    assert len(hovers) == 1
    assert all(claim in hovers[0] for claim in shelling[0][6].split("; "))


def test_an_attribution_made_after_the_cut_off_is_left_out(basin: Case) -> None:
    def add(data: dict[str, Any]) -> dict[str, Any]:
        event = next(event for event in data["events"] if event.get("disputed"))
        event["claims"] = [
            {"who": "TAR", "says": "known then", "public_since": "2019-04-20"},
            {"who": "OST", "says": "known later", "public_since": "2020-01-01"},
        ]
        return data

    row = next(row for row in timeline(rewritten(basin, add)).table.rows if row[2] == "event, disputed")
    assert "known then" in row[6]
    assert "known later" not in row[6]


def test_what_rests_on_memory_is_hollow(drafts: Chart) -> None:
    fills = {
        ("memory" in row["label"], layer["mark"]["fill"])
        for layer in drafts.spec["layer"]
        if layer["mark"].get("shape") in ("circle", "diamond")
        for row in layer["data"]["values"]
        if "label" in row
    }
    assert fills == {(True, "#ffffff"), (False, "#111111")}


def test_the_lead_has_the_first_lane_and_the_others_keep_their_order(basin: Case) -> None:
    def lanes(lead: str | None) -> list[str]:
        names = {"Tarvia", "Ostrel", "Melune"}
        texts = [
            row
            for layer in timeline(basin, lead=lead).spec["layer"]
            if layer["mark"]["type"] == "text"
            for row in layer["data"]["values"]
        ]
        return [row["text"] for row in sorted(texts, key=lambda row: row["y"]) if row["text"] in names]

    assert lanes("MEL") == ["Melune", *[name for name in lanes(None) if name != "Melune"]]


def test_a_date_ahead_is_listed_with_a_dashed_line(drafts: Chart) -> None:
    ahead = [row for row in drafts.table.rows if row[0] == "1"]
    assert ahead[0][1] == "27 Feb 2022"  # the meeting planned for the 24th was cancelled two days before
    assert any(layer["mark"].get("strokeDash") for layer in drafts.spec["layer"] if layer["mark"]["type"] == "rule")


def test_only_dates_that_are_drawn_are_numbered_and_all_others_ahead_are_counted(drafts: Chart) -> None:
    case = load_case("drafts-and-replies-2021-22")
    assert case.cut_off is not None
    ahead = [row for row in drafts.table.rows if row[2] == "fixed date" and _day(row[1]) > case.cut_off]
    numbers = [row[0] for row in ahead if row[0]]
    lines = [layer["mark"] for layer in drafts.spec["layer"] if layer["mark"]["type"] == "rule"]
    written = [text for text in texts(drafts) if text in numbers]
    assert numbers == ["1"]
    assert written == 2 * numbers  # above its dashed line, and in the list
    assert sum("strokeDash" in look and look["aria"] for look in lines) == len(numbers)
    assert f"{len(ahead) - len(numbers)} further ahead" in drafts.subtitle
    assert any(
        text.startswith("Further ahead, not drawn: 31 Mar 2022, OSCE SMM mandate ends") for text in texts(drafts)
    )


def test_one_event_that_rests_on_memory_has_no_plural(basin: Case) -> None:
    def leave_one(data: dict[str, Any]) -> dict[str, Any]:
        data["events"] = [{**data["events"][0], "grade": "memory"}]
        return data

    assert timeline(rewritten(basin, leave_one)).subtitle.startswith("1 event, 0 with a disputed author; 1 rests on")


def _day(words: str) -> datetime.date:
    return datetime.datetime.strptime(words, "%d %b %Y").replace(tzinfo=datetime.UTC).date()
