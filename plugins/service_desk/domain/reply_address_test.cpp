#include "domain/reply_address.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

constexpr std::string_view kHelp = "help@harbor.example";

// Every letter of it depends on the text, as of a real one.
SignText SignWith(unsigned key) {
    return [key](std::string_view text) {
        constexpr std::string_view kLetters =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        std::string signature;
        unsigned state = key;
        for (const char c : text) state = state * 31U + static_cast<unsigned char>(c);
        for (int i = 0; i < 43; ++i) {
            state = state * 1664525U + 1013904223U;
            signature += kLetters[(state >> 20U) & 63U];
        }
        return signature;
    };
}

TicketId Ticket(std::uint64_t n) {
    return TicketId(MakeUuidV7(n, {1, 2, 3, 4, 5, 6, 7, 8, 9, 255}));
}
const AddressHolder kCustomer{};
AddressHolder Agent(std::uint64_t n) { return {UserId(MakeUuidV7(n, {}))}; }

TEST(ReplyAddress, IsReadAsItWasMade) {
    for (std::uint64_t n = 1; n < 2000; n += 7) {
        const std::string made = ReplyAddressOf(kHelp, Ticket(n << 20U), kCustomer, SignWith(1));
        const auto read = ReplyAddressIn(made, kHelp);
        ASSERT_TRUE(read.has_value()) << made;
        EXPECT_EQ(read->ticket, Ticket(n << 20U));
        EXPECT_TRUE(IsGivenTo(*read, kCustomer, SignWith(1)));
    }
}

TEST(ReplyAddress, SurvivesAProgramThatChangesTheCase) {
    std::string made = ReplyAddressOf(kHelp, Ticket(5), kCustomer, SignWith(1));
    for (char& c : made) c = static_cast<char>(std::toupper(c));
    const auto read = ReplyAddressIn(made, kHelp);
    ASSERT_TRUE(read.has_value());
    EXPECT_TRUE(IsGivenTo(*read, kCustomer, SignWith(1)));
}

TEST(ReplyAddress, HasRoomBeforeItsAtSign) {
    const std::string local(kLongestLocalPart, 'a');
    const std::string made =
        ReplyAddressOf(local + "@x.example", Ticket(5), kCustomer, SignWith(1));
    EXPECT_EQ(made.find('@'), 64U);
}

TEST(ReplyAddress, IsOfOneTicketOneHolderAndOneKey) {
    const auto read =
        *ReplyAddressIn(ReplyAddressOf(kHelp, Ticket(5), kCustomer, SignWith(1)), kHelp);
    EXPECT_FALSE(IsGivenTo({Ticket(6), read.signature}, kCustomer, SignWith(1)));
    EXPECT_FALSE(IsGivenTo(read, Agent(1), SignWith(1)));
    EXPECT_FALSE(IsGivenTo(read, kCustomer, SignWith(2)));
    const auto of_agent =
        *ReplyAddressIn(ReplyAddressOf(kHelp, Ticket(5), Agent(1), SignWith(1)), kHelp);
    EXPECT_TRUE(IsGivenTo(of_agent, Agent(1), SignWith(1)));
    EXPECT_FALSE(IsGivenTo(of_agent, Agent(2), SignWith(1)));
    EXPECT_FALSE(IsGivenTo(of_agent, kCustomer, SignWith(1)));
}

TEST(ReplyAddress, EveryLetterOfItsSignatureCounts) {
    const auto read =
        *ReplyAddressIn(ReplyAddressOf(kHelp, Ticket(5), kCustomer, SignWith(1)), kHelp);
    for (std::size_t i = 0; i < read.signature.size(); ++i) {
        ReplyAddress wrong = read;
        wrong.signature[i] = wrong.signature[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(IsGivenTo(wrong, kCustomer, SignWith(1))) << i;
    }
}

TEST(ReplyAddress, NothingElseIsTakenForOne) {
    const std::string made = ReplyAddressOf(kHelp, Ticket(5), kCustomer, SignWith(1));
    EXPECT_FALSE(ReplyAddressIn("help@harbor.example", kHelp));
    EXPECT_FALSE(ReplyAddressIn("help+news@harbor.example", kHelp));
    EXPECT_FALSE(ReplyAddressIn(made, "sales@harbor.example"));
    EXPECT_FALSE(ReplyAddressIn(made, "help@harbor.test.ex"));
    EXPECT_FALSE(ReplyAddressIn(made + "x", kHelp));
    EXPECT_FALSE(ReplyAddressIn("", kHelp));
    for (std::size_t i = 4; i < made.find('@'); ++i) {
        std::string wrong = made;
        wrong[i] = '!';
        EXPECT_FALSE(ReplyAddressIn(wrong, kHelp) && i < 32) << wrong;
    }
    // The last letter of a ticket holds three bits of it; the two that are left are nought.
    std::string twin = made;
    twin[4 + 26] = twin[4 + 26] == 'b' ? 'c' : 'b';
    EXPECT_FALSE(ReplyAddressIn(twin, kHelp)) << "one ticket, one address";
}

}  // namespace
}  // namespace livery::service_desk
