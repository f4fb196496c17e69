#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>
#include <livery/ports/operator_log.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>

#include "domain/attachment.h"
#include "domain/attachment_rules.h"
#include "storage/attachment_files.h"

namespace livery::service_desk {

// Files on their way to a message. What is kept is on the disk before the transaction that names it
// begins, so a row without its file cannot be; a file without a row is swept after a day. Thread:
// any; waits for the disk, and for clamd where the tenant has one.
class Attachments {
 public:
    struct Parts {
        const AttachmentFiles& files;
        IdSource& ids;
        OperatorLog& log;
    };
    explicit Attachments(const Parts& parts) : parts_(parts) {}

    // In their order, to be given to Tickets. All of them or none, and on `files` why:
    // kInvalidArgument, they are not taken; kUnavailable, not now: the disk is full, or the scanner
    // has not looked at them.
    Result<std::vector<Attachment>> Keep(const Tenant& tenant,
                                         const std::vector<Upload>& uploads) const;
    // kUnavailable: its file is not there, or cannot be read; the log says so.
    Result<std::string> Content(const Tenant& tenant, const Attachment& attachment) const;

    static const AttachmentRules& RulesOf(const Tenant& tenant);

 private:
    Result<void> LetScan(const Tenant& tenant, const std::vector<Upload>& uploads) const;
    void Warn(std::string_view event, const Tenant& tenant, std::string_view why) const;

    Parts parts_;
};

}  // namespace livery::service_desk
