"""One import from the file to the report: what all importers share."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.ipc as ipc

from contracts.add.imports.findings import DOUBTFUL, REJECTED, Findings
from contracts.add.imports.known import Known
from contracts.add.imports.messages import LANGUAGES, ImportRefusedError, say
from contracts.add.imports.provenance import Publication, document_row
from contracts.add.imports.reading import Chunk, Source, Table, open_source
from contracts.add.imports.values import slug
from contracts.add.imports.writing import LandingWriter, checked_name, only_writer


@dataclass(frozen=True)
class Places:
    """Where an import reads and writes. project: folder with seeds/. landing, rejects: None means the project's own."""

    project: Path
    landing: Path | None = None
    rejects: Path | None = None

    @property
    def landing_folder(self) -> Path:
        return self.landing or self.project / "landing"

    @property
    def rejects_folder(self) -> Path:
        return self.rejects or self.project / "rejects"


@dataclass
class Outcome:
    """What an import did. rows: rows written by table. totals: figures by name, in euros or rows, as the importer chose."""

    name: str
    file: Path
    changed: bool
    rows_in: int
    accepted: int
    rejected: int
    doubtful: int
    rejected_by_rule: dict[str, int]
    doubtful_by_rule: dict[str, int]
    rows: dict[str, int]
    totals: dict[str, str]
    read_as: tuple[str, dict[str, str]]
    findings_file: Path | None
    report_file: Path
    notices: list[tuple[str, dict[str, object]]] = field(default_factory=list)


