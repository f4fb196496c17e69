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
    "SELECT id, at, action, address, detail, user_id FROM audit_entry "
    "WHERE tenant_id = :tenant AND user_id = ? AND id < ? ORDER BY id DESC LIMIT ?"};
constexpr Statement kListOfSubject{
    "audit.list_of_subject",
    "SELECT id, at, action, address, detail, user_id FROM audit_entry "
    "WHERE tenant_id = :tenant AND subject_id = ? AND id < ? ORDER BY id DESC LIMIT ?"};

Uuid AfterAll() {
    Uuid last;
    last.bytes.fill(0xFF);
    return last;
}

std::vector<Audit::Recorded> EntriesIn(const db::Rows& rows) {
    std::vector<Audit::Recorded> entries;
    for (const db::Row row : rows) {
        Audit::Recorded entry{Uuid::FromBinary(row.Text(0)), row.Time(1), std::string(row.Text(2)),
                              std::string(row.Text(3)), std::string(row.Text(4))};
        if (!row.IsNull(5)) entry.user = row.As<UserId>(5);
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

void AuditRepository::Insert(db::Transaction& tx, Uuid id, Instant at, const Audit::Entry& entry) {
    tx.Execute(kInsert, {id, at, entry.user, entry.subject, entry.action,
                         entry.address.substr(0, 64), Beginning(entry.detail, 200)});
}

std::vector<Audit::Recorded> AuditRepository::ListOfUser(db::Database& database,
                                                         const TenantId& tenant, UserId user,
                                                         Uuid before, int most) {
    const Uuid bound = before.IsNil() ? AfterAll() : before;
    return EntriesIn(database.Query(tenant, kListOfUser, {user, bound, most}));
}

std::vector<Audit::Recorded> AuditRepository::ListOfSubject(db::Database& database,
                                                            const TenantId& tenant,
                                                            SubjectId subject, Uuid before,
                                                            int most) {
    const Uuid bound = before.IsNil() ? AfterAll() : before;
    return EntriesIn(database.Query(tenant, kListOfSubject, {subject, bound, most}));
}

}  // namespace livery::audit
