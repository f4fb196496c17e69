#include "gateways/gateway_files.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <sys/stat.h>

#include <livery/gateway/abi.h>

#include "gateways/helper_process.h"
#include "host/elf_section.h"
#include "host/plugin_loader.h"

namespace livery::gateways {

namespace fs = std::filesystem;

namespace {

constexpr int kTriesToStart = 3;

std::string StampOf(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return "";
    return fmt::format("{}-{}-{}.{}", status.st_ino, status.st_size, status.st_mtim.tv_sec,
                       status.st_mtim.tv_nsec);
}

Result<GatewayManifest> ManifestOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{ErrorCode::kInvalidArgument, "cannot be read", {}};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string section =
        LIVERY_TRY(host::ReadElfSection(bytes.str(), LIVERY_GATEWAY_MANIFEST_SECTION));
    return GatewayManifest::Parse(std::string_view(section).substr(0, section.find('\0')));
}

// What its entry says, asked where it can break nothing.
std::string EntryObjection(const GatewayFile& file, const std::string& helper_program) {
    // One that dies may have been killed by somebody else (memory was short, say): what is found
    // out here holds until the next start, and without its gateway a tenant is not served.
    auto helper = HelperProcess::Start({helper_program, file.path.string()});
    for (int tries = 1; !helper && tries < kTriesToStart; ++tries)
        helper = HelperProcess::Start({helper_program, file.path.string()});
    if (!helper) return helper.error().message;
    const GatewayManifest& manifest = file.manifest;
    if ((*helper)->abi_major() == manifest.abi_major &&
        (*helper)->abi_minor() == manifest.abi_minor)
        return "";
    return fmt::format("its manifest says version {}.{} of the contract, its entry {}.{}",
                       manifest.abi_major, manifest.abi_minor, (*helper)->abi_major(),
                       (*helper)->abi_minor());
}

}  // namespace

GatewayFile GatewayFiles::Examine(const fs::path& path, const std::string& helper_program) {
    GatewayFile file{path, StampOf(path), {}, ""};
    file.manifest.id = path.stem().string();
    file.refused = host::CheckOwnership(path);
    if (!file.refused.empty()) return file;
    auto manifest = ManifestOf(path);
    if (!manifest) {
        file.refused = fmt::format("{} {}", path.string(), manifest.error().message);
        return file;
    }
    file.manifest = *std::move(manifest);
    file.refused = EntryObjection(file, helper_program);
    return file;
}

std::map<std::string, GatewayFiles::File> GatewayFiles::ReadFolder(
    const std::map<std::string, File>& known) const {
    std::map<std::string, File> files;
    if (!fs::is_directory(folder_)) return files;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        if (entry.path().extension() != ".so") continue;
        const std::string path = entry.path().string();
        const auto before = known.find(path);
        const bool same = before != known.end() && before->second->stamp == StampOf(entry.path());
        files[path] =
            same ? before->second
                 : std::make_shared<const GatewayFile>(Examine(entry.path(), helper_program_));
    }
    std::set<std::string> ids;
    for (auto& [path, file] : files) {
        if (!file->refused.empty() || ids.insert(file->manifest.id).second) continue;
        GatewayFile twin = *file;
        twin.stamp = "";
        twin.refused = fmt::format("another file is gateway `{}` already", twin.manifest.id);
        file = std::make_shared<const GatewayFile>(std::move(twin));
    }
    return files;
}

// A file is examined outside of the lock: calls go on meanwhile, by the files of before.
void GatewayFiles::Refresh() {
    std::map<std::string, File> known;
    {
        const std::lock_guard lock(mutex_);
        known = by_path_;
    }
    std::map<std::string, File> now = ReadFolder(known);
    const std::lock_guard lock(mutex_);
    by_path_ = std::move(now);
    read_ = true;
}

std::vector<GatewayFiles::File> GatewayFiles::All() {
    const std::lock_guard lock(mutex_);
    if (!read_) by_path_ = ReadFolder({});
    read_ = true;
    std::vector<File> files;
    for (const auto& [path, file] : by_path_) files.push_back(file);
    std::stable_sort(files.begin(), files.end(),
                     [](const File& a, const File& b) { return a->manifest.id < b->manifest.id; });
    return files;
}

GatewayFiles::File GatewayFiles::Find(const std::string& id) {
    File found;
    for (const File& file : All()) {
        if (file->manifest.id == id && (found == nullptr || !found->refused.empty())) found = file;
    }
    return found;
}

}  // namespace livery::gateways
