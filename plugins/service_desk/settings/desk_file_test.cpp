#include "settings/desk_file.h"

#include <gtest/gtest.h>

#include "domain/wall_clocks.h"

namespace livery::service_desk {
namespace {

using config::Node;

// A file without a YAML reader: maps, lists and texts, each at a line of its own.
class Written {
 public:
    Node Text(std::string text) { return {Node::Kind::kScalar, Next(), std::move(text), {}, {}}; }
    Node List(std::vector<Node> items) {
        return {Node::Kind::kList, Next(), "", std::move(items), {}};
    }
    Node Map(std::vector<std::pair<std::string, Node>> entries) {
        Node map{Node::Kind::kMap, Next(), "", {}, {}};
        for (auto& [key, value] : entries) {
            const auto at = value.at;
            map.entries.push_back({key, at, std::move(value)});
        }
        return map;
    }
    Node Label(const char* words) { return Map({{"label", Map({{"en", Text(words)}})}}); }
    Node Category(const char* queue) {
        Node node = Label("Anything");
        Node value = Text(queue);
        node.entries.push_back({"queue", value.at, value});
        return node;
    }
    // With `more` sections.
    Node Desk(std::vector<std::pair<std::string, Node>> more) {
        Node desk = Map({{"queues", Map({{"care", Label("Care")}})},
                         {"categories", Map({{"question", Category("care")}})}});
        for (auto& [key, value] : more) {
            const auto at = value.at;
            desk.entries.push_back({key, at, std::move(value)});
        }
        return desk;
    }

 private:
    config::Position Next() { return {++line_, 1}; }
    int line_ = 0;
};

struct Read {
    Desk desk;
    std::string problems;
};
Read ReadOf(const Node& node) {
    config::Problems problems;
    Desk desk = ReadDesk(node, config::Reader("service_desk.yaml", problems));
    return {std::move(desk), problems.ToString()};
}

TEST(OpenTimeIn, TakesHoursAndMinutesAndNoDays) {
    EXPECT_EQ(OpenTimeIn("30 minutes"), Duration(std::chrono::minutes(30)));
    EXPECT_EQ(OpenTimeIn("1 hour"), Duration(std::chrono::hours(1)));
    for (const char* text : {"", "hour", "0 hours", "-1 hours", "2 days", "1.5 hours", "2hours"})
        EXPECT_FALSE(OpenTimeIn(text)) << text;
}

TEST(HoursIn, EndsADayAtTwentyFour) {
    EXPECT_EQ(HoursIn("08:30-24:00"),
              (Hours{std::chrono::minutes(510), std::chrono::minutes(1440)}));
    for (const char* text : {"", "8:00-18:00", "18:00-08:00", "08:00-08:00", "08:60-18:00",
                             "00:00-24:01", "08:00 18:00"})
        EXPECT_FALSE(HoursIn(text)) << text;
}

TEST(DaysIn, GoesOnOverTheWeekend) {
    using Days = std::vector<unsigned>;
    EXPECT_EQ(DaysIn("mon"), Days{1});
    EXPECT_EQ(DaysIn("mon-fri"), (Days{1, 2, 3, 4, 5}));
    EXPECT_EQ(DaysIn("fri-mon"), (Days{5, 6, 0, 1}));
    for (const char* text : {"", "monday", "mon-", "mon-fri-sun"})
        EXPECT_TRUE(DaysIn(text).empty());
}

TEST(ReadDesk, WithoutHoursItIsAlwaysOpen) {
    Written w;
    const Read read = ReadOf(w.Desk({}));
    EXPECT_EQ(read.problems, "");
    EXPECT_EQ(OpenTime(read.desk.calendar, testing::Utc(), testing::At(2026, 11, 28),
                       testing::At(2026, 11, 30)),
              std::chrono::hours(48));
    EXPECT_EQ(In(read.desk.categories.at("question").label, "de"), "Anything");
}

TEST(ReadDesk, OpensWhereTheFileSays) {
    Written w;
    const Read read = ReadOf(w.Desk(
        {{"hours", w.Map({{"mon-fri", w.List({w.Text("14:00-18:00"), w.Text("08:00-12:00")})}})},
         {"holidays", w.List({w.Text("12-25"), w.Text("2026-11-30"), w.Text("02-29")})},
         {"targets", w.Map({{"high", w.Map({{"first_response", w.Text("2 hours")}})}})}}));
    EXPECT_EQ(read.problems, "");
    const auto open = [&](unsigned month, unsigned day) {
        const auto begin = testing::At(2026, month, day);
        return OpenTime(read.desk.calendar, testing::Utc(), begin, begin + std::chrono::hours(24));
    };
    EXPECT_EQ(open(12, 1), std::chrono::hours(8));
    EXPECT_EQ(open(11, 30), Duration(0)) << "once";
    EXPECT_EQ(open(12, 25), Duration(0)) << "every year";
    EXPECT_EQ(open(12, 5), Duration(0)) << "a Saturday";
    EXPECT_EQ(read.desk.TargetsOf("high").first_response, Duration(std::chrono::hours(2)));
    EXPECT_FALSE(read.desk.TargetsOf("high").solution);
    EXPECT_FALSE(read.desk.TargetsOf("low").first_response);
}

TEST(ReadDesk, SaysAllThatIsWrongAndWhere) {
    Written w;
    Node desk = w.Desk(
        {{"hours",
          w.Map({{"monday", w.List({w.Text("08:00-12:00")})},
                 {"tue", w.List({w.Text("08:00-12:00"), w.Text("11:00-13:00"), w.Text("noon")})}})},
         {"holidays", w.List({w.Text("2026-02-30")})},
         {"targets", w.Map({{"soon", w.Map({{"solution", w.Text("3 days")}})}})}});
    desk.entries[1].value.entries.push_back({"lost", {99, 1}, w.Category("nowhere")});
    const std::string problems = ReadOf(desk).problems;
    for (const char* part :
         {"categories.lost: there is no queue `nowhere`", "hours.monday: is no day",
          "`noon` is no time", "a time is written twice for the same day",
          "holidays[0]: `2026-02-30` is no day", "targets.soon: there is no such priority",
          "`3 days` is no open time"})
        EXPECT_NE(problems.find(part), std::string::npos) << part << "\n" << problems;
}

}  // namespace
}  // namespace livery::service_desk
