// Lists of documents whose rows were written by hosts of before: nothing is missing in them.

#include <set>

#include <gtest/gtest.h>

#include "billing.h"
#include "stage.h"
#include "storage/document_list_repository.h"
#include "storage/document_repository.h"

namespace livery::kills {
namespace {

using invoices::DocumentListRepository;
using invoices::DocumentRepository;
using invoices::DocumentRow;
using invoices::ListedDocument;

constexpr db::Statement kForgetPeriods{
    "test.forget_periods",
    "UPDATE invoices_document SET covers_from = NULL, covers_to = NULL WHERE tenant_id = :tenant"};

Stage& TheStage() {
    static Stage stage(kShapes, db::Durability::kTestOnly);
    return stage;
}

// One of each, whatever the books would say of it.
constexpr db::Statement kVary{
    "test.vary_documents",
    "UPDATE invoices_document SET status = ELT(1 + CRC32(id) % 5, 'open', 'partly_paid', 'paid', "
    "'void', 'written_off'), kind = IF(CRC32(id) % 3 = 0, 'credit_note', 'invoice'), paid = 7, "
    "refunded = 3, account_credit = -2, written_off = 5, due_on = IF(CRC32(id) % 2 = 0, "
    "'2026-01-10', '2026-03-01') WHERE tenant_id = :tenant AND number IS NOT NULL"};

constexpr db::Statement kOpenAll{
    "test.open_all_documents",
    "UPDATE invoices_document SET status = 'open', due_on = '2026-01-10' + INTERVAL CRC32(id) % 50 "
    "DAY WHERE tenant_id = :tenant AND number IS NOT NULL"};

constexpr db::Statement kGiveCredit{
    "test.give_credit",
    "INSERT INTO invoices_credit (tenant_id, account_id, currency, amount) SELECT DISTINCT "
    "tenant_id, account_id, IF(CRC32(account_id) % 2 = 0, 'EUR', 'USD'), 100 FROM "
    "invoices_document WHERE tenant_id = :tenant AND CRC32(account_id) % 3 > 0 "
    "ON DUPLICATE KEY UPDATE amount = 100"};

using Periods = std::map<InvoiceId, std::optional<Span>>;

InvoiceId IdOf(const ListedDocument& row) { return row.document.id; }
InvoiceId IdOf(const DocumentRow& row) { return row.id; }

template <class Listed>
Periods PeriodsOf(const std::vector<Listed>& rows) {
    Periods periods;
    for (const Listed& row : rows) periods[IdOf(row)] = row.period;
    return periods;
}

// In every list, of every account.
Periods ListedPeriods(db::Database& database, const TenantId& tenant, const Shop& shop) {
    Periods all;
    for (std::size_t account = 0; account < shop.accounts(); ++account) {
        const AccountId id = shop.At(account);
        all.merge(PeriodsOf(DocumentListRepository::List(database, tenant, id, {}).rows));
        all.merge(PeriodsOf(DocumentRepository::ListPending(database, tenant, id)));
    }
    return all;
}

Periods PeriodsOfTenant(db::Database& database, const TenantId& tenant) {
    return PeriodsOf(
        DocumentRepository::ListOfTenant(
            database, tenant, {invoices::DocumentKind::kInvoice, std::nullopt, std::nullopt, 100})
            .rows);
}

TEST(ListedDocuments, SayInTheirRowWhatTheDocumentSays) {
    Stage& stage = TheStage();
    const TenantId tenant("various");
    const Date today = *ParseDate("2026-02-01");
    stage.Copy(tenant.value());
    ShopBilling(stage.database(), tenant, stage.shop()).Run(today);
    stage.database().Transact(tenant, [](db::Transaction& tx) { tx.Execute(kVary, {}); });
    std::set<invoices::Status> seen;
    for (std::size_t account = 0; account < stage.shop().accounts(); ++account) {
        const AccountId id = stage.shop().At(account);
        for (const DocumentRow& row :
             DocumentListRepository::List(stage.database(), tenant, id, {}).rows) {
            const auto document = *DocumentRepository::Find(stage.database(), tenant, id, row.id);
            EXPECT_EQ(row.kind, document.kind);
            EXPECT_EQ(row.status, document.status);
            EXPECT_EQ(row.number, document.number);
            EXPECT_EQ(row.issued_at, document.issued_at);
            EXPECT_EQ(row.due_on, document.due_on);
            EXPECT_EQ(row.total, document.Total());
            EXPECT_EQ(row.paid, document.paid - document.refunded);
            EXPECT_EQ(row.balance, document.Balance());
            EXPECT_EQ(row.period, document.Period());
            EXPECT_EQ(row.IsOverdue(today), document.IsOverdue(today));
            seen.insert(row.status);
        }
    }
    EXPECT_EQ(seen.size(), 5U);
    stage.database().Transact(tenant, [](db::Transaction& tx) { tx.Execute(kGiveCredit, {}); });
    for (std::size_t account = 0; account < stage.shop().accounts(); ++account) {
        const AccountId id = stage.shop().At(account);
        for (const std::size_t limit : {1, 2, 25}) {
            const auto first =
                DocumentListRepository::ListFirst(stage.database(), tenant, id, today, limit);
            EXPECT_EQ(first.page, DocumentListRepository::List(
                                      stage.database(), tenant, id,
                                      {invoices::ListQuery::Which::kAll, std::nullopt, limit}));
            EXPECT_EQ(first.standing,
                      DocumentListRepository::StandingOf(stage.database(), tenant, id, today));
        }
    }
    stage.Drop(tenant.value());
}

// However many newer ones there are, what is due longest is never among those left out.
TEST(ListedDocuments, ThatAreOpenComeWithTheLongestDueFirst) {
    Stage& stage = TheStage();
    const TenantId tenant("late");
    stage.Copy(tenant.value());
    ShopBilling(stage.database(), tenant, stage.shop()).Run(*ParseDate("2026-02-01"));
    stage.database().Transact(tenant, [](db::Transaction& tx) { tx.Execute(kOpenAll, {}); });
    std::size_t left_out = 0;
    for (std::size_t account = 0; account < stage.shop().accounts(); ++account) {
        const AccountId id = stage.shop().At(account);
        std::multiset<Date> due;
        for (const DocumentRow& row :
             DocumentListRepository::List(stage.database(), tenant, id, {}).rows)
            due.insert(row.due_on);
        const std::size_t most = due.empty() ? 1 : due.size() - 1;
        std::vector<Date> first;
        for (const DocumentRow& row :
             DocumentListRepository::DueFirst(stage.database(), tenant, id, most))
            first.push_back(row.due_on);
        EXPECT_EQ(first.size(), std::min(most, due.size()));
        EXPECT_TRUE(std::equal(first.begin(), first.end(), due.begin()));
        left_out += first.size() > 0 && first.back() < *due.rbegin() ? 1 : 0;
    }
    EXPECT_GT(left_out, 0U);
    stage.Drop(tenant.value());
}

TEST(ListedDocuments, SayWhatTheyCoverThoughNobodyKeptItWithThem) {
    Stage& stage = TheStage();
    const TenantId tenant("forgetful");
    stage.Copy(tenant.value());
    ShopBilling(stage.database(), tenant, stage.shop()).Run(*ParseDate("2026-02-01"));
    const Periods kept = ListedPeriods(stage.database(), tenant, stage.shop());
    const Periods of_tenant = PeriodsOfTenant(stage.database(), tenant);
    EXPECT_GT(std::count_if(kept.begin(), kept.end(),
                            [](const auto& one) { return one.second.has_value(); }),
              kShapes);
    stage.database().Transact(
        tenant, [&](db::Transaction& tx) { EXPECT_GT(tx.Execute(kForgetPeriods, {}), 0U); });
    EXPECT_EQ(ListedPeriods(stage.database(), tenant, stage.shop()), kept);
    EXPECT_EQ(PeriodsOfTenant(stage.database(), tenant), of_tenant);
    EXPECT_EQ(stage.BrokenInvariants(tenant.value()), "");
    stage.Drop(tenant.value());
}

}  // namespace
}  // namespace livery::kills
