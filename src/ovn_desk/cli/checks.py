"""A check as lines for people, as the JSON of the contract, and as SARIF for other programs."""

from pathlib import Path
from typing import Any

import ovn_desk
from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist import Problem, line_and_column
from ovn_desk.domain.claim import CHECKED, Claim, Field
from ovn_desk.messages import Message
from ovn_desk.text import foreign
from ovn_desk.text.decoding import decode_text
from ovn_desk.usecases import importing
from ovn_desk.usecases.checking import Check

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def lines(check: Check) -> list[str]:
    """One line a problem with its place, what it stops, and its rule; then how the claims and the article stand."""
    made = []
    for problem in check.problems:
        place = f"{problem.line}:{problem.column}" if problem.line else _place_without_line(problem)
        made.append(f"{place:<10} {_stops(problem):<9} {problem.message}  [{problem.rule}]")
    claims = [one for one in check.claims if one.claim.kind in CHECKED]
    made.append(str(Message("cli-claims", good=sum(not one.blocks for one in claims), all=len(claims))))
    verdict = Message("cli-ready-to-approve" if check.ready_to_approve else "cli-ready-to-file")
    made.append(str(verdict if check.ready_to_file else Message("cli-not-ready")))
    return made


def document(check: Check, content: Content) -> dict[str, Any]:
    """The check as the command line's contract has it; lines and columns are those of the body, 0 elsewhere."""
    return {
        "claims": [
            {
                "kind": one.claim.kind,
                "status": one.status,
                "text": one.claim.words,
                "field": one.claim.field,
                **dict(zip(("line", "column"), _place(one.claim, content), strict=True)),
                "sources": list(one.sources),
                "secondhand": one.is_secondhand,
                "blocking": one.blocks,
            }
            for one in check.claims
            if one.claim.kind in CHECKED
        ],
        "problems": [
            {
                "rule": problem.rule,
                "message": problem.message,
                "field": problem.field,
                "line": problem.line,
                "column": problem.column,
                "blocking": problem.blocks_approval,
            }
            for problem in check.problems
        ],
        "ready_to_file": check.ready_to_file,
        "ready_to_approve": check.ready_to_approve,
    }


def sarif(check: Check, content: Content, file: Path) -> dict[str, Any]:
    """The problems as one SARIF 2.1.0 run; lines are those of the file, its front matter included."""
    above = _lines_above(content, file)
    rules = sorted({problem.rule for problem in check.problems})
    driver = {"name": "OVN Desk", "version": ovn_desk.__version__, "rules": [{"id": rule} for rule in rules]}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, content, file, above) for problem in check.problems],
            }
        ],
    }


def _result(problem: Problem, content: Content, file: Path, above: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": file.as_posix()}}
    if problem.line:
        region = {"startLine": above + problem.line, "startColumn": problem.column}
        if problem.end > problem.start:
            last, column = line_and_column(content.body, problem.end)
            region |= {"endLine": above + last, "endColumn": column}
        place["region"] = region
    return {
        "ruleId": problem.rule,
        "level": "error" if problem.blocks_approval else "note",
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _lines_above(content: Content, file: Path) -> int:
    """How many lines of the file stand above its text; none for an article of the store."""
    if not file.exists() or not content.body:
        return 0
    text = decode_text(foreign.read_bytes(file, most=importing.LARGEST), name=file.name)
    at = text.find(content.body.partition("\n")[0])
    return text.count("\n", 0, at) if at >= 0 else 0


def _stops(problem: Problem) -> str:
    return "must fix" if problem.blocks_approval else "advice"


def _place_without_line(problem: Problem) -> str:
    return "-" if problem.field is Field.BODY else problem.field


def _place(claim: Claim, content: Content) -> tuple[int, int]:
    return line_and_column(content.body, claim.start) if claim.field is Field.BODY else (0, 0)
