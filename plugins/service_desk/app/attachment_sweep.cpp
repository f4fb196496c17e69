#include "app/attachment_sweep.h"

#include "storage/attachment_repository.h"

namespace livery::service_desk {

namespace {

// Longer than any transaction between the file and its row.
constexpr std::chrono::hours kYoung{24};

}  // namespace

int AttachmentSweep::Run(const TenantId& tenant) const {
    return files_.Sweep(tenant, clock_.Now() - kYoung,
                        [&](const std::vector<std::string>& contents) {
                            return AttachmentRepository::Named(database_, tenant, contents);
                        });
}

RecurringJob AttachmentSweep::Job() const {
    return {"attachments", std::chrono::hours(1),
            [this](const Tenant& tenant, Instant) { Run(tenant.id); }};
}

}  // namespace livery::service_desk
