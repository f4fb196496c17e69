// Measures a billing run on a private, durable MariaDB against the bare ceiling: the same rows
// inserted in batches through the same connector. billing_run [ACCOUNTS] [TOGETHER] prints one JSON
// object. Each account has a base and two add-ons: an invoice of three lines with tax.
#include "app/billing_run.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "app/agreement_desk.h"
#include "db/testing/private_server.h"
#include "domain/tax_rules.h"
#include "storage/agreement_repository.h"
#include "storage/book_repository.h"
#include "storage/ledger_repository.h"

namespace {

using namespace livery;  // NOLINT: a program of one file

const TenantId kTenant("bench");
const Currency kEuro = *Currency::Parse("EUR");

billing::Catalog MakeCatalog() {
    billing::Catalog catalog;
    catalog.products["seat"] = {"seat", "Seat", "standard", {}};
    catalog.products["extra"] = {"extra", "Extra", "standard", {"seat"}};
    for (const auto& [id, product, price] :
         {std::tuple{"base", "seat", 4900}, {"first", "extra", 1250}, {"second", "extra", 799}}) {
        billing::Phase phase;
        phase.recurring[kEuro] = Decimal(price, 2);
        billing::PlanVersion version;
        version.phases.push_back(phase);
        catalog.plans[id] = {id, product, id, {version}};
    }
    return catalog;
}

class CountingIds final : public IdSource {
 public:
    Uuid Next() override { return MakeUuidV7(++count_, {}); }

 private:
    std::atomic<std::uint64_t> count_ = 0;
};

// A tenant with accounts that need no tables.
class Bench final : public CatalogSource,
                    public BillingProfiles,
                    public TaxEngine,
                    public invoices::ReportRates,
                    public AccountDirectory {
 public:
    explicit Bench(std::size_t accounts) {
        for (std::size_t i = 0; i < accounts; ++i) accounts_.push_back(AccountId(ids.Next()));
        taxes::Tax vat{"VAT", "VAT"};
        vat.rate = Decimal(20);
        rules_.taxes.push_back(vat);
    }
    std::shared_ptr<const billing::Catalog> Of(const TenantId&) override { return catalog_; }
    Result<BillingProfile> Of(db::Transaction&, AccountId account) override {
        return ProfileOf(account);
    }
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId first,
                                        AccountId last) override {
        std::vector<BillingProfile> found;
        auto account = std::lower_bound(accounts_.begin(), accounts_.end(), first);
        for (; account != accounts_.end() && *account <= last; ++account)
            found.push_back(ProfileOf(*account));
        return found;
    }
    Result<billing::TaxAnswer> Calculate(const TenantId&,
                                         const billing::TaxQuestion& question) override {
        return taxes::Calculate(rules_, catalog_->policies, question);
    }
    std::optional<invoices::ReportRate> RateOf(db::Transaction&, Currency) override { return {}; }
    std::vector<Entry> List(const TenantId&, std::int64_t after, std::size_t limit) override {
        std::vector<Entry> page;
        for (auto i = static_cast<std::size_t>(after); i < accounts_.size() && page.size() < limit;
             ++i)
            page.push_back({accounts_[i], static_cast<std::int64_t>(i + 1)});
        return page;
    }
    const std::vector<AccountId>& accounts() const { return accounts_; }
    CountingIds ids;

 private:
    static BillingProfile ProfileOf(AccountId account) {
        BillingProfile profile;
        profile.account = account;
        return profile;
    }
    std::shared_ptr<const billing::Catalog> catalog_ =
        std::make_shared<const billing::Catalog>(MakeCatalog());
    taxes::TaxRules rules_;
    std::vector<AccountId> accounts_;
};

