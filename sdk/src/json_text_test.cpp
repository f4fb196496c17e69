#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <livery/check.h>
#include <livery/db/json_text.h>

namespace livery::db {
namespace {

TEST(JsonText, WhatIsWrittenIsWhatOthersReadInIt) {
    JsonWriter writer;
    writer.BeginObject().Set("name", "Ol\"iver\n\xC3\xBC \xE7\x8E\x8B").Set("count", -5);
    writer.Key("parts").BeginArray().Add("a").Add(std::int64_t{9007199254740993}).EndArray();
    const auto read = nlohmann::json::parse(writer.EndObject().Text());
    EXPECT_EQ(read, (nlohmann::json{{"name", "Ol\"iver\n\xC3\xBC \xE7\x8E\x8B"},
                                    {"count", -5},
                                    {"parts", {"a", 9007199254740993}}}));
}

TEST(JsonText, TextsWrittenByOthersAreRead) {
    const std::string written = nlohmann::json{
        {"price", "9.975"},
        {"day", "2026-02-28"},
        {"at", "2026-02-28T09:30:00"},
        {"share", {15, 31}},
        {"name", "\xC3\xBC\"\\"}}.dump();
    const JsonText text(written);
    const JsonNode root = text.root();
    EXPECT_EQ(root["price"].Number(), Decimal(9975, 3));
    EXPECT_EQ(root["day"].Day(), *ParseDate("2026-02-28"));
    EXPECT_EQ(root["at"].Time(), *ParseCivilTime("2026-02-28T09:30:00"));
    EXPECT_EQ(root["share"].size(), 2U);
    EXPECT_EQ(root["share"][1].Int(), 31);
    EXPECT_EQ(root["name"].Text(), "\xC3\xBC\"\\");
    EXPECT_FALSE(root.Has("site"));
}

TEST(JsonText, WhatIsNotThereOrOfAnotherKindIsRefused) {
    EXPECT_THROW(JsonText("{"), BrokenInvariant);
    const JsonText text(R"({"name": "x", "count": 1.5, "list": []})");
    const JsonNode root = text.root();
    EXPECT_THROW(root["other"], BrokenInvariant);
    EXPECT_THROW(root["name"].Int(), BrokenInvariant);
    EXPECT_THROW(root["name"].Day(), BrokenInvariant);
    EXPECT_THROW(root["count"].Int(), BrokenInvariant);
    EXPECT_THROW(root["list"][0U], BrokenInvariant);
    EXPECT_THROW(root["name"]["x"], BrokenInvariant);
}

// More than the memory that a text is read into at first.
TEST(JsonText, ALongTextIsReadWhole) {
    JsonWriter writer;
    writer.BeginArray();
    for (std::int64_t i = 0; i < 5000; ++i) writer.Add("item " + std::to_string(i));
    const JsonText text(writer.EndArray().Text());
    EXPECT_EQ(text.root().size(), 5000U);
    EXPECT_EQ(text.root()[4999U].Text(), "item 4999");
}

}  // namespace
}  // namespace livery::db
