#pragma once

#include <livery/api/operation.h>
#include <livery/billing/catalog.h>
#include <livery/ports/billing.h>

#include "app/biller.h"

namespace livery::invoices {

// Values of requests whose form the schema has checked, within bounds in which every sum of a
// document, and of many of them, is an amount. What is wrong is said by the member's name.
Result<Money> MoneyIn(const api::Json& body, const char* name);
Result<std::optional<Money>> MaybeMoneyIn(const api::Json& body, const char* name);
template <class TypedId>
TypedId IdIn(const api::Json& body, const char* name) {
    return TypedId::Parse(body.at(name).template get<std::string>()).value_or(TypedId());
}
// A NewInvoice, for an account of that profile. A class that no product has is misspelt, and would
// be taxed by nothing; a site that the account has not would be taxed somewhere else.
Result<ManualInvoice> ManualInvoiceIn(const api::Json& body, const billing::Catalog& catalog,
                                      const BillingProfile& profile);

}  // namespace livery::invoices
