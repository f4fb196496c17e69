"""The contract between templates and code, read from both: a tag that no code sets and a text that no language has are mistakes.

What a page really renders is checked once more, strictly, on every page that the journeys in tests/e2e visit; this sees all templates of all themes.
"""
import re

SET = re.compile(r'\.(?:Set|Flag|Rows)\(\s*"([a-z_0-9]+)"')
TAG = re.compile(r"\{\{\{?\s*[#^/]?\s*([^}>!\s]+)\s*\}?\}\}")
TEXT = re.compile(r'\bText\(\s*"([a-z_0-9.]+)"\s*[,)]')


def keys_set_in(root, *globs):
    return {key for pattern in globs for path in root.glob(pattern) for key in SET.findall(path.read_text(encoding="utf-8"))}


def check_template(name, text, known, texts):
    """`known`: keys of the models it may be shown with; `texts`: text keys of its plugin and the common ones."""
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        for tag in TAG.findall(line):
            if tag.startswith("t.letter."):
                continue  # of the mail that it is rendered for; `livery validate` and the tests of core/view look there
            if tag.startswith("t."):
                if tag[2:] not in texts:
                    problems.append(f"{name}:{number}: no language has the text `{tag[2:]}`")
            elif tag != "content" and tag not in known:
                problems.append(f"{name}:{number}: no code sets `{tag}`")
    return problems


def check_templates(root, text_keys):
    """`text_keys(file)` gives the dotted keys of a locale file."""
    problems = []
    common = text_keys(root / "themes/default/locale/en.yaml")
    own = {path.parent.parent.name: text_keys(path) for path in root.glob("plugins/*/locale/en.yaml")}
    frame = keys_set_in(root, "core/dispatch/*.cpp", "sdk/src/*_page.cpp", "sdk/src/message_view.cpp", "sdk/src/help_links.cpp", "core/mail/*.cpp")
    for path in sorted([*root.glob("plugins/*/templates/**/*.mustache"), *root.glob("themes/**/*.mustache")]):
        name = path.relative_to(root).as_posix()
        override = re.match(r"(?:plugins|themes/[^/]+/plugins)/([^/]+)/", name)
        plugin = override.group(1) if override else "*"
        known = frame | keys_set_in(root, f"plugins/{plugin}/web/*.cpp", f"plugins/{plugin}/app/*.cpp")
        problems += check_template(name, path.read_text(encoding="utf-8"), known, common | own.get(plugin, set()))
    for path in sorted(root.glob("plugins/*/web/*.cpp")):
        name, plugin = path.relative_to(root).as_posix(), path.parts[-3]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for key in TEXT.findall(line):
                if not key.endswith(".") and key not in common | own[plugin]:
                    problems.append(f"{name}:{number}: no language has the text `{key}`")
    return problems
