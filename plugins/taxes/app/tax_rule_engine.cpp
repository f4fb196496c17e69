#include "app/tax_rule_engine.h"

#include "domain/tax_rules.h"

namespace livery::taxes {

Result<billing::TaxAnswer> TaxRuleEngine::Calculate(const TenantId& tenant,
                                                    const billing::TaxQuestion& question) {
    const auto found = tenants_.Find(tenant);
    const auto rules = found == nullptr ? nullptr : found->FindSettings<TaxRules>("taxes");
    // Nothing is guessed: without rules there is no answer, and the document waits.
    if (rules == nullptr) return Error{ErrorCode::kUnavailable, "error.no_tax_rules", {}};
    return taxes::Calculate(*rules, catalogs_.Of(tenant)->policies, question);
}

}  // namespace livery::taxes
