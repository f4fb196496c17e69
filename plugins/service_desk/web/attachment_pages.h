#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>

#include "app/attachments.h"
#include "domain/ticket.h"

namespace livery::service_desk {

// The files of a ticket, to be saved: a subscriber's own of what was said in public, the staff's of
// notes, too. Whatever is not so is not there.
class AttachmentPages {
 public:
    AttachmentPages(const Attachments& attachments, db::Database& database)
        : attachments_(attachments), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Own(const RequestContext& request) const;
    Result<Reply> Theirs(const RequestContext& request) const;
    Result<Reply> Save(const RequestContext& request, const std::optional<Attachment>& found) const;

    const Attachments& attachments_;
    db::Database& database_;
};

}  // namespace livery::service_desk
