"""Whatever a page promises is executed: its commands, Python and SQL blocks, in a throw-away copy for each page."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.common.project import PROJECT
from printed_commands import MARKS, PUBLISHED, Collected, Printed, collect, copy_of_tracked_files, environment, pages, run, tracked_files

# commands that another test runs in full, and that test
RUN_ELSEWHERE = {
    "make docs": "tests/test_docs.py::test_the_static_page_holds_overview_exposures_and_models",
    "make mutations": "tests/test_mutations.py::test_the_command_fails_on_a_surprise",
    "make example": "tests/test_example.py::test_the_amendment_moves_credits_and_keeps_the_total",
    "dbt build --vars 'keep_rejects: true'": "tests/test_landing_rejects.py::test_each_broken_row_is_told_with_line_rule_and_column",
}
COLLECTED = collect()

PAGE = """
# A page

Run `contracts check` first, or `make
greeting`. Nothing runs `this` or this:

```
contracts nothing
```

| command | gives |
|---|---|
| `dbt build --select nothing` | a line |
| `contracts check` | the same again |

```sh
echo one   # with a comment
# echo two
contracts new \\
  CODE
```

```python
print("three")
```

```sql
select 4
```

<!-- not run: contracts new CODE: CODE stands for a contract -->
<!-- slow: dbt build --select nothing: a minute -->
"""


def parameters() -> list:
    """What runs here, slow where a mark says so."""
    here = [each for each in COLLECTED.printed if each.mark != "not run" and each.text not in RUN_ELSEWHERE]
    return [pytest.param(each, id=each.name, marks=[pytest.mark.slow] if each.mark else []) for each in here]


@pytest.fixture(scope="module")
def copy_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The copy of a page, made when its first command runs."""
    copies: dict[str, Path] = {}
    names = tracked_files()

    def copy(page: str) -> Path:
        if page not in copies:
            reads_published = any(PUBLISHED in each.text for each in COLLECTED.printed if (each.page, each.kind) == (page, "python"))
            copies[page] = copy_of_tracked_files(tmp_path_factory.mktemp("page"), names, reads_published)
        return copies[page]

    return copy


@pytest.mark.parametrize("printed", parameters())
def test_what_a_page_prints_works(printed: Printed, copy_for: Callable[[str], Path]) -> None:
    run(printed, copy_for(printed.page))


def test_every_mark_names_a_command_and_a_reason() -> None:
    assert COLLECTED.faults == []


def missing_paths(text: str) -> list[str]:
    """Paths of the project's code, models, seeds and pages that a text names and that lead nowhere; * and ? stand for any name."""
    named = re.findall(r"`((?:scripts|tools|models|macros|seeds|analyses|tests|docs|examples/(?:seeds|imports))/[\w./*?-]+)`", text)
    return [path for path in named if not any(PROJECT.glob(path.rstrip("/")))]


@pytest.mark.parametrize("page", pages())
def test_paths_that_a_page_names_are_there(page: str) -> None:
    assert missing_paths((PROJECT / page).read_text(encoding="utf-8")) == []


def test_a_path_that_leads_nowhere_is_found() -> None:
    assert missing_paths("`seeds/axes.csv`, `tests/test_*.py`, `models/marts/`, `seeds/gone.csv`") == ["seeds/gone.csv"]


def test_what_runs_elsewhere_is_printed_and_has_its_test() -> None:
    assert RUN_ELSEWHERE.keys() <= {each.text for each in COLLECTED.printed if not each.mark}
    for place in RUN_ELSEWHERE.values():
        file, name = place.split("::")
        assert f"def {name}(" in (PROJECT / file).read_text(encoding="utf-8"), place


def test_the_copy_works_on_itself(copy_for: Callable[[str], Path]) -> None:
    copy = copy_for("README.md")
    program = f"from contracts.common.project import PROJECT; assert str(PROJECT) == {str(copy)!r}, PROJECT"
    run(Printed("README.md", "python", program), copy)
    assert environment(copy)["PATH"].startswith(f"{copy}/.venv/bin:")


# ---------------------------------------------------------------- the collector


@pytest.fixture
def made_up(tmp_path: Path) -> Callable[[str], Collected]:
    """What is collected from a made-up page."""

    def collected(text: str) -> Collected:
        (tmp_path / "page.md").write_text(text, encoding="utf-8")
        return collect(tmp_path, ["page.md"])

    return collected


def test_commands_are_found_in_text_table_and_blocks(made_up: Callable[[str], Collected]) -> None:
    collected = made_up(PAGE)
    assert [(each.kind, each.text.strip(), each.mark) for each in collected.printed] == [
        ("command", "contracts check", ""),
        ("command", "make greeting", ""),
        ("command", "dbt build --select nothing", "slow"),
        ("command", "echo one", ""),
        ("command", "contracts new CODE", "not run"),
        ("python", 'print("three")', ""),
        ("sql", "select 4", ""),
    ]
    assert collected.faults == []
    assert [len(collected.marked(mark)) for mark in MARKS] == [1, 1]


def test_what_a_target_runs_is_not_run_again(made_up: Callable[[str], Collected], tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("greeting:\n\t.venv/bin/contracts check\n\ntest:\n\t.venv/bin/dbt build\n", encoding="utf-8")
    collected = made_up("`dbt build`, `make greeting`, `contracts check`")
    assert [each.text for each in collected.printed] == ["make greeting"]


@pytest.mark.parametrize(
    "mark",
    ["not run: contracts gone: a server", "slow: contracts check", "not run: contracts check: ", "slow: contracts: a minute"],
    ids=["gone", "no reason", "empty reason", "part of a command"],
)
def test_a_mark_without_its_command_or_a_reason_is_a_fault(made_up: Callable[[str], Collected], mark: str) -> None:
    (fault,) = made_up(f"`contracts check`\n\n<!-- {mark} -->\n").faults
    assert fault.startswith("page.md: the mark «")


def test_what_takes_too_long_is_stopped_with_what_it_started(copy_for: Callable[[str], Path]) -> None:
    copy = copy_for("README.md")
    with pytest.raises(AssertionError, match="not done after 1 s"):
        run(Printed("README.md", "command", "(sleep 3; touch late) & wait"), copy, timeout=1)
    time.sleep(3)
    assert not (copy / "late").exists()


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("command", "exit 3", "code 3"),
        ("command", "contracts nothing", "No such command"),
        ("command", "echo Traceback", "Traceback"),
        ("python", "raise SystemExit('broken')", "broken"),
        ("sql", "select 1 where false", "gives no row"),
        ("sql", "select gone from star.fct_funding", "gone"),
        ("sql", "create table made (a integer)", "read-only"),
    ],
)
def test_what_is_broken_fails(copy_for: Callable[[str], Path], kind: str, text: str, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        run(Printed("README.md", kind, text), copy_for("README.md"))
