#include "ceiling.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench_tenant.h"

namespace livery::bench {

namespace {

// A table of the run and how its columns are read: i integer, b id, t text, d date, m moment.
struct Table {
    db::Statement read;
    db::Statement write;
    const char* kinds;
    std::size_t per_invoice = 1;
};

void AddRow(const db::Row& row, const char* kinds, db::Batch& batch) {
    // One value at a time: a batch row is a list of fixed length.
    std::vector<db::Param> params;
    std::vector<std::string> texts;
    texts.reserve(32);
    for (std::size_t i = 0; kinds[i] != '\0'; ++i) {
        if (row.IsNull(i)) {
            params.emplace_back(std::nullopt);
        } else if (kinds[i] == 'i') {
            params.emplace_back(row.Int64(i));
        } else if (kinds[i] == 'b') {
            params.emplace_back(row.Id(i));
        } else if (kinds[i] == 'd') {
            params.emplace_back(row.Date(i));
        } else if (kinds[i] == 'm') {
            params.emplace_back(row.Time(i));
        } else {
            params.emplace_back(texts.emplace_back(row.Text(i)));
        }
    }
    batch.Add(params);
}

constexpr db::Statement kReadDocuments{
    "bench.read_documents",
    "SELECT id, account_id, kind, status, number, currency, made_at, issued_at, due_on, net, tax, "
    "paid, refunded, account_credit, credited, written_off, live_to, buyer, covers_from, covers_to "
    "FROM "
    "invoices_document WHERE tenant_id = :tenant LIMIT ? OFFSET ?"};
constexpr db::Statement kWriteDocuments{
    "bench.write_documents",
    "INSERT INTO copy_document (tenant_id, id, account_id, kind, status, number, currency, "
    "made_at, issued_at, due_on, net, tax, paid, refunded, account_credit, credited, written_off, "
    "live_to, buyer, covers_from, covers_to) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr db::Statement kReadLines{
    "bench.read_lines",
    "SELECT document_id, position, id, account_id, kind, subscription_id, charge, covers_from, "
    "covers_to, period_to, amount, discount, net, tax, currency, details FROM invoices_line WHERE "
    "tenant_id = :tenant LIMIT ? OFFSET ?"};
constexpr db::Statement kWriteLines{
    "bench.write_lines",
    "INSERT INTO copy_line (tenant_id, document_id, position, id, account_id, kind, "
    "subscription_id, charge, covers_from, covers_to, period_to, amount, discount, net, tax, "
    "currency, details) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr db::Statement kReadSettled{
    "bench.read_settled",
    "SELECT account_id, subscription_id, settled_to FROM invoices_settled WHERE tenant_id = "
    ":tenant LIMIT ? OFFSET ?"};
constexpr db::Statement kWriteSettled{
    "bench.write_settled",
    "INSERT INTO copy_settled (tenant_id, account_id, subscription_id, settled_to) VALUES "
    "(:tenant, ?, ?, ?)"};
constexpr db::Statement kReadEntries{"bench.read_entries",
                                     "SELECT id, fact, document_id, booked_at FROM ledger_entry "
                                     "WHERE tenant_id = :tenant LIMIT ? OFFSET ?"};
constexpr db::Statement kWriteEntries{
    "bench.write_entries",
    "INSERT INTO copy_entry (tenant_id, id, fact, document_id, booked_at) VALUES (:tenant, ?, ?, "
    "?, ?)"};
constexpr db::Statement kReadPostings{
    "bench.read_postings",
    "SELECT entry_id, position, account, customer_id, amount, currency FROM ledger_posting WHERE "
    "tenant_id = :tenant LIMIT ? OFFSET ?"};
constexpr db::Statement kWritePostings{
    "bench.write_postings",
    "INSERT INTO copy_posting (tenant_id, entry_id, position, account, customer_id, amount, "
    "currency) VALUES (:tenant, ?, ?, ?, ?, ?, ?)"};

constexpr db::Statement kReadVersions{
    "bench.read_versions",
    "SELECT subject_id, version FROM data_version WHERE tenant_id = :tenant LIMIT ? OFFSET ?"};
constexpr db::Statement kWriteVersions{
    "bench.write_versions",
    "INSERT INTO copy_version (tenant_id, subject_id, version) VALUES (:tenant, ?, ?)"};

constexpr db::Statement kReadAccounts{
    "bench.read_accounts",
    "SELECT account_id, redemptions, version FROM invoices_account WHERE tenant_id = :tenant "
    "LIMIT ? OFFSET ?"};
constexpr db::Statement kWriteAccounts{
    "bench.write_accounts",
    "INSERT INTO copy_account (tenant_id, account_id, redemptions, version) VALUES (:tenant, ?, ?, "
    "?)"};

// Rows of a part of the run's invoices once more, as bare inserts in transactions of `together`.
// They are read before the clock is started.
Copied CopyPart(db::testing::PrivateServer& server, std::size_t first, std::size_t invoices,
                std::size_t together) {
    const std::size_t commits = (invoices + together - 1) / together;
    const Table tables[] = {{kReadDocuments, kWriteDocuments, "bbttttmmdiiiiiiimtmm"},
                            {kReadLines, kWriteLines, "bibbtbtmmmiiiitt", 3},
                            {kReadSettled, kWriteSettled, "bbm", 3},
                            {kReadEntries, kWriteEntries, "btbm"},
                            {kReadPostings, kWritePostings, "bitbit", 3},
                            {kReadVersions, kWriteVersions, "bi"},
                            {kReadAccounts, kWriteAccounts, "bti"}};
    std::vector<std::vector<db::Batch>> parts(std::size(tables), std::vector<db::Batch>(commits));
    std::size_t rows = 0;
    for (std::size_t t = 0; t < std::size(tables); ++t) {
        const std::size_t each = tables[t].per_invoice;
        const db::Rows found =
            server.database.Query(kTenant, tables[t].read, {invoices * each, first * each});
        for (std::size_t i = 0; i < found.size(); ++i)
            AddRow(found[i], tables[t].kinds, parts[t][i * commits / found.size()]);
        rows += found.size();
    }
    const Cost cost = CostOf(server.embedded.pid(), [&] {
        for (std::size_t part = 0; part < commits; ++part) {
            server.database.Transact(kTenant, [&](db::Transaction& tx) {
                for (std::size_t t = 0; t < std::size(tables); ++t)
                    tx.ExecuteMany(tables[t].write, parts[t][part]);
            });
        }
    });
    return {rows, cost};
}

}  // namespace

// Part by part, for bounded memory.
Copied Ceiling(db::testing::PrivateServer& server, std::size_t invoices, std::size_t together) {
    constexpr std::size_t kPart = 20'000;
    Copied copied;
    for (std::size_t first = 0; first < invoices; first += kPart) {
        const auto [rows, took] =
            CopyPart(server, first, std::min(kPart, invoices - first), together);
        copied.rows += rows;
        copied.cost.seconds += took.seconds;
        copied.cost.own_cpu += took.own_cpu;
        copied.cost.server_cpu += took.server_cpu;
    }
    return copied;
}

void MakeTables(db::testing::PrivateServer& server) {
    std::vector<db::MigrationSource> sources;
    for (const char* plugin : {"subscriptions", "invoices", "ledger"}) {
        sources.push_back(
            {plugin, std::filesystem::path(LIVERY_SOURCE_DIR) / "plugins" / plugin / "migrations"});
    }
    db::Migrator(server.embedded.endpoint())
        .Apply(db::ReadMigrations(sources), [](const db::Migration&) {});
    for (const auto& [from, to] : {std::pair{"invoices_document", "copy_document"},
                                   {"invoices_line", "copy_line"},
                                   {"invoices_settled", "copy_settled"},
                                   {"ledger_entry", "copy_entry"},
                                   {"ledger_posting", "copy_posting"},
                                   {"data_version", "copy_version"},
                                   {"invoices_account", "copy_account"}}) {
        server.pool.Borrow()->Run(fmt::format("CREATE TABLE {} LIKE {}", to, from));
    }
}

}  // namespace livery::bench
