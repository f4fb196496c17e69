#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateways/certificate.h"
#include "gateways/gateway_manifest.h"

namespace livery::gateways {

// A descriptor of one file, open for reading as long as this lives.
struct OpenFile {
    explicit OpenFile(const std::filesystem::path& path);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int descriptor;  // -1: it cannot be opened
};

// One file of the gateways' folder, and whether it may be used.
struct GatewayFile {
    std::filesystem::path path;
    std::string stamp;  // another one: the file or its certificate was replaced
    GatewayManifest manifest;
    std::string refused;  // why it is disabled; empty: it is not
    std::string sha256;   // of its bytes; "" where they could not be read
    Certified certified;
    std::shared_ptr<const OpenFile> opened;  // the bytes that were examined, and are loaded

    // Why a tenant may not use it: it is disabled, or moves his real money uncertified.
    std::string RefusedFor(bool play_money, bool allow_uncertified) const;
    int descriptor() const { return opened == nullptr ? -1 : opened->descriptor; }
};

// The gateways that lie in one folder (`*.so`). Each is examined without running anything of it in
// this process: who may write it, ELF, manifest, version of the contract, and whether its entry,
// asked in a process that is then thrown away, says the same. What fails is disabled with a reason,
// and stops nobody. Thread: any.
class GatewayFiles {
 public:
    using File = std::shared_ptr<const GatewayFile>;
    // `helper_program`: the path of livery-plugin-host.
    // `allow_uncertified`: tenants that move real money may use files without a certificate.
    GatewayFiles(std::filesystem::path folder, std::string helper_program,
                 bool allow_uncertified = false)
        : folder_(std::move(folder)),
          helper_program_(std::move(helper_program)),
          allow_uncertified_(allow_uncertified) {}

    // Reads the folder; what has not changed since is not examined again.
    void Refresh();
    // By id, also those that are disabled; of several files of one id only the first is not. The
    // folder is read when first asked.
    std::vector<File> All();
    File Find(const std::string& id);  // nullptr: there is none

    const std::string& helper_program() const { return helper_program_; }
    bool allow_uncertified() const { return allow_uncertified_; }
    static GatewayFile Examine(const std::filesystem::path& path,
                               const std::string& helper_program);

 private:
    std::map<std::string, File> ReadFolder(const std::map<std::string, File>& known) const;

    std::filesystem::path folder_;
    std::string helper_program_;
    bool allow_uncertified_;
    std::mutex mutex_;  // guards those below
    bool read_ = false;
    std::map<std::string, File> by_path_;
};

}  // namespace livery::gateways
