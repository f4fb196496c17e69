#include "storage/use_repository.h"

namespace livery::catalog {

namespace {

using db::Row;
using db::Statement;

#define USED "SELECT kind, id, version_from, sold_on, used_on, terms FROM catalog_used "

constexpr Statement kAll{"catalog.all_used",
                         USED "WHERE tenant_id = :tenant ORDER BY kind, id, version_from"};
// A row that is always there to be locked, and is changed: where hosts write to several servers,
// that is what tells them of each other.
constexpr Statement kTakeTurn{"catalog.take_turn",
                              "INSERT INTO catalog_turn (tenant_id, kind, id, turn) VALUES "
                              "(:tenant, ?, ?, 1) ON DUPLICATE KEY UPDATE turn = turn + 1"};
// Locking: as it is now, not as it was when the transaction began to read.
constexpr Statement kInTurn{"catalog.used_in_turn", USED
                            "WHERE tenant_id = :tenant AND kind = ? AND id = ? "
                            "ORDER BY version_from FOR UPDATE"};
constexpr Statement kSave{
    "catalog.save_used",
    "INSERT INTO catalog_used (tenant_id, kind, id, version_from, sold_on, used_on, terms) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
    "sold_on = GREATEST(sold_on, VALUES(sold_on)), used_on = GREATEST(used_on, VALUES(used_on)), "
    "terms = VALUES(terms)"};

using Kind = UsedVersion::Kind;

const char* NameOf(Kind kind) { return kind == Kind::kPlan ? "plan" : "product"; }

std::vector<UsedVersion> UsedOf(const db::Rows& rows) {
    std::vector<UsedVersion> used;
    for (const Row row : rows)
        used.push_back({row.Text(0) == "plan" ? Kind::kPlan : Kind::kProduct,
                        std::string(row.Text(1)), row.Date(2), row.Date(3), row.Date(4),
                        std::string(row.Text(5))});
    return used;
}

}  // namespace

std::vector<UsedVersion> UseRepository::All(db::Transaction& tx) {
    return UsedOf(tx.Query(kAll, {}));
}

std::vector<UsedVersion> UseRepository::InTurn(db::Transaction& tx, Kind kind,
                                               const std::string& id) {
    tx.Execute(kTakeTurn, {NameOf(kind), id});
    return UsedOf(tx.Query(kInTurn, {NameOf(kind), id}));
}

std::vector<UsedVersion> UseRepository::List(db::Database& database, const TenantId& tenant) {
    return UsedOf(database.Query(tenant, kAll, {}));
}

void UseRepository::Save(db::Transaction& tx, const UsedVersion& used) {
    tx.Execute(kSave,
               {NameOf(used.kind), used.id, used.from, used.sold_on, used.used_on, used.terms});
}

}  // namespace livery::catalog
