#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/json.h>

namespace livery::gateways {

// Where requests of one gateway may go. Pure.
class AllowedUrls {
 public:
    // `schema` is the manifest's of its configuration: every `x-hosts` in it is allowed by https
    // ("*.pay.example": any name below it). With `loopback` also http and https to this machine, by
    // whatever port: for doubles of providers.
    AllowedUrls(const nlohmann::json& schema, bool loopback);

    // Why nothing may be sent below this base URL; empty: it may.
    std::string Objection(std::string_view base_url) const;

 private:
    std::set<std::string, std::less<>> hosts_;
    bool loopback_;
};

}  // namespace livery::gateways
