#include "web/attachment_pages.h"

#include <livery/http/file_response.h>
#include <livery/http/page_routes.h>

#include "domain/file_type.h"
#include "storage/attachment_repository.h"

namespace livery::service_desk {

Result<Reply> AttachmentPages::Save(const RequestContext& r,
                                    const std::optional<Attachment>& found) const {
    if (!found) return NotFound("no such attachment");
    return FileToSave(LIVERY_TRY(attachments_.Content(r.tenant(), *found)),
                      std::string(ContentType(found->mime_type)), found->name);
}

Result<Reply> AttachmentPages::Own(const RequestContext& r) const {
    const TicketId ticket = LIVERY_TRY(r.PathId<TicketId>("id"));
    const AttachmentId id = LIVERY_TRY(r.PathId<AttachmentId>("attachment"));
    return Save(
        r, AttachmentRepository::FindOwned(database_, r.tenant().id, AccountOf(r), ticket, id));
}

Result<Reply> AttachmentPages::Theirs(const RequestContext& r) const {
    const TicketId ticket = LIVERY_TRY(r.PathId<TicketId>("id"));
    const AttachmentId id = LIVERY_TRY(r.PathId<AttachmentId>("attachment"));
    return Save(r, AttachmentRepository::Find(database_, r.tenant().id, ticket, id));
}

void AttachmentPages::AddTo(Registrar& registrar) {
    using P = AttachmentPages;
    PageRoutes<P> own(registrar, *this);
    own.Get(Access::kSignedIn, "/tickets/:id/attachments/:attachment", &P::Own,
            "A file of a ticket");
    PageRoutes<P> theirs(registrar, *this, "tickets.read");
    theirs.Get(Access::kSignedIn, "/console/tickets/:id/attachments/:attachment", &P::Theirs,
               "A file of a ticket");
}

}  // namespace livery::service_desk
