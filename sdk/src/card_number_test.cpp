#include <gtest/gtest.h>

#include <livery/card_number.h>

namespace livery {
namespace {

TEST(CardNumber, IsSeenHoweverItIsTyped) {
    for (const char* text :
         {"4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242",
          "My card is 5555 5555 5555 4444, thanks", "378282246310005", "3782 822463 10005",
          "6011111111111117", "30569309025904", "3530111333300000", "6200000000000005",
          "2223003122003222", "Order 17 4242 4242 4242 4242", "{\"note\":\"4242424242424242\"}",
          "card:4242424242424242;", "(4242424242424242)",
          "aaaaaaaa-bbbb-cccc-4242-4242424242424242", "42424242-4242-4242-aaaa-bbbbbbbbbbb"})
        EXPECT_TRUE(HoldsCardNumber(text)) << text;
}

TEST(CardNumber, IsNoOtherNumber) {
    for (const char* text :
         {"", "4242424242424241", "1234567890123452",  // no issuer begins so, though Luhn holds
          "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "CH9300762011623852957",
          // Groups of a longer one: 5001 0517 5407 3247 alone would hold.
          "DE12 5001 0517 5407 3247 31", "NL91ABNA0417164300", "ATU62823300", "DE811569869",
          "+4915112345678", "4915112345678", "0049 151 12345678", "+49 4242 4242 4242 4242",
          "INV-2026-000123", "TRF4242424242424242", "4242424242424242x", "pay_4242424242424242",
          // Keys of requests whose digits happen to be a card's.
          "4242abcd-aaaa-bbbb-4242-424242424242", "42424242-4242-4242-aaaa-bbbbbbbbbbbb",
          "key aaaaaaaa-bbbb-cccc-4242-424242424242.", "2026-11-28 03:55:00.123456",
          "1795838279123", "99994242424242424242", "12.345,67"})
        EXPECT_FALSE(HoldsCardNumber(text)) << text;
}

TEST(CardNumber, LeavesItsLastFourDigitsInWhatIsWrittenDown) {
    EXPECT_EQ(WithoutCardNumbers("card 4242424242424242."), "card ************4242.");
    EXPECT_EQ(WithoutCardNumbers("TRF4242424242424242"), "TRF************4242");
    EXPECT_EQ(WithoutCardNumbers("nothing 42 here"), "nothing 42 here");
}

}  // namespace
}  // namespace livery
