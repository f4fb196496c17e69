#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/payment_desk.h"

namespace livery::payments {

// Takes money of an account for some of its invoices.
//
// Begin is one transaction: the invoices are locked, what is owed of them is read again, each of
// their slots is taken, the attempt is written. Then the gateway is called, with no transaction
// open. What was heard is applied in another one. A process that dies anywhere leaves an attempt
// that the janitor looks up, or nothing at all.
class StartPayment {
 public:
    explicit StartPayment(PaymentDesk& desk) : desk_(desk) {}

    struct Wish {
        AccountId account;
        std::string instance;
        Origin origin = Origin::kCustomer;
        std::vector<Share> parts;
        std::optional<MethodId> method = {};
        Payer payer = {};  // `keep_method` counts only where `method` is none
        // Instead of parts: so much, for the oldest due first (PA-11).
        std::optional<Money> amount = {};
        // The automatic payment after whose refusal this one is the next at once.
        std::optional<PaymentId> after = {};
        // Drawn by whoever asks, so that he knows it again; kConflict `error.under_way` when there
        // is a payment of that id.
        std::optional<PaymentId> id = {};

        // On a kept method, at whoever keeps it.
        void ChargeOn(const PaymentMethod& kept);
    };
    // kInvalidArgument: not owed, or more than is owed. kConflict `error.under_way`: another
    // payment for one of the invoices is not over. kNotFound: no such account.
    // The payment may have any state: that it was declined is no error of the call.
    Result<Payment> Run(const Tenant& tenant, const Wish& wish);

    // Whether the provider behind an instance has a page to pay on; without one a kept method is
    // the only way.
    bool HasPage(const Tenant& tenant, const std::string& instance) const;

    // Run in two steps, for a caller who writes down something of his own with the first
    // (livery/api/sending.h). `token` is of the way back from the provider's page.
    Result<Payment> BeginIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                            PaymentId id, const Uuid& token);
    struct Sent {
        Payment payment;
        // Nothing was sent, since the provider is kept from calls now: after so long it may be.
        std::optional<std::chrono::seconds> retry_after;
    };
    Result<Sent> Send(const Tenant& tenant, const Payment& begun, const Payer& payer);
    // The address to which the provider sends the browser back.
    std::string ReturnUrl(const Tenant& tenant, const Payment& begun, const Uuid& token) const;
    // Who pays, as the first request of it had him.
    Payer AsBefore(const Tenant& tenant, const Payment& begun, Payer payer) const;
    // The same attempt, under the same key, when the provider knows nothing of it.
    Result<Payment> SendAgain(const Tenant& tenant, const Payment& payment, const Payer& payer);

 private:
    Result<Payment> Begin(const Tenant& tenant, const Wish& wish, const Uuid& token);
    PaymentDesk& desk_;
};

}  // namespace livery::payments
