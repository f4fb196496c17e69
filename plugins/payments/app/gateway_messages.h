#pragma once

#include <map>
#include <optional>
#include <string>

#include <livery/ports/gateways.h>

#include "domain/method.h"
#include "domain/payment.h"
#include "domain/refund.h"
#include "domain/verdict.h"

namespace livery::payments {

// What is needed of the one who pays, for the message that starts a payment.
struct Payer {
    std::string token;  // of a kept method; "" = asked on the provider's page
    std::string customer;
    std::string mandate;
    std::string network_transaction_id;
    std::string return_url;
    std::string locale;
    bool keep_method = false;

    // What a kept method is charged by.
    void ChargeOn(const PaymentMethod& kept);
};

// Messages of sdk/schema/gateway-v1, as JSON text.
std::string StartMessage(const TenantId& tenant, const Payment& payment, const Payer& payer);
std::string LookupMessage(const TenantId& tenant, const Payment& payment);

// `query`: as the browser brought it, of names and values that a message may hold.
std::string ContinueMessage(const Payment& payment,
                            const std::map<std::string, std::string>& query);
std::string CancelMessage(const TenantId& tenant, const Payment& payment, const AttemptKey& key);
std::string RefundMessage(const TenantId& tenant, const Payment& payment, const Refund& refund);
std::string RefundLookupMessage(const TenantId& tenant, const Payment& payment,
                                const Refund& refund);

// What came back, read. Numbers that do not fit and words of another kind are as if not said.
struct Heard {
    Fate fate = Fate::kUnknown;
    std::optional<Said> said;
    std::string action_url;
    std::string fault;
    std::optional<SetUpSaid> kept = {};  // the method, where it may be charged again
    std::map<std::string, std::string> action_fields = {};
};
Heard HeardOf(const Gateways::Reply& reply);

}  // namespace livery::payments
