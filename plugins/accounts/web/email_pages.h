#pragma once

#include <livery/registrar.h>

#include "app/email_change.h"

namespace livery::accounts {

// The address that somebody signs in with, and another one in its place.
class EmailPages {
 public:
    explicit EmailPages(EmailChange& change) : change_(change) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Ask(const RequestContext& request) const;
    Result<Reply> Confirm(const RequestContext& request) const;

    EmailChange& change_;
};

}  // namespace livery::accounts
