#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// Attachments by themselves; with their messages they are written and read by TicketRepository.
class AttachmentRepository {
 public:
    // Of a public message in a ticket of that account; nullopt tells not which of it is not so.
    static std::optional<Attachment> FindOwned(db::Database& database, const TenantId& tenant,
                                               AccountId account, TicketId ticket,
                                               AttachmentId attachment);
    // For the staff: of notes, too.
    static std::optional<Attachment> Find(db::Database& database, const TenantId& tenant,
                                          TicketId ticket, AttachmentId attachment);
    // Which of these contents (sha256) any attachment has.
    static std::set<std::string> Named(db::Database& database, const TenantId& tenant,
                                       const std::vector<std::string>& contents);
};

}  // namespace livery::service_desk
