#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ticket.h"

namespace livery::service_desk {

// HMAC-SHA-256 of a text, as 43 letters of a URL: what a LinkSigner makes with a tenant's key.
using SignText = std::function<std::string(std::string_view text)>;

// Who was given an address: the customer's side of a ticket has one, each of the staff their own.
// So the customer, who knows a ticket's address, cannot pass for an agent by writing their name
// into a mail.
struct AddressHolder {
    std::optional<UserId> agent;  // nullopt: the customer's side
};

// `help+<ticket>.<signature>@harbor.example`: an answer that goes there belongs to that ticket. In
// letters and digits that survive mail programs which change the case: base 32. 80 bits of the
// signature, since a part before the @ has 64 characters at the most (RFC 5321, 4.5.3.1.1).
std::string ReplyAddressOf(std::string_view address, TicketId ticket, const AddressHolder& holder,
                           const SignText& sign);

// The longest part before the @ of an address that such ones can be made of.
inline constexpr std::size_t kLongestLocalPart = 64 - 1 - 26 - 1 - 16;

// What stands in one, not yet to be believed.
struct ReplyAddress {
    TicketId ticket;
    std::string signature;
};
// nullopt: `recipient` is none of `address`.
std::optional<ReplyAddress> ReplyAddressIn(std::string_view recipient, std::string_view address);
// In a time that tells nothing about where they differ.
bool IsGivenTo(const ReplyAddress& address, const AddressHolder& holder, const SignText& sign);

}  // namespace livery::service_desk
