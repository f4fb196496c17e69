#pragma once

#include <string>

#include <livery/json.h>

#include "gateways/gateway_manifest.h"
#include "gateways/message_book.h"

namespace livery::gateways {

// Why a gateway may not be asked this; empty: it may. What its manifest does not promise is never
// asked, and a message that is not as its schema says, of a currency that it does not take or
// outside its amounts, is refused before anything is sent. `operation` is the id. Pure.
std::string CallObjection(const GatewayManifest& manifest, std::string_view operation,
                          const nlohmann::json& message);

// Why a browser cannot be sent where a result says; empty: it can, or the result sends it nowhere.
// A page is encrypted; a provider's double on this machine need not be. A form has fields, not too
// many, and a link has none. `result` is as its schema has it. Pure.
std::string ActionObjection(const nlohmann::json& result);

}  // namespace livery::gateways
