#pragma once

#include <livery/billing/catalog.h>

#include "domain/tax_rules.h"

namespace livery::property {

// What the random customers buy: monthly, quarterly and yearly plans with awkward prices, in
// advance and in arrear, a trial with a one-time price, a fixed term, another product, and
// add-ons that are not for that, with the base's periods and with their own.
// `policies` counts through every combination of the policies.
billing::Catalog ShopWith(int policies);
const std::vector<std::string>& BasePlans();
const std::vector<std::string>& AddonPlans();
taxes::TaxRules ShopTaxes();

}  // namespace livery::property
