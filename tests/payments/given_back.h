#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/provider_events.h"
#include "app/refunds.h"
#include "checkout.h"
#include "storage/refund_repository.h"

namespace livery::payments::testing {

// What happens to a payment after it was taken. The judge is the provider's own ledger.
class GivenBack : public ::testing::Test {
 protected:
    Payment Paid(std::int64_t cents) {
        invoice_ = checkout_.Charge(cents);
        const auto paid = checkout_.Pay(invoice_, cents);
        EXPECT_TRUE(paid && *paid && (*paid)->state == PaymentState::kCaptured);
        return **paid;
    }
    Refunds::Wish Wish(const Payment& payment, std::int64_t cents) {
        return {payment.id, checkout_.Euros(cents), "It rained"};
    }
    std::string Give(const Payment& payment, std::int64_t cents) {
        try {
            const auto given = refunds_.Give(checkout_.tenant, Wish(payment, cents));
            if (given) return std::string(ToString(given->state));
            return given.error().fields.empty() ? given.error().message
                                                : given.error().fields[0].message;
        } catch (const Killed&) {
            return "killed";
        } catch (const db::CommitUnknown&) {
            return "commit unknown";
        }
    }
    std::vector<Refund> RefundsOf(const Payment& payment) {
        return RefundRepository::OfPayment(checkout_.database, checkout_.tenant.id, payment.id);
    }
    // Until no refund is left to be looked up.
    void LetTheRefundsFinish(const Payment& payment) {
        for (int looks = 0; looks < 100; ++looks) {
            std::optional<Instant> next;
            for (const Refund& refund : RefundsOf(payment)) {
                if (refund.next_look_at) next = refund.next_look_at;
            }
            if (!next) return;
            checkout_.clock.Set(std::max(checkout_.clock.Now(), *next));
            try {
                refunds_.LookUpDue(checkout_.tenant);
            } catch (const Killed&) {
            } catch (const db::CommitUnknown&) {
            }
        }
        FAIL() << "a refund that is never resolved";
    }
    Payment Now(const Payment& payment) {
        return *PaymentRepository::Find(checkout_.database, checkout_.tenant.id, payment.id);
    }
    std::string Event(const std::string& id, const std::string& about, const std::string& reference,
                      const char* signature = "right", const std::string& provider_id = "") {
        const std::map<std::string, std::string> headers{{"x-signature", signature}};
        const std::string body = R"([{"id":")" + id + R"(","about":")" + about +
                                 R"(","provider_id":")" + provider_id + R"(","reference":")" +
                                 reference + R"("}])";
        const auto answer = events_.Receive(checkout_.tenant, {"cards", "", headers, body});
        return answer ? std::to_string(answer->status) + answer->body : answer.error().message;
    }

    Checkout checkout_;
    Refunds refunds_{checkout_.desk};
    Methods methods_{checkout_.ports};
    ProviderEvents events_{checkout_.desk, refunds_, methods_};
    InvoiceId invoice_;
};

}  // namespace livery::payments::testing
