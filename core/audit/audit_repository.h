#pragma once

#include <livery/ports/audit.h>

namespace livery::audit {

// All SQL of the audit log: it is written and read, nothing else.
class AuditRepository {
 public:
    static void Insert(db::Transaction& tx, Uuid id, Instant at, const Audit::Entry& entry);
    static std::vector<Audit::Recorded> ListOfUser(db::Database& database, const TenantId& tenant,
                                                   UserId user, Uuid before, int most);
    static std::vector<Audit::Recorded> ListOfSubject(db::Database& database,
                                                      const TenantId& tenant, SubjectId subject,
                                                      Uuid before, int most);
};

}  // namespace livery::audit
