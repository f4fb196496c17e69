#include "dispatch/card_numbers.h"

#include <algorithm>

#include "log/card_number.h"

namespace livery::dispatch {

namespace {

bool HoldsCardNumber(const Params& params) {
    return std::any_of(params.begin(), params.end(), [](const Params::Pair& pair) {
        return log::HoldsCardNumber(pair.first) || log::HoldsCardNumber(pair.second);
    });
}

}  // namespace

bool HoldsCardNumber(const Request& request) {
    const bool is_form = !request.form.empty() || !request.files.empty();
    return log::HoldsCardNumber(request.headers.Find("Idempotency-Key").value_or("")) ||
           log::HoldsCardNumber(request.path) || HoldsCardNumber(request.query) ||
           HoldsCardNumber(request.form) || (!is_form && log::HoldsCardNumber(request.body));
}

bool IsLookedAt(const Route& route, const Request& request) {
    return route.operation || (route.access != Access::kProvesItself && !IsSafe(request.method));
}

}  // namespace livery::dispatch
