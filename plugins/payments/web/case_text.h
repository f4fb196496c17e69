#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/http/request_context.h>

#include "domain/refund.h"

namespace livery::payments {

// What staff read of what waits for a person, in their language.
std::string KindText(std::string_view kind, const Formatter& t);
// What is to be done about a case of that kind.
std::string AdviceText(std::string_view kind, const Formatter& t);
// A payment's state, said of somebody else's.
std::string StaffStateText(PaymentState state, const Formatter& t);
std::string StaffStateText(const Payment& payment, const std::vector<Refund>& refunds,
                           const Formatter& t);
// The badge of a state, before anything is known of refunds.
std::string_view StaffBadgeOf(PaymentState state);
// Of an account, an invoice, …: what is not there any more is a dash.
template <class Names, class TypedId>
std::string NameIn(const Names& names, const TypedId& id) {
    const auto found = names.find(id);
    return found == names.end() || found->second.empty() ? "—" : found->second;
}

}  // namespace livery::payments
