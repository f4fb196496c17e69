#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sandbox/api/api.h"
#include "sandbox/hooks/webhooks.h"
#include "sandbox/pages/pages.h"
#include "sandbox/server/server.h"

namespace livery::sandbox {

struct ProviderOptions {
    int port = 18'190;
    std::string data;  // folder; the ledger is ledger.jsonl in it
    std::vector<Merchant> merchants;
    Delays delays;
    Webhooks::Options webhooks;
};

// All of it: ledger, API, pages, webhooks, and the tests' own doors (/faults, /clock, /ledger,
// /scenarios). Thread: any.
class Provider {
 public:
    Provider(ProviderOptions options, const Clock& clock);
    int port() const { return server_.port(); }

 private:
    Reply Answer(const Request& request);
    Response Control(const Request& request);
    Response Ledger(const Request& request);

    Faults faults_;
    Store store_;
    Server::Door door_;
    Api api_;
    Pages pages_;
    Webhooks webhooks_;
    Server server_;
};

}  // namespace livery::sandbox
