#!/usr/bin/env python3
"""All the twins of one gateway in one file, chosen by the key `mutant` of its configuration.

Usage: make_mutants.py MUTANTS SOURCE_DIR OUTPUT_DIR
The gateway's sources are copied to OUTPUT_DIR with every twin in them; `twin.h` beside them chooses.
"""
import pathlib
import re
import sys


def read(path):
    """Entries as {name, check, file, kind, at, old, new}."""
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("= ", "& ", "* ")):
            name, check, file, kind = [part.strip() for part in line[2:].split("|")]
            entries.append({"name": name, "check": check, "file": file, "kind": kind, "at": "", "old": "", "new": ""})
        elif line[:2] in ("@ ", "- ", "+ "):
            key = {"@": "at", "-": "old", "+": "new"}[line[0]]
            entries[-1][key] += line[2:] + "\n"
    return entries


def find(text, wanted, start=0):
    """Where `wanted` stands, however it is broken into lines: (begin, end)."""
    tokens = re.findall(r"\w+|[^\w\s]", wanted)
    match = re.compile(r"\s*".join(re.escape(token) for token in tokens)).search(text, start)
    if not match:
        sys.exit(f"mutants: `{wanted.strip()}` is not there")
    return match.span()


def apply(text, entry):
    begin = find(text, entry["at"])[1] if entry["at"] else 0
    if entry["kind"] == "member":
        return text[:begin] + "\n" + entry["new"] + text[begin:]
    start, end = find(text, entry["old"], begin)
    # What it has comes first, so that the next twin of the same place finds it.
    old, new, other = text[start:end], entry["new"].strip(), f'!Mutant("{entry["name"]}")'
    if entry["kind"] == "always":
        return f"{text[:start]}{new}{text[end:]}"
    if entry["kind"] == "statement":
        return f"{text[:start]}if ({other}) {{ {old} }} else {{ {new} }}{text[end:]}"
    return f"{text[:start]}({other} ? ({old}) : ({new})){text[end:]}"


CHOICE = """#pragma once

#include <cstdlib>
#include <fstream>
#include <string>

// Which twin this process is; "" is the gateway itself.
inline std::string& Chosen() {
    static std::string name;
    return name;
}
inline bool Mutant(const char* name) { return Chosen() == name; }
inline int& Counter() {
    static int count = 0;
    return count;
}
"""


def main():
    entries, source, output = read(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(source.iterdir())
             if path.suffix in (".cpp", ".h", ".hpp") and not path.stem.endswith("_test")}
    for entry in entries:
        if entry["kind"] != "above":
            texts[entry["file"]] = apply(texts[entry["file"]], entry)
    output.mkdir(parents=True, exist_ok=True)
    (output / "twin.h").write_text(CHOICE, encoding="utf-8")
    for name, text in texts.items():
        (output / name).write_text('#include "twin.h"\n' + text, encoding="utf-8")


if __name__ == "__main__":
    main()
