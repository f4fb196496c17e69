#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>

#include "app/desk_work.h"
#include "web/desk_ticket_view.h"

namespace livery::service_desk {

// The staff's side: what waits in which queue, and a ticket to answer, note, move, assign, raise,
// merge.
class DeskPages {
 public:
    DeskPages(const DeskWork& work, const DeskViewParts& parts) : work_(work), parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Answer(const RequestContext& request) const;
    Result<Reply> Apply(const RequestContext& request) const;
    Result<Reply> Change(const RequestContext& request) const;
    Result<Reply> Escalate(const RequestContext& request) const;
    Result<Reply> Merge(const RequestContext& request) const;
    Result<Reply> Assign(const RequestContext& request) const;
    Result<Reply> Decide(const RequestContext& request) const;

    Result<Ticket> Named(const RequestContext& request) const;
    // A canned reply below what is typed; nothing is sent.
    Result<Reply> Insert(const RequestContext& request) const;
    Result<Reply> Again(const RequestContext& request, const Error& error) const;
    template <class Action>
    Result<Reply> Act(const RequestContext& request, const char* notice,
                      const Action& action) const;

    const DeskWork& work_;
    DeskViewParts parts_;
};

}  // namespace livery::service_desk
