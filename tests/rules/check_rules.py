#!/usr/bin/env python3
"""The rules of the house that a machine can check. Prints file:line for every breach.

Usage: check_rules.py SOURCE_DIR BUILD_DIR
"""
import pathlib
import re
import subprocess
import sys

from check_templates import check_templates

# A third-party library is included in one folder only (and its tests, and the bench of that library alone);
# libcurl in two: one for each protocol that leaves the house.
DOORS = {
    r"<pistache/": "core/http/server/",
    r"<boost/asio": "core/http/server/",
    r"<mysql\.h>|<mariadb/": "core/db/",
    r"<kainjow/": "core/view/",
    r"<yaml-cpp/": "core/config/",
    r"<boost/dll": "core/host/",
    r"<curl/": ("core/mail/", "core/http/client/"),
    r"<seccomp": "core/gateways/helper/",
    r"<spdlog/": "core/log/",
    r"<unicode/": "core/view/",
    r"<date/": "core/time/",
    r"<CLI/": "core/cli/",
    r"<liboath/|<zxcvbn": "core/identity/",
    r"<qrencode": "core/qr/",
    r"<prometheus/": "core/metrics/",
    r"<pango/|<cairo|<librsvg/|<qpdf/|<fontconfig/|<fribidi|<glib": "core/pdf/render/",
    r"<hb": "core/pdf/han_face/",
    r"<valijson/": "core/schema/",
    r"<gmime/|<libxml/": "plugins/service_desk/mime/",
    r"<pugixml": "plugins/invoices/domain/e_invoice/",
    r"<rapidjson/": "sdk/src/",
}
SQL = re.compile(r'"\s*(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)')
# Who may hold SQL besides *_repository.cpp: the database door, and one look before demo data.
SQL_EXCEPTIONS = ("core/db/", "core/cli/online_host.cpp")
BUSINESS_WORD = re.compile(r"\b(invoice|subscription|payment|refund|ticket|dunning|price plan|plan_)s?\b", re.I)
CLOCK = re.compile(r"system_clock::now|\bstd::time\(|\bgettimeofday\(|\bstd::rand\b|\brand\(\)|mt19937 |default_random_engine")
BANNED_NAMES = re.compile(r"(^|/|_)(utils?|helpers?|common|managers?|misc)(/|_|\.|$)")
# Here a helper is a thing: the process that a gateway runs in.
HELPER_PROCESS = "core/gateways/helper"
FILE_LINES = 400


def sources(root, *suffixes):
    for folder in ("sdk", "core", "plugins", "providers", "conformance", "tests"):
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root).as_posix()
            if path.suffix in suffixes and "node_modules" not in relative:
                yield relative, path.read_text(encoding="utf-8")


def is_test(name):
    return name.endswith("_test.cpp") or "/testing/" in name or name.startswith("tests/")


def include_problem(name, target):
    """Why `name` may not include `target`; None when it may."""
    for pattern, door in DOORS.items():
        doors = (door,) if isinstance(door, str) else door
        if re.match(pattern, target) and not name.startswith((*doors, "tests/bench/bare_")):
            return f"{target} belongs behind {' or '.join(doors)}"
    own = target.startswith('"')
    if name.startswith("sdk/") and own:
        return "the SDK includes nothing of ours by quotes"
    if name.startswith("plugins/") and own and re.match(r'"(core|config|db|http|view|host|dispatch|tenancy|identity|mail|cli|plugins)/', target):
        return "a plugin includes the SDK and itself only"
    if name.startswith("plugins/gateways/") and re.match(r"<livery/(?!gateway/)", target) and not is_test(name):
        return "a gateway includes livery/gateway/ only, as a partner's does"
    if name.startswith("core/") and "plugins/" in target:
        return "the core names no plugin"
    if "/domain/" in name and own and not target.startswith('"domain/') and not is_test(name):
        return "domain knows domain only"
    if "/domain/" in name and re.match(r"<livery/(db|http|view|config|ports|jobs|registrar)", target):
        return "domain knows values only"
    if "/storage/" in name and own and re.match(r'"(app|web|api|jobs)/', target):
        return "storage knows domain only"
    if "/app/" in name and own and re.match(r'"(web|api|jobs)/', target):
        return "app does not know who asks"
    return None


