#!/usr/bin/env python3
"""Whether a report of the kit (--json) tells of every check, with its verdict and its reason.

Usage: read_report.py TABLE.cpp REPORT.json
"""
import json
import pathlib
import re
import sys


def main():
    rows = re.findall(r'\{(\d+), "([A-Z]+)", "(\w+)"', pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    wanted = {name: (int(number), group) for number, group, name in rows}
    report = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    checks = report["checks"]
    wrong = []
    if sorted(number for number, _ in wanted.values()) != list(range(1, 129)):
        wrong.append("the table has not the 128 checks of the contract")
    if set(checks) != set(wanted):
        wrong.append(f"the report has others than the table: {set(checks) ^ set(wanted)}")
    for name, check in checks.items():
        if (check["number"], check["group"]) != wanted.get(name):
            wrong.append(f"{name} is {check['number']} of {check['group']}")
        if check["verdict"] not in ("passed", "not applicable"):
            wrong.append(f"{name} is {check['verdict']}: {check.get('why', '')}")
        if check["verdict"] != "passed" and not check.get("why"):
            wrong.append(f"{name} is {check['verdict']}, and nobody knows why")
    for member in ("gateway", "version", "sha256", "date", "kit", "level"):
        if not isinstance(report.get(member), str) or not report[member]:
            wrong.append(f"the report does not say `{member}`")
    print(f"{len(checks)} checks of {report.get('gateway')}, level {report.get('level')}")
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
