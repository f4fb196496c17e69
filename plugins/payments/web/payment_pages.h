#pragma once

#include <livery/ports/help_links.h>
#include <livery/registrar.h>
#include <livery/view/view.h>

#include "app/payment_desk.h"

namespace livery::payments {

// What a subscriber sees and does about payments that were begun: the list, one payment, going to
// the provider's page and coming back, letting go of one that waits.
class PaymentPages {
 public:
    explicit PaymentPages(PaymentDesk& desk, LatePort<HelpLinks> help = {})
        : desk_(desk), help_(std::move(help)) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Go(const RequestContext& request) const;
    Result<Reply> Return(const RequestContext& request) const;
    Result<Reply> Cancel(const RequestContext& request) const;
    View Page(const RequestContext& request, const Payment& payment) const;

    PaymentDesk& desk_;
    LatePort<HelpLinks> help_;
};

}  // namespace livery::payments
