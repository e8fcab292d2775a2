"""Pictures of the report for the README, taken in Chromium."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from contracts.common.console import say, stop
from contracts.common.project import PROJECT
from contracts.use.report.data import UnreadableFileError

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Picture:
    """One picture: what is chosen in the page (its address), the window, and the part of the page that stands at its top."""

    name: str
    address: str
    width: int
    height: int
    at: str = ""


PICTURES = (
    Picture("report", "#contract=*&lang=fr", 1280, 800),
    Picture("report_contract", "#contract=cper_npdc_2015_2020&lang=en", 1280, 900, "#by_whom"),
    Picture("report_map", "#contract=*&lang=fr", 1280, 860, "#where"),
    Picture("report_phone", "#contract=cper_npdc_2015_2020&lang=fr", 380, 800),
)


def chromium() -> str | None:
    """The browser of this machine, or none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def take(report: Path, folder: Path) -> list[Path]:
    """Writes one PNG per picture into the folder, replacing those of before.

    Raises UnreadableFileError when the report is not written yet, or when there is no browser or no driver for it.
    """
    if not report.is_file():
        raise UnreadableFileError(f"{report} is not there: run contracts report first")
    if chromium() is None:
        raise UnreadableFileError("there is no Chromium here: install it (Debian: apt-get install chromium), then try again")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise UnreadableFileError("playwright is not installed: it comes with the development requirements (make build)") from None
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for picture in PICTURES:
            page = browser.new_page(viewport={"width": picture.width, "height": picture.height}, reduced_motion="reduce")
            page.goto(f"file://{report.resolve()}{picture.address}")
            page.wait_for_selector('body[data-drawn="yes"]')
            if picture.at:
                page.evaluate("document.getElementById('controls').style.position = 'static'")
                page.locator(picture.at).evaluate("part => window.scrollTo(0, part.getBoundingClientRect().top + window.scrollY)")
            path = folder / f"{picture.name}.png"
            page.screenshot(path=path)
            page.close()
            written.append(path)
        browser.close()
    return written


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    report: Annotated[Path, typer.Option(help="Page to photograph.")] = PROJECT / "report" / "index.html",
    folder: Annotated[Path, typer.Option(help="Folder of the pictures.")] = PROJECT / "docs" / "images",
) -> None:
    """Takes the pictures of the report that the README shows; needs Chromium."""
    try:
        for path in take(report, folder):
            say(f"{path} ({path.stat().st_size / 1000:.0f} kB)")
    except UnreadableFileError as error:
        stop(error)


if __name__ == "__main__":
    app()
