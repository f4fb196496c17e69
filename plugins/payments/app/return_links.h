#pragma once

#include <optional>
#include <string>

#include "app/payment_desk.h"

namespace livery::payments {

// The address to which the browser comes back from a provider's page. Its token is signed by the
// host over what it leads to, whose it is and until when it holds; it leads there once, and only
// who began it. What the browser brings with it is a hint and nothing more.

struct ReturnLink {
    Uuid token;
    AccountId account;
    Uuid subject;  // a payment, or a method that is set up
    Instant until{};
};
constexpr std::chrono::hours kReturnHolds{24};

// "<token>.<until>.<signature>"
std::string TextOf(const LinkSigner& signer, const TenantId& tenant, const ReturnLink& link);

// What it leads to, and from now on nothing. nullopt: forged, expired, used, or another account's;
// nobody is told which.
std::optional<Uuid> UseReturn(const PaymentPorts& ports, const Tenant& tenant, AccountId account,
                              const std::string& text);

}  // namespace livery::payments
