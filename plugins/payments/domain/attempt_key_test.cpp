#include "domain/attempt_key.h"

#include <set>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using Kind = AttemptKey::Kind;
const Uuid kOne = MakeUuidV7(1, {});
const Uuid kTwo = MakeUuidV7(2, {});

TEST(AttemptKeys, AreTheSameWheneverTheyAreDerived) {
    EXPECT_EQ((AttemptKey{Kind::kPayment, kOne, 3}.Idempotency(TenantId("harbor"))),
              (AttemptKey{Kind::kPayment, kOne, 3}.Idempotency(TenantId("harbor"))));
    EXPECT_EQ((AttemptKey{Kind::kPayment, kOne, 3}.Reference()), "p-" + ToBase58(kOne) + "-3");
}

TEST(AttemptKeys, DifferByTenantSubjectKindAndAttempt) {
    std::set<std::string> keys;
    for (const char* tenant : {"a", "a-p"}) {
        for (const Uuid& subject : {kOne, kTwo}) {
            for (const Kind kind :
                 {Kind::kPayment, Kind::kRefund, Kind::kSetup, Kind::kDetach, Kind::kCancel}) {
                for (const int attempt : {1, 2, 11})
                    keys.insert(AttemptKey{kind, subject, attempt}.Idempotency(TenantId(tenant)));
            }
        }
    }
    EXPECT_EQ(keys.size(), 60U);
}

// sdk/schema/gateway-v1: keys of 16 to 64 characters, references of 1 to 40.
TEST(AttemptKeys, FitTheMessages) {
    const std::string allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    for (const int attempt : {1, 99'999}) {
        const AttemptKey key{Kind::kRefund, kTwo, attempt};
        EXPECT_EQ(key.Reference().find_first_not_of(allowed), std::string::npos);
        EXPECT_LE(key.Reference().size(), 40U);
        EXPECT_GE(key.Idempotency(TenantId("a")).size(), 16U);
        EXPECT_LE(key.Idempotency(TenantId(std::string(32, 'z'))).size(), 64U);
    }
    EXPECT_ANY_THROW(AttemptKey({Kind::kPayment, kOne, 0}).Reference());
    EXPECT_ANY_THROW(AttemptKey({Kind::kPayment, kOne, 100'000}).Reference());
}

TEST(IsReference, TakesWordsAndNoNumbers) {
    for (const char* one : {"p-1CVEuJhuLjRxY4bqyEbF33-1", "SHOP_17", "a"})
        EXPECT_TRUE(IsReference(one)) << one;
    for (const char* other : {"", "5105105105105100", "5105-1051-0510-5100", "p 1", "p-1!",
                              "p-123456789012345678901234567890123456789"})
        EXPECT_FALSE(IsReference(other)) << other;
}

}  // namespace
}  // namespace livery::payments
