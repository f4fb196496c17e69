#pragma once

#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/dunning.h"

namespace livery::payments {

// Where a subscriber says by which day he pays.
class PromisePages {
 public:
    explicit PromisePages(Dunning& dunning) : dunning_(dunning) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Promise(const RequestContext& request) const;
    FormPage Form(const RequestContext& request) const;
    Dunning& dunning_;
};

}  // namespace livery::payments
