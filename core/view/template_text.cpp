#include "view/template_text.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace livery::view {

namespace {

constexpr int kMaxDepth = 16;
constexpr int kMaxPartials = 1000;     // of one page; twenty is much
constexpr int kMaxOpenSections = 100;  // the engine recurses into each
constexpr std::string_view kContentTag = "{{{content}}}";

std::string Trim(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return "";
    return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

std::string EscapeHtml(std::string_view text) {
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
            case '\'':
                out += "&#39;";
                break;
            case '{':
                out += "&#123;";
                break;  // a text can never become a tag
            default:
                out += c;
        }
    }
    return out;
}

bool IsName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_';
    });
}

// Walks the tags of one source and writes the result; partials recurse through it.
class Expander {
 public:
    Expander(const TemplateParts& parts, bool html, PreparedTemplate& result)
        : parts_(parts), html_(html), result_(result) {}

    void Expand(std::string_view source, int depth) {
        std::size_t at = 0;
        while (true) {
            const auto open = source.find("{{", at);
            Copy(source.substr(at, open - at));
            if (open == std::string_view::npos) return;
            const auto close = source.find("}}", open + 2);
            if (close == std::string_view::npos) return Problem("a tag is not closed");
            const bool unquoted = open > 0 && source[open - 1] == '=';
            if (html_ && unquoted) Problem("an attribute's value stands without quotes");
            Tag(source.substr(open + 2, close - open - 2), depth);
            at = close + 2;
        }
    }

 private:
    void Problem(std::string text) { result_.problems.push_back(std::move(text)); }
    void Copy(std::string_view text) {
        // Two halves of a tag, with something between them that is gone now: never checked as a
        // tag.
        if (result_.source.ends_with('{') && text.starts_with('{')) {
            Problem("a brace stands before a tag");
        }
        result_.source.append(text);
    }

    void Tag(std::string_view inside, int depth) {
        if (inside.empty()) return Problem("an empty tag");
        const std::string name = Trim(inside.substr(1));
        switch (inside[0]) {
            case '!':
                return;
            case '{':
            case '&':
                return Problem("a raw tag: only the layout's content is raw");
            case '=':
                return Problem("the delimiters cannot be changed");
            case '>':
                return Partial(name, depth);
            case '#':
            case '^':
            case '/':
                return Section(inside[0], name);
            default:
                return Variable(Trim(inside));
        }
    }

    void Section(char kind, const std::string& name) {
        if (!IsName(name)) Problem(fmt::format("`{}` is no name", name));
        open_sections_ += kind == '/' ? -1 : 1;
        if (open_sections_ > kMaxOpenSections) Problem("sections are nested too deeply");
        Copy(fmt::format("{{{{{}{}}}}}", kind, name));
    }

    void Variable(const std::string& name) {
        if (name.starts_with("t.")) return Text(name.substr(2));
        if (!IsName(name)) return Problem(fmt::format("`{}` is no name", name));
        Copy("{{" + name + "}}");
    }

    void Text(const std::string& key) {
        const auto text = parts_.text(key);
        if (!text) return Problem(fmt::format("text `{}` is missing", key));
        if (html_) return Copy(EscapeHtml(*text));
        if (text->find("{{") != std::string::npos) {
            return Problem(fmt::format("text `{}` holds a tag", key));
        }
        Copy(*text);
    }

    void Partial(const std::string& name, int depth) {
        if (partials_ == kMaxPartials) return;
        if (++partials_ == kMaxPartials) return Problem("more partials than a page can need");
        if (depth >= kMaxDepth) return Problem(fmt::format("partial `{}` includes itself", name));
        const auto source = parts_.partial(name);
        if (!source) return Problem(fmt::format("partial `{}` is missing", name));
        Expand(*source, depth + 1);
    }

    const TemplateParts& parts_;
    bool html_;
    PreparedTemplate& result_;
    int partials_ = 0;
    int open_sections_ = 0;
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool StartsAnyOf(std::string_view text, std::initializer_list<std::string_view> starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return text.starts_with(start); });
}

// Where a `{{#x}}`, `{{^x}}` or `{{/x}}` ends at `at`.
bool EndsSectionTag(std::string_view text, std::size_t at) {
    if (at < 2 || text.substr(at - 2, 2) != "}}") return false;
    const auto open = text.rfind("{{", at - 2);
    return open != std::string_view::npos && StartsAnyOf(text.substr(open + 2), {"#", "^", "/"});
}

// Where what stands at `at` ends, if its white space is to be kept.
std::optional<std::size_t> EndOfKept(std::string_view source, std::size_t at) {
    for (const auto& [open, close] :
         {std::pair{"<pre", "</pre>"}, std::pair{"<textarea", "</textarea>"}}) {
        if (source.substr(at).starts_with(open))
            return std::min(source.find(close, at), source.size());
    }
    return std::nullopt;
}

// Indentation between tags is thrown away (it costs the engine a node per blank); between words it
// becomes one blank. `<pre>` and `<textarea>` keep theirs.
std::string StripWhiteSpace(std::string_view source) {
    std::string out;
    out.reserve(source.size());
    for (std::size_t at = 0; at < source.size();) {
        if (!IsBlank(source[at])) {
            const auto kept = source[at] == '<' ? EndOfKept(source, at) : std::nullopt;
            const auto* const stop = std::find_if(source.begin() + at + 1, source.end(),
                                                  [](char c) { return c == '<' || IsBlank(c); });
            const auto end = kept.value_or(static_cast<std::size_t>(stop - source.begin()));
            out.append(source.substr(at, end - at));
            at = end;
            continue;
        }
        const auto end = std::min(source.find_first_not_of(" \t\r\n", at), source.size());
        const bool line_break = source.substr(at, end - at).find('\n') != std::string_view::npos;
        const auto next = source.substr(end);
        const bool after_tag = out.empty() || out.back() == '>' || EndsSectionTag(out, out.size());
        const bool before_tag = next.empty() || StartsAnyOf(next, {"<", "{{#", "{{^", "{{/"});
        if (!(line_break && after_tag && before_tag)) out += ' ';
        at = end;
    }
    return out;
}

}  // namespace

PreparedTemplate PrepareTemplate(const std::string& layout, const std::string& page,
                                 const TemplateParts& parts, bool html) {
    PreparedTemplate result;
    std::string whole = page;
    if (!layout.empty()) {
        const auto at = layout.find(kContentTag);
        if (at == std::string::npos || layout.find(kContentTag, at + 1) != std::string::npos) {
            result.problems.emplace_back("the layout does not hold {{{content}}} exactly once");
            return result;
        }
        whole = layout.substr(0, at) + page + layout.substr(at + kContentTag.size());
    }
    Expander(parts, html, result).Expand(whole, 0);
    if (html) result.source = StripWhiteSpace(result.source);
    return result;
}

}  // namespace livery::view
