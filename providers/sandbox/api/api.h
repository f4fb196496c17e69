#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/http/request.h>
#include <livery/http/response.h>

#include "sandbox/api/merchants.h"
#include "sandbox/api/operations.h"
#include "sandbox/faults/faults.h"
#include "sandbox/store/store.h"

namespace livery::sandbox {

// What goes out, and what is to go wrong on its way.
struct Reply {
    Response response;
    std::optional<Fault> fault = std::nullopt;
};

// The merchants' side, `/v1/…`: who asks, whether it was asked before, then the operation.
// Thread: any.
class Api {
 public:
    Api(Store& store, Faults& faults, std::vector<Merchant> merchants, std::string origin)
        : store_(store),
          faults_(faults),
          merchants_(std::move(merchants)),
          operations_(std::move(origin)) {}

    Reply Answer(const Request& request) const;

 private:
    const Merchant& Authenticated(const Request& request) const;
    Done Change(const Request& request, const Merchant& merchant) const;
    Done Operate(Draft& draft, const Request& request) const;
    Done Look(const Request& request, const Merchant& merchant) const;

    Store& store_;
    Faults& faults_;
    std::vector<Merchant> merchants_;
    Operations operations_;
};

Response JsonResponse(int status, const Json& body);
Response ErrorResponse(const Refusal& refusal);

}  // namespace livery::sandbox
