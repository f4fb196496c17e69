#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/attachments.h"
#include "app/disputes.h"
#include "app/subjects.h"
#include "app/watchers.h"
#include "web/asked_about.h"

namespace livery::service_desk {

// A subscriber's tickets: the list, a new one, and one of them to read, answer, solve and reopen.
class TicketPages {
 public:
    struct Parts {
        const Tickets& tickets;
        const Watchers& watchers;
        const Attachments& attachments;
        db::Database& database;
        const Subjects& subjects;
        const Disputes& disputes;
    };
    explicit TicketPages(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> ShowNew(const RequestContext& request) const;
    Result<Reply> Open(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Answer(const RequestContext& request) const;
    Result<Reply> Solve(const RequestContext& request) const;
    Result<Reply> Reopen(const RequestContext& request) const;
    Result<Reply> Watch(const RequestContext& request) const;
    Result<Reply> Unwatch(const RequestContext& request) const;
    Result<Reply> Rate(const RequestContext& request) const;

    Result<Ticket> Named(const RequestContext& request) const;
    // What the address says that the request is about, and whether that is a line which is not
    // owed. kNotFound: nothing of whoever is signed in.
    Result<Asked> AskedAbout(const RequestContext& request) const;
    FormPage NewForm(const RequestContext& request, const Asked& asked) const;
    Result<Reply> CannotDispute(const RequestContext& request, const Asked& asked,
                                const Error& why) const;
    View Page(const RequestContext& request, const Ticket& ticket, const Error* error) const;
    Result<Reply> Move(const RequestContext& request, TicketState wanted, const char* notice) const;
    // About the ticket of the path, whose page is shown again where something was wrong.
    template <class Action>
    Result<Reply> Act(const RequestContext& request, const char* notice,
                      const Action& action) const;

    Parts parts_;
};

}  // namespace livery::service_desk