// User and system time of this process.
double OwnCpu() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double CpuOf(pid_t pid) {
    std::ifstream stat(fmt::format("/proc/{}/stat", pid));
    std::string text;
    std::getline(stat, text);
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;  // state … cmajflt
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

struct Cost {
    double seconds = 0;
    double own_cpu = 0;
    double server_cpu = 0;
};

Cost CostOf(pid_t server, const std::function<void()>& work) {
    const double own = OwnCpu();
    const double servers = CpuOf(server);
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return {took.count(), OwnCpu() - own, CpuOf(server) - servers};
}

std::size_t ResidentKib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::strtoul(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}

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
std::pair<std::size_t, Cost> CopyPart(db::testing::PrivateServer& server, std::size_t first,
                                      std::size_t invoices, std::size_t together) {
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

// Part by part, for bounded memory.
std::pair<std::size_t, Cost> Ceiling(db::testing::PrivateServer& server, std::size_t invoices,
                                     std::size_t together) {
    constexpr std::size_t kPart = 20'000;
    std::size_t rows = 0;
    Cost cost;
    for (std::size_t first = 0; first < invoices; first += kPart) {
        const auto [copied, took] =
            CopyPart(server, first, std::min(kPart, invoices - first), together);
        rows += copied;
        cost.seconds += took.seconds;
        cost.own_cpu += took.own_cpu;
        cost.server_cpu += took.server_cpu;
    }
    return {rows, cost};
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

constexpr db::Statement kReadSold{
    "bench.read_sold",
    "SELECT currency, site, started_at, end_reason, terms FROM subscriptions_agreement WHERE "
    "tenant_id = :tenant AND account_id = ? ORDER BY id"};
constexpr db::Statement kWriteSold{
    "bench.write_sold",
    "INSERT INTO subscriptions_agreement (tenant_id, id, account_id, base_id, currency, site, "
    "started_at, end_reason, terms) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?)"};

void SellOne(db::Transaction& tx, AccountId account, subscriptions::AgreementDesk& desk,
             CivilTime start) {
    std::optional<SubscriptionId> base;
    for (const char* plan : {"base", "first", "second"}) {
        const auto made =
            desk.Subscribe(tx, account, {plan, Decimal(1), kEuro, "", base, std::nullopt}, start);
        if (!base) base = *made;
    }
}

// Every account has a base and two add-ons from `start` on: the desk sells them to the first one,
// and the others get rows like its own, many at a time.
void Sell(db::Database& database, Bench& bench, subscriptions::AgreementDesk& desk,
          CivilTime start) {
    constexpr std::size_t kTogether = 2000;
    const auto& accounts = bench.accounts();
    database.Transact(kTenant,
                      [&](db::Transaction& tx) { SellOne(tx, accounts.front(), desk, start); });
    const db::Rows sold = database.Query(kTenant, kReadSold, {accounts.front()});
    for (std::size_t first = 1; first < accounts.size(); first += kTogether) {
        db::Batch batch;
        const std::size_t end = std::min(first + kTogether, accounts.size());
        for (std::size_t i = first; i < end; ++i) {
            std::optional<Uuid> base;
            for (const db::Row row : sold) {
                const Uuid id = bench.ids.Next();
                batch.Add({id, accounts[i], base, row.Text(0), row.Text(1), row.Time(2),
                           row.Text(3), row.Text(4)});
                if (!base) base = id;
            }
        }
        database.Transact(kTenant, [&](db::Transaction& tx) {
            tx.ExecuteMany(kWriteSold, batch);
            for (std::size_t i = first; i < end; ++i) tx.Touch(SubjectOf(accounts[i]));
        });
    }
}

struct Figures {
    std::size_t accounts = 0;
    invoices::BillingRun::Report report;
    Cost run;
    std::size_t copied_invoices = 0;
    std::size_t copied_rows = 0;
    Cost ceiling;
    Cost again;
    Cost next_month;
    std::size_t grown_kib = 0;
};

void Print(const Figures& f) {
    const auto invoices = static_cast<double>(f.report.invoices);
    const auto each = [&](double seconds) { return seconds / invoices * 1e6; };
    const double rows = static_cast<double>(f.copied_rows) / static_cast<double>(f.copied_invoices);
    const auto copied = static_cast<double>(f.copied_rows);
    const auto ceiling = [&](double seconds) { return seconds / copied * rows * 1e6; };
    fmt::print(
        "{}\n",
        nlohmann::ordered_json{{"accounts", f.accounts},
                               {"invoices", f.report.invoices},
                               {"failures", f.report.failures.size()},
                               {"rows_per_invoice", rows},
                               {"run_seconds", f.run.seconds},
                               {"invoices_per_second", invoices / f.run.seconds},
                               {"billing_run_vs_ceiling",
                                (invoices * rows / f.run.seconds) / (copied / f.ceiling.seconds)},
                               {"ceiling_rows_per_second", copied / f.ceiling.seconds},
                               {"own_cpu_us", each(f.run.own_cpu)},
                               {"server_cpu_us", each(f.run.server_cpu)},
                               {"ceiling_own_cpu_us", ceiling(f.ceiling.own_cpu)},
                               {"ceiling_server_cpu_us", ceiling(f.ceiling.server_cpu)},
                               {"run_again_seconds", f.again.seconds},
                               {"next_month_seconds", f.next_month.seconds},
                               {"next_month_own_cpu_us", each(f.next_month.own_cpu)},
                               {"next_month_server_cpu_us", each(f.next_month.server_cpu)},
                               {"resident_growth_mib", static_cast<double>(f.grown_kib) / 1024}}
            .dump());
}

}  // namespace

int main(int argc, char** argv) {
    // As many as the run made, so that the tables are as large; of a million a part that is quick
    // to find again.
    constexpr std::size_t kMostCopied = 100'000;
    const std::size_t accounts = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5000;
    const std::size_t together = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 500;
    // With the memory that a host gives its database by default.
    db::testing::PrivateServer server({"db"}, 4, db::Durability::kFull,
                                      db::EmbeddedOptions{}.buffer_pool_mib);
    MakeTables(server);
    Bench bench(accounts);
    subscriptions::AgreementRepository agreements(bench.ids);
    subscriptions::AgreementDesk desk(bench, bench, agreements, bench.ids);
    const CivilTime start = *ParseDate("2026-01-01");
    Sell(server.database, bench, desk, start);
    invoices::BookRepository books;
    ledger::LedgerRepository ledger(bench.ids);
    const invoices::BillingPorts ports{bench, bench, desk, bench, ledger, books, bench, bench.ids};
    invoices::BillingRun run(server.database, bench, ports);
    Figures figures;
    figures.accounts = accounts;
    figures.copied_invoices = std::min(accounts, kMostCopied);
    const auto bill = [&](CivilTime as_of, invoices::BillingRun::Report& report) {
        return CostOf(server.embedded.pid(), [&] {
            report = run.Run(kTenant, {as_of, false, together}, [](const auto&) {});
        });
    };
    const std::size_t before = ResidentKib();
    figures.run = bill(start, figures.report);
    figures.grown_kib = ResidentKib() - before;
    std::tie(figures.copied_rows, figures.ceiling) =
        Ceiling(server, figures.copied_invoices, together);
    invoices::BillingRun::Report later;
    figures.again = bill(start, later);
    figures.next_month = bill(*ParseDate("2026-02-01"), later);
    Print(figures);
    return figures.report.failures.empty() && later.failures.empty() ? 0 : 1;
}
