#include <livery/check.h>
#include <livery/view/view_model.h>

namespace livery {

namespace {

// A row of a table: one allocation instead of five.
constexpr std::size_t kUsualFields = 16;

// Most names differ in the first letter or the length; those that do need no call.
bool Same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    return a.empty() || a.data() == b.data() || (a.front() == b.front() && a == b);
}

}  // namespace

ViewModel::Value& ViewModel::Slot(std::string_view name) {
    for (Field& field : fields_) {
        if (Same(field.first, name)) return field.second;
    }
    if (fields_.empty()) fields_.reserve(kUsualFields);
    return fields_.emplace_back(name, Value{}).second;
}

ViewModel& ViewModel::Set(ModelKey key, std::string text) {
    Slot(key.name()) = std::move(text);
    return *this;
}

ViewModel& ViewModel::Flag(ModelKey key, bool on) {
    Slot(key.name()) = on;
    return *this;
}

ViewModel& ViewModel::Set(ModelKey key, List rows) {
    Slot(key.name()) = std::move(rows);
    return *this;
}

ViewModel::List& ViewModel::Rows(ModelKey key, std::size_t size) {
    Value& slot = Slot(key.name());
    if (!std::holds_alternative<List>(slot)) slot = List{};
    auto& rows = std::get<List>(slot);
    rows.reserve(size);
    return rows;
}

const ViewModel::Value* ViewModel::Find(std::string_view name) const {
    for (const Field& field : fields_) {
        if (Same(field.first, name)) return &field.second;
    }
    return nullptr;
}

std::string_view ViewModel::Text(std::string_view name) const {
    const Value* value = Find(name);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return text == nullptr ? std::string_view{} : *text;
}

}  // namespace livery
