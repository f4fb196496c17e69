#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/result.h>

namespace livery::gateways {

// The secrets of tenants: `<folder>/<tenant>/<name>`, a file each, which its owner alone may read.
// Read anew whenever one is used, so that a new one needs no restart. Thread: any.
class SecretStore {
 public:
    explicit SecretStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // The file's text without the line break at its end. Errors say what to do: kNotFound there is
    // no such file, kInvalidArgument no name, others may read it, empty, several lines.
    Result<std::string> Read(const TenantId& tenant, const std::string& name) const;
    // Those that hold now: `name` and, while it is being changed, `name.previous`.
    Result<std::vector<std::string>> Active(const TenantId& tenant, const std::string& name) const;

 private:
    std::filesystem::path folder_;
};

}  // namespace livery::gateways
