#include "dispatch/card_numbers.h"

#include <algorithm>

#include <livery/card_number.h>

namespace livery::dispatch {

namespace {

bool HoldsCardNumber(const Params& params) {
    return std::any_of(params.begin(), params.end(), [](const Params::Pair& pair) {
        return livery::HoldsCardNumber(pair.first) || livery::HoldsCardNumber(pair.second);
    });
}

}  // namespace

bool HoldsCardNumber(const Request& request) {
    const bool is_form = !request.form.empty() || !request.files.empty();
    return livery::HoldsCardNumber(request.headers.Find("Idempotency-Key").value_or("")) ||
           livery::HoldsCardNumber(request.path) || HoldsCardNumber(request.query) ||
           HoldsCardNumber(request.form) || (!is_form && livery::HoldsCardNumber(request.body));
}

bool IsLookedAt(const Route& route, const Request& request) {
    return route.operation || (route.access != Access::kProvesItself && !IsSafe(request.method));
}

}  // namespace livery::dispatch
