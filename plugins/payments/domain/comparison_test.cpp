#include "domain/comparison.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

const Currency kEuro = *Currency::Parse("EUR");

PaymentId Numbered(std::uint64_t number) { return PaymentId(MakeUuidV7(number, {})); }

std::string KeyOf(const Difference& difference) {
    return std::string(ToString(difference.kind)) + " " + std::string(ToString(difference.about)) +
           " " + difference.provider_id;
}

// Two ledgers that agree, in which some moves are then spoilt, each in one way that is known.
struct Ledgers {
    explicit Ledgers(unsigned seed) : random(seed) {
        const int moves = Draw(0, 60);
        for (int i = 0; i < moves; ++i) AddMove(i);
        std::shuffle(listed.begin(), listed.end(), random);
        std::shuffle(booked.begin(), booked.end(), random);
    }
    int Draw(int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random);
    }
    void AddMove(int i) {
        const auto kind = static_cast<MoveKind>(Draw(0, 2));
        const std::string id = "id_" + std::to_string(i);
        const std::string reference = "ref-" + std::to_string(i);
        const Money amount(Draw(1, 100'000), kEuro);
        const Money fee(Draw(0, 300), kEuro);
        ListedMove there{kind, id, Draw(0, 1) == 0 ? reference : "", amount, fee};
        BookedMove here{kind, Numbered(i + 1), id, reference, amount, true, fee, true};
        const auto expect = [&](const char* what) {
            expected.insert(std::string(what) + " " + std::string(ToString(kind)) + " " +
                            here.provider_id);
        };
        switch (Draw(0, 9)) {
            case 0:
                expected.insert("missing_here " + std::string(ToString(kind)) + " " + id);
                listed.push_back(there);
                return;
            case 1:
                expect("missing_there");
                booked.push_back(here);
                return;
            case 2:
                there.amount = there.amount + Money(Draw(1, 50), kEuro);
                expect("amount");
                break;
            case 3:
                here.has_moved = false;
                expect("state");
                break;
            case 4:
                there.fee = fee + Money(1, kEuro);
                expect("fee");
                break;
            case 5:  // we have not heard its id, and our reference is there
                there.reference = reference;
                here.provider_id.clear();
                ++matches;
                break;
            case 6:  // neither moved here nor listed: nothing to say
                here.has_moved = false;
                booked.push_back(here);
                return;
            case 7:  // of another day: may be listed, need not
                here.must_be_listed = false;
                booked.push_back(here);
                return;
            default:
                ++matches;
        }
        listed.push_back(there);
        booked.push_back(here);
    }

    std::mt19937 random;
    std::vector<ListedMove> listed;
    std::vector<BookedMove> booked;
    std::multiset<std::string> expected;
    std::size_t matches = 0;
};

TEST(TwoLedgers, DifferExactlyWhereOneWasSpoilt) {
    for (unsigned seed = 1; seed <= 500; ++seed) {
        const Ledgers ledgers(seed);
        const Comparison comparison = Compare(ledgers.listed, ledgers.booked);
        std::multiset<std::string> found;
        for (const Difference& difference : comparison.differences) found.insert(KeyOf(difference));
        ASSERT_EQ(found, ledgers.expected) << "seed " << seed;
        ASSERT_EQ(comparison.matched.size(), ledgers.matches) << "seed " << seed;
    }
}

TEST(TwoLedgers, MatchOneChargeOnce) {
    const ListedMove twice{MoveKind::kPayment, "ch_1", "", Money(500, kEuro), std::nullopt};
    const BookedMove once{MoveKind::kPayment, Numbered(1), "ch_1", "r", Money(500, kEuro)};
    const Comparison comparison = Compare({twice, twice}, {once});
    EXPECT_EQ(comparison.matched.size(), 1U);
    ASSERT_EQ(comparison.differences.size(), 1U);
    EXPECT_EQ(comparison.differences[0].kind, DifferenceKind::kMissingHere);
}

TEST(Disputes, AreWhatTheBankHoldsInTheEnd) {
    const auto held = SumOfDisputes({{"ch_1", Money(500, kEuro), false},
                                     {"ch_2", Money(300, kEuro), false},
                                     {"ch_1", Money(500, kEuro), true},
                                     {"ch_2", Money(100, kEuro), true}});
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0].provider_id, "ch_2");
    EXPECT_EQ(held[0].amount, Money(200, kEuro));
}

TEST(EachDifference, HasAWordAndAnAdvice) {
    for (const char* word : {"missing_here", "missing_there", "amount", "state", "fee"}) {
        const auto kind = DifferenceKindFrom(word);
        ASSERT_TRUE(kind.has_value()) << word;
        EXPECT_EQ(ToString(*kind), word);
        for (const MoveKind about : {MoveKind::kPayment, MoveKind::kRefund, MoveKind::kChargeback})
            EXPECT_FALSE(AdviceOn(Difference{*kind, about}).empty());
    }
    EXPECT_FALSE(DifferenceKindFrom("nothing").has_value());
}

// Whoever follows it must find a command that takes what the difference is about.
TEST(EachDifference, IsDecidedByWhatDecidesItsKind) {
    const auto says = [](DifferenceKind kind, MoveKind about, std::string_view command) {
        return AdviceOn(Difference{kind, about}).find(command) != std::string::npos;
    };
    EXPECT_TRUE(says(DifferenceKind::kState, MoveKind::kPayment, "ecide-payment"));
    EXPECT_TRUE(says(DifferenceKind::kState, MoveKind::kRefund, "ecide-refund"));
    EXPECT_FALSE(says(DifferenceKind::kState, MoveKind::kRefund, "ecide-payment"));
    EXPECT_TRUE(says(DifferenceKind::kMissingThere, MoveKind::kRefund, "decide-refund --not"));
    EXPECT_TRUE(says(DifferenceKind::kMissingThere, MoveKind::kChargeback, "--reversal"));
    // What was begun here says for which invoice.
    const InvoiceId invoice(*UuidFromBase58("1111111111111111111115"));
    const AttemptKey key{AttemptKey::Kind::kPayment, invoice.uuid(), 12};
    const std::string forgotten = AdviceOn(
        Difference{DifferenceKind::kMissingHere, MoveKind::kPayment, "ch_1", key.Reference()});
    EXPECT_NE(forgotten.find(invoice.ToString()), std::string::npos) << forgotten;
    EXPECT_EQ(AdviceOn(Difference{DifferenceKind::kMissingHere, MoveKind::kPayment, "ch_1", "p-1"})
                  .find("inv_"),
              std::string::npos);
    // A booking is for payments only.
    EXPECT_FALSE(says(DifferenceKind::kMissingHere, MoveKind::kRefund, "book it"));
}

}  // namespace
}  // namespace livery::payments
