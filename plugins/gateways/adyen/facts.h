#pragma once

#include <optional>

#include <livery/gateway/gateway.hpp>

namespace livery::adyen {

bool IsOfDispute(const std::string& event_code);

// What Adyen has told of payments and refunds, in the host's store: one key for each kind of event
// of each payment or refund, so that nothing is read in order to be written.
class Facts {
 public:
    explicit Facts(const gw::Host& host) : host_(host) {}

    // Beside the code of every event of a dispute.
    static constexpr const char* kDisputed = "DISPUTED";

    // Of a webhook's item whose signature was right. A repeat writes the same again.
    void Keep(const gw::Json& item) const;

    struct Fact {
        bool success = false;
        gw::Money amount;
        std::string reason;
        std::string kept_method;  // storedPaymentMethodId
        std::string shopper;
        std::string brand;
        std::string last4;
        std::string reference;  // ours
        std::string action;     // of CANCEL_OR_REFUND: "cancel", "refund"
    };
    // `code` as "CAPTURE", where it was done; by Adyen's reference of the payment, or of the
    // refund.
    std::optional<Fact> Find(const std::string& psp_reference, const char* code) const;
    // Whether anything was told that names nothing but our reference, under which this payment was
    // authorised; and of that.
    bool IsNamedByOurs(const std::string& psp_reference, const std::string& our_reference) const;
    std::optional<Fact> FindByOurs(const std::string& our_reference, const char* code) const;
    // Adyen's reference of the payment that an item is about, or of its refund; "" = not known yet.
    std::string PaymentOf(const gw::Json& item) const;
    // Adyen's reference of the payment that was authorised under ours; "" = untold. On a page a
    // customer may be refused with one card and pay with the next, and webhooks come in any order.
    std::string Authorised(const std::string& our_reference) const;
    // Of one that was refused.
    std::string Refused(const std::string& our_reference) const;

 private:
    std::optional<Fact> Recalled(const std::string& key) const;

    gw::Host host_;
};

}  // namespace livery::adyen
