#pragma once

#include <optional>
#include <string>

#include <livery/json.h>

#include "http/client/client.h"
#include "process/child_process.h"

namespace livery::gateways::testing {

using Json = nlohmann::json;

// A double of a provider (tests/doubles), as a program of its own. Thread: one at a time.
class DoubleProgram {
 public:
    // `name` as "stripe"; it keeps its ledger in `folder`.
    DoubleProgram(const std::string& name, std::string folder);

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    // One of the tests' own doors: what a customer does, what the bank decides.
    Json Act(const std::string& what, const Json& given);
    // Money that moved for one of our references, as "charge 1234 eur"; one line each.
    std::string Moved(const std::string& reference);
    // kill -9, and on the same port again.
    void KillAndRestart();

 private:
    void Start(int port);

    std::string name_;
    std::string folder_;
    int port_ = 0;
    int starts_ = 0;
    std::optional<process::ChildProcess> program_;
    http::Client client_;
};

}  // namespace livery::gateways::testing
