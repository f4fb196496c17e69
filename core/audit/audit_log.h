#pragma once

#include <livery/ports/audit.h>
#include <livery/time/clock.h>

namespace livery::audit {

// The audit log in the tenant's own database. Thread: any.
class AuditLog final : public Audit {
 public:
    AuditLog(db::Database& database, const Clock& clock, IdSource& ids)
        : database_(database), clock_(clock), ids_(ids) {}
    void Record(db::Transaction& tx, const Entry& entry) override;
    std::vector<Recorded> ListOf(const TenantId& tenant, UserId user, Uuid before,
                                 int most) override;
    std::vector<Recorded> ListAbout(const TenantId& tenant, SubjectId subject, Uuid before,
                                    int most) override;

 private:
    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
};

}  // namespace livery::audit
