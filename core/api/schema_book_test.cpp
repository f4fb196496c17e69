#include "api/schema_book.h"

#include <gtest/gtest.h>

#include <livery/api/schema.h>

namespace livery::api {
namespace {

SchemaBook Book() {
    const Json place = Object("A place.", {{"city", Text("City", 5)}});
    return SchemaBook(
        {{"Place", place},
         {"Thing", Object("A thing.", {{"name", Text("Its name", 5)},
                                       Optional("place", Ref("Place")),
                                       Optional("kind", OneOf({"a", "b"})),
                                       Optional("price", Ref("Money")),
                                       Optional("since", Nullable(DayText("Day")))})}});
}

// "field code" of each, sorted.
std::set<std::string> WrongIn(const char* json) {
    std::set<std::string> found;
    for (const Problem::Wrong& wrong : Book().Check("Thing", Json::parse(json))) {
        EXPECT_NE(wrong.detail, "");
        found.insert(wrong.field + " " + wrong.code);
    }
    return found;
}

using Words = std::set<std::string>;

TEST(SchemaBook, TakesWhatFits) {
    EXPECT_EQ(WrongIn(R"({"name": "x", "place": {"city": "y"}, "kind": "b",
                          "price": {"amount": -1, "currency": "EUR"}})"),
              Words{});
}

TEST(SchemaBook, NamesTheFieldThatIsWrongAndOnlyThat) {
    EXPECT_EQ(WrongIn("{}"), Words{"name missing"});
    EXPECT_EQ(WrongIn(R"({"name": 1})"), Words{"name wrong_type"});
    EXPECT_EQ(WrongIn(R"({"name": "too long"})"), Words{"name wrong_length"});
    EXPECT_EQ(WrongIn(R"({"name": "x", "colour": 1})"), Words{"colour unknown_member"});
    EXPECT_EQ(WrongIn(R"({"name": "x", "kind": "c"})"), Words{"kind no_such_word"});
    EXPECT_EQ(WrongIn(R"({"name": "x", "place": {}})"), Words{"place/city missing"});
    EXPECT_EQ(WrongIn(R"({"name": "x", "price": {"amount": 1.5, "currency": "eur"}})"),
              (Words{"price/amount wrong_type", "price/currency malformed"}));
}

TEST(SchemaBook, TakesNullWhereADayMayBeNone) {
    EXPECT_EQ(WrongIn(R"({"name": "x", "since": null})"), Words{});
    EXPECT_EQ(WrongIn(R"({"name": "x", "since": "2026-03-31"})"), Words{});
    EXPECT_EQ(WrongIn(R"({"name": "x", "since": "soon"})"), Words{"since malformed"});
}

TEST(SchemaBook, RefusesNamesThatAreTakenOrLeadNowhere) {
    EXPECT_THROW(SchemaBook({{"Money", Text("mine")}}), std::invalid_argument);
    EXPECT_THROW(SchemaBook({{"A", Ref("B")}}), std::invalid_argument);
    EXPECT_THROW(SchemaBook({{"A", Object("Itself.", {{"a", Ref("A")}})}}), std::invalid_argument);
}

}  // namespace
}  // namespace livery::api
