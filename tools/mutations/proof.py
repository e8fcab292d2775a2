"""Plants errors in copies of the seeds and reports which check catches each kind."""

import multiprocessing
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from contracts.add.census import take_census
from contracts.common.project import PROJECT, run_dbt
from tools.direct import Statement, prepare, read_manifest, statements
from tools.mutations import kinds_of_figures, kinds_of_lines, kinds_of_registers
from tools.mutations.kinds import KINDS, Kind, Row, Seeds, read_seeds

REGISTERED = (kinds_of_lines, kinds_of_figures, kinds_of_registers)
SEEDS = PROJECT / "seeds"
SEAL = "rule verified_figure_is_unchanged"
BY_CHECKS, BY_SEAL, BY_NOTHING = "without the seal", "by the seal only", "not caught"
STATES = (BY_CHECKS, BY_SEAL, BY_NOTHING)
# these repeat the rules, or look at what is computed and not at what was typed
_OTHER_TESTS = {"key_is_unique", "is_key", "conserves_funding", "no_unaccepted_errors"}
_RESULTS = "select rule_id, subject_code from quality.rule_results where status = 'fail' and accepted_reason is null"


@dataclass(frozen=True)
class Outcome:
    """One planted row: the checks that fired newly, and whether the census of the document texts found it (None: not asked).

    is_read_once: no two readings agree on the row, a figure, the line of one, or the dates of a contract: nobody can tell that it was read
    wrong.
    """

    row: str
    checks: tuple[str, ...]
    census: bool | None
    is_read_once: bool = False

    @property
    def state(self) -> str:
        """Whether a check other than the seal fired, the seal alone, or none."""
        if not self.checks:
            return BY_NOTHING
        return BY_SEAL if self.checks == (SEAL,) else BY_CHECKS


@dataclass(frozen=True)
class Proof:
    """What became of one kind of error on every row that it was planted on. seed: the table of these rows."""

    kind: str
    sentence: str
    outcomes: tuple[Outcome, ...]
    seed: str = "financial_lines"

    @property
    def state(self) -> str:
        """The state of the row that fares worst: a kind is caught where every row is."""
        return max((outcome.state for outcome in self.outcomes), key=STATES.index, default=BY_NOTHING)

    @property
    def checks(self) -> list[str]:
        return sorted({check for outcome in self.outcomes for check in outcome.checks})

    def rows(self, state: str) -> list[str]:
        """The rows in one state; a row that was read once says so."""
        return [
            outcome.row + (" (read once)" if state == BY_NOTHING and outcome.is_read_once else "")
            for outcome in self.outcomes
            if outcome.state == state
        ]

    @property
    def is_missed_where_read_once(self) -> bool:
        """Whether a kind that is not caught is missed only on figures that were read once."""
        return self.state == BY_NOTHING and all(each.is_read_once for each in self.outcomes if each.state == BY_NOTHING)

    @property
    def census(self) -> str:
        """On how many of the rows the census of the texts found the error."""
        asked = [outcome.census for outcome in self.outcomes if outcome.census is not None]
        return f"{sum(asked)} of {len(asked)}" if asked else "–"


