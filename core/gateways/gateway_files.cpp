#include "gateways/gateway_files.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <livery/gateway/abi.h>

#include "gateways/helper_process.h"
#include "host/elf_section.h"
#include "host/plugin_loader.h"

namespace livery::gateways {

namespace fs = std::filesystem;

namespace {

constexpr int kTriesToStart = 3;
// For all of them. Far more than any needs: on a machine that has no time for it, to wait is better
// than to go without.
constexpr std::chrono::seconds kTimeToStart{30};

std::string StampOf(const fs::path& path) {
    std::string stamp;
    for (const fs::path& one : {path, CertificatePath(path)}) {
        struct stat status {};
        if (::stat(one.c_str(), &status) != 0) continue;
        stamp += fmt::format("{}-{}-{}.{} ", status.st_ino, status.st_size, status.st_mtim.tv_sec,
                             status.st_mtim.tv_nsec);
    }
    return stamp;
}

// All of it; nullopt: it cannot be read.
std::optional<std::string> BytesOf(const OpenFile& file) {
    struct stat status {};
    if (file.descriptor < 0 || ::fstat(file.descriptor, &status) != 0) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(file.descriptor, bytes.data() + done, bytes.size() - done,
                                    static_cast<off_t>(done));
        if (got == 0 || (got < 0 && errno != EINTR)) return std::nullopt;
        if (got > 0) done += static_cast<std::size_t>(got);
    }
    return bytes;
}

Result<GatewayManifest> ManifestOf(const std::string& bytes) {
    const std::string section =
        LIVERY_TRY(host::ReadElfSection(bytes, LIVERY_GATEWAY_MANIFEST_SECTION));
    return GatewayManifest::Parse(std::string_view(section).substr(0, section.find('\0')));
}

// What its entry says, asked where it can break nothing.
std::string EntryObjection(const GatewayFile& file, const std::string& helper_program) {
    HelperProcess::Options options{helper_program, file.path.string()};
    options.descriptor = file.descriptor();
    // One that dies may have been killed by somebody else (memory was short, say): what is found
    // out here holds until the next start, and without its gateway a tenant is not served.
    const auto until = HelperProcess::Clock::now() + kTimeToStart;
    const auto start = [&] {
        options.start_limit = std::chrono::ceil<std::chrono::milliseconds>(
            std::max(until - HelperProcess::Clock::now(), HelperProcess::Clock::duration::zero()));
        return HelperProcess::Start(options);
    };
    auto helper = start();
    for (int tries = 1; !helper && tries < kTriesToStart; ++tries) helper = start();
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

OpenFile::OpenFile(const fs::path& path) : descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

OpenFile::~OpenFile() {
    if (descriptor >= 0) ::close(descriptor);
}

std::string GatewayFile::RefusedFor(bool play_money, bool allow_uncertified) const {
    if (!refused.empty() || play_money || allow_uncertified || certified.missing.empty())
        return refused;
    return fmt::format(
        "{} moves real money only when it is certified: {}. `livery gateway certify {}` does that; "
        "`allow_uncertified: true` in livery.yaml does without",
        path.string(), certified.missing, path.string());
}

// Opened once: what is hashed, read and loaded is the same, whatever happens to the path meanwhile.
GatewayFile GatewayFiles::Examine(const fs::path& path, const std::string& helper_program) {
    GatewayFile file;
    file.path = path;
    file.stamp = StampOf(path);
    file.manifest.id = path.stem().string();
    file.refused = host::CheckOwnership(path);
    if (!file.refused.empty()) return file;
    file.opened = std::make_shared<const OpenFile>(path);
    const auto bytes = BytesOf(*file.opened);
    if (!bytes) {
        file.refused = path.string() + " cannot be read";
        return file;
    }
    file.sha256 = Sha256(*bytes);
    file.certified = CertifiedAs(path, file.sha256);
    auto manifest = ManifestOf(*bytes);
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
