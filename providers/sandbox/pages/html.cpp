#include "sandbox/pages/html.h"

#include <fmt/format.h>

#include "sandbox/pages/words.h"

namespace livery::sandbox {

std::string Escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string With(std::string_view text, std::string_view name, std::string_view value) {
    std::string out(text);
    const std::string mark = fmt::format("{{{}}}", name);
    for (std::size_t at = out.find(mark); at != std::string::npos;
         at = out.find(mark, at + value.size()))
        out.replace(at, mark.size(), value);
    return out;
}

std::string Document(const Page& page) {
    return fmt::format(
        R"(<!doctype html>
<html lang="{0}" dir="{1}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{2} – Pelican Pay</title>
<link rel="stylesheet" href="/pay.css">
</head>
<body>
<header><p class="house">Pelican Pay</p><p class="test">{3}</p></header>
<main>
{4}
</main>
</body>
</html>
)",
        page.language, page.language == "ar" ? "rtl" : "ltr", Escaped(page.title),
        Word(page.language, "test_mode"), page.content);
}

std::string_view Stylesheet() {
    return R"(:root {
  color-scheme: light dark;
  --paper: #fffdf6; --desk: #efe9da; --ink: #1d2a24; --soft: #55635b; --line: #8a8371;
  --sea: #0b5d4e; --on-sea: #ffffff; --warn: #9c1c1c; --strip: #f2c744; --on-strip: #2a2205;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b211e; --desk: #0f1412; --ink: #f0ede2; --soft: #b3bcb5; --line: #7d877f;
    --sea: #7fd8c2; --on-sea: #06251e; --warn: #ff9d94; --strip: #5d4a08; --on-strip: #fff3c4;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-block-size: 100vh; padding: 1rem; background: var(--desk); color: var(--ink);
  font: 1.0625rem/1.5 Georgia, "Noto Serif", "Noto Naskh Arabic", serif;
}
header, main { max-inline-size: 30rem; margin-inline: auto; }
header { background: var(--strip); color: var(--on-strip); padding: .75rem 1.5rem; border-radius: .25rem .25rem 0 0; }
header p { margin: 0; }
.house { font-weight: 700; letter-spacing: .04em; }
.test { font-size: .9375rem; }
main { background: var(--paper); padding: 1.5rem; border-radius: 0 0 .25rem .25rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.125rem; margin: 0 0 .5rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; padding-block: .75rem; border-block: 1px dashed var(--line); }
dt { color: var(--soft); }
dd { margin: 0; text-align: end; font-weight: 700; overflow-wrap: anywhere; }
.field { margin-block-end: 1.25rem; }
label { display: block; font-weight: 700; }
.hint { color: var(--soft); font-size: .9375rem; margin: 0 0 .25rem; }
.wrong { color: var(--warn); font-weight: 700; margin: 0 0 .25rem; }
input {
  inline-size: 100%; min-block-size: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: transparent; border: 2px solid var(--line); border-radius: .25rem;
}
input[aria-invalid] { border-color: var(--warn); }
.digits { direction: ltr; font-variant-numeric: tabular-nums; letter-spacing: .04em; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0 1rem; align-items: end; }
:focus-visible { outline: 3px solid var(--sea); outline-offset: 2px; }
button, .back {
  display: block; inline-size: 100%; min-block-size: 3rem; padding: .5rem 1rem; font: inherit; font-weight: 700;
  text-align: center; cursor: pointer; border-radius: .25rem; border: 2px solid var(--sea); margin-block-start: .75rem;
}
button { background: var(--sea); color: var(--on-sea); }
.back { color: var(--sea); text-decoration: none; }
.second { background: transparent; color: var(--sea); }
.summary { border: 3px solid var(--warn); border-radius: .25rem; padding: 1rem; margin-block-end: 1.5rem; }
.summary ul { margin: 0; padding-inline-start: 1.25rem; }
.summary a { color: var(--warn); }
details { margin-block-start: 1.5rem; }
summary { cursor: pointer; min-block-size: 1.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-size: .9375rem; }
th, td { text-align: start; padding: .25rem .5rem; border-block-end: 1px solid var(--line); }
td.digits { white-space: nowrap; }
)";
}

}  // namespace livery::sandbox
