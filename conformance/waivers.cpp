#include "conformance/waivers.h"

#include <algorithm>
#include <array>

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
    "FLOW.lookup_unknown_id",           // answers no questions
    "SCA.return_cancelled_by_customer",
    "SCA.frictionless_no_action",  // a mandate is the consent
    "SCA.off_session_sca_required",
    "SCA.challenge_failed",     // its page asks for another card
    "ERR.advice_do_not_retry",  // publishes no such code
    "HOOK.out_of_order_events",
    "HOOK.batch_with_one_bad_item",
    "HOOK.event_says_paid_but_lookup_says_no",
    "TOKEN.consent_stored",
    "TOKEN.expired_method_reported",
    "TOKEN.mandate_revoked_event",
    "RECON.fee_reported",
    "RECON.dispute_opened_won_lost",
});

}  // namespace

bool MayBeWaived(std::string_view check) {
    return std::find(kMayLack.begin(), kMayLack.end(), check) != kMayLack.end();
}

}  // namespace livery::conformance
