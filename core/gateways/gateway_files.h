#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateways/gateway_manifest.h"

namespace livery::gateways {

// One file of the gateways' folder, and whether it may be used.
struct GatewayFile {
    std::filesystem::path path;
    std::string stamp;  // another one: the file was replaced
    GatewayManifest manifest;
    std::string refused;  // why it is disabled; empty: it is not
};

// The gateways that lie in one folder (`*.so`). Each is examined without running anything of it in
// this process: who may write it, ELF, manifest, version of the contract, and whether its entry,
// asked in a process that is then thrown away, says the same. What fails is disabled with a reason,
// and stops nobody. Thread: any.
class GatewayFiles {
 public:
    using File = std::shared_ptr<const GatewayFile>;
    // `helper_program`: the path of livery-plugin-host.
    GatewayFiles(std::filesystem::path folder, std::string helper_program)
        : folder_(std::move(folder)), helper_program_(std::move(helper_program)) {}

    // Reads the folder; what has not changed since is not examined again.
    void Refresh();
    // By id, also those that are disabled; of several files of one id only the first is not. The
    // folder is read when first asked.
    std::vector<File> All();
    File Find(const std::string& id);  // nullptr: there is none

    const std::string& helper_program() const { return helper_program_; }
    static GatewayFile Examine(const std::filesystem::path& path,
                               const std::string& helper_program);

 private:
    std::map<std::string, File> ReadFolder(const std::map<std::string, File>& known) const;

    std::filesystem::path folder_;
    std::string helper_program_;
    std::mutex mutex_;  // guards those below
    bool read_ = false;
    std::map<std::string, File> by_path_;
};

}  // namespace livery::gateways
