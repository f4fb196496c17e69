#pragma once

#include <functional>
#include <string>
#include <vector>

#include <livery/json.h>
#include <livery/result.h>

#include "gateways/allowed_urls.h"
#include "http/client/client.h"

namespace livery::gateways {

// A request that a gateway asks for, ready to leave: with the secret in its place.
struct Outgoing {
    http::OutgoingRequest request;
    bool safe = false;                 // GET: changes nothing (RFC 9110, 9.2.1)
    std::vector<std::string> secrets;  // that stand in it, as they stand there
};

// The value behind the name of a secret; an error when this gateway may not use it.
using SecretOf = std::function<Result<std::string>(const std::string& name)>;

// Makes the request of an `http.send/1` message: base_url and path, query, headers, JSON or form,
// auth (bearer, basic, header), key_header and idempotency_key. Error (kInvalidArgument): it is not
// one that a gateway may send (another host, line breaks, a header that is the host's).
Result<Outgoing> MakeOutgoing(const nlohmann::json& message, const AllowedUrls& allowed,
                              const SecretOf& secret);

// `a=1&b[0]=2&b[c]=x%20y`: members below others as the providers that take forms write them.
std::string FormOf(const nlohmann::json& object);

}  // namespace livery::gateways
