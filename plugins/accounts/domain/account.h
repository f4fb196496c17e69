#pragma once

#include <array>
#include <string>
#include <string_view>

#include <livery/ids.h>
#include <livery/result.h>

namespace livery::accounts {

// Where an account lives or is served.
struct Address {
    AddressId id;
    std::string label;
    std::string line1;
    std::string line2;
    std::string postal_code;
    std::string city;
    std::string country;  // ISO 3166-1 alpha-2
    std::string region;   // ISO 3166-2 without the country; "" = none
};

// A person to write to about an account, with or without a login.
struct Contact {
    ContactId id;
    std::string name;
    std::string email;
    std::string role;  // one of kRoles
};

inline constexpr std::array<std::string_view, 4> kRoles{"owner", "billing", "technical", "viewer"};

// kInvalidArgument with a text key per field.
Result<void> Check(const Address& address);
Result<void> Check(const Contact& contact, bool email_is_fine);
// A person's or company's name as typed: the key of what is wrong, "" when nothing is.
std::string WrongName(std::string_view name);

}  // namespace livery::accounts
