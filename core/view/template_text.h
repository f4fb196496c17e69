#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace livery::view {

// Turns a template as a designer writes it into what is parsed, once, when it is first needed:
// the layout around the page, partials put in place, `{{t.key}}` replaced by the language's text,
// white space between tags removed. Pure.
//
// Why here and not in the template engine: it parses partials again at every use, takes a value of
// the data as a partial when names clash, and recurses without bound into one that includes itself.
struct TemplateParts {
    std::function<std::optional<std::string>(std::string_view name)> partial;
    // The text of a key, not escaped; nullopt: unknown.
    std::function<std::optional<std::string>(std::string_view key)> text;
};

struct PreparedTemplate {
    std::string source;
    std::vector<std::string> problems;  // empty: fit to be parsed
};

// `layout` holds `{{{content}}}` once; empty means the page stands alone (mails). HTML unless
// `escape_text` is false (text mails).
PreparedTemplate PrepareTemplate(const std::string& layout, const std::string& page,
                                 const TemplateParts& parts, bool html = true);

}  // namespace livery::view
