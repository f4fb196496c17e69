#include "audit/audit_repository.h"

#include <livery/utf8.h>

namespace livery::audit {

namespace {

using db::Statement;

constexpr Statement kInsert{
    "audit.insert",
    "INSERT INTO audit_entry (tenant_id, id, at, user_id, subject_id, action, address, detail) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?)"};
// Ids are made in the order of time.
constexpr Statement kListOfUser{
    "audit.list_of_user",
    "SELECT id, at, action, address, detail FROM audit_entry "
    "WHERE tenant_id = :tenant AND user_id = ? AND id < ? ORDER BY id DESC LIMIT ?"};

Uuid AfterAll() {
    Uuid last;
    last.bytes.fill(0xFF);
    return last;
}

}  // namespace

void AuditRepository::Insert(db::Transaction& tx, Uuid id, Instant at, const Audit::Entry& entry) {
    tx.Execute(kInsert, {id, at, entry.user, entry.subject, entry.action,
                         entry.address.substr(0, 64), Beginning(entry.detail, 200)});
}

std::vector<Audit::Recorded> AuditRepository::ListOfUser(db::Database& database,
                                                         const TenantId& tenant, UserId user,
                                                         Uuid before, int most) {
    std::vector<Audit::Recorded> entries;
    const Uuid bound = before.IsNil() ? AfterAll() : before;
    for (const db::Row row : database.Query(tenant, kListOfUser, {user, bound, most})) {
        entries.push_back({Uuid::FromBinary(row.Text(0)), row.Time(1), std::string(row.Text(2)),
                           std::string(row.Text(3)), std::string(row.Text(4))});
    }
    return entries;
}

}  // namespace livery::audit
