#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include <livery/ports/gateways.h>

#include "domain/method.h"

namespace livery::payments {

// Messages of sdk/schema/gateway-v1 about methods that are kept.
struct SetUpFacts {
    std::string return_url;
    std::string locale;
    std::string email;
    std::string currency;
};
std::string SetUpMessage(const TenantId& tenant, const PaymentMethod& method,
                         const SetUpFacts& facts);
std::string SetUpLookupMessage(const PaymentMethod& method);
std::string DetachMessage(const TenantId& tenant, const PaymentMethod& method);

// What is posted to the provider's page, of an answer's `action`.
std::map<std::string, std::string> ActionFieldsIn(const nlohmann::ordered_json& answer);

struct SetUpHeard {
    Fate fate = Fate::kUnknown;
    std::optional<SetUpSaid> said;
};
SetUpHeard SetUpHeardOf(const Gateways::Reply& reply);

// What an answer about a payment says of the method that it was charged on; nullopt: it may not be
// charged again.
std::optional<SetUpSaid> KeptMethodIn(const nlohmann::ordered_json& answer);

}  // namespace livery::payments
