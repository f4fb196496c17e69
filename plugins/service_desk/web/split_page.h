#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>

#include "app/desk_work.h"

namespace livery::service_desk {

// Some messages of a ticket become a ticket of their own.
class SplitPage {
 public:
    SplitPage(const DeskWork& work, db::Database& database) : work_(work), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Split(const RequestContext& request) const;
    Result<View> Page(const RequestContext& request, const Error* error) const;

    const DeskWork& work_;
    db::Database& database_;
};

}  // namespace livery::service_desk