def check_text(name, text):
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{name}:{number}: "
        include = re.match(r'\s*#include\s+([<"][^>"]+[>"])', line)
        if include:
            problem = include_problem(name, include.group(1))
            if problem:
                problems.append(where + problem)
            continue
        code = line.split("//")[0]
        if SQL.search(code) and not name.endswith("_repository.cpp") and not name.startswith(SQL_EXCEPTIONS) and not is_test(name):
            if name != "core/db/mariadb_database.cpp":
                problems.append(where + "SQL stands in *_repository.cpp only")
        exact = "/domain/" in name or "/storage/" in name or "/money" in name
        if exact and re.search(r"\b(double|float)\b", code):
            problems.append(where + "no floating point where money is")
        if CLOCK.search(code) and not is_test(name) and not name.startswith("core/adapters/"):
            problems.append(where + "time and randomness are injected")
        # A browser feature of that name, in a header that switches it off.
        words = line.replace("payment=()", "")
        if name.startswith("core/") and not is_test(name) and BUSINESS_WORD.search(words):
            problems.append(where + "the core knows no business word")
    if BANNED_NAMES.search(name) and not name.startswith(HELPER_PROCESS):
        problems.append(f"{name}: a thing lives with its noun, not in a drawer")
    if len(text.splitlines()) > FILE_LINES and not is_test(name):
        problems.append(f"{name}: {len(text.splitlines())} lines; {FILE_LINES} is the most")
    return problems


def check_migrations(root):
    problems = []
    for path in sorted(root.glob("plugins/*/migrations/*.sql")) + sorted(root.glob("core/*/migrations/*.sql")):
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        plugin = path.parts[-3]
        if text.count(";") > 0:
            problems.append(f"{name}: one statement, without a semicolon")
        for key in re.findall(r"(PRIMARY KEY|UNIQUE KEY \w+|\n\s+KEY \w+) \(([^)]*)\)", text):
            if not key[1].startswith("tenant_id"):
                problems.append(f"{name}: {key[0].strip()} must begin with tenant_id")
        if name.startswith("plugins/"):
            for table in re.findall(r"(?:TABLE IF NOT EXISTS|REFERENCES) (\w+)", text):
                if not table.startswith(plugin + "_"):
                    problems.append(f"{name}: table {table} does not carry the plugin's name")
    return problems


def text_keys(path):
    keys, stack = set(), []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r'( *)"?([\w-]+)"?:(.*)$', line)
        if match:
            depth = len(match.group(1)) // 2
            stack = stack[:depth] + [match.group(2)]
            if match.group(3).strip():
                keys.add(".".join(stack))
    return keys


def check_locales(root):
    problems = []
    for folder in sorted(root.glob("plugins/*/locale")) + [root / "themes/default/locale"]:
        english = text_keys(folder / "en.yaml")
        for path in sorted(folder.glob("*.yaml")):
            for key in sorted(english ^ text_keys(path)):
                problems.append(f"{path.relative_to(root)}: key {key} is not in every language")
        if {p.stem for p in folder.glob("*.yaml")} < {"en", "de", "es", "ar"}:
            problems.append(f"{folder.relative_to(root)}: a language is missing")
    return problems


# Spanish says "usted" to people, as German says "Sie". Words that only "tú" has.
FAMILIAR = re.compile(r"\b(tú|tus?|te|ti|tuy[oa]s?|contigo|has|eres|puedes|podrás|tienes|quieres|debes|verás|elige|indica|escribe|págala|inténtalo)\b", re.I)


def check_address(name, text):
    return [f"{name}:{number}: `{match.group()}` is familiar; texts say usted"
            for number, line in enumerate(text.splitlines(), 1) for match in [FAMILIAR.search(line)] if match]


def check_spanish(root):
    paths = sorted(root.glob("plugins/*/locale/es.yaml")) + sorted(root.glob("themes/*/locale/es.yaml"))
    return [problem for path in paths for problem in check_address(path.relative_to(root), path.read_text(encoding="utf-8"))]


def check_exports(build):
    problems = []
    for path in sorted(build.glob("plugins/*/*.so")):
        listing = subprocess.run(["nm", "-D", "--defined-only", path], capture_output=True, text=True, check=True).stdout
        symbols = [line.split()[-1] for line in listing.splitlines()]
        # Sanitizers add symbols of their own.
        foreign = [s for s in symbols if s != "livery_plugin_entry" and not re.match(r"_{2,}(asan|ubsan|odr_asan|lsan)", s)]
        if "livery_plugin_entry" not in symbols or foreign:
            problems.append(f"{path.name}: exports {', '.join(foreign) or 'nothing'} beside livery_plugin_entry")
    return problems


def main():
    root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    problems = []
    for name, text in sources(root, ".h", ".cpp"):
        problems += check_text(name, text)
    problems += check_migrations(root) + check_locales(root) + check_spanish(root) + check_templates(root, text_keys) + check_exports(build)
    print("\n".join(problems) if problems else "Every rule is kept.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
