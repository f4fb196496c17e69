// Statements of account from a real journal, held against the slow way: all that was ever booked of
// a customer is read, and added up one after the other.

#include <array>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "adapters/system_clock.h"
#include "app/account_statement.h"
#include "db/testing/private_server.h"
#include "storage/balance_repository.h"
#include "storage/document_repository.h"
#include "storage/ledger_repository.h"

namespace livery::invoices {
namespace {

using billing::JournalEntry;
using billing::LedgerAccount;

const std::array kCurrencies{*Currency::Parse("EUR"), *Currency::Parse("USD"),
                             *Currency::Parse("JPY")};
const CivilTime kBegin = *ParseCivilTime("2025-01-01");
const TenantId kTenant("harbor");

AccountId Customer(std::uint64_t n) { return AccountId(MakeUuidV7(n, {})); }

db::Database& Database() {
    static db::testing::PrivateServer server({"db"}, 2);
    static const bool migrated = [] {
        const auto plugins = std::filesystem::path(LIVERY_SOURCE_DIR) / "plugins";
        db::Migrator(server.embedded.endpoint())
            .Apply(db::ReadMigrations({{"ledger", plugins / "ledger/migrations"},
                                       {"invoices", plugins / "invoices/migrations"}}),
                   [](const db::Migration&) {});
        return true;
    }();
    EXPECT_TRUE(migrated);
    return server.database;
}

// Entries of two customers in up to three currencies, few and close enough that days, currencies
// and moments meet; some only move something within a customer, which is no movement of his.
class RandomJournal {
 public:
    explicit RandomJournal(unsigned seed) : random_(seed) {}

    std::vector<JournalEntry> Make() {
        std::vector<JournalEntry> entries;
        for (int left = UpTo(40); left > 0; --left) entries.push_back(Entry());
        return entries;
    }
    CivilTime SomeMoment() { return kBegin + std::chrono::hours(12 * UpTo(60)); }

 private:
    int UpTo(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

    JournalEntry Entry() {
        const Money amount(UpTo(6) - 3,
                           kCurrencies.at(static_cast<std::size_t>(UpTo(kCurrencies.size() - 1))));
        const Money back = Money(0, amount.currency()) - amount;
        JournalEntry entry{"issued", std::nullopt, SomeMoment(), {}};
        if (UpTo(1) == 0) entry.document = InvoiceId(ids_.Next());
        const AccountId customer = Customer(static_cast<std::uint64_t>(1 + UpTo(1)));
        entry.postings.push_back({LedgerAccount::kReceivable, customer, amount});
        if (UpTo(4) == 0) {
            entry.postings.push_back({LedgerAccount::kCustomerCredit, customer, back});
        } else {
            entry.postings.push_back({LedgerAccount::kRevenue, std::nullopt, back});
        }
        return entry;
    }

    std::mt19937 random_;
    adapters::SystemClock clock_;
    adapters::SystemIdSource ids_{clock_};
};

std::vector<AccountStatement> TheSlowWay(const std::vector<LedgerBalances::Movement>& all,
                                         const Span& range) {
    std::map<Currency, AccountStatement> by_currency;
    for (const auto& movement : all) {
        if (movement.at >= range.to) continue;
        const Currency currency = movement.amount.currency();
        const Money zero(0, currency);
        AccountStatement& statement =
            by_currency.try_emplace(currency, AccountStatement{currency, zero, {}, zero})
                .first->second;
        statement.closing = statement.closing + movement.amount;
        if (movement.at < range.from) {
            statement.opening = statement.closing;
        } else {
            statement.rows.push_back(
                {{movement.at, movement.fact, movement.document, movement.amount},
                 statement.closing});
        }
    }
    std::vector<AccountStatement> statements;
    for (auto& [currency, statement] : by_currency) statements.push_back(std::move(statement));
    return statements;
}

// A tenant of its own for each journal: nothing is ever taken out of one.
void ExpectTheSlowWay(unsigned seed) {
    const TenantId tenant(kTenant.value() + std::to_string(seed));
    RandomJournal journal(seed);
    adapters::SystemClock clock;
    adapters::SystemIdSource ids(clock);
    ledger::LedgerRepository book(ids);
    ledger::BalanceRepository balances;
    Database().Transact(tenant, [&](db::Transaction& tx) { book.Post(tx, journal.Make()); });
    for (const AccountId customer : {Customer(1), Customer(2), Customer(3)}) {
        std::vector<LedgerBalances::Movement> all;
        Database().Transact(tenant, [&](db::Transaction& tx) {
            all = balances.MovementsOf(tx, customer, kBegin, kBegin + std::chrono::days(1000));
        });
        for (int range = 0; range < 12; ++range) {
            const CivilTime a = journal.SomeMoment();
            const CivilTime b = journal.SomeMoment();
            const Span asked{std::min(a, b), std::max(a, b)};
            const auto stated = StatementOf(Database(), tenant, balances, customer, asked);
            EXPECT_EQ(stated.statements, TheSlowWay(all, asked)) << "seed " << seed;
            EXPECT_EQ(stated.first_at, all.empty() || all.front().at >= asked.to
                                           ? std::nullopt
                                           : std::optional(all.front().at));
        }
    }
}

constexpr db::Statement kAddDocument{
    "test.add_document",
    "INSERT INTO invoices_document (tenant_id, id, account_id, kind, status, number, currency, "
    "made_at, issued_at, due_on, net, tax, paid, refunded, account_credit, credited, written_off) "
    "VALUES (:tenant, ?, ?, 'invoice', 'open', ?, 'EUR', ?, ?, '2025-02-01', 1, 0, 0, 0, 0, 0, 0)"};
// Of tables; of this server, which nobody else asks.
constexpr db::Statement kRowsRead{
    "test.rows_read",
    "SELECT CAST(VARIABLE_VALUE AS SIGNED) FROM information_schema.GLOBAL_STATUS WHERE "
    "VARIABLE_NAME = 'ROWS_READ' AND NOT EXISTS (SELECT 1 FROM invoices_counter WHERE "
    "tenant_id = :tenant)"};

// Documents of customers, with an entry of each; so many a day, from the begin on.
class ManyDocuments {
 public:
    explicit ManyDocuments(TenantId tenant) : tenant_(std::move(tenant)) {}

