#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>

namespace livery::accounts {

// What do I have, what will it cost, what happens next: put together from every plugin's part.
class HomePage {
 public:
    explicit HomePage(const OverviewSources& sources) : sources_(sources) {}
    Result<Reply> Show(const RequestContext& request) const;

 private:
    const OverviewSources& sources_;
};

}  // namespace livery::accounts