@dataclass
class Session:
    """An import under way. progress: called with the part of the file that was read, 0 to 1.

    Use as: with importing(...) as session: for chunk in session.chunks(table): ...; outcome = session.finish()
    """

    name: str
    source: Source
    places: Places
    publication: Publication
    known: Known
    findings: Findings
    writer: LandingWriter
    strict: bool = False
    totals: dict[str, str] = field(default_factory=dict)
    notices: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    progress: object = None
    _sheets_read: list[str] = field(default_factory=list)
    _documents: int = 0

    def document_code(self, sheet: str = "") -> str:
        """Code of the document that a sheet is: the import's name, with the sheet's where the workbook has several visible ones."""
        return self.name if len(self.source.sheets) < 2 else f"{self.name}__{slug(sheet)}"

    def chunks(self, table: Table, **options: int) -> Iterator[Chunk]:
        """The rows of a table; those that do not fit its header are rejected. The importer ends each chunk with taken()."""
        self._sheets_read.append(table.sheet)
        for chunk, broken in table.chunks(**options):
            self._rows_at_hand = len(chunk) + len(broken)
            self.findings.broken(table.sheet, table.columns, broken)
            yield chunk
            if self.progress:
                self.progress(self.source.progress())  # type: ignore[operator]

    def taken(self, accepted: int) -> None:
        """Ends a chunk. accepted: rows that the importer took, in whatever way; all others must have been rejected."""
        self.findings.close_chunk(self._rows_at_hand, accepted)

    def notice(self, rule: str, /, **values: object) -> None:
        """A sentence of messages for the report, about the file as a whole."""
        self.notices.append((rule, values))

    def _add_documents(self) -> None:
        for sheet in dict.fromkeys(self._sheets_read):
            title = self.publication.title + (f", feuille {sheet}" if len(self.source.sheets) > 1 else "")
            note = f"Imported from {self.source.path.name}; a line is a " + ("row of the sheet." if sheet else "physical line of the file.")
            code, count = self.document_code(sheet), self.source.line_count(sheet)
            self.writer.add("source_documents", [document_row(code, self.publication, self.source.sha256, count, note, title)])

    def finish(self) -> Outcome:
        """Writes the documents, puts rows, rejects and report in place.

        ImportRefusedError: nothing accepted, or rejects and strict; rejects and report are written all the same.
        """
        findings = self.findings
        findings.close()
        kept = self.places.rejects_folder / f"{self.name}.csv"
        has_findings = bool(findings.rejected or findings.doubtful)
        refusal = None
        if not findings.rows_in:
            refusal = ImportRefusedError("no_rows", file=self.source.path.name)
        elif not findings.accepted:
            refusal = ImportRefusedError("nothing_accepted", count=findings.rejected, file=kept)
        elif self.strict and findings.rejected:
            refusal = ImportRefusedError("strict_rejects", count=findings.rejected, file=kept)
        changed = False
        if refusal:
            self.writer.discard()
        else:
            self._add_documents()
            self._refuse_taken_documents()
            changed = self.writer.commit()
        if has_findings:
            os.replace(findings.path, kept)
        else:
            findings.path.unlink()
            kept.unlink(missing_ok=True)
        outcome = Outcome(
            self.name,
            self.source.path,
            changed,
            findings.rows_in,
            findings.accepted,
            findings.rejected,
            findings.doubtful,
            dict(sorted(findings.rows_by_rule[REJECTED].items())),
            dict(sorted(findings.rows_by_rule[DOUBTFUL].items())),
            {} if refusal else dict(sorted(self.writer.rows.items())),
            self.totals,
            self.source.described(),
            kept if has_findings else None,
            self.places.rejects_folder / f"{self.name}.report.md",
            self.notices,
        )
        self._write_report(outcome)
        if refusal:
            raise refusal
        return outcome

    def _refuse_taken_documents(self) -> None:
        known = self.known.by_code("source_documents", "document_code")
        for sheet in self._sheets_read:
            if self.document_code(sheet) in known:
                self.writer.discard()
                code = self.document_code(sheet)
                raise ImportRefusedError("code_is_taken", code=code, table="source_documents", where=known[code]["title"])

    def _write_report(self, outcome: Outcome) -> None:
        """The report as JSON and as Markdown in both languages; it holds no time of day, so that the same import writes the same."""
        data = {
            "import_name": outcome.name,
            "file": outcome.file.name,
            "sha256": self.source.sha256,
            "read_as": {lang: say(outcome.read_as[0], lang, **outcome.read_as[1]) for lang in LANGUAGES},
            "rows_in": outcome.rows_in,
            "accepted": outcome.accepted,
            "rejected": outcome.rejected,
            "accepted_with_doubt": outcome.doubtful,
            "rejected_by_rule": outcome.rejected_by_rule,
            "doubtful_by_rule": outcome.doubtful_by_rule,
            "rows_written": outcome.rows,
            "totals": outcome.totals,
            "notices": {lang: [say(rule, lang, **values) for rule, values in outcome.notices] for lang in LANGUAGES},
        }
        _replace(outcome.report_file.with_suffix(".json"), json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")
        _replace(outcome.report_file, "\n".join(line for lang in LANGUAGES for line in (*self.report_lines(outcome, lang), "")))

    def report_lines(self, outcome: Outcome, lang: str) -> list[str]:
        """The report in one language, as Markdown."""
        lines = [f"# {say('title', lang, file=outcome.file.name)}", ""]
        lines += [f"- {say('read_as', lang, file=outcome.file.name, what=say(outcome.read_as[0], lang, **outcome.read_as[1]))}"]
        lines += [f"- {counts_of(outcome, lang)}"]
        lines += [f"- {say(rule, lang, **values)}" for rule, values in outcome.notices]
        for heading, decision, rules in (
            ("rejected", REJECTED, outcome.rejected_by_rule),
            ("doubtful", DOUBTFUL, outcome.doubtful_by_rule),
        ):
            lines += ["", f"## {say(heading, lang)}", ""]
            lines += [f"- {self.reason(decision, rule, count, lang)}" for rule, count in rules.items()] or [say("none", lang)]
        lines += ["", f"## {say('totals', lang)}", ""]
        return lines + [f"- {name}: {value}" for name, value in outcome.totals.items()] if outcome.totals else lines[:-3]

    def reason(self, decision: str, rule: str, count: int, lang: str) -> str:
        """How often a rule spoke, and what it said first."""
        first = self.findings.first[decision, rule]
        where = f"{first.sheet}!{first.line}" if first.sheet else str(first.line)
        message = " ".join(say(rule, lang, **first.values).split())
        column = f"« {first.column} » : " if first.column else ""
        return say("rejected_because", lang, count=count, rule=rule, line=where, message=column + message)


def counts_of(outcome: Outcome, lang: str) -> str:
    """Rows read, accepted, rejected, doubtful in one sentence."""
    values = {name: getattr(outcome, name) for name in ("rows_in", "accepted", "rejected", "doubtful")}
    return say("counts", lang, **values)


def _replace(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8", newline="\n")
    os.replace(new, path)


class Spool:
    """Rows that wait in a temporary file until the whole table is read. The first ones give columns and types."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._writer: ipc.RecordBatchStreamWriter | None = None

    def add(self, **columns: object) -> None:
        """Adds rows: arrays of one length, texts unless they are numbers."""
        arrays = {
            name: value if isinstance(value, pa.Array) else pa.array(value, type=_spool_type(value), from_pandas=True)
            for name, value in columns.items()
        }
        table = pa.table(arrays)
        if self._writer is None:
            self._writer = ipc.new_stream(self._file, table.schema)
        self._writer.write_table(table)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows again, in the order in which they came."""
        if self._writer is None:
            return
        self._writer.close()
        self._file.seek(0)
        yield from ipc.open_stream(self._file)


def _spool_type(value: object) -> pa.DataType:
    return pa.int64() if getattr(value, "dtype", None) == "int64" else pa.string()


def import_name(path: Path, scope: str | None, name: str | None) -> str:
    """Name of an import: the one given, else made of the contract's code (or another scope) and the file's name."""
    if name:
        return checked_name(name)
    stem = slug(path.stem)
    if not stem:
        raise ImportRefusedError("option_missing", option="--name", why=path.name)
    return checked_name(f"{scope}__{stem}" if scope else stem)


@contextmanager
def importing(
    path: Path, name: str, details: Publication, places: Places, strict: bool = False, progress: object = None, source: Source | None = None
) -> Iterator[Session]:
    """Opens an import; whatever goes wrong inside leaves landing as it was."""
    source = source or open_source(path)
    landing, rejects = places.landing_folder, places.rejects_folder
    try:
        rejects.mkdir(parents=True, exist_ok=True)
        with only_writer(landing):
            findings = Findings(rejects / f".{name}.csv.new", path.name)
            writer = LandingWriter(landing, name)
            known = Known(places.project, landing, name)
            try:
                yield Session(name, source, places, details, known, findings, writer, strict, progress=progress)
            except BaseException:
                findings.close()
                findings.path.unlink(missing_ok=True)
                writer.discard()
                raise
    except PermissionError as error:
        raise ImportRefusedError("cannot_write", folder=error.filename or landing, detail=error.strerror) from None
