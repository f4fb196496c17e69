// Who comes back from the page of a provider.

#include "app/return_links.h"

#include "app/continue_payment.h"
#include "given_back.h"

namespace livery::payments::testing {
namespace {

class ComingBack : public GivenBack {};

TEST_F(ComingBack, WhoComesBackFromTheProvidersPageIsLookedUpOnce) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    const auto paid = checkout_.Pay(invoice_, 2500);
    ASSERT_EQ((*paid)->state, PaymentState::kRequiresAction);
    EXPECT_EQ((*paid)->action_url.rfind("https://pay.example/", 0), 0U);
    const std::string url = checkout_.provider.return_url;
    const std::string token = url.substr(url.rfind('/') + 1);
    // The browser's word for it counts for nothing.
    const auto forged = ContinuePayment(checkout_.desk, checkout_.tenant, checkout_.account, token,
                                        {{"status", "captured"}});
    ASSERT_TRUE(forged.has_value());
    EXPECT_EQ(forged->state, PaymentState::kRequiresAction);
    checkout_.provider.CustomerPays((*paid)->reference);
    const int calls = checkout_.provider.calls;
    // Used: as one that never was.
    EXPECT_FALSE(ContinuePayment(checkout_.desk, checkout_.tenant, checkout_.account, token, {}));
    EXPECT_EQ(checkout_.provider.calls, calls);
    EXPECT_FALSE(
        ContinuePayment(checkout_.desk, checkout_.tenant, AccountId(MakeUuidV7(7, {})), token, {}));
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(checkout_.Balance(invoice_), 0);
}

// Forged, expired, another's: nobody is told which, and nothing is asked of the provider.
TEST_F(ComingBack, AReturnHoldsForWhatItWasSignedForAndNoLonger) {
    invoice_ = checkout_.Charge(2500);
    checkout_.provider.Next(Does::kRequireAction);
    const auto paid = checkout_.Pay(invoice_, 2500);
    const std::string url = checkout_.provider.return_url;
    const std::string token = url.substr(url.rfind('/') + 1);
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    const int calls = checkout_.provider.calls;
    const auto refused = [&](const std::string& text) {
        const auto back =
            ContinuePayment(checkout_.desk, checkout_.tenant, checkout_.account, text, {});
        return !back && back.error().code == ErrorCode::kNotFound;
    };
    const std::string later =
        std::to_string(std::stoll(token.substr(first + 1, second - first - 1)) + 1);
    EXPECT_TRUE(refused(token.substr(0, first + 1) + later + token.substr(second)));
    EXPECT_TRUE(refused(token.substr(0, token.size() - 1)));
    EXPECT_TRUE(refused(token.substr(0, first)));
    EXPECT_TRUE(refused("")) << "empty";
    EXPECT_TRUE(refused("x.y.z"));
    // Signed for another payment, or by another host.
    const ReturnLink other{*UuidFromBase58(token.substr(0, first)), checkout_.account,
                           MakeUuidV7(9, {}), checkout_.clock.Now() + kReturnHolds};
    EXPECT_TRUE(refused(TextOf(checkout_.signer, checkout_.tenant.id, other)));
    const identity::HostLinkSigner stranger(std::string(32, 'x'));
    const ReturnLink same{other.token, checkout_.account, (*paid)->id.uuid(), other.until};
    EXPECT_TRUE(refused(TextOf(stranger, checkout_.tenant.id, same)));
    const Instant now = checkout_.clock.Now();
    checkout_.clock.Set(now + kReturnHolds);
    EXPECT_TRUE(refused(token)) << "expired";
    checkout_.clock.Set(now);
    EXPECT_EQ(checkout_.provider.calls, calls);
    EXPECT_FALSE(refused(token));
    EXPECT_EQ(checkout_.provider.calls, calls + 1);
}

}  // namespace
}  // namespace livery::payments::testing
