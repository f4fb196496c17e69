#pragma once

#include <livery/http/route.h>
#include <livery/ports/account_names.h>
#include <livery/registrar.h>

#include "app/desk_work.h"
#include "web/desk_ticket_view.h"

namespace livery::service_desk {

// One step for several tickets of a list: first it is shown what would come of it, and nothing is
// kept; then it is done, each ticket by itself, and what is not possible for one leaves the others.
class BulkPage {
 public:
    BulkPage(const DeskWork& work, const DeskViewParts& parts) : work_(work), parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    struct Step {
        std::string kind;  // "macro", "state", "queue", "priority", "agent"
        std::string value;
    };
    struct Outcome {
        Ticket before;
        Result<Ticket> after;
    };
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Run(const RequestContext& request) const;

    static std::optional<Step> StepIn(std::string_view text);
    Result<Ticket> Do(db::Transaction& tx, const RequestContext& request, const Ticket& ticket,
                      const Step& step) const;
    std::vector<Outcome> DoAll(const RequestContext& request, const Step& step,
                               bool for_good) const;
    View Page(const RequestContext& request, const std::vector<Ticket>& tickets,
              const std::string& error) const;
    View Outcomes(const RequestContext& request, const std::vector<Outcome>& outcomes,
                  bool for_good) const;
    void AddSteps(const RequestContext& request, ViewModel& model) const;

    const DeskWork& work_;
    DeskViewParts parts_;
};

}  // namespace livery::service_desk
