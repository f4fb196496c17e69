#include "identity/host_link_signer.h"

#include <gtest/gtest.h>

namespace livery::identity {
namespace {

const TenantId kHarbor("harbor");

TEST(ASignedLink, IsRightForItsTextItsTenantAndItsHostOnly) {
    const HostLinkSigner signer(std::string(32, 'k'));
    const std::string signature = signer.Sign(kHarbor, "return|pay_1");
    EXPECT_EQ(signature.size(), 43U);
    EXPECT_EQ(signature.find_first_not_of(
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_TRUE(signer.Matches(kHarbor, "return|pay_1", signature));
    EXPECT_FALSE(signer.Matches(kHarbor, "return|pay_2", signature));
    EXPECT_FALSE(signer.Matches(TenantId("northwind"), "return|pay_1", signature));
    EXPECT_FALSE(HostLinkSigner(std::string(32, 'x')).Matches(kHarbor, "return|pay_1", signature));
    EXPECT_FALSE(signer.Matches(kHarbor, "return|pay_1", signature.substr(1)));
    EXPECT_FALSE(signer.Matches(kHarbor, "return|pay_1", ""));
}

}  // namespace
}  // namespace livery::identity
