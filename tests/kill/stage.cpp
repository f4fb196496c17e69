#include "stage.h"

#include <ranges>
#include <thread>

#include <fmt/format.h>

#include <livery/db/failure.h>

#include "billing.h"
#include "broken_invariants.h"
#include "db/migrator.h"
#include "lives.h"

namespace livery::kills {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStart = "start";
// Each after those that its keys refer to.
constexpr const char* kTables[] = {"subscriptions_agreement",
                                   "subscriptions_usage",
                                   "invoices_account",
                                   "invoices_document",
                                   "invoices_line",
                                   "invoices_payment",
                                   "invoices_credit",
                                   "invoices_settled",
                                   "invoices_set_off",
                                   "invoices_counter",
                                   "ledger_entry",
                                   "ledger_posting",
                                   "invoices_run"};

constexpr db::Statement kNumbersDrawn{
    "kills.numbers_drawn",
    "SELECT CAST(COALESCE(SUM(last_number), 0) AS SIGNED) FROM invoices_counter WHERE tenant_id = "
    ":tenant"};

}  // namespace

Stage::Folder::Folder() {
    std::string pattern = "/tmp/livery-kill-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder in /tmp");
    path = pattern;
    // The account that the server gives its files to must get in.
    fs::permissions(path, fs::perms(0755));
}

Stage::Folder::~Folder() { fs::remove_all(path); }

Stage::Stage(int subscriptions, db::Durability durability)
    : server_({server_folder(), 128, 20, durability, [](const std::string&) {}}),
      pool_(server_.endpoint(), 4, std::chrono::milliseconds(300)),
      database_(pool_),
      shop_(subscriptions) {
    const fs::path source(LIVERY_SOURCE_DIR);
    std::vector<db::MigrationSource> sources{{"db", source / "core/db/migrations"}};
    for (const char* plugin : {"subscriptions", "invoices", "ledger"})
        sources.push_back({plugin, source / "plugins" / plugin / "migrations"});
    db::Migrator(server_.endpoint()).Apply(db::ReadMigrations(sources), [](const db::Migration&) {
    });
    BeginLives(database_, TenantId(kStart), shop_, ids_);
}

void Stage::Copy(const std::string& to, Part part) {
    db::Connection connection(server_.endpoint());
    connection.Begin();
    for (const std::string_view table : kTables) {
        if (part == Part::kAgreements && !table.starts_with("subscriptions_")) continue;
        connection.Run(
            fmt::format("CREATE TEMPORARY TABLE copied AS SELECT * FROM {} WHERE tenant_id = '{}'",
                        table, kStart));
        connection.Run(fmt::format("UPDATE copied SET tenant_id = '{}'", to));
        connection.Run(fmt::format("INSERT INTO {} SELECT * FROM copied", table));
        connection.Run("DROP TEMPORARY TABLE copied");
    }
    connection.Commit();
}

void Stage::Drop(const std::string& tenant) {
    db::Connection connection(server_.endpoint());
    for (const char* table : std::views::reverse(kTables))
        connection.Run(fmt::format("DELETE FROM {} WHERE tenant_id = '{}'", table, tenant));
}

std::int64_t Stage::NumbersDrawn(const std::string& tenant) {
    return database_.Query(TenantId(tenant), kNumbersDrawn, {}).Only().Int64(0);
}

std::string Stage::BrokenInvariants(const std::string& tenant) {
    ShopBilling billing(database_, TenantId(tenant), shop_);
    std::string broken;
    database_.ReadSnapshot(TenantId(tenant), [&](db::Transaction& tx) {
        broken = books::BrokenInvariants(tx, billing.ports());
    });
    return broken;
}

void Stage::WaitForServer() {
    for (int i = 0;; ++i) {
        try {
            const db::Connection connection(server_.endpoint());
            return;
        } catch (const db::Unavailable&) {
            if (i == 600) throw;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
}

}  // namespace livery::kills
