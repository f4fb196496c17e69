#include <algorithm>

#include <livery/check.h>
#include <livery/http/headers.h>

namespace livery {

namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return Lower(x) == Lower(y); });
}

bool IsToken(std::string_view name) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (Lower(c) >= 'a' && Lower(c) <= 'z') || (c >= '0' && c <= '9') ||
               kMarks.find(c) != std::string_view::npos;
    });
}

void RequireSafe(std::string_view name, std::string_view value) {
    LIVERY_CHECK(IsToken(name), "a header name is a token");
    LIVERY_CHECK(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                 "a header value has no CR, LF or NUL");
}

}  // namespace

void Headers::Add(std::string name, std::string value) {
    RequireSafe(name, value);
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::Set(std::string name, std::string value) {
    std::erase_if(fields_, [&](const auto& field) { return SameName(field.first, name); });
    Add(std::move(name), std::move(value));
}

std::optional<std::string_view> Headers::Find(std::string_view name) const {
    for (const auto& field : fields_) {
        if (SameName(field.first, name)) return field.second;
    }
    return std::nullopt;
}

std::vector<std::string_view> Headers::All(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& field : fields_) {
        if (SameName(field.first, name)) values.emplace_back(field.second);
    }
    return values;
}

}  // namespace livery
