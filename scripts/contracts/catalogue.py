"""Writes the catalogue of rules into the dbt docs, from the seed that holds it."""

from pathlib import Path

from contracts.project import PROJECT, read_seed

PAGE = PROJECT / "models" / "quality" / "rule_catalogue.md"


def page() -> str:
    """The doc block of the rule catalogue: the rules by number of marts that a failure spoils, then by code."""
    rules = sorted(read_seed("consistency_rules"), key=lambda rule: (-len(rule["spoiled_marts"].split()), rule["rule_id"]))
    lines = [
        "{% docs rule_catalogue %}",
        "One rule of consistency, with the count of its results. The rules by number of marts that a failure spoils:",
        "",
        "| rule | severity | what must hold | ce qui doit être vrai | marts spoiled | who can mend it |",
        "|---|---|---|---|--:|---|",
    ]
    for rule in rules:
        cells = (
            f"[{rule['rule_id']}](#!/model/model.territorial_contracts.rule_{rule['rule_id']})",
            rule["severity"],
            rule["sentence_en"],
            rule["sentence_fr"],
            str(len(rule["spoiled_marts"].split())),
            rule["repaired_by"],
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "{% enddocs %}", ""])


def write(path: Path = PAGE) -> None:
    """Writes the page; run it after a rule is added."""
    path.write_text(page(), encoding="utf-8")
