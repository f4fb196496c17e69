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
    Node Category(const char* queue, const std::vector<const char*>& about = {}) {
        Node node = Label("Anything");
        Node value = Text(queue);
        node.entries.push_back({"queue", value.at, value});
        std::vector<Node> kinds;
        for (const char* kind : about) kinds.push_back(Text(kind));
        if (!about.empty()) node.entries.push_back({"about", value.at, List(std::move(kinds))});
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
    EXPECT_EQ(read.desk.TargetsOf(2).first_response, Duration(std::chrono::hours(2)));
    EXPECT_FALSE(read.desk.TargetsOf(2).solution);
    EXPECT_FALSE(read.desk.TargetsOf(0).first_response);
}

TEST(ReadDesk, OffersThePrioritiesOfTheFile) {
    Written w;
    const auto list = [&](std::initializer_list<const char*> names) {
        std::vector<config::Node> items;
        for (const char* name : names) items.push_back(w.Text(name));
        return ReadOf(w.Desk({{"offer_priorities", w.List(items)}}));
    };
    EXPECT_EQ(list({"urgent", "low"}).desk.offered_priorities, (std::vector<int>{0, 3}));
    EXPECT_TRUE(list({}).desk.offered_priorities.empty()) << "they are not asked";
    EXPECT_NE(list({"low", "soon"}).problems.find("there is no priority `soon`; there are low"),
              std::string::npos);
}

TEST(BytesIn, CountsByTheThousand) {
    EXPECT_EQ(BytesIn("10 MB"), 10'000'000);
    EXPECT_EQ(BytesIn("500 kB"), 500'000);
    for (const char* text : {"", "10", "MB", "0 MB", "10MB", "1 GB", "-1 MB", "1.5 MB"})
        EXPECT_FALSE(BytesIn(text)) << text;
}

TEST(ReadDesk, TakesFilesAsTheFileSays) {
    Written w;
    EXPECT_EQ(ReadOf(w.Desk({})).desk.attachments, (AttachmentRules{5, 10'000'000, ""}));
    const Read read = ReadOf(w.Desk({{"attachments", w.Map({{"most", w.Text("3")},
                                                            {"most_bytes", w.Text("500 kB")},
                                                            {"clamd", w.Text("/run/c.ctl")}})}}));
    EXPECT_EQ(read.problems, "");
    EXPECT_EQ(read.desk.attachments, (AttachmentRules{3, 500'000, "/run/c.ctl"}));
    const std::string problems =
        ReadOf(w.Desk({{"attachments", w.Map({{"most", w.Text("7")},
                                              {"most_bytes", w.Text("10 MB")},
                                              {"clamd", w.Text("clamd")}})}}))
            .problems;
    EXPECT_NE(problems.find("attachments: 7 files of 10 MB are more than the 60 MB"),
              std::string::npos)
        << problems;
    EXPECT_NE(problems.find("attachments.clamd: is no absolute path"), std::string::npos)
        << problems;
}

TEST(ReadDesk, TakesMailsFromABoxOrFromAServer) {
    Written w;
    const Read by_server =
        ReadOf(w.Desk({{"mail", w.Map({{"address", w.Text("help@harbor.example")}})}}));
    EXPECT_EQ(by_server.problems, "");
    EXPECT_EQ(by_server.desk.mail->category, "question") << "the first by name";
    EXPECT_EQ(by_server.desk.mail->most_bytes, 25'000'000U);
    EXPECT_FALSE(by_server.desk.mail->box);
    const Read by_box =
        ReadOf(w.Desk({{"mail", w.Map({{"address", w.Text("help@harbor.example")},
                                       {"imap", w.Map({{"host", w.Text("imap.x")},
                                                       {"user", w.Text("u")},
                                                       {"secret", w.Text("s")}})}})}}));
    EXPECT_EQ(by_box.problems, "");
    EXPECT_EQ(by_box.desk.mail->box->url, "imaps://imap.x:993");
    EXPECT_EQ(by_box.desk.mail->box->processed, "Processed");
    EXPECT_FALSE(ReadOf(w.Desk({})).desk.mail);
}

TEST(ReadDesk, SaysWhatIsWrongWithItsMail) {
    Written w;
    const auto problems_of = [&](std::vector<std::pair<std::string, Node>> mail) {
        return ReadOf(w.Desk({{"mail", w.Map(std::move(mail))}})).problems;
    };
    const auto box = [&](const char* key, const char* value) {
        return w.Map({{key, w.Text(value)}, {"user", w.Text("u")}, {"secret", w.Text("s")}});
    };
    const std::string first =
        problems_of({{"address", w.Text("help")}, {"category", w.Text("nowhere")}});
    EXPECT_NE(first.find("mail.address: is no address"), std::string::npos) << first;
    EXPECT_NE(first.find("there is no category `nowhere`"), std::string::npos) << first;
    const std::string longest =
        problems_of({{"address", w.Text("customer.service.desk@x.example")}});
    EXPECT_NE(longest.find("more than 20 characters"), std::string::npos) << longest;
    for (const char* url : {"http://x", "imap://x/INBOX", "imaps://user:pw@x", "x", "imap://"}) {
        const std::string wrong =
            problems_of({{"address", w.Text("help@x.example")}, {"imap", box("url", url)}});
        EXPECT_NE(wrong.find("mail.imap.url"), std::string::npos) << url << wrong;
    }
    const std::string nowhere =
        problems_of({{"address", w.Text("help@x.example")}, {"imap", box("processed", "a\"b")}});
    EXPECT_NE(nowhere.find("either `url` or `host`"), std::string::npos) << nowhere;
    EXPECT_NE(nowhere.find("mail.imap.processed: a folder"), std::string::npos) << nowhere;
}

TEST(ReadDesk, BeginsWithOneCategoryForEachThing) {
    Written w;
    Node desk = w.Desk({});
    auto& categories = desk.entries[1].value.entries;
    categories.push_back({"money", {90, 1}, w.Category("care", {"invoice", "payment"})});
    const Read read = ReadOf(desk);
    EXPECT_EQ(read.problems, "");
    EXPECT_EQ(read.desk.CategoryAbout("payment"), "money");
    categories.push_back({"other", {91, 1}, w.Category("care", {"invoice", "castle"})});
    const std::string problems = ReadOf(desk).problems;
    for (const char* part : {"categories.other: `invoice` begins with `money` already",
                             "categories.other: nothing is called `castle`; there are "})
        EXPECT_NE(problems.find(part), std::string::npos) << part << "\n" << problems;
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
