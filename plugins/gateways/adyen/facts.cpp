#include "facts.h"

#include <algorithm>
#include <cctype>

namespace livery::adyen {

namespace {

using gw::Json;
using gw::TextAt;

constexpr std::size_t kMostShown = 4;  // digits of a card
const std::string kNamedByOurs = "named_by_ours:";

// Refunds are known by their own reference, everything else by the payment's.
bool IsOfRefund(const std::string& code) { return code.rfind("REFUND", 0) == 0; }

// A change that was refused leaves what was done before it as it is.
bool IsRefusedChange(const std::string& code, const Json& item) {
    const bool is_change = code == "CAPTURE" || code == "CANCELLATION" ||
                           code == "TECHNICAL_CANCEL" || code == "CANCEL_OR_REFUND";
    return is_change && TextAt(item, "success") != "true";
}

std::string KeyOf(const std::string& psp_reference, const std::string& code) {
    return psp_reference + ":" + code;
}

// Of what names no payment of Adyen's: the later events of a dispute, and what expired.
std::string KeyOfOurs(const std::string& our_reference, const std::string& code) {
    return KeyOf("reference:" + our_reference, code);
}

std::string SubjectOf(const Json& item) {
    const std::string code = TextAt(item, "eventCode");
    const std::string original = TextAt(item, "originalReference");
    return IsOfRefund(code) || original.empty() ? TextAt(item, "pspReference") : original;
}

bool NamesOursAlone(const Json& item) {
    const std::string code = TextAt(item, "eventCode");
    return (IsOfDispute(code) || code == "EXPIRE") && TextAt(item, "originalReference").empty() &&
           !TextAt(item, "merchantReference").empty();
}

// As many digits as a card's number has, whatever stands between them: what Adyen repeats of what
// somebody typed is not remembered.
bool MayHoldACard(const std::string& text) {
    constexpr std::ptrdiff_t kLeast = 13;
    return std::count_if(text.begin(), text.end(),
                         [](unsigned char c) { return std::isdigit(c) != 0; }) >= kLeast;
}

}  // namespace

bool IsOfDispute(const std::string& code) {
    return code.find("CHARGEBACK") != std::string::npos || code.rfind("PREARBITRATION_", 0) == 0 ||
           code.rfind("SCHEME_ARBITRATION", 0) == 0;
}

void Facts::Keep(const Json& item) const {
    const std::string code = TextAt(item, "eventCode");
    if (IsRefusedChange(code, item)) return;
    Json kept{{"success", TextAt(item, "success") == "true"},
              {"amount",
               {{"minor", gw::IntegerAt(item, "amount.value")},
                {"currency", TextAt(item, "amount.currency")}}}};
    const std::string reason = TextAt(item, "reason");
    if (!MayHoldACard(reason)) gw::PutText(kept, "reason", reason);
    gw::PutText(kept, "reference", TextAt(item, "merchantReference"));
    gw::PutText(kept, "brand", TextAt(item, "paymentMethod"));
    // Their names have dots in them: these are no paths.
    const Json* more = gw::Find(item, "additionalData");
    if (more != nullptr && more->is_object()) {
        for (const auto& [name, member] :
             {std::pair("tokenization.storedPaymentMethodId", "kept_method"),
              std::pair("recurring.recurringDetailReference", "kept_method"),
              std::pair("tokenization.shopperReference", "shopper"),
              std::pair("shopperReference", "shopper"), std::pair("cardSummary", "last4"),
              std::pair("modification.action", "action")}) {
            const auto found = more->find(name);
            if (found != more->end() && found->is_string()) kept[member] = *found;
        }
    }
    if (TextAt(kept, "last4").size() > kMostShown) kept.erase("last4");
    const std::string subject = SubjectOf(item);
    const std::string ours = TextAt(item, "merchantReference");
    const bool ours_alone = NamesOursAlone(item);
    // Most payments have none of these: one look says so.
    if (ours_alone) host_.Remember(kNamedByOurs + ours, "yes");
    std::vector<std::string> names{code};
    if (IsOfDispute(code)) names.emplace_back(kDisputed);
    for (const std::string& name : names) {
        host_.Remember(KeyOf(subject, name), kept.dump());
        if (ours_alone) host_.Remember(KeyOfOurs(ours, name), kept.dump());
    }
    if (code == "AUTHORISATION") {
        const char* const what = TextAt(item, "success") == "true" ? "authorised:" : "refused:";
        host_.Remember(what + TextAt(item, "merchantReference"), subject);
    }
}

std::optional<Facts::Fact> Facts::Recalled(const std::string& key) const {
    const std::string text = host_.Recall(key);
    const Json kept = Json::parse(text, nullptr, false);
    if (text.empty() || kept.is_discarded()) return std::nullopt;
    return Fact{
        gw::FlagAt(kept, "success"), gw::MoneyOf(kept.at("amount")), TextAt(kept, "reason"),
        TextAt(kept, "kept_method"), TextAt(kept, "shopper"),        TextAt(kept, "brand"),
        TextAt(kept, "last4"),       TextAt(kept, "reference"),      TextAt(kept, "action")};
}

std::optional<Facts::Fact> Facts::Find(const std::string& psp_reference, const char* code) const {
    return Recalled(KeyOf(psp_reference, code));
}

std::optional<Facts::Fact> Facts::FindByOurs(const std::string& our_reference,
                                             const char* code) const {
    return Recalled(KeyOfOurs(our_reference, code));
}

bool Facts::IsNamedByOurs(const std::string& psp_reference,
                          const std::string& our_reference) const {
    return !our_reference.empty() && !host_.Recall(kNamedByOurs + our_reference).empty() &&
           Authorised(our_reference) == psp_reference;
}

std::string Facts::PaymentOf(const Json& item) const {
    if (!NamesOursAlone(item)) return SubjectOf(item);
    return Authorised(TextAt(item, "merchantReference"));
}

std::string Facts::Authorised(const std::string& our_reference) const {
    return host_.Recall("authorised:" + our_reference);
}

std::string Facts::Refused(const std::string& our_reference) const {
    return host_.Recall("refused:" + our_reference);
}

}  // namespace livery::adyen
