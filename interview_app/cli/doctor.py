"""``interview-app doctor``: what works here, and what to do about the rest."""

from __future__ import annotations

import click

from interview_app.app.doctor import CheckResult, examine
from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.output import echo

_SIGNS = {"ok": "✓", "attention": "!", "failed": "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def doctor(context: Context, as_json: bool) -> int:
    """Say what works on this machine; each failure with its remedy."""
    findings = examine(context.data_dir, context.loop)
    is_well = all(finding.status != "failed" for finding in findings)
    if as_json:
        print_json(
            {
                "ok": is_well,
                "checks": [
                    {
                        "name": finding.name,
                        "status": finding.status,
                        "detail": finding.detail,
                        "remedy": finding.remedy,
                    }
                    for finding in findings
                ],
            }
        )
    else:
        for finding in findings:
            _print(finding)
    return int(not is_well)


def _print(finding: CheckResult) -> None:
    echo(f"{_SIGNS[finding.status]} {finding.name}: {finding.detail}")
    if finding.remedy:
        echo(f"    {finding.remedy}")
