#include "audit/audit_log.h"

#include "audit/audit_repository.h"

namespace livery::audit {

void AuditLog::Record(db::Transaction& tx, const Entry& entry) {
    AuditRepository::Insert(tx, ids_.Next(), clock_.Now(), entry);
}

std::vector<Audit::Recorded> AuditLog::ListOf(const TenantId& tenant, UserId user, Uuid before,
                                              int most) {
    return AuditRepository::ListOfUser(database_, tenant, user, before, most);
}

std::vector<Audit::Recorded> AuditLog::ListAbout(const TenantId& tenant, SubjectId subject,
                                                 Uuid before, int most) {
    return AuditRepository::ListOfSubject(database_, tenant, subject, before, most);
}

}  // namespace livery::audit
