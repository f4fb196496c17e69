// Lists of documents whose rows were written by hosts of before: nothing is missing in them.

#include <gtest/gtest.h>

#include "billing.h"
#include "stage.h"
#include "storage/document_repository.h"

namespace livery::kills {
namespace {

using invoices::DocumentRepository;
using invoices::ListedDocument;

constexpr db::Statement kForgetPeriods{
    "test.forget_periods",
    "UPDATE invoices_document SET covers_from = NULL, covers_to = NULL WHERE tenant_id = :tenant"};

Stage& TheStage() {
    static Stage stage(kShapes, db::Durability::kTestOnly);
    return stage;
}

using Periods = std::map<InvoiceId, std::optional<Span>>;

Periods PeriodsOf(const std::vector<ListedDocument>& rows) {
    Periods periods;
    for (const ListedDocument& row : rows) periods[row.document.id] = row.period;
    return periods;
}

// In every list, of every account.
Periods ListedPeriods(db::Database& database, const TenantId& tenant, const Shop& shop) {
    Periods all;
    for (std::size_t account = 0; account < shop.accounts(); ++account) {
        const AccountId id = shop.At(account);
        all.merge(PeriodsOf(DocumentRepository::List(database, tenant, id, {}).rows));
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
