#!/usr/bin/env python3
"""Where the house grows: lines per component, the largest files, the longest functions, against the budget of the design.

A report, no test: what must not be passed at all (400 lines a file) is in check_rules.py. size_report.py SOURCE_DIR [BUILD_DIR]
"""
import pathlib
import sys

FILE, FUNCTION, HEADER = 120, 60, 150  # DESIGN: file, function (a smell), public header


def functions(lines):
    """(first line, length) of every function that is defined at the left margin."""
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and line.endswith("{") and ")" in line and not line.startswith((" ", "namespace", "class", "struct", "enum", "}", "extern")):
            start = number
        elif start is not None and line.startswith("}"):
            yield start, number - start + 1
            start = None


def component(path):
    return "/".join(path.parts[:2]) if path.parts[0] in ("core", "plugins", "tests") else path.parts[0]


def main(root, build=None):
    sources = {}
    for folder in ("sdk", "core", "plugins"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp") and path.is_file():
                sources[path.relative_to(root)] = path.read_text(encoding="utf-8").splitlines()
    totals = {}
    for path, lines in sources.items():
        row = totals.setdefault(component(path), [0, 0, 0, 0])
        kind = 2 if path.stem.endswith("_test") or "testing" in path.parts else 1
        row[0] += 1
        row[kind] += len(lines)
        row[3] = max(row[3], len(lines))
    print(f"{'component':<24}{'files':>6}{'lines':>8}{'tests':>8}{'largest':>9}")
    for name, (files, code, tests, largest) in sorted(totals.items()):
        print(f"{name:<24}{files:>6}{code:>8}{tests:>8}{largest:>9}")
    code = {path: lines for path, lines in sources.items() if not path.stem.endswith("_test") and "testing" not in path.parts}
    over = sorted(((len(lines), path) for path, lines in code.items() if len(lines) > FILE), reverse=True)
    print(f"\n{len(over)} of {len(code)} files are over {FILE} lines; the largest:")
    for size, path in over[:8]:
        print(f"{size:>6}  {path}")
    headers = [(len(lines), path) for path, lines in code.items() if path.suffix == ".h" and path.parts[0] == "sdk" and len(lines) > HEADER]
    print(f"\n{len(headers)} public headers are over {HEADER} lines" + "".join(f"\n{size:>6}  {path}" for size, path in sorted(headers, reverse=True)))
    spans = sorted(((size, path, start) for path, lines in code.items() if path.suffix == ".cpp" for start, size in functions(lines)), reverse=True, key=lambda span: span[0])
    print(f"\n{sum(span[0] > FUNCTION for span in spans)} of {len(spans)} functions are over {FUNCTION} lines; the longest:")
    for size, path, start in spans[:8]:
        print(f"{size:>6}  {path}:{start}")
    if build and build.is_dir():
        print("\nbinaries, KiB:")
        for path in sorted([build / "livery", *build.glob("sdk/*.so"), *build.glob("plugins/*/*.so")]):
            if path.is_file():
                print(f"{path.stat().st_size // 1024:>6}  {path.relative_to(build)}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None)
