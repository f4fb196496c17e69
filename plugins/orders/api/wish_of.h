#pragma once

#include <livery/api/operation.h>

#include "app/checkout.h"

namespace livery::orders {

// What a program asks for, as the wish that pages make of a form. The body has been checked against
// its schema; kInvalidArgument: a member that its kind of change needs is missing, or a value that
// no schema can tell.
struct Asked {
    AccountId account;
    Wish wish;
    std::optional<QuoteId> quote;  // the price that was shown
};
Result<Asked> AskedPurchase(const api::Call& call);
Result<Asked> AskedChange(const api::Call& call);

}  // namespace livery::orders
