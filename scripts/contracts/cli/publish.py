"""Commands for what goes out: publish, export-lake, export-accepted."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from contracts.common.console import say, stop
from contracts.common.locks import LockedFileError
from contracts.common.project import PROJECT, PUBLISHED, file_to_show
from contracts.publish.accepted import FOLDER, NotAcceptedError, write_accepted_rows
from contracts.publish.releases import PublishError

app = typer.Typer()


@app.command("build", deprecated=True, hidden=True)  # its name until 2026
@app.command("publish")
def publish_release(
    into: Annotated[Path, typer.Option(help="Folder of the published files.")] = PUBLISHED,
    effective_as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Versions that took effect until this day.")
    ] = None,
    known_as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Versions known until this day.")] = None,
    accept_drift: Annotated[bool, typer.Option(help="Publishes although the load lost much against the last one.")] = False,
    keep_rejects: Annotated[bool, typer.Option(help="Puts broken rows of landing files aside in rejects/ and publishes the rest.")] = False,
    lines_per_build: Annotated[
        int, typer.Option(min=0, help="Lines that one dbt build works on, so that memory stays bounded; 0: all at once.")
    ] = 0,
) -> None:
    """Builds, verifies, exports and publishes; the last good release stays when anything is wrong."""
    from contracts.publish.publishing import FOREVER, publish

    days: list[date] = [day.date() if day else FOREVER for day in (effective_as_of, known_as_of)]
    try:
        release = publish(
            into.resolve(),
            PROJECT,
            *days,
            accept_drift=accept_drift,
            tell=say,
            keep_rejects=keep_rejects,
            lines_per_build=lines_per_build,
        )
    except PublishError as error:
        stop(error)
    for note in release.notes:
        say(note)
    say(f"{release.database} is release {release.identifier}")


@app.command("export-lake")
def export_lake(
    folder: Annotated[Path, typer.Argument(help="New folder for the files.")],
    database: Annotated[Path | None, typer.Option(help="File to read; without it the published file, or warehouse.duckdb.")] = None,
    location: Annotated[str | None, typer.Option(help="Address at which readers find the folder, such as s3a://bucket/path.")] = None,
) -> None:
    """Writes the warehouse as partitioned Parquet that Spark and Trino read in place, with the statements that make its tables."""
    from contracts.publish.lake import LakeError, write_lake

    try:
        tables = write_lake(file_to_show(database), folder, location)
    except (FileNotFoundError, LakeError, LockedFileError) as error:
        stop(error)
    say(f"{len(tables)} tables in {folder}; their statements in spark.sql and trino.sql")


@app.command("export-accepted")
def export_accepted(
    folder: Annotated[Path, typer.Argument(help="Folder for the files.")] = PROJECT / FOLDER,
    database: Annotated[Path | None, typer.Option(help="File to read; without it the published file, or warehouse.duckdb.")] = None,
) -> None:
    """Writes the rows that a build accepted as Parquet, from which dbt on Spark builds the same tables."""
    try:
        tables = write_accepted_rows(file_to_show(database), folder)
    except (FileNotFoundError, LockedFileError, NotAcceptedError) as error:
        stop(error)
    say(f"{len(tables)} tables in {folder}")
