#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/book/change.h"

namespace livery::sandbox {

// All that the provider knows: the lines of its ledger, one after the other. Pure: the same lines
// make the same book. Thread: one at a time.
class Book {
 public:
    void Apply(const Change& change);

    // nullptr when the merchant has none such.
    const Payment* FindPayment(std::string_view merchant, std::string_view id) const;
    const Refund* FindRefund(std::string_view merchant, std::string_view id) const;
    const Setup* FindSetup(std::string_view merchant, std::string_view id) const;
    const StoredMethod* FindMethod(std::string_view merchant, std::string_view token) const;
    // Of a page; whoever knows the session is the customer.
    const Payment* PaymentOfSession(std::string_view session) const;
    const Setup* SetupOfSession(std::string_view session) const;
    // In the order in which they were made.
    std::vector<const Payment*> PaymentsOf(std::string_view merchant,
                                           std::string_view reference) const;
    std::vector<const Refund*> RefundsOf(std::string_view merchant,
                                         std::string_view reference) const;
    std::vector<const Setup*> SetupsOf(std::string_view merchant, std::string_view reference) const;
    std::vector<const StoredMethod*> MethodsOf(std::string_view merchant,
                                               std::string_view customer) const;

    const KeptAnswer* FindAnswer(std::string_view merchant, std::string_view key) const;
    const std::vector<Movement>& movements() const { return movements_; }
    const std::map<std::string, Event>& undelivered() const { return undelivered_; }
    // "" when it was never told.
    std::string HookOf(std::string_view merchant) const;
    std::int64_t clock() const { return clock_; }

    const std::map<std::string, Payment, std::less<>>& payments() const { return payments_; }
    const std::map<std::string, Refund, std::less<>>& refunds() const { return refunds_; }
    const std::map<std::string, Setup, std::less<>>& setups() const { return setups_; }

 private:
    template <class T>
    using ById = std::map<std::string, T, std::less<>>;

    ById<Payment> payments_;
    ById<Refund> refunds_;
    ById<Setup> setups_;
    ById<StoredMethod> methods_;
    ById<std::string> sessions_;  // to the id of a payment or setup
    std::vector<Movement> movements_;
    std::map<std::string, Event> undelivered_;
    std::map<std::pair<std::string, std::string>, KeptAnswer> answers_;
    ById<std::string> hooks_;
    std::int64_t clock_ = 0;
};

}  // namespace livery::sandbox
