// Six messages about the life of one payment, in each of their 720 orders: one end (P9).

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/provider_events.h"
#include "checkout.h"
#include "storage/refund_repository.h"

namespace livery::payments::testing {
namespace {

// A payment of 100.00 on the provider's page, of which 10.00 go back and the rest the payer's bank
// takes. Messages are late: it was captured, and the refund begun, before the first one comes.
class Life {
 public:
    enum class Event {
        kRequiresAction,
        kAuthorised,
        kCaptured,
        kRefundPending,
        kRefunded,
        kDisputed
    };

    Life() {
        invoice_ = checkout_.Charge(10000);
        checkout_.provider.Next(Does::kRequireAction);
        const auto paid = checkout_.Pay(invoice_, 10000);
        payment_ = **paid;
        checkout_.provider.CustomerPays(payment_->reference);
        EXPECT_TRUE(checkout_.desk.LookUp(checkout_.tenant, *payment_));
        checkout_.provider.RefundsAre("pending");
        const auto refund =
            refunds_.Give(checkout_.tenant, {payment_->id, checkout_.Euros(1000), "It rained"});
        EXPECT_TRUE(refund);
        refund_reference_ = refund->reference;
    }

    // The provider has come so far when it tells of it, and not before.
    void Tell(Event event) {
        if (event == Event::kRefunded) checkout_.provider.RefundBecomes("succeeded");
        if (event == Event::kDisputed) checkout_.provider.BankHolds(payment_->reference, 9000);
        const bool of_refund = event == Event::kRefundPending || event == Event::kRefunded;
        const std::string about =
            event == Event::kDisputed ? "dispute" : (of_refund ? "refund" : "payment");
        const std::string body = fmt::format(R"([{{"id":"evt_{}","about":"{}","reference":"{}"}}])",
                                             static_cast<int>(event), about,
                                             of_refund ? refund_reference_ : payment_->reference);
        EXPECT_TRUE(
            events_.Receive(checkout_.tenant, {"cards", "", {{"x-signature", "right"}}, body}));
    }
    void Handle() { events_.HandleDue(checkout_.tenant); }

    // All that a person or the books would see of it.
    std::string End() {
        const auto payment =
            PaymentRepository::Find(checkout_.database, checkout_.tenant.id, payment_->id);
        std::string end = fmt::format("{} given back {}, owed {}, credit {}, letters {}; ",
                                      ToString(payment->state), payment->given_back.ToDecimal(),
                                      checkout_.Balance(invoice_), checkout_.Credit(),
                                      checkout_.Letters("received"));
        std::vector<std::string> back;
        for (const Refund& refund :
             RefundRepository::OfPayment(checkout_.database, checkout_.tenant.id, payment_->id))
            back.push_back(fmt::format("{} {} {}", ToString(refund.kind), ToString(refund.state),
                                       refund.amount.ToDecimal()));
        std::sort(back.begin(), back.end());
        for (const Case& one : checkout_.Cases()) back.push_back("case " + one.kind);
        return end + fmt::format("{}; {}", fmt::join(back, ", "), checkout_.BrokenInvariants());
    }

 private:
    Checkout checkout_;
    Refunds refunds_{checkout_.desk};
    Methods methods_{checkout_.ports};
    ProviderEvents events_{checkout_.desk, refunds_, methods_};
    InvoiceId invoice_;
    std::optional<Payment> payment_;
    std::string refund_reference_;
};

TEST(EventOrders, All720EndAlike) {
    std::array<int, 6> order{};
    std::iota(order.begin(), order.end(), 0);
    int orders = 0;
    do {
        Life life;
        for (const int event : order) {
            life.Tell(static_cast<Life::Event>(event));
            // Of every other order all wait until the last one is there.
            if (orders % 2 == 0) life.Handle();
        }
        life.Handle();
        ASSERT_EQ(life.End(),
                  "partly_refunded given back 100.00, owed 10000, credit 0, letters 1; chargeback "
                  "succeeded 90.00, refund succeeded 10.00, case dispute; ")
            << fmt::format("{}", fmt::join(order, " "));
        ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(orders, 720);
}

}  // namespace
}  // namespace livery::payments::testing
