#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/view/view_model.h>

namespace livery::view {

// A parsed template; the only door to the Mustache library. Immutable once made, so any number of
// threads may render it at a time.
class CompiledTemplate {
 public:
    // Throws std::invalid_argument with the library's message when `source` is not well formed;
    // rendering such a template would silently give nothing.
    // Values are escaped for HTML; `html` = false leaves them as they are (text mails).
    explicit CompiledTemplate(const std::string& source, bool html = true);
    ~CompiledTemplate();

    // Appends the page to `out`. Names are looked up in the innermost list item, then outwards,
    // then in `page`, then in `base`. A name that is nowhere renders as nothing and is added to
    // `unknown` when that is given: the contract test fails on it.
    void Render(const ViewModel& base, const ViewModel& page, std::string& out,
                std::vector<std::string>* unknown = nullptr) const;

 private:
    struct Parsed;
    std::unique_ptr<Parsed> parsed_;
};

}  // namespace livery::view
