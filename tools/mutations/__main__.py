"""Runs the planted errors: python -m tools.mutations."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from contracts.common.console import console, say
from tools.mutations import report
from tools.mutations.proof import STATES, prove

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    texts: Annotated[Path | None, typer.Option(help="Folder of the document texts (*.txt), for the census beside the checks.")] = None,
    processes: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 2,
    write: Annotated[bool, typer.Option("--write", help="Write the score into README.md and docs/methodology.md.")] = False,
) -> None:
    """Plants errors of many kinds in copies of the seeds and reports which check catches each, with and without the seal.

    Fails when a kind is missed that tools/mutations/gaps.py does not list, or caught that it lists.
    """
    proofs = prove(texts, processes)
    table = Table("kind", "sentence", "rows", "caught by", *STATES[1:], "census", show_lines=False)
    for proof in proofs:
        table.add_row(
            proof.kind,
            proof.sentence,
            str(len(proof.outcomes)),
            "\n".join(proof.checks) or "nothing",
            *("\n".join(proof.rows(state)) or ("–" if proof.outcomes else "no row fits") for state in STATES[1:]),
            proof.census,
        )
    console.print(table)
    say(report.by_table(proofs))
    say(report.score(proofs))
    if write:
        report.write(proofs)
    unlisted, caught = report.surprises(proofs)
    for kind in unlisted:
        say(f"{kind} is not caught: add a check, or the reason to tools/mutations/gaps.py")
    for kind in caught:
        say(f"{kind} is caught: remove it from tools/mutations/gaps.py")
    if unlisted or caught:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
