#!/usr/bin/env python3
"""Does in a project what a tutorial says: its code blocks, in their order.

Usage: follow_tutorial.py TUTORIAL.md PROJECT_DIR [BLOCKS]

With BLOCKS only so many blocks of code, from the first, as who has read that far.

A block of code says behind its language what is done with it: `replace FILE: LINE`, `before FILE: LINE`,
`after FILE: LINE`. LINE is the beginning of a line of FILE, blanks counted from the first letter.
"""
import pathlib
import re
import sys


def blocks(text):
    pattern = re.compile(r"^```(\w+)(?: (replace|before|after) (\S+): ([^\n]*))?\n(.*?)^```$", re.M | re.S)
    return [match.groups() for match in pattern.finditer(text)]


def follow(how, lines, wanted, code):
    at = [number for number, line in enumerate(lines) if line.strip().startswith(wanted.strip())]
    if not at:
        sys.exit(f"the tutorial speaks of `{wanted}`, which is not there")
    first = at[0]
    if how == "before":
        return lines[:first] + code + lines[first:]
    if how == "after":
        return lines[: first + 1] + code + lines[first + 1 :]
    return lines[:first] + code + lines[first + 1 :]


def main():
    tutorial, project = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    most = int(sys.argv[3]) if len(sys.argv) > 3 else None
    done = 0
    for language, how, name, wanted, code in blocks(tutorial.read_text(encoding="utf-8")):
        if done == most:
            break
        if language == "cpp" and not how:
            sys.exit("a block of code does not say where it belongs")
        if not how:
            continue
        path = project / name
        lines = follow(how, path.read_text(encoding="utf-8").splitlines(), wanted, code.splitlines())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done += 1
    if done == 0:
        sys.exit("the tutorial shows no code")
    print(f"{done} blocks of code")


if __name__ == "__main__":
    main()
