#include "conformance/waivers.h"

#include <algorithm>
#include <array>

#include "conformance/learning.h"

namespace livery::conformance {

namespace {

// Each has a provider that is so.
constexpr auto kMayLack = std::to_array<std::string_view>({
    "CONF.sandbox_vs_live_mismatch_detected",  // one side only
    "MONEY.provider_exponent_override_HUF",    // counts as ISO 4217 does
    "FLOW.authorisation_expiry_reported",      // says "cancelled" of it
    "FLOW.pending_then_success_by_lookup",     // decides everything at once
    "FLOW.pending_then_failed",
    "FLOW.late_failure_after_success",  // cards only
    "SCA.return_cancelled_by_customer",
    "SCA.frictionless_no_action",  // a mandate is the consent
    "SCA.off_session_sca_required",
    "SCA.challenge_failed",     // its page asks for another card
    "ERR.advice_do_not_retry",  // publishes no such code
    "HOOK.out_of_order_events",
    "HOOK.batch_with_one_bad_item",
    "TOKEN.consent_or_mandate_id_stored",
    "TOKEN.expired_method_reported",
    "TOKEN.set_default",  // one method a customer
    "TOKEN.mandate_revoked_at_provider",
    "RECON.fee_and_net_reported",
    "RECON.dispute_opened_won_lost",
});

// Of those that tell, and answer no questions.
constexpr auto kMayLackWhoTells = std::to_array<std::string_view>(
    {"FLOW.lookup_unknown_id", "HOOK.event_says_paid_but_lookup_says_no"});

bool Has(const auto& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool MayBeWaived(std::string_view check, const Shop& shop) {
    return Has(kMayLack, check) || (IsTold(shop) && Has(kMayLackWhoTells, check));
}

}  // namespace livery::conformance
