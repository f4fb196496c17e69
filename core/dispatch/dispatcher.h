#pragma once

#include <functional>
#include <memory>
#include <string>

#include <livery/db/database.h>
#include <livery/http/request.h>
#include <livery/http/response.h>
#include <livery/ports/tenant_time.h>
#include <livery/time/clock.h>

#include "api/desk.h"
#include "dispatch/page_cache.h"
#include "dispatch/page_renderer.h"
#include "dispatch/route_table.h"
#include "dispatch/session_source.h"
#include "dispatch/status_counts.h"
#include "tenancy/house.h"

namespace livery::dispatch {

struct DispatcherParts {
    const RouteTable& routes;
    const std::vector<host::Contributions::OwnedNavItem>& nav;
    const tenancy::HouseKeeper& houses;
    SessionSource& sessions;
    const Clock& clock;
    TenantTime& tenant_time;
    std::string host_key;  // 32 random bytes, the same on every node
    std::size_t page_reuse_bytes = 32U << 20U;
    // "" when ready, else what is missing, for /readyz.
    std::function<std::string()> readiness;
    api::Desk& api;
    std::string open_api;  // the document of all operations
    // Folder of the published assets, when no front serves them; empty otherwise.
    std::string static_root;
};

// One request from decoded to answered: tenant by host, route, session, access, rate, origin and
// CSRF, handler, page. A tenant whose files are refused answers 503. Catches everything: a handler
// that throws gives a branded page with the request's id, and the text goes to the log. Thread:
// Handle from any worker.
class Dispatcher {
 public:
    explicit Dispatcher(DispatcherParts parts);
    Response Handle(const Request& request);
    // Whether its route waits for somebody: see Pace.
    bool Waits(const Request& request) const;
    // How large the body of such a request may be; the target is as it came. Thread: any.
    std::size_t MostBody(std::string_view method, std::string_view target) const;
    const StatusCounts& answered() const { return answered_; }

 private:
    friend class Exchange;
    DispatcherParts parts_;
    PageRenderer renderer_;
    PageCache pages_;
    StatusCounts answered_;
};

}  // namespace livery::dispatch
