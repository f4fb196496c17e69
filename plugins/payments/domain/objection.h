#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/payment.h"

namespace livery::payments {

struct ObjectionTag {
    static constexpr std::string_view kPrefix = "obj";
};
using ObjectionId = Id<ObjectionTag>;

// So much of an invoice its account says it does not owe. While it is open it is left out of
// dunning, of the age of what is overdue, and of automatic payment (DU-04).
struct Objection {
    ObjectionId id;
    AccountId account;
    InvoiceId invoice;
    Money amount;
    std::string reason;
    Instant opened_at{};
    std::optional<InvoiceLineId> line = {};  // what of it; none: nobody said
};

// What is owed without what is objected to; an invoice of which nothing is left is not in it.
std::vector<OwedInvoice> Undisputed(std::vector<OwedInvoice> owed,
                                    const std::map<InvoiceId, Money>& objected);

}  // namespace livery::payments
