#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>
#include <livery/time/instant.h>

namespace livery::service_desk {

// The contents of attachments, one file for each content of a tenant:
// <root>/<tenant>/<aa>/<sha256>, aa its first two letters. A file under its name is whole and on
// the disk; who reads a row finds it. Thread and process: any, many at a time, hosts that share the
// folder too.
class AttachmentFiles {
 public:
    explicit AttachmentFiles(std::filesystem::path root) : root_(std::move(root)) {}

    // There and on the disk when it returns, and young again if it was there. Throws
    // std::system_error (a full disk, too); then nothing more is there than before.
    void Keep(const TenantId& tenant, const std::string& sha256, std::string_view content) const;
    // nullopt: not there. Throws std::system_error.
    std::optional<std::string> Read(const TenantId& tenant, const std::string& sha256) const;

    // Which of these contents rows name. Asked twice of each that goes.
    using Named = std::function<std::set<std::string>(const std::vector<std::string>& contents)>;
    // Deletes what was written, or kept again, before `limit` and is named by no row; and what was
    // left unfinished. How many files. A content that somebody keeps again meanwhile stays: first
    // the file gets another name, then it is looked at once more, and Keep takes no file by that
    // name for the content.
    int Sweep(const TenantId& tenant, Instant limit, const Named& named) const;

 private:
    std::filesystem::path FolderOf(const TenantId& tenant, const std::string& sha256) const;
    bool Leave(const std::filesystem::path& file, Instant limit, const Named& named) const;

    std::filesystem::path root_;
};

}  // namespace livery::service_desk
