// Lists of tickets on a real MariaDB: each is walked page by page, and what the server read for a
// page is counted. So it holds on every machine, however fast, that a page costs what it shows.

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "db/testing/private_server.h"
#include "storage/desk_list_repository.h"
#include "storage/ticket_rows.h"

namespace livery::service_desk {
namespace {

const TenantId kTenant("harbor");
constexpr int kTickets = 4500;
constexpr std::size_t kPage = 51;
// Of a page beyond its rows: where a range begins and ends, and the few that were merged.
constexpr std::int64_t kSpare = 12;

Uuid Repeated(std::uint8_t byte) {
    Uuid uuid;
    uuid.bytes.fill(byte);
    return uuid;
}
const AccountId kAccount(Repeated(0x01));
const UserId kAgent(Repeated(0x11));

// Each state with each queue and each assignee a hundred times; queue `rare` has seven at all. Half
// of what is unsolved is never due, and the rest at few moments. Of one account are a thousand.
constexpr const char* kSeed =
    "INSERT INTO service_desk_ticket (tenant_id, id, number, account_id, subject, category, queue, "
    "priority, language, state, assignee, about_kind, about_id, merged_into, created_at, "
    "active_at, due_at, escalated_at, is_unsolved, clocks, version) SELECT name, UNHEX(MD5(seq)), "
    "CONCAT('T-2026-', LPAD(seq, 6, '0')), UNHEX(IF(seq > 3500, REPEAT('01', 16), MD5(seq % 50))), "
    "'It does not ring', 'question', IF(seq % 700 = 0, 'rare', ELT(1 + seq DIV 5 % 3, 'care', "
    "'billing', 'sales')), 1, 'en', ELT(1 + seq % 5, 'new', 'open', 'waiting_for_customer', "
    "'solved', 'closed'), UNHEX(ELT(1 + seq DIV 15 % 3, NULL, REPEAT('11', 16), REPEAT('12', "
    "16))), IF(seq % 9 = 0, 'invoice', ''), IF(seq % 9 = 0, UNHEX(MD5('invoice')), NULL), "
    "IF(seq % 1500 = 4, UNHEX(MD5(1)), NULL), '2026-01-01', '2026-01-01' + INTERVAL seq DIV 7 "
    "HOUR, IF(seq % 5 < 3 AND seq DIV 45 % 2, '2026-07-01' + INTERVAL seq % 4 DAY, '9000-01-01'), "
    "IF(seq % 5 < 3 AND seq DIV 45 % 2 AND seq % 4 < 2 AND seq % 7, '2026-06-30', NULL), seq % 5 "
    "< 3, "
    "'{\"first_response\": {\"target\": null, \"used\": 0, \"running_since\": null, \"ended_at\": "
    "null}, \"solution\": {\"target\": null, \"used\": 0, \"running_since\": null, \"ended_at\": "
    "null}, \"followed_until\": 0}', 1 FROM seq_1_to_4500 JOIN (SELECT 'harbor' AS name UNION "
    "SELECT 'northwind') tenants";
constexpr db::Statement kHowMany{
    "test.count_tickets",
    "SELECT COUNT(*) FROM service_desk_ticket WHERE tenant_id = :tenant AND merged_into IS NULL "
    "AND (? = 0 OR is_unsolved) AND (? = '' OR queue = ?) AND (? = '' OR state = ?) AND (? = 0 OR "
    "assignee <=> ?)"};
constexpr const char* kReads =
    "SELECT CAST(SUM(IF(VARIABLE_NAME LIKE 'HANDLER_READ%', VARIABLE_VALUE, 0)) AS INT), "
    "CAST(SUM(IF(VARIABLE_NAME = 'HANDLER_ICP_ATTEMPTS', VARIABLE_VALUE, 0)) AS INT), "
    "CAST(SUM(IF(VARIABLE_NAME = 'SORT_ROWS', VARIABLE_VALUE, 0)) AS INT) FROM "
    "information_schema.SESSION_STATUS";

// One connection, so that its counters are those of what was asked.
db::testing::PrivateServer& Server() {
    static db::testing::PrivateServer server({"db"}, 1);
    static const bool is_seeded = [] {
        const auto migrations =
            std::filesystem::path(LIVERY_SOURCE_DIR) / "plugins/service_desk/migrations";
        db::Migrator(server.embedded.endpoint())
            .Apply(db::ReadMigrations({{"service_desk", migrations}}), [](const db::Migration&) {});
        server.pool.Borrow()->Run(kSeed);
        return true;
    }();
    EXPECT_TRUE(is_seeded);
    return server;
}

db::Database& Database() { return Server().database; }

void ExpectReads(std::int64_t shown) {
    const db::Rows rows = Server().pool.Borrow()->Query("test.reads", kReads, "", {});
    EXPECT_LE(rows.Only().Int64(0), shown + kSpare) << "rows read";
    EXPECT_LE(rows.Only().Int64(1), shown + kSpare) << "entries of an index looked at";
    EXPECT_EQ(rows.Only().Int64(2), 0) << "rows sorted";
}

// What it gives, when the server read no more rows for it than it gives, and sorted none.
template <class Read>
auto Counted(const Read& read) {
    db::Database& database = Database();
    Server().pool.Borrow()->Run("FLUSH STATUS");
    const auto found = read(database);
    ExpectReads(std::ssize(found));
    return found;
}

std::string NameOf(const TicketWish& wish) {
    return (wish.unsolved ? "unsolved" : "all") + std::string(" of queue '") + wish.queue +
           "' in state '" + std::string(wish.state ? ToString(*wish.state) : "") + "' " +
           (wish.unassigned ? "of nobody"
            : wish.assignee ? "of somebody"
                            : "");
}

bool IsAfter(const TicketPlace& one, const TicketPlace& next, const TicketWish& wish) {
    const auto before = std::tie(one.active_at, one.id);
    const auto after = std::tie(next.active_at, next.id);
    return wish.unsolved ? before < after : before > after;
}

// All that is wished, page by page.
std::set<TicketId> Walk(TicketWish wish) {
    std::set<TicketId> seen;
    std::optional<TicketPlace> last;
    wish.most = kPage;
    for (bool more = true; more;) {
        const auto page = Counted([&](db::Database& database) {
            return DeskListRepository::List(database, kTenant, wish);
        });
        for (const Ticket& ticket : page) {
            const TicketPlace place = DeskListRepository::PlaceOf(ticket, wish);
            EXPECT_TRUE(!last || IsAfter(*last, place, wish));
            last = place;
            if (!seen.insert(ticket.id).second) ADD_FAILURE() << "shown twice";
        }
        // What an address can say.
        if (last) wish.after = TicketPlace::Parse(last->ToString());
        more = page.size() == kPage && !testing::Test::HasFailure();
    }
    return seen;
}

std::int64_t HowMany(const TicketWish& wish) {
    const std::string_view state = wish.state ? ToString(*wish.state) : "";
    const bool is_of = wish.assignee || wish.unassigned;
    return Database()
        .Query(kTenant, kHowMany,
               {wish.unsolved, wish.queue, wish.queue, state, state, is_of, wish.assignee})
        .Only()
        .Int64(0);
}

std::vector<TicketWish> EveryWish() {
    std::vector<TicketWish> wishes;
    const std::optional<TicketState> states[]{
        std::nullopt,         TicketState::kNew,
        TicketState::kOpen,   TicketState::kWaitingForCustomer,
        TicketState::kSolved, TicketState::kClosed,
    };
    for (const bool unsolved : {true, false})
        for (const char* queue : {"", "care", "rare", "nowhere"})
            for (const auto& state : states)
                for (const int whose : {0, 1, 2}) {
                    // Of the job alone.
                    if (unsolved && state && whose != 0) continue;
                    TicketWish wish{.unsolved = unsolved, .queue = queue, .state = state};
                    if (whose == 1) wish.assignee = kAgent;
                    wish.unassigned = whose == 2;
                    wishes.push_back(wish);
                }
    return wishes;
}

TEST(DeskLists, ShowEachTicketOnceAndReadNoMoreThanTheyShow) {
    for (const TicketWish& wish : EveryWish()) {
        SCOPED_TRACE(NameOf(wish));
        EXPECT_EQ(std::ssize(Walk(wish)), HowMany(wish));
    }
}

TEST(DeskLists, OfAnAccountHoldNothingElse) {
    const auto all = Walk({.unsolved = false, .account = kAccount});
    EXPECT_EQ(all.size(), 1000U);
    const auto some = DeskListRepository::List(
        Database(), kTenant,
        {.unsolved = true, .account = kAccount, .queue = "care", .unassigned = true, .most = 2000});
    std::size_t expected = 0;
    for (const Ticket& ticket :
         TicketRepository::ListOwned(Database(), kTenant, kAccount, {}, 2000))
        if (IsUnsolved(ticket.state) && ticket.queue == "care" && !ticket.assignee) ++expected;
    EXPECT_EQ(some.size(), expected);
    EXPECT_GT(expected, 0U);
    for (const Ticket& ticket : some) EXPECT_TRUE(all.contains(ticket.id));
    EXPECT_TRUE(
        DeskListRepository::List(Database(), kTenant,
                                 {.unsolved = false, .account = AccountId(MakeUuidV7(8, {}))})
            .empty());
}

// Half of what is unsolved.
TEST(DeskLists, GoOnAmongWhatIsNeverDue) {
    const TicketPlace place{kNeverDue, TicketId(MakeUuidV7(7, {}))};
    const auto parsed = TicketPlace::Parse(place.ToString());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->active_at, place.active_at);
    EXPECT_EQ(parsed->id, place.id);
}

TEST(DeskLists, BeginAtNoPlaceAfterWhatIsNeverDue) {
    const std::string id = "." + TicketId(MakeUuidV7(7, {})).ToString();
    EXPECT_FALSE(TicketPlace::Parse("221845392000000001" + id));
    EXPECT_FALSE(TicketPlace::Parse("9223372036854775807" + id));
    EXPECT_FALSE(TicketPlace::Parse("92233720368547758070" + id));
    EXPECT_FALSE(TicketPlace::Parse("-1" + id));
    EXPECT_FALSE(TicketPlace::Parse(id));
}

TEST(DeskLists, HaveNothingByLettersThatNoNumberAndNoQueueHas) {
    TicketWish wish{.number = "T-2026-00000\u00fc"};
    EXPECT_TRUE(DeskListRepository::List(Database(), kTenant, wish).empty());
    wish = {.queue = "k\u00fcche"};
    EXPECT_TRUE(DeskListRepository::List(Database(), kTenant, wish).empty());
}

TEST(DeskLists, FindANumberByItsIndex) {
    const auto found = Counted([&](db::Database& database) {
        return DeskListRepository::List(database, kTenant, {.number = "T-2026-000700"});
    });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().queue, "rare");
}

