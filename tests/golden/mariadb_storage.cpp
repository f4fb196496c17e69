#include "mariadb_storage.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "db/connection.h"
#include "db/testing/private_server.h"
#include "kept_letters.h"
#include "storage/agreement_repository.h"
#include "storage/book_repository.h"
#include "storage/ledger_repository.h"
#include "storage/order_repository.h"
#include "storage/use_repository.h"

namespace livery::golden {

namespace {

// Ids of usage and journal entries: in the order in which they were asked for.
class RowIds final : public IdSource {
 public:
    Uuid Next() override { return MakeUuidV7(++count_, {}); }

 private:
    std::uint64_t count_ = 0;
};

class MariadbStorage final : public Storage {
 public:
    MariadbStorage(db::Database& database, TenantId tenant)
        : database_(database), tenant_(std::move(tenant)) {}

    invoices::BookStore& books() override { return books_; }
    subscriptions::AgreementStore& agreements() override { return agreements_; }
    orders::OrderStore& orders() override { return orders_; }
    Ledger& ledger() override { return ledger_; }
    catalog::UseStore& used() override { return used_; }
    db::Database& database() override { return database_; }
    const TenantId& tenant() const override { return tenant_; }

    void Transact(const std::function<void(db::Transaction&)>& work) override {
        database_.Transact(tenant_, work);
    }

    MemoryState Read(db::Transaction& tx, const std::vector<AccountId>& accounts) override {
        MemoryState state;
        for (const AccountId account : accounts) {
            state.books.insert_or_assign(account, books_.Load(tx, account));
            for (auto& agreement : agreements_.OfAccount(tx, account))
                state.agreements.push_back(std::move(agreement));
            for (auto& order : orders::OrderRepository::OfAccount(tx, account))
                state.orders.push_back(std::move(order));
        }
        std::sort(state.agreements.begin(), state.agreements.end(),
                  [](const auto& a, const auto& b) { return a.id < b.id; });
        state.journal = ledger::LedgerRepository::List(tx);
        state.used = used_.All(tx);
        return state;
    }

 private:
    db::Database& database_;
    TenantId tenant_;
    RowIds ids_;
    invoices::BookRepository books_;
    subscriptions::AgreementRepository agreements_{ids_};
    orders::OrderRepository orders_;
    ledger::LedgerRepository ledger_{ids_};
    catalog::UseRepository used_;
};

}  // namespace

struct MariadbServer::Parts {
    db::testing::PrivateServer server{{"db"}, 4};
};

MariadbServer::MariadbServer() : parts_(std::make_unique<Parts>()) {
    std::vector<db::MigrationSource> sources;
    for (const char* plugin :
         {"catalog", "subscriptions", "invoices", "orders", "ledger", "payments"}) {
        sources.push_back(
            {plugin, std::filesystem::path(LIVERY_SOURCE_DIR) / "plugins" / plugin / "migrations"});
    }
    db::Migrator(parts_->server.embedded.endpoint())
        .Apply(db::ReadMigrations(sources), [](const db::Migration&) {});
    db::Connection(parts_->server.embedded.endpoint()).Run(kLetterTable);
}

MariadbServer::~MariadbServer() = default;

std::unique_ptr<Storage> MariadbServer::NewTenant() {
    return std::make_unique<MariadbStorage>(parts_->server.database,
                                            TenantId(fmt::format("scenario-{}", ++tenants_)));
}

}  // namespace livery::golden