    void Add(AccountId customer, int days, int a_day = 1) {
        Database().Transact(tenant_, [&](db::Transaction& tx) {
            for (int i = 0; i < days * a_day; ++i) {
                const CivilTime at = kBegin + std::chrono::days(i / a_day);
                const InvoiceId id = made_.emplace_back(ids_.Next());
                const std::string number = "INV-" + std::to_string(++number_);
                tx.Execute(kAddDocument, {id, customer, number, Instant(at), Instant(at)});
                JournalEntry entry{"issued", id, at, {}};
                const Money one(1, kCurrencies[0]);
                entry.postings = {{LedgerAccount::kReceivable, customer, one},
                                  {LedgerAccount::kRevenue, {}, Money(-1, kCurrencies[0])}};
                ledger::LedgerRepository(ids_).Post(tx, {entry});
            }
        });
    }
    const std::vector<InvoiceId>& made() const { return made_; }
    std::vector<std::string> NumbersOf(AccountId customer, int first, int days) {
        const Span asked{kBegin + std::chrono::days(first),
                         kBegin + std::chrono::days(first + days)};
        ledger::BalanceRepository balances;
        std::vector<std::string> numbers;
        for (const auto& statement :
             StatementOf(Database(), tenant_, balances, customer, asked).statements) {
            for (const auto& row : statement.rows) numbers.push_back(row.entry.number);
        }
        return numbers;
    }

 private:
    TenantId tenant_;
    int number_ = 0;
    std::vector<InvoiceId> made_;
    adapters::SystemClock clock_;
    adapters::SystemIdSource ids_{clock_};
};

TEST(Statements, NameTheDocumentOfEveryEntry) {
    ManyDocuments documents(TenantId("named"));
    documents.Add(Customer(1), 40);
    documents.Add(Customer(2), 3);
    std::vector<std::string> expected;
    for (int number = 3; number <= 37; ++number)
        expected.push_back("INV-" + std::to_string(number));
    EXPECT_EQ(documents.NumbersOf(Customer(1), 2, 35), expected);
    EXPECT_EQ(documents.NumbersOf(Customer(2), 0, 9),
              (std::vector<std::string>{"INV-41", "INV-42", "INV-43"}));
}

// However long the history: a row for each document that is named.
TEST(Statements, ReadNoOtherDocumentThanTheyName) {
    const TenantId tenant("counted");
    ManyDocuments documents(tenant);
    documents.Add(Customer(1), 400);
    const auto& made = documents.made();
    for (const std::size_t named : {1U, 16U, 35U}) {
        const std::set<InvoiceId> wanted(made.begin() + 100,
                                         made.begin() + 100 + static_cast<std::ptrdiff_t>(named));
        const auto read = [&] { return Database().Query(tenant, kRowsRead, {}).Only().Int64(0); };
        const std::int64_t asking = -read() + read();
        const std::int64_t before = read();
        EXPECT_EQ(DocumentRepository::NumbersOf(Database(), tenant, Customer(1), wanted).size(),
                  named);
        EXPECT_EQ(read() - before - asking, static_cast<std::int64_t>(named));
    }
}

TEST(Statements, OfRandomJournalsAreThoseOfTheSlowWay) {
    for (unsigned seed = 1; seed <= 25; ++seed) ExpectTheSlowWay(seed);
}

}  // namespace
}  // namespace livery::invoices
