#pragma once

#include <functional>
#include <memory>
#include <string>

#include <livery/result.h>

#include "http/front/nginx_config.h"

namespace livery::process {
class Supervisor;
}

namespace livery::http {

// The public face: a private, supervised nginx before the Server. It ends TLS, reads slow clients,
// cuts oversize and malformed requests, serves static files and writes the access log
// (<folder>/access.log, JSON lines). It never touches an nginx of the system. Started by root, its
// workers run as www-data when that user can reach the folder and the static files, else as root,
// which is reported; `worker_user` of the config is chosen here.
// Thread: construct, Reload and Stop from one; the readers from any.
class Front {
 public:
    using Report = std::function<void(std::string)>;

    // Creates the folder, checks the configuration, starts nginx and waits until the port accepts.
    // Throws std::runtime_error with nginx's own words when it refuses the configuration, cannot
    // listen, or is not there.
    Front(FrontConfig config, Report report);
    ~Front();  // Stop()

    // Takes the new configuration without dropping a connection. When nginx refuses it the old one
    // stays in force and the Error (kInvalidArgument) holds nginx's words. `folder` must not
    // change.
    Result<void> Reload(FrontConfig config);
    // No new connections; requests under way are finished (at most 10 s). Idempotent.
    void Stop();
    int restarts() const;  // how often nginx had to be started again

 private:
    void WaitUntilReady();

    FrontConfig config_;
    Report report_;
    std::unique_ptr<process::Supervisor> supervisor_;
};

}  // namespace livery::http
