#include <random>

#include <gtest/gtest.h>

#include <livery/ids.h>

namespace livery {
namespace {

// The schoolbook way: one digit at a time over all bytes.
std::string Base58ByDigits(Uuid uuid) {
    std::string text(22, '1');
    for (std::size_t i = text.size(); i-- > 0;) {
        unsigned remainder = 0;
        for (auto& byte : uuid.bytes) {
            const unsigned value = remainder * 256 + byte;
            byte = static_cast<std::uint8_t>(value / 58);
            remainder = value % 58;
        }
        text[i] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[remainder];
    }
    return text;
}

Uuid Filled(std::uint8_t byte) {
    Uuid uuid;
    uuid.bytes.fill(byte);
    return uuid;
}

TEST(Base58, IsTheSameNumberAndComesBack) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 20000; ++i) {
        Uuid uuid;
        for (auto& byte : uuid.bytes) byte = static_cast<std::uint8_t>(random());
        if (i % 3 == 0) std::fill_n(uuid.bytes.begin(), random() % 16, std::uint8_t{0});
        const std::string text = ToBase58(uuid);
        ASSERT_EQ(text, Base58ByDigits(uuid));
        ASSERT_EQ(UuidFromBase58(text), uuid);
    }
    EXPECT_EQ(ToBase58(Uuid()), std::string(22, '1'));
    EXPECT_EQ(UuidFromBase58(ToBase58(Filled(0xFF))), Filled(0xFF));
}

TEST(Base58, RefusesWhatIsNoIdOfOurs) {
    const std::string fine = ToBase58(Filled(0x5A));
    EXPECT_TRUE(UuidFromBase58(fine));
    for (const std::string& text :
         {std::string(), fine.substr(1), fine + "1", std::string(22, 'z'), std::string(22, '0'),
          std::string(22, 'l'), fine.substr(0, 21) + "\n"}) {
        EXPECT_FALSE(UuidFromBase58(text)) << text;
    }
}

TEST(Ids, LaterOnesSortLaterAsTextToo) {
    const std::array<std::uint8_t, 10> random{9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    const Uuid early = MakeUuidV7(1'764'000'000'000, random);
    const Uuid late = MakeUuidV7(1'764'000'000'001, {});
    EXPECT_LT(early, late);
    EXPECT_LT(ToBase58(early), ToBase58(late));
    EXPECT_EQ(early.bytes[6] >> 4, 7) << "version";
    EXPECT_EQ(early.bytes[8] >> 6, 2) << "variant";
}

TEST(Ids, TakeTheirOwnPrefixOnly) {
    const SubscriptionId id(Filled(7));
    EXPECT_EQ(SubscriptionId::Parse(id.ToString()), id);
    EXPECT_FALSE(AccountId::Parse(id.ToString()));
    EXPECT_FALSE(SubscriptionId::Parse(ToBase58(Filled(7))));
    EXPECT_FALSE(SubscriptionId::Parse("sub_"));
}

}  // namespace
}  // namespace livery
