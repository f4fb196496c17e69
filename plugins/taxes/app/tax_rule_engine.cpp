#include "app/tax_rule_engine.h"

#include "domain/tax_rules.h"

namespace livery::taxes {

Result<billing::TaxAnswer> TaxRuleEngine::Calculate(const TenantId& tenant,
                                                    const billing::TaxQuestion& question) {
    const auto found = tenants_.Find(tenant);
    const auto settings = found == nullptr ? nullptr : [&]() -> std::shared_ptr<const void> {
        const auto own = found->settings.find("taxes");
        return own == found->settings.end() ? nullptr : own->second;
    }();
    // Nothing is guessed: without rules there is no answer, and the document waits.
    if (settings == nullptr) return Error{ErrorCode::kUnavailable, "error.no_tax_rules", {}};
    return taxes::Calculate(*std::static_pointer_cast<const TaxRules>(settings),
                            catalogs_.Of(tenant)->policies, question);
}

}  // namespace livery::taxes