class Bench:
    """A folder of seeds to spoil, and the SQL that checks them. texts: folder of the document texts, for the census, or None.

    The seeds as shipped are built once, and what fills each table is prepared. For each planted error, a transaction fills anew the tables
    that read the changed seeds, leaves out those that read only tables which came out the same, and is rolled back.
    """

    def __init__(self, folder: Path, texts: Path | None) -> None:
        manifest = read_manifest()
        tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
        wanted = ["rule_results", *(test["name"] for test in tests if (test.get("test_metadata") or test)["name"] not in _OTHER_TESTS)]
        for path in SEEDS.glob("*.csv"):
            shutil.copy2(path, folder)
        self.folder = folder
        self.texts = texts
        self.seeds = read_seeds(SEEDS)
        self.sealed = {row["mention_code"] for row in self.seeds["verified_figures"]}
        self.statements: list[Statement] = statements(manifest, wanted, folder)
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute("set enable_progress_bar = false")
        prepare(self.connection, manifest)
        self.clean = self._run(self.statements)
        self.tables = [each for each in self.statements if each.kind == "model" and not each.is_view]
        self.contents = {each.name: self._content(each) for each in self.tables}
        self.prepared = self._prepare()
        self.clean_census = {document["document_code"]: self._census(self.seeds, document) for document in self.seeds["source_documents"]}

    def _content(self, statement: Statement) -> tuple:
        """Number of rows and a hash of all of them."""
        query = f"select count(*), sum(cast(hash(content) as hugeint)) from {statement.relation} as content"
        return self.connection.execute(query).fetchone() or ()

    def _prepare(self) -> list[Statement]:
        """The statements that fill the tables again. A plan must not rest on the values of the seeds as shipped: it is used for others."""
        self.connection.execute("set disabled_optimizers = 'statistics_propagation'")
        prepared = []
        for place, statement in enumerate(self.statements):
            if statement in self.tables or statement.kind == "test":
                query = statement.insertion if statement in self.tables else statement.sql
                self.connection.execute(f"prepare statement_{place} as {query}")
                prepared.append(replace(statement, sql=f"execute statement_{place}"))
            elif statement.kind == "seed":
                prepared.append(replace(statement, sql=statement.insertion))
            elif statement.is_view:
                prepared.append(replace(statement, sql=""))
        return prepared

    def failing(self, changed: set[str]) -> set[tuple[str, str]]:
        """Every check that fails when these seeds of the folder have changed, with its subject."""
        self.connection.begin()
        try:
            return self._run(self._needed(set(changed)))
        finally:
            self.connection.rollback()

    def _needed(self, differing: set[str]) -> Iterator[Statement]:
        """Each statement that reads what differs; what it fills is emptied before, and differs when other rows came out."""
        for statement in self.prepared:
            if statement.name not in differing if statement.kind == "seed" else differing.isdisjoint(statement.parents):
                continue
            if statement.is_view:
                differing.add(statement.name)
                continue
            if statement.kind != "test":
                self.connection.execute(f"delete from {statement.relation}")
            yield statement
            if statement.kind == "model" and self._content(statement) != self.contents[statement.name]:
                differing.add(statement.name)

    def _run(self, needed: Iterable[Statement]) -> set[tuple[str, str]]:
        """Runs statements, and returns what fails. As in a build, a faulty seed hides what follows it."""
        found: set[tuple[str, str]] = set()
        for statement in needed:
            try:
                rows = self.connection.execute(statement.sql).fetchall()
            except duckdb.Error as error:
                check = f"loader of {statement.name}" if statement.kind == "seed" else f"building {statement.name}"
                told = str(error).splitlines()[1:] if statement.name == "gate" else [str(error)]
                return {*found, *((check, row) for row in told)}
            if statement.kind == "test":
                found.update((f"test {statement.name}", str(row)) for row in rows)
        results = self.connection.execute(_RESULTS).fetchall()
        return {*found, *((f"rule {rule}", subject) for rule, subject in results)}

    def _census(self, seeds: Seeds, document: dict[str, str]) -> set[tuple[str, object]]:
        path = self.texts / f"{document['document_code']}.txt" if self.texts else None
        if path is None or not path.exists():
            return set()
        mentions = [mention for mention in seeds["source_mentions"] if mention["document_code"] == document["document_code"]]
        census = take_census(document, mentions, path.read_bytes())
        return {*(("astray", code) for code in census.astray), *(("unexplained", hit) for hit in census.unexplained)}

    def ask_census(self, seeds: Seeds) -> bool | None:
        """Whether the census finds something new; None where the texts are not there or cannot tell."""
        if self.texts is None or "source_mentions" not in seeds.changed:
            return None
        documents = [
            document
            for document in self.seeds["source_documents"]
            if [each for each in seeds["source_mentions"] if each["document_code"] == document["document_code"]]
            != [each for each in self.seeds["source_mentions"] if each["document_code"] == document["document_code"]]
        ]
        return any(self._census(seeds, document) - self.clean_census[document["document_code"]] for document in documents)

    def is_read_once(self, seed: str, row: Row) -> bool:
        """Whether a row is a printed money figure without seal, a line that such a figure states, or the dates of a contract."""
        if seed == "contracts":
            return True
        if seed not in ("source_mentions", "financial_lines"):
            return False
        mention = row if seed == "source_mentions" else self.seeds.statement(row)
        return mention is not None and mention["subject_type"] != "indicator" and mention["mention_code"] not in self.sealed

    def try_kind(self, kind: Kind) -> Proof:
        """Plants one kind of error on each of its rows. Raises ValueError when a row stays as it was."""
        outcomes = []
        for row in kind.rows(self.seeds):
            seeds = kind.plant(self.seeds, row)
            seeds.changed = {seed for seed in seeds.tables if seeds[seed] != self.seeds[seed]}
            if not seeds.changed:
                raise ValueError(f"{kind.code} changes nothing in {kind.label(self.seeds, row)}: mend its edit, or which rows it fits")
            for seed in seeds.changed:
                (self.folder / f"{seed}.csv").write_text(seeds.text(seed), encoding="utf-8")
            new = self.failing(seeds.changed) - self.clean
            for seed in seeds.changed:
                shutil.copy2(SEEDS / f"{seed}.csv", self.folder)
            checks = tuple(sorted({check for check, _ in new}))
            read_once = self.is_read_once(kind.seed, row)
            outcomes.append(Outcome(kind.label(self.seeds, row), checks, self.ask_census(seeds), read_once))
        return Proof(kind.code, kind.sentence, tuple(outcomes), kind.seed)


_bench: Bench


def _start(folder: str, texts: Path | None) -> None:
    global _bench
    _bench = Bench(Path(tempfile.mkdtemp(dir=folder)), texts)


def _try(place: int) -> Proof:
    return _bench.try_kind(KINDS[place])


def prove(texts: Path | None = None, processes: int = 2) -> list[Proof]:
    """Plants every kind of error. texts: folder of the document texts for the census, which is reported beside the checks.

    Raises RuntimeError when the project does not compile.
    """
    run = run_dbt("compile", artifacts=True)
    if not run.success:
        raise RuntimeError(run.text)
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(folder, texts)) as pool,
    ):
        return list(pool.map(_try, range(len(KINDS))))
