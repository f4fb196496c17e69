#include "view/compiled_template.h"

#include <algorithm>
#include <deque>
#include <stdexcept>

#include <kainjow/mustache.hpp>

namespace livery::view {

namespace {

using Value = kainjow::mustache::data;

// Shows a ViewModel to the library without copying it into the library's own maps: strings go
// through one scratch value, lists become a row of flags whose address says which item is meant.
// One per rendering, used by one thread.
class ModelContext final : public kainjow::mustache::basic_context<std::string> {
 public:
    ModelContext(const ViewModel& base, const ViewModel& page, std::vector<std::string>* unknown)
        : unknown_(unknown) {
        frames_ = {&base, &page};
    }

    void push(const Value* value) override { frames_.push_back(ItemAt(value)); }
    void pop() override { frames_.pop_back(); }

    const Value* get(const std::string& name) const override {
        for (std::size_t i = frames_.size(); i-- > 0;) {
            const ViewModel::Value* found = frames_[i] ? frames_[i]->Find(name) : nullptr;
            if (found != nullptr) return Show(*found);
        }
        if (unknown_ != nullptr) unknown_->push_back(name);
        return nullptr;
    }
    const Value* get_partial(const std::string&) const override { return nullptr; }

 private:
    struct OpenList {
        const ViewModel::List* rows;
        Value flags;
    };

    const Value* Show(const ViewModel::Value& value) const {
        if (const auto* text = std::get_if<std::string>(&value)) {
            // The library reads the string before it asks for the next one.
            const_cast<std::string&>(scratch_.string_value()) = *text;
            return &scratch_;
        }
        if (const auto* flag = std::get_if<bool>(&value)) return *flag ? &true_ : &false_;
        const auto& rows = std::get<ViewModel::List>(value);
        lists_.push_back({&rows, Value(kainjow::mustache::list(rows.size(), true_))});
        return &lists_.back().flags;
    }

    // The item behind a flag of a list; nullptr for a plain section, which opens no new names.
    const ViewModel* ItemAt(const Value* value) const {
        for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
            const auto& flags = list->flags.list_value();
            if (!flags.empty() && value >= flags.data() && value < flags.data() + flags.size()) {
                return &(*list->rows)[static_cast<std::size_t>(value - flags.data())];
            }
        }
        return nullptr;
    }

    std::vector<const ViewModel*> frames_;
    std::vector<std::string>* unknown_;
    mutable std::deque<OpenList> lists_;
    mutable Value scratch_{std::string()};
    Value true_{true};
    Value false_{false};
};

const char* EntityOf(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&apos;";
        default:
            return nullptr;
    }
}

// As the library's own, which builds the usual value, that needs nothing, letter by letter too.
std::string EscapedHtml(const std::string& text) {
    const auto special = [](char c) { return EntityOf(c) != nullptr; };
    auto at = std::find_if(text.begin(), text.end(), special);
    if (at == text.end()) return text;
    std::string out;
    auto from = text.begin();
    for (; at != text.end(); at = std::find_if(from, text.end(), special)) {
        out.append(from, at).append(EntityOf(*at));
        from = at + 1;
    }
    return out.append(from, text.end());
}

struct Appender {
    std::string& out;
    Appender& operator<<(const std::string& text) {
        out += text;
        return *this;
    }
};

}  // namespace

struct CompiledTemplate::Parsed {
    explicit Parsed(const std::string& source) : mustache(source) {}
    // render() is not const, but writes to the object only on paths that cannot happen here: an
    // invalid partial or lambda, of which a prepared template has none.
    mutable kainjow::mustache::mustache mustache;
};

CompiledTemplate::CompiledTemplate(const std::string& source, bool html)
    : parsed_(std::make_unique<Parsed>(source)) {
    if (!parsed_->mustache.is_valid())
        throw std::invalid_argument(parsed_->mustache.error_message());
    if (html) {
        parsed_->mustache.set_custom_escape(EscapedHtml);
    } else {
        parsed_->mustache.set_custom_escape([](const std::string& text) { return text; });
    }
}

CompiledTemplate::~CompiledTemplate() = default;

void CompiledTemplate::Render(const ViewModel& base, const ViewModel& page, std::string& out,
                              std::vector<std::string>* unknown) const {
    ModelContext context(base, page, unknown);
    Appender appender{out};
    parsed_->mustache.render(context, appender);
}

}  // namespace livery::view
