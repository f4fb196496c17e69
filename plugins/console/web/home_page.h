#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>

namespace livery::console {

// What waits for whoever is signed in, by what their roles let them see to.
class HomePage {
 public:
    explicit HomePage(const std::vector<OwnedWorkList>& lists) : lists_(lists) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;

    const std::vector<OwnedWorkList>& lists_;
};

}  // namespace livery::console
