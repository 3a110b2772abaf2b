"""The engines: question, where each part is found, tier and references.

Everything that depends on an engine (its word in the command line, its section of the brief, its pages in the docs)
follows from its row; a test fails while a part that a row names is missing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineRow:
    """One engine.

    Attributes
    ----------
    name : str
        The engine's sub-package.
    word : str
        Its command.
    question : str
        What it answers, in a user's words.
    compile, solve, report, wording : str
        Where they are, as `module:function`.
    charts : tuple of str
        Functions of `detente.charts`.
    tier : int
        1 reproduces its published sources; 2 is a reduced version "after" them, for the annex only.
    how_to, theory : str
        Pages under `docs/`.
    published : tuple of str
        Tests that hold it to published numbers.
    references : tuple of str
        Keys of the theory page's references.
    """

    name: str
    word: str
    question: str
    compile: str
    solve: str
    report: str
    wording: str
    charts: tuple[str, ...]
    tier: int
    how_to: str
    theory: str
    published: tuple[str, ...]
    references: tuple[str, ...]


ENGINES: tuple[EngineRow, ...] = (
    EngineRow(
        name="settlement",
        word="settle",
        question="Is there a package that everybody prefers to no agreement, and if not, which red lines exclude it?",
        compile="detente.compile.settlement:compile_settlement",
        solve="detente.engines.settlement.solve:solve",
        report="detente.registry.settlement:settlement_report",
        wording="detente.wording.settlement",
        charts=(
            "feasibility_curve",
            "zone_curve",
            "acceptability_bars",
            "concession_map",
            "breakpoints",
            "bargaining_space",
        ),
        tier=1,
        how_to="how-to/settle.md",
        theory="theory/settlement.md",
        published=(
            "tests/engines/settlement/test_published_packages.py",
            "tests/engines/settlement/test_published_mixtures.py",
            "tests/agreement/test_settlement_oracles.py",
        ),
        references=(
            "Nash1950",
            "KalaiSmorodinsky1975",
            "Kalai1977",
            "Imai1983",
            "NemhauserUllmann1969",
            "BramsTaylor1996",
        ),
    ),
    EngineRow(
        name="inference",
        word="infer",
        question="What do a party's dated acts say of its reservation, and of whether its red lines bind?",
        compile="detente.compile.inference:compile_inference",
        solve="detente.engines.inference.solve:solve",
        report="detente.registry.inference:inference_report",
        wording="detente.wording.inference",
        charts=("inference_bands",),
        tier=1,
        how_to="how-to/infer.md",
        theory="theory/inference.md",
        published=(
            "tests/engines/inference/test_published_inference.py",
            "tests/agreement/test_inference_oracles.py",
        ),
        references=("CrawfordSobel1982", "Kong1992", "McFadden1974"),
    ),
    EngineRow(
        name="record",
        word="record",
        question="Who acted towards whom, and does an act of one follow an act of the other more than by chance?",
        compile="detente.compile.record:compile_record",
        solve="detente.engines.record.solve:solve",
        report="detente.registry.record:record_report",
        wording="detente.wording.record",
        charts=("record",),
        tier=1,
        how_to="how-to/record.md",
        theory="theory/record.md",
        published=("tests/engines/record/test_published_waiting.py", "tests/engines/record/test_autoregression.py"),
        references=(
            "Goldstein1992",
            "GoldsteinFreeman1990",
            "PevehouseGoldstein1999",
            "KaplanMeier1958",
            "BrookmeyerCrowley1982",
            "BewickEtAl2004",
            "PolitisRomano1992",
            "Kunsch1989",
            "Edgington1980",
        ),
    ),
    EngineRow(
        name="stability",
        word="stability",
        question="Given who can do what alone, which states would last, why, and how does one get from one to another?",
        compile="detente.compile.stability:compile_stability",
        solve="detente.engines.stability.solve:solve",
        report="detente.registry.stability:stability_report",
        wording="detente.wording.stability",
        charts=("stability_graph",),
        tier=1,
        how_to="how-to/stability.md",
        theory="theory/stability.md",
        published=(
            "tests/engines/stability/test_published_graph_models.py",
            "tests/agreement/test_stability_oracles.py",
            "tests/stories/test_graph_models.py",
        ),
        references=("Fang1993", "Nash1950", "Howard1971", "FraserHipel1979", "Kilgour2001"),
    ),
    EngineRow(
        name="crisis",
        word="crisis",
        question="Which packages do both sides of a confrontation prefer to fighting, and on what conditions?",
        compile="detente.compile.crisis:compile_crisis",
        solve="detente.engines.crisis.solve:solve",
        report="detente.registry.crisis:crisis_report",
        wording="detente.wording.crisis",
        charts=(
            "bargaining_range",
            "risk_return",
            "risk_map",
            "war_region",
            "patron_commitment",
            "deterrence_map",
        ),
        tier=1,
        how_to="how-to/crisis.md",
        theory="theory/crisis.md",
        published=(
            "tests/engines/crisis/test_published_ranges.py",
            "tests/engines/crisis/test_published_commitment.py",
            "tests/engines/crisis/test_status_quo_and_arming.py",
            "tests/engines/crisis/test_published_offers.py",
            "tests/engines/crisis/test_published_procedures.py",
            "tests/engines/crisis/test_deterrence.py",
            "tests/agreement/test_counteroffers_by_enumeration.py",
            "tests/agreement/test_crisis_oracles.py",
        ),
        references=(
            "Fearon1995",
            "Powell1996",
            "Powell1999",
            "Powell2004",
            "Powell2006",
            "Rubinstein1982",
            "BinmoreShakedSutton1989",
        ),
    ),
    EngineRow(
        name="ladder",
        word="ladder",
        question="On which rung of escalation would each party stop, and which numbers, safeguards or dates move that?",
        compile="detente.compile.ladder:compile_ladder",
        solve="detente.engines.ladder.solve:solve",
        report="detente.registry.ladder:ladder_report",
        wording="detente.wording.ladder",
        charts=("ladder", "ladder_hazard"),
        tier=2,
        how_to="how-to/ladder.md",
        theory="theory/ladder.md",
        published=("tests/engines/ladder/test_published_ladder.py",),
        references=(
            "Schelling1966",
            "Ellsberg1959",
            "Powell1990",
            "ONeill1986",
            "Drezner2003",
            "Rubinstein1982",
            "BinmoreEtAl1986",
        ),
    ),
    EngineRow(
        name="signals",
        word="signals",
        question="What do signals cost and bind, before whom, and what can they tell?",
        compile="detente.compile.signals:compile_signals",
        solve="detente.engines.signals.solve:solve",
        report="detente.registry.signals:signals_report",
        wording="detente.wording.signals",
        charts=("signal_costs", "survival_curves"),
        tier=2,
        how_to="how-to/signals.md",
        theory="theory/signals.md",
        published=(
            "tests/engines/signals/test_published_signals.py",
            "tests/engines/signals/test_published_nerves.py",
        ),
        references=(
            "Fearon1994",
            "Fearon1997",
            "Slantchev2005",
            "FarrellGibbons1989",
            "CrawfordSobel1982",
            "GrosecloseMcCarty2001",
            "Ellsberg1959",
            "MaynardSmith1974",
            "Riley1980",
        ),
    ),
)
