#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/ids.h>

namespace livery::payments {

// What an effect at a provider is about. Derived, never drawn: a host that forgot its commit asks
// again under the same key, and the provider answers with the first effect instead of a second.
struct AttemptKey {
    enum class Kind : char {
        kPayment = 'p',
        kRefund = 'r',
        kSetup = 's',
        kDetach = 'd',
        kCancel = 'c',
        kChargeback = 'b',  // by the bank: no request of ours, a reference in our books
        kReversal = 'v'
    };
    Kind kind = Kind::kPayment;
    // Of a payment the oldest invoice that it is for, of a refund the payment, …
    Uuid subject;
    int attempt = 1;  // 1 … 99999; a new one only for a new decision

    // Ours, kept by the provider beside its own; at most 30 of A-Z a-z 0-9 -.
    std::string Reference() const;
    // 26 to 63 characters, unique over all tenants.
    std::string Idempotency(const TenantId& tenant) const;
};

// The oldest invoice that a payment of this reference of ours was for; nullopt: it is no such one.
std::optional<Uuid> InvoiceNamedBy(std::string_view reference);

// Whether a text has the form of our references; other programs of a merchant have theirs.
bool IsReference(std::string_view text);

}  // namespace livery::payments
