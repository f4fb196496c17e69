#include "domain/account.h"

#include <algorithm>

#include <livery/billing/tax.h>
#include <livery/utf8.h>

namespace livery::accounts {

namespace {

bool HasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool Fits(std::string_view text, std::size_t most) {
    return Characters(text) <= most && !HasControl(text);
}

void Require(std::vector<FieldError>& errors, const char* field, std::string_view value,
             std::size_t most, const char* missing) {
    if (value.empty())
        errors.push_back({field, missing});
    else if (!Fits(value, most))
        errors.push_back({field, "error.too_long"});
}

Result<void> Outcome(std::vector<FieldError> errors) {
    if (errors.empty()) return {};
    return Invalid(std::move(errors));
}

}  // namespace

std::string WrongName(std::string_view name) {
    if (name.empty()) return "error.name";
    return Fits(name, 120) ? "" : "error.too_long";
}

Result<void> Check(const Address& address) {
    std::vector<FieldError> errors;
    Require(errors, "line1", address.line1, 160, "error.line1");
    Require(errors, "postal_code", address.postal_code, 20, "error.postal_code");
    Require(errors, "city", address.city, 120, "error.city");
    if (!Fits(address.label, 80)) errors.push_back({"label", "error.too_long"});
    if (!Fits(address.line2, 160)) errors.push_back({"line2", "error.too_long"});
    if (!billing::IsCountryCode(address.country)) errors.push_back({"country", "error.country"});
    const bool region = address.region.size() <= 3 &&
                        std::all_of(address.region.begin(), address.region.end(), [](char c) {
                            return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                        });
    if (!region) errors.push_back({"region", "error.region"});
    return Outcome(std::move(errors));
}

Result<void> Check(const Contact& contact, bool email_is_fine) {
    std::vector<FieldError> errors;
    if (const std::string wrong = WrongName(contact.name); !wrong.empty())
        errors.push_back({"name", wrong});
    if (!email_is_fine) errors.push_back({"email", "error.email"});
    if (std::find(kRoles.begin(), kRoles.end(), contact.role) == kRoles.end())
        errors.push_back({"role", "error.role"});
    return Outcome(std::move(errors));
}

}  // namespace livery::accounts
