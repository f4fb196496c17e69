#include "schema/checker.h"

#include <set>

#include <gtest/gtest.h>

namespace livery::schema {
namespace {

using Json = nlohmann::json;

// "field code" of each.
std::set<std::string> WrongIn(const char* schema, const char* value) {
    std::set<std::string> found;
    for (const Wrong& wrong : Checker(Json::parse(schema)).Check(Json::parse(value)))
        found.insert(wrong.field + " " + wrong.code);
    return found;
}

using Words = std::set<std::string>;

TEST(Checker, FollowsReferencesWithinTheDocument) {
    const char* schema = R"({"type":"object","properties":{"price":{"$ref":"#/$defs/money"}},
        "$defs":{"money":{"type":"object","required":["minor"],
                          "properties":{"minor":{"type":"integer"}}}}})";
    EXPECT_EQ(WrongIn(schema, R"({"price":{"minor":9223372036854775807}})"), Words{});
    EXPECT_EQ(WrongIn(schema, R"({"price":{}})"), Words{"price/minor missing"});
    EXPECT_EQ(WrongIn(schema, R"({"price":{"minor":"1"}})"), Words{"price/minor wrong_type"});
    EXPECT_EQ(WrongIn(schema, R"({"price":{"minor":1.5}})"), Words{"price/minor wrong_type"});
}

TEST(Checker, AsksForWhatAValueOfAnotherMemberDemands) {
    const char* schema = R"({"type":"object","properties":{"state":{"type":"string"}},
        "allOf":[{"if":{"properties":{"state":{"const":"done"}}},"then":{"required":["id"]}}]})";
    EXPECT_EQ(WrongIn(schema, R"({"state":"open"})"), Words{});
    EXPECT_EQ(WrongIn(schema, R"({"state":"done"})"), Words{"id missing"});
}

TEST(Checker, TellsWhenNoneOfSeveralFits) {
    const char* schema = R"({"type":"object","anyOf":[{"required":["a"]},{"required":["b"]}]})";
    EXPECT_EQ(WrongIn(schema, R"({"b":1})"), Words{});
    EXPECT_FALSE(WrongIn(schema, "{}").empty());
}

TEST(Checker, RefusesWhatIsNoSchema) {
    EXPECT_ANY_THROW(Checker(Json::parse(R"({"$ref":"#/$defs/nothing"})")));
    EXPECT_ANY_THROW(Checker(Json::parse(R"({"type":7})")));
}

}  // namespace
}  // namespace livery::schema
