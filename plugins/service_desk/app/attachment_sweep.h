#pragma once

#include <livery/db/database.h>
#include <livery/jobs/recurring_job.h>
#include <livery/time/clock.h>

#include "storage/attachment_files.h"

namespace livery::service_desk {

// Deletes the files that no message names: of a form that was refused after they were kept, of a
// process that was killed. Not before a day has gone by on the machine's clock, whatever a test
// clock says: the times of files are the machine's.
class AttachmentSweep {
 public:
    AttachmentSweep(const AttachmentFiles& files, db::Database& database, const Clock& clock)
        : files_(files), database_(database), clock_(clock) {}
    int Run(const TenantId& tenant) const;
    RecurringJob Job() const;

 private:
    const AttachmentFiles& files_;
    db::Database& database_;
    const Clock& clock_;
};

}  // namespace livery::service_desk