TEST(ListsOfACustomer, ShowEachTicketOnceAndReadNoMoreThanTheyShow) {
    std::set<TicketId> seen;
    std::optional<TicketPlace> after;
    for (std::size_t shown = kPage; shown == kPage && !testing::Test::HasFailure();) {
        const auto page = Counted([&](db::Database& database) {
            return TicketRepository::ListOwned(database, kTenant, kAccount, after, kPage);
        });
        shown = page.size();
        for (const Ticket& ticket : page) {
            EXPECT_EQ(ticket.account, kAccount);
            EXPECT_TRUE(seen.insert(ticket.id).second);
        }
        after = TicketPlace{page.back().active_at, page.back().id};
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(ListsOfACustomer, OfWhatIsAboutOneThingReadNoOther) {
    const auto asked = [&](const About& about) {
        return Counted([&](db::Database& database) {
            return TicketRepository::ListAbout(database, kTenant, kAccount, about, 5);
        });
    };
    const auto some = TicketRepository::ListOwned(Database(), kTenant, kAccount, {}, 50);
    const auto about = std::find_if(some.begin(), some.end(),
                                    [](const Ticket& one) { return one.about.kind == "invoice"; });
    ASSERT_NE(about, some.end());
    EXPECT_EQ(asked(about->about).size(), 5U);
    EXPECT_TRUE(asked({"invoice", MakeUuidV7(9, {})}).empty());
}

// Hundreds were raised before, and are due still.
TEST(WorkOfTheDesk, LooksAtNothingThatWasRaised) {
    const Instant then = std::chrono::sys_days(std::chrono::July / 2 / 2026);
    const auto due = Counted([&](db::Database& database) {
        return DeskListRepository::DueBy(database, kTenant, then, 200);
    });
    EXPECT_GT(due.size(), 20U);
    EXPECT_LT(due.size(), 200U);
}

TEST(WorkOfTheStaff, IsCountedAlongAnIndex) {
    Server().pool.Borrow()->Run("FLUSH STATUS");
    const auto waiting = DeskListRepository::CountWaiting(Database(), kTenant);
    EXPECT_EQ(waiting, kTickets / 5 * 2);
    ExpectReads(waiting);
}

}  // namespace
}  // namespace livery::service_desk
